"""Nothing printed vanishes: a form of 2026 with a new row, a new column and a row of another name.

The forms are made from whole reports on the form of 2021; what they share with it is read as before, and the rest is kept
under ``unknown:`` with its printed words.
"""

import re
from decimal import Decimal

import pytest

import nlp
from nlp.output.view import grids
from training.generated.report import write_report
from training.generated.spec import make_spec

GRIDS = ("html", "pipes", "tabs", "markdown")
COLUMNS = ("natural_person", "business", "research", "ngo", "legal_service", "other_org", "total")
NEW = ("4.涉及个人信息保护", "2", "0", "0", "0", "0", "1", "3")
RENAMED = "2.就同一事项再次提出"
SEED = 7


def printed(way: str) -> tuple[str, str]:
    """A whole report on the form of 2021 and how its file ends."""
    made = write_report(make_spec(SEED, "tables_2021"), way)
    return made.text, made.suffix


def with_row(text: str, way: str, row: tuple[str, ...] = NEW, before: str = "(五)不予处理") -> str:
    """The text with a row before the one that holds ``before``."""
    line = {
        "html": "<tr><td>" + "</td><td>".join(row) + "</td></tr>\n",
        "tabs": "\t\t" + "\t".join(row) + "\n",
        "lines": "\n".join(row) + "\n",
    }.get(way, "|  |  | " + " | ".join(row) + " |\n")
    at = text.rindex("<tr>" if way == "html" else "\n", 0, text.index(before)) + (way != "html")
    return text[:at] + line + text[at:]


def with_column(text: str, way: str) -> str:
    """The text with the column 外国机构 before the last one of the requests table, 2 in every row."""
    start = text.index("三、收到和处理")
    end = text.index("四、政府信息公开行政复议", start)
    lines = [_widened(line, way) for line in text[start:end].split("\n")]
    return text[:start] + "\n".join(lines) + text[end:]


def _widened(line: str, way: str) -> str:
    mark = {"html": r"<td[^>]*>[^<]*</td></tr>$", "tabs": r"\t[^\t]*$"}.get(way, r"\|[^|]*\|$")
    last = re.search(mark, line)
    if last is None:
        return line
    words = re.sub(r"<[^>]*>|[|\t ]", "", last[0])
    if way == "html" and words == "其他":  # the lower of two lines of heads: the one above reaches down
        return line
    inner = {"总计": "外国机构", "申请人情况": ""}.get(words, "2" if words.isdigit() else "")
    cell = {"html": f"<td{' rowspan=2' if inner == '外国机构' else ''}>{inner}</td>", "tabs": f"\t{inner}"}
    return line[: last.start()] + cell.get(way, f"| {inner} ") + last[0]


def analysed(tmp_path, text: str, suffix: str):
    path = tmp_path / f"report{suffix}"
    path.write_text(text, encoding="utf-8")
    return nlp.analyse(path)


def parted(analysis):
    """The cells of the form, and those that the form does not have, by table, row and column."""
    cells = {(f.table, f.row, f.column): f for f in analysis.figures}
    strange = {key: figure for key, figure in cells.items() if "unknown:" in "".join(key)}
    return {key: figure for key, figure in cells.items() if key not in strange}, strange


def values(cells):
    return {key: (figure.status, figure.value) for key, figure in cells.items()}


@pytest.mark.parametrize("way", [*GRIDS, "lines"])
def test_a_new_row_is_kept_and_the_others_are_read_as_before(tmp_path, way):
    text, suffix = printed(way)
    before, none = parted(analysed(tmp_path, text, suffix))
    after, strange = parted(analysis := analysed(tmp_path, with_row(text, way), suffix))
    assert not none
    assert values(after) == values(before)
    row = f"unknown:{NEW[0]}"
    assert {key: figure.value for key, figure in strange.items()} == {
        ("requests", row, column): Decimal(number) for column, number in zip(COLUMNS, NEW[1:], strict=True)
    }
    assert [figure.span.of(analysis.source.text) for figure in strange.values()] == list(NEW[1:])
    (told,) = [issue for issue in analysis.issues if issue.code == "requests.unknown_rows"]
    assert NEW[0] in told.message
    assert len(told.spans) == 7


