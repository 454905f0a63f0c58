"""A table whose labels and numbers came apart: the order of its numbers that alone makes every sum of the form true.

Programs that take the text out of a page print the cells of a table in the order in which they find them: all labels
first, the numbers of a row before its label, some columns of a page behind the others. The numbers are all there, row
by row or column by column, for the whole table or for the rows of each page. Every such order is tried; one in which
all rows and all columns add up is taken, if no other does that puts any number elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

Vector = tuple[int, ...]
# The numbers of one row by their place in the text.
Places = tuple[int, ...]
# The rows whose numbers are to be added, and those from which they are to be taken: nothing may be left.
Sum = tuple[Sequence[int], Sequence[int]]
# More than so many different sums of the rows so far are not followed: some 10 µs each.
MAX_STATES = 20_000


class _Reading(NamedTuple):
    """Rows read so far, and whether others leave the same sums open: then none of them is certain."""

    table: tuple[Vector, ...]
    places: tuple[Places, ...]
    alone: bool


def arrange(
    numbers: Sequence[int], rows: int, width: int, *, adds_up: Callable[[Vector], bool], sums: Sequence[Sum]
) -> list[Places] | None:
    """Which of the ``numbers`` stand in each row, in the order of its columns; ``None`` when that is not certain.

    Parameters
    ----------
    numbers : in the order in which they are printed
    rows, width : of the table; there must be a number for each cell
    adds_up : whether a row does
    sums : what must hold between the rows, column by column

    >>> arrange([1, 2, 2, 5, 4, 5, 0, 9, 5, 7, 2, 14], 3, 4, adds_up=lambda v: sum(v[:3]) == v[3], sums=[((0, 1), (2,))])
    [(0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11)]
    """
    if len(numbers) != rows * width:
        return None
    signs = [[(row in plus) - (row in minus) for plus, minus in sums] for row in range(rows)]
    nothing = (0,) * (width * len(sums))
    in_turn = [tuple(range(start, start + width)) for start in range(0, rows * width, width)]
    table = [tuple(numbers[place] for place in row) for row in in_turn]
    if all(map(adds_up, table)) and _left_open(table, signs) == nothing:
        return in_turn
    readings: list[dict[Vector, _Reading]] = [{} for _ in range(rows + 1)]
    readings[0][nothing] = _Reading((), (), True)
    for first in range(rows):
        if len(readings[first]) > MAX_STATES:
            return None
        for count in range(1, rows - first + 1 if readings[first] else 0):
            for places in _orders(first * width, count, width):
                block = tuple(tuple(numbers[place] for place in row) for row in places)
                if all(map(adds_up, block)):
                    change = _left_open(block, signs[first : first + count])
                    _follow(readings[first], readings[first + count], block, places, change)
    found = readings[rows].get(nothing)
    return list(found.places) if found and found.alone else None


def _left_open(block: Sequence[Vector], signs: Sequence[Sequence[int]]) -> Vector:
    """What the rows add to each sum, column by column."""
    return tuple(
        sum(sign * number for sign, number in zip(line, column, strict=True))
        for line in zip(*signs, strict=True)
        for column in zip(*block, strict=True)
    )


def _follow(
    before: dict[Vector, _Reading],
    behind: dict[Vector, _Reading],
    block: tuple[Vector, ...],
    places: tuple[Places, ...],
    change: Vector,
) -> None:
    """Add the readings ``before`` with the block to those ``behind`` it."""
    for left, reading in before.items():
        state = tuple(map(sum, zip(left, change, strict=True)))
        table = (*reading.table, *block)
        known = behind.get(state)
        if known is None:
            behind[state] = _Reading(table, (*reading.places, *places), reading.alone)
        elif known.alone and (not reading.alone or known.table != table):
            behind[state] = known._replace(alone=False)


def _orders(start: int, rows: int, width: int) -> Iterator[tuple[Places, ...]]:
    """The ways in which a block of rows may be printed from ``start`` on: row by row (one row is enough to try that),
    column by column, or some columns behind the others, each part in its own order."""
    if rows == 1:
        yield (tuple(range(start, start + width)),)
        return
    yield _block(start, rows, (width,), (False,))
    for left in range(1, width):
        for orders in ((True, True), (True, False), (False, True)):
            yield _block(start, rows, (left, width - left), orders)


def _block(start: int, rows: int, widths: Sequence[int], by_row: Sequence[bool]) -> tuple[Places, ...]:
    lines: list[list[int]] = [[] for _ in range(rows)]
    for width, rowwise in zip(widths, by_row, strict=True):
        for row, line in enumerate(lines):
            line += [start + (row * width + column if rowwise else column * rows + row) for column in range(width)]
        start += rows * width
    return tuple(map(tuple, lines))
