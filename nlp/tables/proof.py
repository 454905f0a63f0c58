"""Section three: complete rows as printed, damaged ones as far as the sums of the form prove where their numbers belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.tables.arranged import arrange
from nlp.tables.forms import Form, Identity
from nlp.tables.placing import Balance, Domain, Place, Placing, TooMany, Vector, placings, solve, summarise
from nlp.tables.readings import (
    ABSENT,
    CellReading,
    read_free,
    read_inferred,
    read_open,
    read_places,
    read_whole,
    read_without_proof,
)
from nlp.tables.rows import RowReading
from nlp.tables.values import Printed, whole_number


def _plain(values: Sequence[Printed | None]) -> list[int] | None:
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
    rows, gained = _without_chance(rows, width)
    cells: dict[str, list[CellReading]] = {}
    domains: dict[str, Domain | None] = {}
    for row in form.cells["requests"]:
        reading = rows.get(row)
        domains[row] = None
        if reading is None:
            cells[row] = [ABSENT] * width
        elif reading.columns is not None:
            cells[row] = read_whole(reading.columns)
            vector = _plain_columns(reading.columns)
            domains[row] = None if vector is None else {vector: []}
            if reading.shifted and vector and any(vector):
                domains[row] = _domain(reading, width, gained=gained)
        elif reading.free:
            cells[row] = read_free(reading.values, width)
        elif (certain := read_without_proof(reading.values, width)) is not None:
            cells[row] = certain
            domains[row] = {(0,) * width: []}
        else:
            short = len(reading.values) < width
            cells[row] = read_free(reading.values, width) if short else read_open(reading.values, width)
            domains[row] = _domain(reading, width, gained=gained)
    balance = balance_of(form.identities, "requests")
    placed = [row for row, domain in domains.items() if domain and any(domain.values())]
    if placed and balance:
        lost = any(_lacks_total(row, domains[key], width) for key, row in rows.items())
        for row, places in _prove(domains, balance, placed, rows, width, totals_lost=lost).items():
            cells[row] = _as_printed(rows[row], read_places(rows[row].pool, places))
    for row, reading in rows.items():
        if reading.exact and cells[row][-1].status == "ambiguous" and _is_alone(row, rows, form):
            cells[row] = read_whole(reading.printed)
    if balance:
        _doubt_zeros(cells, balance)
    return cells


def read_arranged(printed: Sequence[Printed], form: Form) -> dict[str, list[CellReading]] | None:
    """Every row of section three from its numbers alone, in the one order that makes all sums true; ``None`` when there
    is none, or several."""
    rows, columns = list(form.cells["requests"]), form.columns("requests")
    numbers = _plain(printed)
    balance = balance_of(form.identities, "requests")
    if numbers is None or balance is None:
        return None
    at = {row: place for place, row in enumerate(rows)}
    sums = [
        ([at[row] for row in plus], [at[row] for row in minus])
        for plus, minus in ((balance.parts, (balance.whole,)), (balance.left, balance.right))
    ]

    places = arrange(numbers, len(rows), len(columns), adds_up=is_sum_of_parts, sums=sums)
    if places is None:
        return None
    return {row: read_inferred([printed[n] for n in line]) for row, line in zip(rows, places, strict=True)}


def _as_printed(reading: RowReading, proven: list[CellReading]) -> list[CellReading]:
    """The cells of a row proven to stand as a grid shows them: given, but for what is inferred in a blank one."""
    fields = reading.printed
    if not (reading.exact or reading.shifted) or len(fields) != len(proven):
        return proven
    if any(field and field.value != cell.value for field, cell in zip(fields, proven, strict=True)):
        return proven
    shown = read_whole(fields)
    return [cell if own.status == "blank" else own for own, cell in zip(shown, proven, strict=True)]


def _is_alone(row: str, rows: Mapping[str, RowReading], form: Form) -> bool:
    """Whether a row with blank cells is the only one of a whole table that does not add up: then they are just blank.

    One that begins with a blank cell may have been pushed on by it.
    """
    others = [rows.get(key) for key in form.cells["requests"] if key != row]
    return rows[row].printed[0] is not None and all(other and other.columns is not None for other in others)


def _doubt_zeros(cells: dict[str, list[CellReading]], balance: Balance) -> None:
    """Take back the zeros of damaged rows in columns whose sum fails: a lost cell may hold what is missing there."""
    for plus, minus in ((balance.parts, (balance.whole,)), (balance.left, balance.right)):
        lines = [(row, 1) for row in plus] + [(row, -1) for row in minus]
        for column in range(len(cells[balance.whole])):
            here = [(cells[row][column], sign) for row, sign in lines]
            if any(cell.status in ("ambiguous", "absent", "text") for cell, _ in here):
                continue
            if sum(sign * (cell.value or 0) for cell, sign in here) == 0:
                continue
            for row, _ in lines:
                if cells[row][column].status == "ambiguous_zero":
                    cells[row] = [*cells[row]]
                    cells[row][column] = cells[row][column]._replace(status="ambiguous", value=None, unit=None)


def _domain(reading: RowReading, width: int, *, gained: bool) -> Domain | None:
    """All placings of a damaged row in which it adds up to its total; ``None`` when there is none or no telling."""
    count = len(reading.printed)
    if reading.gaps or (count == width and not (reading.exact or reading.shifted)) or (gained and count > width):
        return None
    numbers = _plain(reading.printed)
    if numbers is None:
        return None
    if not (reading.exact or reading.shifted):
        domain = placings(numbers, width, is_sum_of_parts)
        if count == width + 1:
            _add_joined(domain, reading, numbers)
        return domain or None
    # A row with exactly its cells: one of them lost its number, or all behind it were pushed on by a blank one.
    domain = placings(_plain(reading.values) or (), width, is_sum_of_parts)
    shown = [place for place, cell in enumerate(reading.printed) if cell]
    domain = {vector: [_through(placing, shown) for placing in ways] for vector, ways in domain.items()}
    blank = [place for place, cell in enumerate(reading.printed[:-1]) if cell is None]
    missing = numbers[-1] - sum(numbers[:-1])
    if len(blank) == 1 and reading.printed[-1] is not None and missing > 0:
        filled = (*numbers[: blank[0]], missing, *numbers[blank[0] + 1 :])
        domain.setdefault(filled, []).append(tuple(None if place in blank else place for place in range(width)))
    return domain or None


def _add_joined(domain: Domain, reading: RowReading, numbers: Sequence[int]) -> None:
    """Add to the placings of a row with a cell too many those in which two neighbours are one number."""
    for place, whole in enumerate(reading.pool[len(numbers) :]):
        if whole is not None and whole.value is not None:
            vector = (*numbers[:place], int(whole.value), *numbers[place + 2 :])
            if is_sum_of_parts(vector):
                indices = [*range(place), len(numbers) + place, *range(place + 2, len(numbers))]
                domain.setdefault(vector, []).append(tuple(indices))


def _through(placing: Placing, shown: Sequence[int]) -> Placing:
    return tuple(None if index is None else shown[index] for index in placing)


def _lacks_total(reading: RowReading, domain: Domain | None, width: int) -> bool:
    """Whether the numbers of a row add up to no total in any order: the last cell is not there."""
    if reading.columns is not None or reading.free or reading.gaps or domain is not None:
        return False
    return 0 < len(reading.values) < width and bool(_plain(reading.values))


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
    return reading.proved or (reading.columns is not None and None in reading.columns)


def _plain_columns(columns: Sequence[Printed | None]) -> Vector | None:
    """The numbers of a complete row; ``None`` when one is words, or the total is left out (it is not zero then)."""
    numbers = [whole_number(cell) for cell in columns]
    if columns[-1] is None and any(numbers):
        return None
    return None if None in numbers else tuple(number for number in numbers if number is not None)


def is_sum_of_parts(vector: Vector) -> bool:
    """Whether the last number is the sum of the others."""
    return sum(vector[:-1]) == vector[-1]


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
        reading, domain = rows[row], domains[row]
        first = int(
            (reading.exact or reading.shifted) and reading.printed[0] is None
        )  # the blank cell that pushed the others on
        numbers = _plain(reading.printed[first:])
        if not numbers or domain is None or len(numbers) >= width:
            continue
        places = range(first, first + len(numbers))
        if totals_lost and not first:
            without_total = placings(numbers, width - 1, lambda vector: True)
        elif len(numbers) == width - 1 and (len(lengths) == 1 or reading.fields or reading.solid):
            without_total = {tuple(numbers): [tuple(places)]}
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
