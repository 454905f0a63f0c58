"""The cells of damaged rows: what the printed numbers and the identities prove, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from nlp.records import FigureStatus
from nlp.tables.forms import Form, Identity
from nlp.tables.placing import Balance, Domain, Place, TooMany, Vector, placings, solve, summarise
from nlp.tables.rows import RowReading
from nlp.tables.values import Printed, whole_number


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


def read_places(values: Sequence[Printed], places: Sequence[Place]) -> list[CellReading]:
    """The cells of a damaged row from what each may hold.

    One printed number only: ``inferred``. Nothing in any placing: ``blank``. Always 0, but from changing places:
    ``ambiguous_zero``. Several values: ``ambiguous``.
    """
    cells = []
    for place in places:
        printed = sorted(index for index in place.printed if index is not None)
        if not printed:
            cells.append(BLANK)
            continue
        start, end = values[printed[0]].start, values[printed[-1]].end
        if len(place.values) > 1:
            candidates = tuple(Decimal(value) for value in sorted(place.values))
            cells.append(CellReading("ambiguous", None, None, start, end, candidates))
            continue
        value = Decimal(next(iter(place.values)))
        sure = None not in place.printed and (value != 0 or len(printed) == 1)
        if sure and len(printed) == 1:
            cells.append(_printed(values[printed[0]], "inferred"))
        elif sure:
            cells.append(CellReading("inferred", value, _shared_unit([values[i] for i in printed]), start, end))
        else:
            first, last = _zero_run(values, printed)
            cells.append(CellReading("ambiguous_zero", value, None, values[first].start, values[last].end))
    return cells


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
    start, end = values[0].start, values[-1].end
    candidates = tuple(sorted({cell.value for cell in values if cell.value is not None} | {Decimal(0)}))
    return [CellReading("ambiguous", None, None, start, end, candidates)] * width


def _plain(values: Sequence[Printed]) -> list[int] | None:
    numbers = [whole_number(cell) for cell in values]
    return None if None in numbers else [number for number in numbers if number is not None]


def balance_of(identities: Sequence[Identity], table: str) -> Balance | None:
    """The identities between the rows of a table, as the solver takes them; ``None`` when it has none."""
    sums = [item for item in identities if item.table == table and item.along == "rows"]
    whole = next((item for item in sums if len(item.right) == 1), None)
    pairs = next((item for item in sums if len(item.right) == 2), None)
    if not whole or not pairs:
        return None
    return Balance(whole.left, whole.right[0], pairs.left, pairs.right)


def read_requests(rows: Mapping[str, RowReading], form: Form) -> dict[str, list[CellReading]]:
    """Every row of section three: complete rows as printed, damaged ones as far as they can be proven."""
    width = len(form.columns("requests"))
    cells: dict[str, list[CellReading]] = {}
    domains: dict[str, Domain | None] = {}
    placed: list[str] = []
    order = list(form.cells["requests"])
    drops_blanks = any(reading.columns is None and len(reading.values) < width for reading in rows.values())
    rows, gained = _without_chance(rows, width)
    totals_lost = False
    for row, below in zip(order, [*order[1:], order[-1]], strict=True):
        reading = rows.get(row)
        domains[row] = None
        if reading is None:
            cells[row] = [ABSENT] * width
        elif below not in rows and reading.values and (drops_blanks or _may_hold_two(reading)):
            # Without its label the next row's numbers stand behind this one's.
            cells[row] = read_without_proof(reading.values, width) or read_open(reading.values, width)
        elif reading.columns is not None:
            cells[row] = read_whole(reading.columns)
            vector = _plain_columns(reading.columns)
            if vector is not None:
                domains[row] = {vector: []}
        else:
            certain = read_without_proof(reading.values, width)
            if certain is not None:
                cells[row] = certain
                domains[row] = {(0,) * width: []}
            else:
                cells[row] = read_open(reading.values, width)
                lost = reading.gaps or len(reading.values) == width or (gained and len(reading.values) > width)
                domains[row] = None if lost else _domain(reading.values, width)
                if domains[row] is not None:
                    placed.append(row)
                elif not lost and len(reading.values) < width and _plain(reading.values):
                    totals_lost = True  # its numbers add up to no total in any order: the last cell is not there
    balance = balance_of(form.identities, "requests")
    if placed and balance:
        for row, places in _prove(domains, balance, placed, rows, width, totals_lost=totals_lost).items():
            cells[row] = read_places(rows[row].values, places)
    return cells


def _without_chance(rows: Mapping[str, RowReading], width: int) -> tuple[Mapping[str, RowReading], bool]:
    """The rows, those taken back that have the right number of cells by chance only; and whether long rows lost blanks.

    Where some rows have cells too many (a page break repeats columns, a column with a subtotal) and others fewer than
    these, a row with as many numbers as columns may be a longer one that lost its blanks: its place proves nothing. A
    row of zeros stays, and so does one that adds up where nothing tells of lost blanks. In a table whose rows lost their
    blanks, a row that does not add up may have gained as many cells as it lost.
    """
    lengths = {len(reading.values) for reading in rows.values() if reading.values and not _grid_row(reading)}
    longest = max(lengths, default=0)
    if longest < width or len(lengths - {width, longest}) == 0:
        return rows, False
    longer = any(width < length < longest for length in lengths)
    drops = longer or (longest == width + 1 and min(lengths) < width)

    def by_chance(reading: RowReading) -> bool:
        if reading.columns is None or _grid_row(reading) or len(reading.values) != width:
            return False
        vector = _plain_columns(reading.columns)
        if drops:
            return True
        return vector is None or not is_sum_of_parts(vector)

    kept = {
        row: RowReading(reading.label, reading.values, None) if by_chance(reading) else reading
        for row, reading in rows.items()
    }
    return kept, drops


def _grid_row(reading: RowReading) -> bool:
    """Whether the row stands in a grid that shows its blanks."""
    return reading.columns is not None and None in reading.columns


def _may_hold_two(reading: RowReading) -> bool:
    """Whether a row may have the numbers of the next one in it: it has too many, or does not add up."""
    vector = None if reading.columns is None else _plain_columns(reading.columns)
    return vector is None or not is_sum_of_parts(vector)


def _plain_columns(columns: Sequence[Printed | None]) -> Vector | None:
    """The numbers of a complete row; ``None`` when one is words, or the total is left out (it is not zero then)."""
    numbers = [whole_number(cell) for cell in columns]
    if columns[-1] is None and any(numbers):
        return None
    return None if None in numbers else tuple(number for number in numbers if number is not None)


def is_sum_of_parts(vector: Vector) -> bool:
    """Whether the last number is the sum of the others."""
    return sum(vector[:-1]) == vector[-1]


def _domain(values: Sequence[Printed], width: int) -> Domain | None:
    """All placings of a damaged row in which it adds up to its total; ``None`` when there is none or no telling."""
    numbers = _plain(values)
    if numbers is None:
        return None
    return placings(numbers, width, is_sum_of_parts) or None


def _prove(
    domains: dict[str, Domain | None],
    balance: Balance,
    placed: Sequence[str],
    rows: Mapping[str, RowReading],
    width: int,
    *,
    totals_lost: bool,
) -> dict[str, list[Place]]:
    """What each damaged row's cells may be in the solutions of the whole table; without the rows that stay open.

    A label column too many pushes the last cell, the total, out of a row. Where that is possible (all damaged rows are
    one cell short, the row has no blank cell, or a row of the table has lost its total for certain), the row read so
    stands beside its placings; when nothing else remains of a row, the row is left open and the others are proven
    without it.
    """
    lengths = {len(reading.values) for reading in rows.values() if reading.columns is None}
    pushed: dict[str, set[Vector]] = {}
    for row in placed:
        numbers = _plain(rows[row].values)
        domain = domains[row]
        if not numbers or domain is None or len(numbers) >= width:
            continue
        if totals_lost:
            without_total = placings(numbers, width - 1, lambda vector: True)
        elif len(numbers) == width - 1 and (len(lengths) == 1 or rows[row].solid):
            without_total = {tuple(numbers): [tuple(range(width - 1))]}
        else:
            continue
        added = {
            (*vector, sum(vector)): [(*placing, None) for placing in ways]
            for vector, ways in without_total.items()
            if (*vector, sum(vector)) not in domain
        }
        pushed[row] = set(added)
        domains[row] = {**domain, **added}
    left = set(placed)
    while left:
        try:
            solution = solve(domains, balance, width)
        except TooMany:
            solution = None
        if solution is None:
            return {}
        lost = [row for row in left if set(solution[row]) <= pushed.get(row, set())]
        if not lost:
            return {row: summarise(domains[row] or {}, solution[row], width) for row in placed if row in left}
        for row in lost:
            domains[row] = None
            left.discard(row)
    return {}
