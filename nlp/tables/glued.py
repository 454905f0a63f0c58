"""Rows whose numbers have lost the white space between them: 1000001 for 1, 0, 0, 0, 0, 0, 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nlp.tables.values import Printed

MIN_COLUMNS = 3
MORE_DIGITS = 6  # than columns: numbers of several digits; the readings stay few


def parted(values: Sequence[Printed], width: int, *, group: int | None = None) -> tuple[Printed, ...] | None:
    """The numbers of a row of ``width`` cells that is printed as one; ``None`` unless exactly one reading adds up.

    In every ``group`` of cells (the whole row unless given) the last is the sum of the others. A row of zeros alone has
    one reading, since no number begins with 0.

    >>> from nlp.tables.values import read_cell
    >>> [int(cell.value) for cell in parted([read_cell("1200012", 40)], 5)]
    [12, 0, 0, 0, 12]
    >>> parted([read_cell("21", 40)], 5) is None
    True
    """
    if len(values) != 1 or width < MIN_COLUMNS:
        return None
    (cell,) = values
    length = cell.end - cell.start
    if cell.value is None or cell.unit or cell.signed or not width <= length <= width + MORE_DIGITS:
        return None
    digits = f"{cell.value:f}".zfill(length)
    if len(digits) != length or not digits.isdecimal():
        return None
    group = group or width
    proven = [
        numbers
        for numbers in _readings(digits, width)
        if all(
            sum(map(int, numbers[first : first + group - 1])) == int(numbers[first + group - 1])
            for first in range(0, width, group)
        )
    ]
    if len(proven) != 1:
        return None
    cells, at = [], cell.start
    for number in proven[0]:
        cells.append(Printed(cell.kind, at, at + len(number), Decimal(number)))
        at += len(number)
    return tuple(cells)


def _readings(digits: str, width: int) -> Iterator[tuple[str, ...]]:
    """Every way to part ``digits`` into ``width`` numbers none of which begins with a zero that is not all of it."""
    if width == 1:
        if digits == "0" or not digits.startswith("0"):
            yield (digits,)
        return
    longest = 1 if digits.startswith("0") else len(digits) - width + 1
    for length in range(1, longest + 1):
        for rest in _readings(digits[length:], width - 1):
            yield (digits[:length], *rest)
