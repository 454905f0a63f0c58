"""Tables whose grid is known: from the file itself (HTML, Word, PDF), or from lines of tabs or pipes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from nlp.reading.clean import CleanText
from nlp.records import Source
from nlp.tables.labels import Label
from nlp.tables.values import Printed, read_cell, read_several

MAX_CELLS = 20_000
# A grid of lines needs a head, a row and a second row, of two cells at least.
MIN_LINES, MIN_CELLS = 3, 2
LINES_ONLY = ("text/plain", "text/markdown")


class GridCell(NamedTuple):
    """A cell of a grid: its column, how many columns and rows it covers, and its range in the clean text."""

    column: int
    covers: int
    start: int
    end: int
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells. ``ruled`` when the file itself draws the borders, not only the look of its lines.

    ``covered`` gives for each row the number of columns that its cells, and those that reach down to it, cover from the
    left without a gap; 0 for a row in which they leave one.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    ruled: bool
    covered: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "covered", tuple(_covered(self.rows)))

    @property
    def even(self) -> bool:
        """Whether every row covers as many columns."""
        return len(set(self.covered)) == 1 and self.covered[0] > 0

    def row_at(self, position: int) -> int | None:
        """The number of the row that holds a position of the clean text."""
        starts = [row[0].start if row else -1 for row in self.rows]
        place = bisect_right(starts, position) - 1
        if place < 0 or not self.rows[place]:
            return None
        return place if position < max(self.rows[place][-1].end, self.rows[place][-1].start + 1) else None


def _covered(rows: Sequence[Sequence[GridCell]]) -> Iterator[int]:
    reaching: list[GridCell] = []  # with the number of rows that are left to them
    for row in rows:
        taken = {column for cell in (*row, *reaching) for column in range(cell.column, cell.column + cell.covers)}
        yield len(taken) if taken == set(range(len(taken))) else 0
        reaching = [cell._replace(rows=cell.rows - 1) for cell in (*row, *reaching) if cell.rows > 1]


def find_grids(source: Source, clean: CleanText, start: int, end: int) -> Iterator[Grid]:
    """Every grid in ``clean.text[start:end]``."""
    ruled: list[tuple[int, int]] = []
    for block in source.blocks:
        if block.kind != "table" or not block.cells or len(block.cells) > MAX_CELLS:
            continue
        first, last = clean.position(block.span.start), clean.position(block.span.end)
        if last <= start or first >= end or source.media_type in LINES_ONLY:
            continue
        ruled.append((first, last))
        rows: dict[int, list[GridCell]] = {}
        for cell in block.cells:
            begin, stop = clean.position(cell.span.start), clean.position(cell.span.end)
            rows.setdefault(cell.row, []).append(GridCell(cell.column, cell.column_span, begin, stop, cell.row_span))
        yield Grid(tuple(tuple(sorted(rows.get(row, ()))) for row in range(max(rows) + 1)), True)
    yield from _lines_as_grids(clean.text, start, end, ruled)


def _lines_as_grids(text: str, start: int, end: int, ruled: Sequence[tuple[int, int]]) -> Iterator[Grid]:
    if text.find("\t", start, end) < 0 and text.find("|", start, end) < 0:
        return
    run: list[tuple[int, str]] = []
    at, gap = start, 0
    for line in text[start:end].split("\n"):
        inside = any(first <= at < last for first, last in ruled)
        if not inside and ("\t" in line or "|" in line or (run and _is_number(line))):
            run.append((at, line))
            gap = 0
        elif run:
            gap += 1
            if line.strip() or gap > 1 or inside:
                yield from _as_grid(run)
                run = []
        at += len(line) + 1
    yield from _as_grid(run)


def _is_number(line: str) -> bool:
    """Whether a line is a number alone: the rest of a row that was cut in two."""
    cell = read_cell(line, 0)
    return cell is not None and cell.kind == "number"


def _as_grid(run: Sequence[tuple[int, str]]) -> Iterator[Grid]:
    # A bar at the beginning is the border of a table all of whose lines have one; elsewhere it follows a blank cell.
    bordered = all(line.lstrip().startswith("|") for _, line in run if "|" in line)
    rows = tuple(_cut(line, at, bordered=bordered) for at, line in run)
    if len(rows) >= MIN_LINES and median(map(len, rows)) >= MIN_CELLS:
        yield Grid(rows, False)


def _cut(line: str, at: int, *, bordered: bool) -> tuple[GridCell, ...]:
    """The cells of a line; a bar at its end is its border."""
    mark = "\t" if "\t" in line else "|"
    cells: list[GridCell] = []
    parts = line.split(mark)
    last = len(parts) - 1
    for place, part in enumerate(parts):
        border = mark == "|" and last and not part.strip() and (place == last or (place == 0 and bordered))
        if not border:
            cells.append(GridCell(len(cells), 1, at, at + len(part)))
        at += len(part) + 1
    return tuple(cells)


def fields_of(text: str, cells: Sequence[GridCell]) -> tuple[Printed | None, ...]:
    """What is printed in the cells, one after another; ``None`` for a blank one, several for one that holds several."""
    found: list[Printed | None] = []
    for cell in cells:
        printed = read_cell(text[cell.start : cell.end], cell.start)
        several = read_several(text[cell.start : cell.end], cell.start) if printed and printed.kind == "text" else ()
        found.extend(several or (printed,))
    return tuple(found)


def labels_in(row: Sequence[GridCell], labels: Sequence[Label]) -> list[tuple[GridCell, Label]]:
    """The labels that stand in a row, each with its cell."""
    found: list[tuple[GridCell, Label]] = []
    if not row:
        return found
    for place in range(bisect_left(labels, row[0].start, key=lambda label: label.start), len(labels)):
        label = labels[place]
        if label.start >= row[-1].end:
            break
        cell = next((cell for cell in row if cell.start <= label.start < cell.end), None)
        if cell is not None:
            found.append((cell, label))
    return found


def number_lines(text: str, grid: Grid, start: int, end: int) -> list[tuple[Printed | None, ...]]:
    """The rows of a ruled grid between ``start`` and ``end`` that hold numbers or marks, each with its blank cells."""
    if not grid.ruled:
        return []
    rows = [fields_of(text, row) for row in grid.rows if row and start <= row[0].start < end]
    return [fields for fields in rows if any(cell and cell.kind != "text" for cell in fields)]
