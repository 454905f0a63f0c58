"""Tables whose grid is known: from the file itself (HTML, Word, Markdown), or from lines of tabs or pipes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.reading.clean import CleanText
from nlp.records import Source
from nlp.tables.forms import Form
from nlp.tables.labels import Label
from nlp.tables.rows import RowReading, adds_up
from nlp.tables.values import Printed, read_cell, whole_number

MAX_CELLS = 20_000
# A grid of lines needs a head, a row and a second row.
MIN_LINES = 3


class GridCell(NamedTuple):
    """A cell of a grid: its column, how many it covers, and its range in the clean text."""

    column: int
    covers: int
    start: int
    end: int


class Grid(NamedTuple):
    """Rows of cells. ``certain`` when the file gives the grid, not only the look of its lines."""

    rows: list[list[GridCell]]
    certain: bool


def find_grids(source: Source, clean: CleanText, start: int, end: int) -> Iterator[Grid]:
    """Every grid in ``clean.text[start:end]``."""
    covered: list[tuple[int, int]] = []
    for block in source.blocks:
        if block.kind != "table" or not block.cells or len(block.cells) > MAX_CELLS:
            continue
        first, last = clean.position(block.span.start), clean.position(block.span.end)
        if last <= start or first >= end:
            continue
        covered.append((first, last))
        rows: dict[int, list[GridCell]] = {}
        for cell in block.cells:
            place = GridCell(
                cell.column, cell.column_span, clean.position(cell.span.start), clean.position(cell.span.end)
            )
            rows.setdefault(cell.row, []).append(place)
        yield Grid([sorted(rows[row]) for row in sorted(rows)], True)
    run: list[list[GridCell]] = []
    text = clean.text
    at, gap = start, 0
    if text.find("\t", start, end) < 0 and text.find("|", start, end) < 0:
        return
    for line in text[start:end].split("\n"):
        mark = "\t" if "\t" in line else "|" if "|" in line else ""
        inside = any(first <= at < last for first, last in covered)
        if mark and not inside:
            run.append(_cut(line, at, mark))
            gap = 0
        elif run:
            gap += 1
            if line.strip() or gap > 1 or inside:
                if len(run) >= MIN_LINES:
                    yield Grid(run, False)
                run = []
        at += len(line) + 1
    if len(run) >= MIN_LINES:
        yield Grid(run, False)


def _cut(line: str, at: int, mark: str) -> list[GridCell]:
    cells = []
    for column, part in enumerate(line.split(mark)):
        cells.append(GridCell(column, 1, at, at + len(part)))
        at += len(part) + 1
    return cells


def read_grid_rows(text: str, grid: Grid, labels: Sequence[Label], table: str, form: Form) -> dict[str, RowReading]:
    """The rows of ``table`` that the grid puts under their heads for certain; the others are left out.

    A grid is not believed where a label stands under a value's head or a number beside every head: then rows were
    shifted or torn when the page was copied.
    """
    marks = [_labels_in(row, labels) for row in grid.rows]
    if table == "requests":
        return _read_under_one_head(text, grid, marks, table, form)
    if table == "disclosure":
        return _read_under_nearest_head(text, grid, marks, table, form)
    return {}


def _labels_in(row: Sequence[GridCell], labels: Sequence[Label]) -> list[tuple[GridCell, Label]]:
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


def _row_key(marks: Sequence[tuple[GridCell, Label]], table: str) -> tuple[GridCell, Label, str] | None:
    """The last cell of a line that is a row label of the table."""
    for cell, label in reversed(marks):
        for role in label.roles:
            if role.table == table and role.kind == "row":
                return cell, label, role.key
    return None


def _heads(marks: Sequence[tuple[GridCell, Label]], table: str) -> dict[str, GridCell]:
    heads: dict[str, GridCell] = {}
    for cell, label in marks:
        for role in label.roles:
            if role.table == table and role.kind == "head":
                heads.setdefault(role.key, cell)
    return heads


def _cells_under(
    text: str, row: Sequence[GridCell], columns: Sequence[int], after: int
) -> tuple[Printed | None, ...] | None:
    """The cells in ``columns``; ``None`` when anything is printed beside them or a cell reaches over two."""
    found: dict[int, Printed | None] = {}
    for cell in row:
        printed = read_cell(text[cell.start : cell.end], cell.start)
        if cell.column in columns:
            found[cell.column] = printed
            if printed and any(cell.column < column < cell.column + cell.covers for column in columns):
                return None
        elif printed and cell.column > after:
            return None
    return tuple(found.get(column) for column in columns)


def _read_under_one_head(
    text: str, grid: Grid, marks: Sequence[Sequence[tuple[GridCell, Label]]], table: str, form: Form
) -> dict[str, RowReading]:
    wanted = form.columns(table)
    heads: dict[str, int] = {}
    first = len(marks)
    for place, line in enumerate(marks):
        here = _heads(line, table)
        key = _row_key(line, table)
        if key and not (set(here) & set(wanted) - {"total", "other_org"}) and len(heads) == len(wanted):
            first = place
            break
        for head, cell in here.items():
            if head in wanted:
                heads.setdefault(head, cell.column)
    columns = [heads.get(key, -1) for key in wanted]
    if columns[0] < 1 or any(a >= b for a, b in pairwise(columns)):
        return {}
    rows: dict[str, RowReading] = {}
    shifted = False
    for row, line in zip(grid.rows[first:], marks[first:], strict=True):
        if not grid.certain and not line and _has_numbers(text, row):
            return {}  # the rest of a torn row
        if any(cell.column >= columns[0] and _names_row(label, table) for cell, label in line):
            return {}
        key = _row_key(line, table)
        if key is None:
            continue
        cell, label, name = key
        under = _cells_under(text, row, columns, cell.column)
        if under is None or name in rows or not (grid.certain or row[-1].column >= columns[-1]):
            return {}
        if _believable(under, certain=grid.certain):
            rows[name] = RowReading(label, tuple(filter(None, under)), under)
        else:
            shifted = shifted or under[0] is None or not grid.certain
    if not shifted:
        if _columns_hold(rows, form, table):
            return rows
        return {name: row for name, row in rows.items() if not _may_be_shifted(row)}
    # Where one row is shifted by a cell, others may be, and add up by chance: only full rows are believed.
    return {name: row for name, row in rows.items() if row.columns and (all(row.columns) or row.columns[0])}


def _may_be_shifted(row: RowReading) -> bool:
    """Whether a row looks as one does that a cell too many pushed to the right: first and last cell blank, others not."""
    columns = row.columns or ()
    return any(columns) and columns[0] is None and columns[-1] is None


def _columns_hold(rows: Mapping[str, RowReading], form: Form, table: str) -> bool:
    """Whether the parts of each column add up to its total, blanks counted as nothing; where a row is missing or holds
    words nothing speaks against them."""
    for identity in form.identities:
        if identity.table != table or identity.along != "rows" or len(identity.right) != 1:
            continue
        readings = [rows.get(name) for name in (*identity.left, *identity.right)]
        counted = [
            [whole_number(cell) for cell in reading.columns] for reading in readings if reading and reading.columns
        ]
        vectors = [[number for number in line if number is not None] for line in counted]
        if len(vectors) < len(readings) or vectors != counted:
            continue
        *parts, total = vectors
        if [sum(column) for column in zip(*parts, strict=True)] != total:
            return False
    return True


def _names_row(label: Label, table: str) -> bool:
    return any(role.table == table and role.kind in ("row", "group") for role in label.roles)


def _has_numbers(text: str, row: Sequence[GridCell]) -> bool:
    cells = (read_cell(text[cell.start : cell.end], cell.start) for cell in row)
    return any(cell and cell.kind == "number" for cell in cells)


def _believable(under: Sequence[Printed | None], *, certain: bool) -> bool:
    """Whether the cells of one row may stand where the grid puts them.

    A row with every cell filled may; one with blanks must add up, unless its total is blank too and the file itself
    gives the grid.
    """
    if all(under):
        return True
    if under[-1] is None:
        return certain or not any(under)
    return adds_up(under, open_start=True)


def _read_under_nearest_head(
    text: str, grid: Grid, marks: Sequence[Sequence[tuple[GridCell, Label]]], table: str, form: Form
) -> dict[str, RowReading]:
    rows: dict[str, RowReading] = {}
    heads: Mapping[str, GridCell] = {}
    for row, line in zip(grid.rows, marks, strict=True):
        here = _heads(line, table)
        key = _row_key(line, table)
        if here and not key:
            heads = here
        if key is None or not heads:
            continue
        cell, label, name = key
        wanted = form.cells[table][name]
        columns = [heads[column].column if column in heads else -1 for column in wanted]
        if columns[0] <= cell.column or any(a >= b for a, b in pairwise(columns)):
            continue
        under = _cells_under(text, row, columns, cell.column)
        whole = row[-1].column >= columns[-1] and (not any(under or ()) or (under or (None,))[0] is not None)
        if under is not None and name not in rows and (grid.certain or whole):
            rows[name] = RowReading(label, tuple(filter(None, under)), under)
    return rows


def whole_line(text: str, grid: Grid, start: int, end: int, count: int) -> tuple[Printed | None, ...] | None:
    """The first row of a certain grid between ``start`` and ``end`` that has numbers, if it has ``count`` cells."""
    if not grid.certain:
        return None
    for row in grid.rows:
        if row and start <= row[0].start < end:
            printed = [read_cell(text[cell.start : cell.end], cell.start) for cell in row]
            if any(cell and cell.kind != "text" for cell in printed):
                return tuple(printed) if len(row) == count else None
    return None
