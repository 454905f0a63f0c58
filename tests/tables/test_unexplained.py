"""Nothing printed vanishes: a form of 2026 with a new row, a new column and a row of another name.

The forms are made from whole reports on the form of 2021; what they share with it is read as before, and the rest is kept
under ``unknown:`` with its printed words.
"""

import re
from decimal import Decimal

import pytest

import nlp
from nlp.output.view import grids
from tests.tables.changed_forms import COLUMNS, GRIDS, NEW, SEED, printed, with_column, with_row
from training.generated.report import write_report
from training.generated.spec import make_spec

RENAMED = "2.就同一事项再次提出"


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
        ("requests", row, "unknown:境外机构"): Decimal(2) for row in rows
    }
    (told,) = [issue for issue in analysis.issues if issue.code == "requests.unknown_columns"]
    assert "“境外机构”" in told.message


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
