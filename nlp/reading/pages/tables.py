"""Tables from ruled lines: which cells the lines of a page enclose, and what is printed in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nlp.reading.pages.page import Character, Page, Rule

SNAP_POINTS = 2.5  # two lines nearer than this are one; the double rules of some forms are 1.5 apart
GAP_POINTS = 4.0  # a line goes on after a gap of this length: cells are drawn one by one
REACH_POINTS = 4.0  # how far from each other two lines may end and still meet
OPEN_POINTS = 8.0  # what the down lines stand out beyond the last line across: an edge that a page break left open
MAX_RULES = 3_000
MAX_ATOMS = 40_000


@dataclass(slots=True)
class TableCell:
    """A cell: its edges on the page, the rows it covers, its characters and lines; ``full`` when its last line has no room."""

    x0: float
    x1: float
    row: int
    row_span: int
    y0: float
    y1: float
    characters: list[Character] = field(default_factory=list)
    paragraphs: tuple[str, ...] = ()
    full: bool = False
    printed: tuple[tuple[int, tuple[float, float, float, float], int], ...] = ()  # page, box of what is printed, lines


@dataclass(slots=True)
class RuledTable:
    """The cells that ruled lines enclose. ``rows`` counts their rows."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: int
    cells: list[TableCell]

    def holds(self, character: Character) -> bool:
        """Whether a character is printed inside the table."""
        x, y = (character.x0 + character.x1) / 2, (character.y0 + character.y1) / 2
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


def find_tables(page: Page) -> tuple[list[RuledTable], list[Character]]:
    """The tables of a page from top to bottom, and the characters outside them."""
    tables = _tables(page.across, page.down)
    if not tables and page.pale_across and page.pale_down:
        tables = [table for table in _tables(page.pale_across, page.pale_down) if table.rows > 1]
    tables.sort(key=lambda table: (table.y0, table.x0))
    tables = [table for n, table in enumerate(tables) if not any(_inside(table, other) for other in tables[:n])]
    outside = []
    for character in page.characters:
        table = next((table for table in tables if table.holds(character)), None)
        cell = _cell_of(table, character) if table else None
        if cell is None:
            outside.append(character)
        else:
            cell.characters.append(character)
    return tables, outside


def _tables(across: Sequence[Rule], down: Sequence[Rule]) -> list[RuledTable]:
    groups = _groups(merge_rules(across), merge_rules(down))
    return [table for group in groups if (table := _enclosed(*group)) is not None]


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that lie on one another, or go on after a gap, as one.

    >>> merge_rules([Rule(10, 0, 50), Rule(11, 52, 90), Rule(30, 0, 5)])
    [Rule(at=10.5, start=0, end=90), Rule(at=30.0, start=0, end=5)]
    """
    merged: list[Rule] = []
    for near in cluster(sorted(rules, key=lambda rule: rule.at)[:MAX_RULES]):
        at = sum(rule.at for rule in near) / len(near)
        start, end = None, 0.0
        for rule in sorted(near, key=lambda rule: rule.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + GAP_POINTS:
                end = max(end, rule.end)
            else:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            merged.append(Rule(at, start, end))
    return merged


def cluster(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Neighbouring lines of a sorted list in groups; a group is never wider than twice ``SNAP_POINTS``."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][-1].at <= SNAP_POINTS and rule.at - groups[-1][0].at <= 2 * SNAP_POINTS:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for i, row in enumerate(across):
        for j, column in enumerate(down):
            if (
                row.start - REACH_POINTS <= column.at <= row.end + REACH_POINTS
                and column.start - REACH_POINTS <= row.at <= column.end + REACH_POINTS
            ):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, row in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(column)
    return list(groups.values())


def _edges(rules: Sequence[Rule]) -> list[float]:
    groups = cluster(sorted(rules, key=lambda rule: rule.at))
    return [sum(rule.at for rule in group) / len(group) for group in groups]


def _enclosed(across: list[Rule], down: list[Rule]) -> RuledTable | None:
    if not across or len(down) < 2:
        return None
    ys, xs = _edges(across), _edges(down)
    top, bottom = min(rule.start for rule in down), max(rule.end for rule in down)
    if top < ys[0] - OPEN_POINTS:
        ys.insert(0, top)
        across = [*across, Rule(top, xs[0], xs[-1])]
    if bottom > ys[-1] + OPEN_POINTS:
        ys.append(bottom)
        across = [*across, Rule(bottom, xs[0], xs[-1])]
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 1 or height * width > MAX_ATOMS or (height == 1 and width == 1):
        return None
    walls = [[_covers(down, xs[x + 1], (ys[y] + ys[y + 1]) / 2) for x in range(width)] for y in range(height)]
    floors = [[_covers(across, ys[y + 1], (xs[x] + xs[x + 1]) / 2) for x in range(width)] for y in range(height)]
    cells: list[TableCell] = []
    taken = [[False] * width for _ in range(height)]
    for y in range(height):
        for x in range(width):
            if taken[y][x]:
                continue
            right = x
            while right + 1 < width and not walls[y][right] and not taken[y][right + 1]:
                right += 1
            below = y
            while (
                below + 1 < height
                and not any(floors[below][column] for column in range(x, right + 1))
                and not any(walls[below + 1][column] for column in range(x, right))
                and not any(taken[below + 1][x : right + 1])
            ):
                below += 1
            for row in range(y, below + 1):
                taken[row][x : right + 1] = [True] * (right + 1 - x)
            cells.append(TableCell(xs[x], xs[right + 1], y, below + 1 - y, ys[y], ys[below + 1]))
    return RuledTable(xs[0], ys[0], xs[-1], ys[-1], height, cells)


def _covers(rules: Sequence[Rule], at: float, point: float) -> bool:
    return any(abs(rule.at - at) <= 2 * SNAP_POINTS and rule.start - 1 <= point <= rule.end + 1 for rule in rules)


def _inside(table: RuledTable, other: RuledTable) -> bool:
    return (
        other.x0 - 1 <= table.x0 and table.x1 <= other.x1 + 1 and other.y0 - 1 <= table.y0 and table.y1 <= other.y1 + 1
    )


def _cell_of(table: RuledTable, character: Character) -> TableCell | None:
    x, y = (character.x0 + character.x1) / 2, (character.y0 + character.y1) / 2
    return next((cell for cell in table.cells if cell.x0 <= x < cell.x1 and cell.y0 <= y < cell.y1), None)


def columns_of(cells: Sequence[TableCell]) -> list[tuple[int, int]]:
    """The column and column span of each cell, counted over all of them: the parts of a table on two pages agree so."""
    edges = _edges([Rule(edge, 0, 0) for cell in cells for edge in (cell.x0, cell.x1)])

    def nearest(at: float) -> int:
        place = bisect_right(edges, at)
        candidates = [n for n in (place - 1, place) if 0 <= n < len(edges)]
        return min(candidates, key=lambda n: abs(edges[n] - at))

    places = []
    for cell in cells:
        first, last = nearest(cell.x0), nearest(cell.x1)
        places.append((first, max(1, last - first)))
    return places
