"""Section four: fifteen numbers under three heads, printed in one row, group by group, or turned on its side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from nlp.tables.cells import blank_out, read_cells
from nlp.tables.flow import MAX_ROW_CHARS
from nlp.tables.forms import Form
from nlp.tables.glued import parted
from nlp.tables.grid import Grid, number_lines
from nlp.tables.labels import Label
from nlp.tables.placing import Place, placings, summarise
from nlp.tables.proof import is_sum_of_parts
from nlp.tables.readings import (
    ABSENT,
    BLANK,
    CellReading,
    read_free,
    read_open,
    read_places,
    read_whole,
    read_without_proof,
)
from nlp.tables.values import Printed, whole_number

Line = tuple[Printed | None, ...]
# With more numbers than this beyond the fifteen, nothing is tried.
MAX_EXTRA = 3


def find_heads(labels: Sequence[Label], inside: tuple[int, int] | None = None) -> list[Label]:
    """The heads of section four in order: the longest run of its labels that no other heading interrupts."""
    best: list[Label] = []
    run: list[Label] = []
    for label in labels:
        roles = {role.kind if role.table == "disputes" else "" for role in label.roles}
        if "head" in roles or (roles & {"row", "group"} and label.alone):
            run.append(label)
            continue
        if _weight(run, inside) > _weight(best, inside):
            best = run
        run = []
    if _weight(run, inside) > _weight(best, inside):
        best = run
    return best if _weight(best, None) >= 3 else []


def _weight(run: Sequence[Label], inside: tuple[int, int] | None) -> int:
    """How many heads belong to section four alone (总计 and 其他结果 are also printed elsewhere)."""
    proper = sum(all(role.table == "disputes" for role in label.roles) for label in run)
    return proper + (5 if inside and run and inside[0] <= run[0].start < inside[1] else 0)


def read_disputes(
    text: str,
    labels: Sequence[Label],
    form: Form,
    *,
    grids: Sequence[Grid] = (),
    inside: tuple[int, int] | None = None,
) -> dict[str, list[CellReading]]:
    """The three rows of section four. ``inside`` is the section's range in the clean text, when it is known."""
    rows = list(form.cells["disputes"])
    width = len(form.columns("disputes"))
    heads = find_heads(labels, inside)
    if not heads:
        return {row: [ABSENT] * width for row in rows}
    after = next((label.start for label in labels if label.start > heads[-1].start), len(text))
    groups: list[tuple[Label, tuple[Printed, ...]]] = []
    lines: list[Line] = []
    total = width * len(rows)
    for index, head in enumerate(heads):
        last = index + 1 == len(heads)
        end = min(after if last else heads[index + 1].start, head.end + MAX_ROW_CHARS)
        piece = blank_out(text, head.end, end, ())
        groups.append((head, read_cells(piece, head.end, last=last).values))
        if last:
            ruled = [line for grid in grids for line in number_lines(text, grid, head.end, end)]
            lines = ruled or _lines_of(piece, head.end, total)
    values: Sequence[Printed] = [value for _, group in groups for value in group]
    numbers = parted(values, total, group=width)
    if numbers is not None:
        return _split(read_whole(numbers), rows, width)
    if lines and len(values) == len(groups[-1][1]):
        cells = _from_lines(lines, width, total)
        if cells is not None:
            return _split(cells, rows, width)
    if not values:
        return {row: [BLANK] * width if not _stray(text, labels, heads[0]) else read_free((), width) for row in rows}
    turned = _turned(groups, rows, form)
    if turned is not None:
        return turned
    if len(values) == total and _in_reading_order(groups, width):
        return _split(read_whole(values), rows, width)
    if len(values) > total and len(groups[-1][1]) < len(values):  # some stand between the heads: what they are is open
        return _split(read_open(values, total), rows, width)
    return _split(_place(values, len(rows), width), rows, width)


def _stray(text: str, labels: Sequence[Label], head: Label) -> bool:
    """Whether numbers stand before the first head, where none belong: they may be those of the table."""
    start = max((label.end for label in labels if label.end <= head.start), default=max(0, head.start - MAX_ROW_CHARS))
    return bool(read_cells(blank_out(text, start, head.start, ()), start).values)


def _from_lines(lines: Sequence[Line], width: int, total: int) -> list[CellReading] | None:
    """The cells from the lines of numbers behind the heads; ``None`` when no line has a cell for each.

    Of several lines only one can be meant: that whose totals add up, unless two do that are not the same.
    """
    whole = [line for line in lines if len(line) == total]
    if len(lines) == 1:
        return read_whole(whole[0]) if whole else None
    if not whole:
        return None
    true = [line for line in whole if _closes(line, width)]
    if true and len({tuple(map(whole_number, line)) for line in true}) == 1:
        cells = read_whole(true[0])
        same = len(true) == len(lines)
        return cells if same else [_inferred(cell) for cell in cells]
    return read_free([cell for line in lines for cell in line if cell], total)


def _inferred(cell: CellReading) -> CellReading:
    return cell._replace(status="inferred") if cell.status == "given" else cell


