"""Blank cells that the identities of the form force: the same number is left over in the row and in the column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from nlp.tables.forms import Identity
from nlp.tables.readings import CellReading

Cell = tuple[str, str]
KNOWN = frozenset({"given", "inferred", "ambiguous_zero", "not_applicable"})
# One sum alone may be off by a misprint; two that leave the same number over are a proof.
MIN_IDENTITIES = 2


def force_blanks(
    cells: Mapping[str, Sequence[CellReading]], columns: Sequence[str], identities: Sequence[Identity]
) -> dict[str, list[CellReading]]:
    """The cells of a table, those blank ones ``inferred`` that must hold a number for its identities to be true.

    They have a value and no place, for nothing is printed there. A blank that counts as nothing stays blank, and so do
    all where a sum of the table contradicts another.

    Parameters
    ----------
    cells : every row of the table, one cell a column
    columns : the names of the columns, in order
    identities : those of the table
    """
    if not any(cell.status == "blank" for line in cells.values() for cell in line):
        return {row: list(line) for row, line in cells.items()}
    values = {
        (row, column): _value(cell) for row, line in cells.items() for column, cell in zip(columns, line, strict=True)
    }
    unknown = {
        (row, column)
        for row, line in cells.items()
        for column, cell in zip(columns, line, strict=True)
        if cell.status == "blank"
    }
    sums = [
        terms
        for terms in _sums(cells, columns, identities)
        if all(cell in unknown or values[cell] is not None for cell in terms)
    ]
    if not any(sum(sign * (values[cell] or 0) for cell, sign in terms.items()) for terms in sums):
        return {row: list(line) for row, line in cells.items()}  # every blank may be nothing
    found = {cell: value for cell, value in _solve(sums, values, unknown).items() if value}
    proven = {cell: value for cell, value in found.items() if sum(cell in terms for terms in sums) >= MIN_IDENTITIES}
    if not proven or len(proven) < len(found):
        return {row: list(line) for row, line in cells.items()}
    return {
        row: [
            CellReading("inferred", proven[row, column]) if (row, column) in proven else cell
            for column, cell in zip(columns, line, strict=True)
        ]
        for row, line in cells.items()
    }


def _value(cell: CellReading) -> Decimal | None:
    """The number of a cell as a sum counts it, ``None`` where it is not known."""
    return (cell.value or Decimal(0)) if cell.status in KNOWN else None


def _sums(
    cells: Mapping[str, Sequence[CellReading]], columns: Sequence[str], identities: Sequence[Identity]
) -> Iterator[dict[Cell, int]]:
    """Each sum of the table as its cells with their signs: they add up to nothing."""
    for identity in identities:
        signs = dict.fromkeys(identity.left, 1) | dict.fromkeys(identity.right, -1)
        if identity.along == "columns":
            yield from ({(row, column): sign for column, sign in signs.items()} for row in cells)
        elif set(signs) <= set(cells):
            yield from ({(row, column): sign for row, sign in signs.items()} for column in columns)


def _solve(
    sums: Sequence[Mapping[Cell, int]], values: Mapping[Cell, Decimal | None], unknown: set[Cell]
) -> dict[Cell, Decimal]:
    """The unknown cells that follow one after another; nothing when a sum is wrong or asks for less than nothing."""
    solved: dict[Cell, Decimal] = {}
    waiting = list(sums)
    while True:
        later: list[Mapping[Cell, int]] = []
        for terms in waiting:
            still = [cell for cell in terms if cell in unknown and cell not in solved]
            rest = Decimal(0)
            for cell in set(terms).difference(still):
                rest += terms[cell] * (solved.get(cell) or values[cell] or 0)
            if not still:
                if rest:
                    return {}
            elif len(still) == 1:
                solved[still[0]] = -rest * terms[still[0]]
                if solved[still[0]] < 0:
                    return {}
            elif not rest and len({terms[cell] for cell in still}) == 1:  # nothing is left over for any of them
                solved.update(dict.fromkeys(still, Decimal(0)))
            else:
                later.append(terms)
        if len(later) == len(waiting):
            break
        waiting = later
    open_cells = {cell for terms in waiting for cell in terms}
    return {cell: value for cell, value in solved.items() if cell not in open_cells}
