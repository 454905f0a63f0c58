"""Labels and numbers that came apart: one arrangement that makes every sum true, or none. All numbers are invented."""

from __future__ import annotations

import random

import pytest

import nlp
from nlp.tables.arranged import arrange
from nlp.tables.forms import form
from nlp.tables.proof import is_sum_of_parts
from training.generated.spec import make_spec

FORM = form("tables_2021")
ROWS, COLUMNS = list(FORM.cells["requests"]), FORM.columns("requests")
HEAD = "云溪县水务局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息63条。\n三、收到和处理政府信息公开申请情况\n"
END = "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n公开不够及时。\n"


SUMS = [((0, 1), (2,))]


def arranged(*numbers):
    return arrange(numbers, 3, 4, adds_up=is_sum_of_parts, sums=SUMS)


def test_rows_and_columns_in_turn():
    # 1+2+2=5, 4+5+0=9, 5+7+2=14; the columns 1+4=5, 2+5=7, 2+0=2, 5+9=14.
    assert arranged(1, 2, 2, 5, 4, 5, 0, 9, 5, 7, 2, 14) == [(0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11)]
    assert arranged(1, 4, 5, 2, 5, 7, 2, 0, 2, 5, 9, 14) == [(0, 3, 6, 9), (1, 4, 7, 10), (2, 5, 8, 11)]
    # the totals behind the other columns
    assert arranged(1, 2, 2, 4, 5, 0, 5, 7, 2, 5, 9, 14) == [(0, 1, 2, 9), (3, 4, 5, 10), (6, 7, 8, 11)]


@pytest.mark.parametrize(
    "numbers",
    [
        (1, 2, 2, 5, 4, 5, 0, 9, 5, 7, 2),  # one is missing
        (1, 2, 2, 5, 4, 5, 0, 9, 5, 7, 2, 14, 0),  # one too many
        (1, 2, 2, 5, 4, 5, 0, 9, 5, 8, 2, 15),  # rows add up, columns do not
        (2, 1, 2, 5, 4, 5, 0, 9, 5, 7, 2, 14),  # two have changed places
    ],
)
def test_no_arrangement_is_none(numbers):
    assert arranged(*numbers) is None


def test_row_by_row_comes_first():
    # Row by row or column by column, both add up.
    numbers = (1, 2, 3, 4, 5, 9, 5, 7, 12)
    assert arrange(numbers, 3, 3, adds_up=is_sum_of_parts, sums=SUMS) == [(0, 1, 2), (3, 4, 5), (6, 7, 8)]


def test_two_arrangements_are_none():
    # 2+1=3 and 1+2=3 in columns; then 3 0 3 or 0 3 3.
    numbers = (2, 1, 3, 1, 2, 0, 3, 3, 3)
    assert arrange(numbers, 3, 3, adds_up=is_sum_of_parts, sums=[]) is None


def truth(seed):
    cells = make_spec(seed, "tables_2021").cells
    return [[cells["requests", row, column] for column in COLUMNS] for row in ROWS]


def labels():
    return "\n".join(FORM.names["requests", row] for row in ROWS) + "\n"


def by_rows(rows):
    return "\n".join(cell for row in rows for cell in row) + "\n"


def in_two_pages(rows):
    """The rows of the first page column by column, then those of the second."""
    pages = rows[:11], rows[11:]
    return "\n".join(cell for page in pages for column in zip(*page, strict=True) for cell in column) + "\n"


def read(text):
    analysis = nlp.analyse_text(text)
    figures = {(f.row, f.column): f for f in analysis.figures if f.table == "requests"}
    return [[figures[row, column] for column in COLUMNS] for row in ROWS], {issue.code for issue in analysis.issues}


@pytest.mark.parametrize("order", [by_rows, in_two_pages])
@pytest.mark.parametrize("seed", [4, 5, 6, 9])
def test_numbers_behind_all_labels_are_inferred(seed, order):
    rows = truth(seed)
    figures, codes = read(HEAD + labels() + order(rows) + END)
    assert [[f"{figure.value}" for figure in line] for line in figures] == rows
    assert {figure.status for line in figures for figure in line} <= {"inferred", "given"}
    assert "requests.arranged" in codes


@pytest.mark.parametrize("seed", [4, 5, 6, 9])
def test_damaged_or_permuted_numbers_stay_open(seed):
    rng = random.Random(seed)
    rows = truth(seed)
    numbers = [cell for row in rows for cell in row]
    known = [n for n, number in enumerate(numbers) if number != "0"]
    for damage in range(6):
        wrong = list(numbers)
        place = rng.choice(known)
        if damage % 3 == 0:
            wrong[place] = str(int(wrong[place]) + 1)
        elif damage % 3 == 1:
            del wrong[place]
        else:
            rng.shuffle(wrong)
        figures, codes = read(HEAD + labels() + "\n".join(wrong) + "\n" + END)
        assert "requests.arranged" not in codes
        for line, right in zip(figures, rows, strict=True):
            for figure, value in zip(line, right, strict=True):
                assert figure.status not in ("given", "inferred") or f"{figure.value}" == value


def test_rows_that_changed_places_are_not_arranged():
    # Every sum holds in any order of the outcomes: only the labels tell which is which.
    rows = truth(4)
    lines = [f"{FORM.names['requests', row]} {' '.join(cells)}" for row, cells in zip(ROWS, rows, strict=True)]
    lines[5:9] = [lines[7], lines[8], lines[5], lines[6]]
    _, codes = read(HEAD + "\n".join(lines) + "\n" + END)
    assert "requests.arranged" not in codes