@pytest.mark.parametrize("way", GRIDS)
def test_a_new_column_is_kept_and_the_others_are_read_as_before(tmp_path, way):
    text, suffix = printed(way)
    before, _ = parted(analysed(tmp_path, text, suffix))
    after, strange = parted(analysis := analysed(tmp_path, with_column(text, way), suffix))
    assert values(after) == values(before)
    rows = {row for table, row, _ in before if table == "requests"}
    assert {key: figure.value for key, figure in strange.items()} == {
        ("requests", row, "unknown:外国机构"): Decimal(2) for row in rows
    }
    (told,) = [issue for issue in analysis.issues if issue.code == "requests.unknown_columns"]
    assert "“外国机构”" in told.message


@pytest.mark.parametrize("way", [*GRIDS, "lines"])
def test_a_row_of_another_name_is_kept_under_it_and_missed_under_its_own(tmp_path, way):
    text, suffix = printed(way)
    after, strange = parted(analysis := analysed(tmp_path, text.replace("2.重复申请", RENAMED), suffix))
    assert {key[1] for key in strange} == {f"unknown:{RENAMED}"}
    assert {key[1] for key, figure in after.items() if figure.status != "given"} == {"np_duplicate"}
    assert {"requests.unknown_rows", "requests.rows_missing"} <= {issue.code for issue in analysis.issues}


def test_a_row_of_another_table_with_columns_of_its_own(tmp_path):
    text, suffix = printed("tabs")
    row = ("党内规范性文件", "4", "1", "9")
    changed = text.replace("行政规范性文件\t", "\t".join(row) + "\n行政规范性文件\t", 1)
    _, strange = parted(analysed(tmp_path, changed, suffix))
    assert {key: int(figure.value) for key, figure in strange.items()} == {
        ("disclosure", "unknown:党内规范性文件", "issued"): 4,
        ("disclosure", "unknown:党内规范性文件", "repealed"): 1,
        ("disclosure", "unknown:党内规范性文件", "in_force"): 9,
    }


def test_a_sum_that_closes_with_the_new_row_says_so(tmp_path):
    text, suffix = printed("tabs")
    cells = make_spec(SEED, "tables_2021").cells
    total = int(cells["requests", "results_total", "total"])
    line = next(line for line in text.split("\n") if "(七)总计" in line)
    changed = with_row(text, "tabs").replace(line, re.sub(r"\d+$", str(total + 3), line))
    issues = analysed(tmp_path, changed, suffix).issues
    (sum_,) = [i for i in issues if i.code == "requests.results_total"]
    assert sum_.severity == "warning"
    assert f"“{NEW[0]}”，计入后相符" in sum_.message
    (balance,) = [i for i in issues if i.code == "requests.balance"]  # the row is no part of it
    assert balance.severity == "error"


def test_a_sum_that_does_not_close_either_way_stays_an_error(tmp_path):
    text, suffix = printed("tabs")
    line = next(line for line in text.split("\n") if "(七)总计" in line)
    changed = with_row(text, "tabs").replace(line, re.sub(r"\d+$", "77", line))
    (sum_,) = [i for i in analysed(tmp_path, changed, suffix).issues if i.code == "requests.results_total"]
    assert sum_.severity == "error"
    assert f"“{NEW[0]}”，可能应当计入" in sum_.message


def test_a_person_sees_the_row_under_its_printed_name(tmp_path):
    text, suffix = printed("html")
    tables = grids(analysed(tmp_path, with_row(text, "html"), suffix))
    assert NEW[0] in [name for table in tables for name, _ in table.rows]


@pytest.mark.parametrize("edition", ["tables_2021", "tables_2019", "indicators_2014"])
@pytest.mark.parametrize("way", [*GRIDS, "lines", "plain_html", "spaced_lines"])
def test_whole_reports_have_nothing_unknown(tmp_path, edition, way):
    for seed in (3, 4):
        made = write_report(make_spec(seed, edition), way)
        assert not parted(analysed(tmp_path, made.text, made.suffix))[1]
