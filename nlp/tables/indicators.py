"""Tables of one number a row, with more columns: serial numbers, codes, a value for each kind of body or period."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from nlp.tables.labels import squeeze
from nlp.tables.rows import RowReading
from nlp.tables.values import Printed
from nlp.vocabulary.load import load

MIN_ROWS = 5
# Codes go up by one a row; rows that no label of ours names may lie between.
MAX_STEP = 3
MIN_SHARE = 0.9
MAX_COLUMNS = 8
MAX_BEFORE_CHARS = 4  # 其中: or a number before the first label of a line
HEAD_CHARS = 200
CODES = re.compile(r"代码|编码|编号|序号|行次")
YEAR_COLUMN = re.compile(r"(?:本年|全年)?(?:累计|合计)(?:数|人?次)?[|12]*$|(?:本年|全年)累计")


def settle_columns(text: str, rows: Mapping[str, RowReading], year: int | None) -> dict[str, RowReading]:
    """The rows with the value of the form's one column, where the whole table proves which of several it is.

    ``text`` is the clean text, ``rows`` stand in the order of the form, ``year`` is the report's.
    Sources: 国办发〔2014〕32号, 附件; local copies with 区政府, 区直单位, 乡镇街道 beside 合计, or with the year before.
    """
    head = _head(text, rows)
    return _with_totals(_of_the_year(_without_codes(rows, CODES.search(head) is not None), head, year))


def settle_local(text: str, rows: Mapping[str, RowReading], year: int | None) -> dict[str, RowReading]:
    """The printed rows of a local table of 2008–2013 with the year's value; none where it is not a filled table.

    Such tables have a code (代码 01–35) between label and value, and some a column 本期实际 beside 本年累计. In prose
    the same words stand too, but not five of them with a number in the next cell each.
    """
    printed = {row: reading for row, reading in rows.items() if _is_a_row(text, reading)}
    if len(printed) < MIN_ROWS:
        return {}
    settled = settle_columns(text, printed, year)
    filled = [reading for reading in settled.values() if reading.values]
    return settled if len(filled) >= MIN_ROWS else {}


def _head(text: str, rows: Mapping[str, RowReading]) -> str:
    """What stands above the first row, without white space."""
    first = min((reading.label.start for reading in rows.values() if reading.label), default=0)
    return squeeze(text[max(0, first - HEAD_CHARS) : first])


def _is_a_row(text: str, reading: RowReading) -> bool:
    """Whether a label with its number is a row, or an item that begins a line; not words of a sentence."""
    label = reading.label
    if label is None or not label.alone:
        return False
    if not reading.values or any(mark.isspace() or mark == "|" for mark in text[label.end : reading.values[0].start]):
        return True
    line = text[text.rfind("\n", 0, label.start) + 1 : label.start]
    return reading.values[0].start > label.end and len(line.strip()) <= MAX_BEFORE_CHARS


def _without_codes(rows: Mapping[str, RowReading], headed: bool) -> dict[str, RowReading]:
    """Without the code that is the first number of every row: it rises by one a row, under a head or written 01, 02."""
    firsts = [reading.values[0].value for reading in rows.values() if reading.values]
    rising = [a is not None and b is not None and 1 <= b - a <= MAX_STEP for a, b in pairwise(firsts)]
    if not headed or len(firsts) < max(MIN_ROWS, MIN_SHARE * len(rows)) or sum(rising) < MIN_SHARE * len(rising):
        return dict(rows)
    return {
        row: replace(_reading(reading, reading.values[1:]), fields=reading.fields and reading.fields[1:])
        for row, reading in rows.items()
    }


def _of_the_year(rows: Mapping[str, RowReading], head: str, year: int | None) -> dict[str, RowReading]:
    """With the value of the column that the head gives to the year of the report.

    Without such a head, where most rows have two values, with the last one if it is called a total or both are the same.
    """
    heads = _periods(head, year)
    if len(heads) > 1 and heads.count(True) == 1:
        return {row: _of_column(reading, heads.index(True), len(heads)) for row, reading in rows.items()}
    pairs = [row for row, reading in rows.items() if len(reading.values) == 2]
    if 2 * len(pairs) <= sum(bool(reading.values) for reading in rows.values()):
        return dict(rows)  # no second column: a row with two numbers has gained one
    last_is_year = bool(YEAR_COLUMN.search(head))
    settled = dict(rows)
    for row in pairs:
        values = rows[row].values
        if last_is_year or values[0].value == values[1].value:
            settled[row] = _reading(rows[row], values[1:])
    return settled


def _of_column(reading: RowReading, column: int, columns: int) -> RowReading:
    cells = reading.printed
    if len(cells) != columns:
        return reading
    cell = cells[column]
    return RowReading(reading.label, (cell,) if cell else (), (cell,), proved=reading.proved)


def _periods(head: str, year: int | None) -> list[bool]:
    """For each column whose head names a period, whether it is the year of the report."""
    names, words = _period()
    start = max((match.end() for match in names.finditer(head)), default=0)
    return [
        bool(match["this"]) or (match["year"] is not None and int(match["year"][:4]) == year)
        for match in words.finditer(head, start)
    ]


@cache
def _period() -> tuple[re.Pattern[str], re.Pattern[str]]:
    entry = load("tables")["periods"]
    this, other = "|".join(entry["this"]), "|".join(entry["other"])
    return re.compile("|".join(entry["before"])), re.compile(
        f"(?P<other>{other})|(?P<this>{this})|(?P<year>{entry['year']})"
    )


def _with_totals(rows: dict[str, RowReading]) -> dict[str, RowReading]:
    """With the one value that is the sum of the others in every row, first or last in all of them."""
    widths = {len(reading.values) for reading in rows.values() if reading.values}
    if len(widths) != 1 or not 2 < (width := widths.pop()) <= MAX_COLUMNS:
        return rows
    full = [numbers for reading in rows.values() if (numbers := _numbers(reading)) is not None]
    telling = [numbers for numbers in full if any(numbers)]
    for place in (0, width - 1):
        proven = [2 * numbers[place] == sum(numbers) for numbers in telling]
        if len(telling) >= MIN_ROWS and all(proven):
            return {
                row: _reading(reading, (reading.values[place],)) if reading.values else reading
                for row, reading in rows.items()
            }
    return rows


def _numbers(reading: RowReading) -> list[Decimal] | None:
    numbers = [cell.value for cell in reading.values]
    return None if not numbers or None in numbers else [number for number in numbers if number is not None]


def _reading(reading: RowReading, values: tuple[Printed, ...]) -> RowReading:
    """The row with these values left; whole when there is one, blank when there is none."""
    if len(values) > 1:
        return RowReading(reading.label, values, None)
    return RowReading(reading.label, values, values or (None,))