def _closes(line: Line, width: int) -> bool:
    """Whether the totals of a line are the sums of the cells before them; a blank total is of blank cells."""
    numbers = [whole_number(cell) for cell in line]
    for first in range(0, len(line), width):
        *parts, whole = numbers[first : first + width]
        if whole is None or None in parts or sum(part or 0 for part in parts) != whole:
            return False
    return True


def _split(cells: list[CellReading], rows: Sequence[str], width: int) -> dict[str, list[CellReading]]:
    return {row: cells[index * width : (index + 1) * width] for index, row in enumerate(rows)}


def _lines_of(piece: str, start: int, total: int) -> list[Line]:
    """The lines of tabs or pipes behind the heads that hold numbers, where one of them has a cell for each number.

    Only one whose printed totals add up is taken: nothing but the look of the line tells how many cells it has.
    """
    found: list[Line] = []
    for line_start, line in _text_lines(piece, start):
        mark = "|" if "|" in line else "\t" if "\t" in line else ""
        if not mark:
            continue
        first = line_start
        if mark == "|" and line.lstrip().startswith("|"):
            first += line.index("|") + 1
            line = line[line.index("|") + 1 :]
        fields = read_cells("|" + line.replace(mark, "|"), first - 1).fields
        if fields and any(fields):
            found.append(fields)
    whole = [line for line in found if len(line) == total]
    return found if any(_closes(line, total // 3) for line in whole) else []


def _text_lines(piece: str, start: int) -> list[tuple[int, str]]:
    found, at = [], start
    for line in piece.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


def _in_reading_order(groups: Sequence[tuple[Label, tuple[Printed, ...]]], width: int) -> bool:
    """Whether the numbers, read on from head to head, are in the order of the form.

    They are when all follow the last head, when each of three rows is followed by its five, or each head by its one.
    """
    sizes = [len(group) for _, group in groups if group]
    if len(sizes) == 1:
        return bool(groups[-1][1])
    filled = [label for label, group in groups if group]
    if sizes == [width] * 3:
        return all(any(role.kind == "row" for role in label.roles) for label in filled) or _closes_groups(groups)
    return sizes == [1] * (3 * width) and all(any(role.kind == "head" for role in label.roles) for label in filled)


def _closes_groups(groups: Sequence[tuple[Label, tuple[Printed, ...]]]) -> bool:
    """Whether each five numbers follow their own five heads, as in three small tables one after another."""
    heads = 0
    for label, group in groups:
        heads += any(role.kind == "head" for role in label.roles)
        if group:
            if heads != 5:
                return False
            heads = 0
    return True


def _turned(
    groups: Sequence[tuple[Label, tuple[Printed, ...]]], rows: Sequence[str], form: Form
) -> dict[str, list[CellReading]] | None:
    """The table printed with the results as rows and the three proceedings as columns."""
    filled = [(label, group) for label, group in groups if group]
    columns = form.columns("disputes")
    keys = [next((role.key for role in label.roles if role.kind == "head"), "") for label, _ in filled]
    if keys != list(columns) or any(len(group) != len(rows) for _, group in filled):
        return None
    return {row: read_whole([group[place] for _, group in filled]) for place, row in enumerate(rows)}


def _place(values: Sequence[Printed], groups: int, width: int) -> list[CellReading]:
    """The cells of a damaged row of section four: all ways to part it into three groups that add up to their totals."""
    total = groups * width
    certain = read_without_proof(values, total)
    if certain is not None:
        return certain
    numbers = [whole_number(value) for value in values]
    plain = [number for number in numbers if number is not None]
    if len(plain) != len(values) or len(plain) > total + MAX_EXTRA:
        return read_open(values, total)

    found: list[tuple[set[int], set[int | None]]] = [(set(), set()) for _ in range(total)]
    parts: dict[tuple[int, ...], list[Place] | None] = {}

    def part(kept: tuple[int, ...]) -> list[Place] | None:
        if kept not in parts:
            domain = placings([plain[index] for index in kept], width, is_sum_of_parts)
            parts[kept] = summarise(domain, list(domain), width) if domain else None
        return parts[kept]

    count = len(plain)
    choices = [tuple(range(count))] if count <= total else list(combinations(range(count), total))
    possible = False
    for kept in choices:
        size = len(kept)
        for first in range(max(0, size - 2 * width), min(width, size) + 1):
            for second in range(max(first, size - width), min(first + width, size) + 1):
                places = [part(kept[:first]), part(kept[first:second]), part(kept[second:])]
                if any(place is None for place in places):
                    continue
                possible = True
                for group, column_places in enumerate(places):
                    for column, place in enumerate(column_places or ()):
                        spot = found[group * width + column]
                        spot[0].update(place.values)
                        spot[1].update(_original(place, kept, group, first, second))
    if not possible:
        return read_open(values, total)
    return read_places(values, [Place(frozenset(a), frozenset(b)) for a, b in found])


def _original(place: Place, kept: tuple[int, ...], group: int, first: int, second: int) -> set[int | None]:
    """The indices of a group's numbers as indices of the whole row."""
    offset = (0, first, second)[group]
    return {None if index is None else kept[offset + index] for index in place.printed}
