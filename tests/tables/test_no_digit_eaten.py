"""A number at the end of a line and the numeral of the label below: neither takes a digit of the other."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.reading.clean import clean_text
from nlp.records import Source
from nlp.tables.figures import read_tables
from nlp.tables.forms import form
from nlp.tables.labels import without_number

FORM = form("tables_2021")
ROWS, COLUMNS = list(FORM.cells["requests"]), FORM.columns("requests")
CHINESE = "一二三四五六七八九十"
# The numeral before a label, from its place among the rows; "" for one that lost it, 、 for one that lost a digit.
NUMERALS = [
    lambda n: f"{n % 9 + 1}.", lambda n: f"{n % 9 + 1}、", lambda n: f"{n % 9 + 1}．", lambda n: f"{n % 9 + 1} ",
    lambda n: f"({n % 9 + 1})", lambda n: f"（{CHINESE[n % 10]}）", lambda n: f"{CHINESE[n % 10]}、", lambda n: f"{n % 9 + 1}",
    lambda n: "①②③④⑤⑥⑦⑧⑨"[n % 9], lambda n: f"{n % 9 + 11}.", lambda n: "、", lambda n: ".", lambda n: "",
]  # fmt: skip
# What stands between two cells, and between the last cell of a row and the next label.
CELLS = [" ", "\t", "\n", " | ", "\n\n", "　", "\n\t", "|"]
ENDS = ["\n", "\n\n", " \n", "\n ", "\t\n", "|\n|", " |\n", "\n　　", "\f", "\r\n", "\u2028", "\n- 5 -\n", "\t", " "]
NUMBERS = st.sampled_from([0, 0, 0, 1, 2, 3, 10, 12, 35, 351, 3511, 40, 41, 7, 1203])


@st.composite
def tables(draw):
    """The numbers of each row, and the table printed."""
    cell, end = draw(st.sampled_from(CELLS)), draw(st.sampled_from(ENDS))
    numeral = draw(st.sampled_from(NUMERALS))
    numbers, lines = {}, []
    for place, row in enumerate(ROWS):
        parts = draw(st.lists(NUMBERS, min_size=6, max_size=6))
        numbers[row] = [*parts, sum(parts)]
        label = numeral(place) + without_number(FORM.names["requests", row])
        lines.append(cell.join([label, *map(str, numbers[row])]))
    return numbers, "三、收到和处理政府信息公开申请情况" + end + end.join(
        lines
    ) + "\n四、政府信息公开行政复议、行政诉讼情况\n"


@settings(max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_no_number_comes_out_that_no_cell_prints(table):
    numbers, text = table
    source = Source("0" * 16, "a.txt", "text/plain", "utf-8", "0" * 64, text, (), ())
    figures = read_tables(source, clean_text(source), (), "tables_2021").figures
    for figure in figures:
        if figure.table == "requests" and figure.status in ("given", "inferred", "ambiguous_zero"):
            assert figure.value == numbers[figure.row][COLUMNS.index(figure.column)], (figure, text)
