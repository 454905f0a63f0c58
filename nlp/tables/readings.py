"""What may be said of a cell: what its row prints, what is proven of it, what stays open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from nlp.records import FigureStatus
from nlp.tables.placing import Place
from nlp.tables.rows import joined
from nlp.tables.values import Printed


class CellReading(NamedTuple):
    """One cell of the form as read, with its range in the clean text; ``start`` is -1 where nothing is printed."""

    status: FigureStatus
    value: Decimal | None = None
    unit: str | None = None
    start: int = -1
    end: int = -1
    candidates: tuple[Decimal, ...] = ()


ABSENT = CellReading("absent")
BLANK = CellReading("blank")


def read_whole(columns: Sequence[Printed | None]) -> list[CellReading]:
    """The cells of a row that is complete: as printed."""
    return [_printed(cell, "given") if cell else BLANK for cell in columns]


def read_inferred(columns: Sequence[Printed]) -> list[CellReading]:
    """The cells of a row whose numbers are printed elsewhere than beside its label."""
    return [_printed(cell, "inferred") for cell in columns]


def _printed(cell: Printed, status: FigureStatus) -> CellReading:
    if cell.kind == "number":
        return CellReading(status, cell.value, cell.unit, cell.start, cell.end)
    return CellReading(cell.kind, None, None, cell.start, cell.end)


def read_without_proof(values: Sequence[Printed], width: int) -> list[CellReading] | None:
    """The cells of a damaged row of zeros or marks alone; ``None`` when it holds a number that has to be placed."""
    if not values:  # a label that a scan or a line break parted from its numbers
        return [ABSENT] * width
    start, end = values[0].start, values[-1].end
    if all(cell.kind == "not_applicable" for cell in values):
        return [CellReading("not_applicable", None, None, start, end)] * width
    if all(cell.is_zero or cell.kind == "not_applicable" for cell in values):
        return [CellReading("ambiguous_zero", Decimal(0), _shared_unit(values), start, end)] * width
    return None


def _shared_unit(values: Sequence[Printed]) -> str | None:
    units = {cell.unit for cell in values}
    return units.pop() if len(units) == 1 else None


def read_places(cells_printed: Sequence[Printed | None], places: Sequence[Place]) -> list[CellReading]:
    """The cells of a damaged row from what each may hold; ``cells_printed`` may have blank ones (``None``) among them.

    One printed number only: ``inferred``. Nothing in any placing: ``blank``, or ``inferred`` without a place for the
    number that alone makes the sums true. Always 0, but from changing places: ``ambiguous_zero``. Several values:
    ``ambiguous``.
    """
    values = [cell if cell else Printed("text", -1, -1) for cell in cells_printed]
    cells = []
    for place in places:
        printed = sorted(index for index in place.printed if index is not None and cells_printed[index])
        if not printed:
            cells.append(_unprinted(place))
            continue
        start, end = values[printed[0]].start, values[printed[-1]].end
        if len(place.values) > 1:
            candidates = tuple(Decimal(value) for value in sorted(place.values))
            cells.append(CellReading("ambiguous", None, None, start, end, candidates))
            continue
        value = Decimal(next(iter(place.values)))
        sure = set(place.printed) == set(printed) and (value != 0 or len(printed) == 1)
        if sure and len(printed) == 1:
            cells.append(_printed(values[printed[0]], "inferred"))
        elif sure:
            cells.append(CellReading("inferred", value, _shared_unit([values[i] for i in printed]), start, end))
        else:
            first, last = _zero_run(values, printed)
            cells.append(CellReading("ambiguous_zero", value, None, values[first].start, values[last].end))
    return cells


def _unprinted(place: Place) -> CellReading:
    """A cell in which no placing puts a printed number."""
    if place.values == {0}:
        return BLANK
    if len(place.values) > 1:
        return CellReading("ambiguous", candidates=tuple(Decimal(value) for value in sorted(place.values)))
    return CellReading("inferred", Decimal(next(iter(place.values))))


def _zero_run(values: Sequence[Printed], printed: Sequence[int]) -> tuple[int, int]:
    """The run of zeros that the printed numbers with these indices belong to."""
    first, last = printed[0], printed[-1]
    while first > 0 and values[first - 1].is_zero:
        first -= 1
    while last + 1 < len(values) and values[last + 1].is_zero:
        last += 1
    return first, last


def read_open(values: Sequence[Printed], width: int) -> list[CellReading]:
    """The cells of a damaged row about which nothing is known but the numbers printed in it."""
    if any(cell.kind != "number" for cell in values):
        return read_free(values, width)  # a dash may be a sign that lost its number
    start, end = values[0].start, values[-1].end
    numbers = {cell.value for cell in (*values, *joined(values)) if cell and cell.value is not None}
    candidates = tuple(sorted(numbers | {Decimal(0)}))
    return [CellReading("ambiguous", None, None, start, end, candidates)] * width


def read_free(values: Sequence[Printed], width: int) -> list[CellReading]:
    """The cells of a row whose numbers may be a neighbour's, or stand elsewhere: they may be anything."""
    start, end = (values[0].start, values[-1].end) if values else (-1, -1)
    return [CellReading("ambiguous", None, None, start, end)] * width
