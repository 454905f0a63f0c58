"""Blank cells get a number only where row and column leave the same one over. Worked out by hand."""

from __future__ import annotations

from decimal import Decimal

from nlp.tables.forced import force_blanks
from nlp.tables.forms import Identity
from nlp.tables.readings import ABSENT, BLANK, CellReading

COLUMNS = ("a", "b", "total")
IDENTITIES = (
    Identity("row", "requests", "columns", ("a", "b"), ("total",), "", ""),
    Identity("column", "requests", "rows", ("x", "y"), ("all",), "", ""),
)


def table(**rows: str) -> dict[str, list[CellReading]]:
    """Rows of numbers; "-" is blank, "?" may be 1 or 2, "0~" a zero of a damaged row."""
    return {row: [_cell(word) for word in words.split()] for row, words in rows.items()}


def _cell(word: str) -> CellReading:
    if word == "-":
        return BLANK
    if word == "?":
        return CellReading("ambiguous", candidates=(Decimal(1), Decimal(2)))
    return CellReading("given", Decimal(word), start=1, end=2)


def forced(**rows: str) -> dict[tuple[str, str], int]:
    found = force_blanks(table(**rows), COLUMNS, IDENTITIES)
    return {
        (row, column): int(cell.value)
        for row, line in found.items()
        for column, cell in zip(COLUMNS, line, strict=True)
        if cell.status == "inferred" and cell.value is not None
    }


def test_row_and_column_leave_the_same_number_over() -> None:
    # x: 5 - 2 = 3 for b; column b: 4 - 1 = 3.
    assert forced(x="2 - 5", y="1 1 2", all="3 4 7") == {("x", "b"): 3}


def test_a_forced_cell_has_no_place() -> None:
    cell = force_blanks(table(x="2 - 5", y="1 1 2", all="3 4 7"), COLUMNS, IDENTITIES)["x"][1]
    assert cell == CellReading("inferred", Decimal(3))


def test_a_blank_that_counts_as_nothing_stays_blank() -> None:
    assert forced(x="2 - 2", y="1 1 2", all="3 1 4") == {}


def test_a_row_that_asks_for_a_number_its_column_does_not_have() -> None:
    # x asks for 3 in b, column b for 0: the total of x is a misprint, or all's b. Nothing is forced.
    assert forced(x="2 - 5", y="1 1 2", all="3 1 4") == {}


def test_several_blanks_with_one_number_left_over_stay_open() -> None:
    assert forced(x="- - 3", y="- - 3", all="3 3 6") == {}


def test_blanks_of_rows_that_are_complete_without_them_leave_the_rest_to_one_cell() -> None:
    # y adds up without b, so column b leaves its 4 to x; x asks for 6 - 2 = 4 too.
    assert forced(x="2 - 6", y="1 - 1", all="3 4 7") == {("x", "b"): 4}


def test_a_row_of_totals_left_blank() -> None:
    assert forced(x="2 1 3", y="1 1 2", all="- - -") == {("all", "a"): 3, ("all", "b"): 2, ("all", "total"): 5}


def test_nothing_is_made_from_an_empty_table() -> None:
    assert forced(x="- - -", y="- - -", all="- - -") == {}


def test_cells_that_are_not_known_take_their_sums_with_them() -> None:
    assert forced(x="2 - 5", y="1 ? 2", all="3 4 7") == {}


def test_an_absent_row_forces_nothing() -> None:
    cells = table(x="2 - 5", all="3 4 7") | {"y": [ABSENT] * 3}
    assert force_blanks(cells, COLUMNS, IDENTITIES)["x"][1] == BLANK
