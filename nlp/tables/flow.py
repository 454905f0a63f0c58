"""Rows in running text, where nothing shows where one ends: numbers behind a label up to the next.

A row is whole when it has as many numbers as columns and the label behind it is the one that follows in the form. Where
the next row's label is missing, its numbers may stand here instead of this row's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nlp.tables.cells import Cells, blank_out, read_cells
from nlp.tables.forms import Form
from nlp.tables.glued import parted
from nlp.tables.labels import Label
from nlp.tables.rows import RowReading, adds_up, is_summed
from nlp.tables.values import Printed

# Behind the last label of a table: enough for its cells one per line with indents, not for the rest of the report.
MAX_ROW_CHARS = 1500


def read_flowing_rows(
    text: str,
    labels: Sequence[Label],
    chosen: Mapping[str, int],
    keys: Sequence[str],
    table: str,
    form: Form,
    *,
    serials: frozenset[int] = frozenset(),
    woven: bool = False,
) -> dict[str, RowReading]:
    """The rows ``keys`` as they are printed, each behind its label.

    ``chosen`` gives the labels of all rows, ``serials`` the places of numbers that only count the rows; ``woven`` tells
    that the labels of two columns of rows follow each other in turn.
    """
    taken = set(chosen.values())
    last = max(taken, default=-1)
    rows = {}
    for key in keys:
        index = chosen[key]
        end, holes = _reach(text, labels, index, taken, table)
        piece = blank_out(text, labels[index].end, end, holes)
        cells = read_cells(piece, labels[index].end, last=index == last or table == "disclosure")
        if serials:
            cells = _without(cells, serials)
        row = lay_out(labels[index], cells, len(form.cells[table][key]), table)
        closed = woven or _is_a_line(text, labels[index], cells, end) or _is_closed(labels, index, key, table, form)
        closed = closed and not _follows_its_numbers(text, labels, index, table, form, serials)
        rows[key] = row if closed else RowReading(row.label, row.values, None, free=True)
    return rows


def _without(cells: Cells, serials: frozenset[int]) -> Cells:
    fields = cells.fields
    if fields is not None:
        fields = tuple(cell for cell in fields if cell is None or cell.start not in serials)
    return replace(cells, values=tuple(cell for cell in cells.values if cell.start not in serials), fields=fields)


def has_loose_numbers(
    text: str, labels: Sequence[Label], chosen: Mapping[str, int], table: str, *, serials: frozenset[int]
) -> bool:
    """Whether about the rows numbers stand behind a label that has none of its own: from that before the first row to
    that behind the last."""
    taken = set(chosen.values())
    behind = 0  # where the row before ends
    for index in range(max(min(taken, default=0) - 1, 0), min(max(taken, default=0) + 2, len(labels) - 1)):
        if index in taken:
            behind = _reach(text, labels, index, taken, table)[0]
        elif labels[index].end >= behind and any(role.table == table for role in labels[index].roles):
            piece = blank_out(text, labels[index].end, labels[index + 1].start, ())
            cells = _without(read_cells(piece, labels[index].end), serials).values
            if any(cell.kind == "number" for cell in cells):
                return True
    return False


def _reach(
    text: str, labels: Sequence[Label], index: int, taken: set[int], table: str
) -> tuple[int, list[tuple[int, int]]]:
    """Where the row of a label ends, and the heads within it, which a page break repeats."""
    holes: list[tuple[int, int]] = []
    end = min(len(text), labels[index].end + MAX_ROW_CHARS)
    for later in range(index + 1, len(labels)):
        if labels[later].start >= end:
            break
        if later in taken or not _is_hole(labels[later], table):
            end = labels[later].start
            break
        holes.append((labels[later].start, labels[later].end))
    return end, [hole for hole in holes if hole[1] <= end]


def _follows_its_numbers(
    text: str, labels: Sequence[Label], index: int, table: str, form: Form, serials: frozenset[int]
) -> bool:
    """Whether a row of numbers stands between the head of a table and its first row, as where labels follow them.

    Programs that take the text out of a page put a low label behind the numbers beside it: what stands behind the label
    of one row is the next row's then.
    """
    first = index
    while first > 0 and _rows_of(labels[first - 1], table):
        first -= 1
    if first == 0 or not any(role.table == table for role in labels[first - 1].roles):
        return False
    start, end = labels[first - 1].end, labels[first].start
    numbers = _without(read_cells(blank_out(text, start, end, ()), start), serials).values
    row = next((row for row in _rows_of(labels[first], table) if row in form.cells[table]), None)
    return row is not None and len(numbers) >= len(form.cells[table][row])


def _is_hole(label: Label, table: str) -> bool:
    return table == "requests" and any(role.table == table and role.kind == "head" for role in label.roles)


def _is_a_line(text: str, label: Label, cells: Cells, end: int) -> bool:
    """Whether the row stands on one line with its label, and nothing else does behind it."""
    if cells.fields is not None:
        return True
    line_end = text.find("\n", label.end)
    return bool(cells.values) and cells.values[-1].end <= (line_end if line_end >= 0 else len(text)) <= end


def _is_closed(labels: Sequence[Label], index: int, key: str, table: str, form: Form) -> bool:
    """Whether the labels around a row are those that the form has there, so that its numbers are its own."""
    order = form.order(table)
    if order is None:
        return True
    place = order[key]
    before = next((labels[n] for n in range(index - 1, -1, -1) if not _is_hole(labels[n], table)), None)
    behind = _rows_of(before, table) if before is not None else []
    if behind and all(place < order[k] for k in behind):
        return False
    for label in labels[index + 1 :]:
        if any(role.kind == "strange" for role in label.roles):
            return True
        found = _rows_of(label, table)
        if found:
            return any(place < order[k] <= form.next_row(table, key) for k in found)
        if any(role.kind == "break" and role.key == role.table for role in label.roles):
            return True
        if table == "disclosure" and any(role.table == table for role in label.roles):
            return form.ends_behind(table, key)
    return True


def _rows_of(label: Label, table: str) -> list[str]:
    return [role.key for role in label.roles if role.table == table and role.kind in ("row", "group")]


def lay_out(label: Label | None, cells: Cells, width: int, table: str) -> RowReading:
    """The cells of a row in their columns, if that is certain: as many values as columns, or as many fields."""
    fields = cells.fields
    numbers = parted(cells.values, width)
    if numbers is not None and (is_summed(table) or all(number.is_zero for number in numbers)):
        return RowReading(label, numbers, numbers)
    if len(cells.values) == width and (fields is None or _is_solid(fields)):
        return RowReading(label, cells.values, cells.values)
    if fields is None:
        if not cells.values:
            return RowReading(label, (), (None,) * width)
        return RowReading(label, cells.values, None)
    if not any(fields) and not cells.values:
        return RowReading(label, (), (None,) * width)
    # Cells that the form does not have, at the end of a line whose table is wider elsewhere.
    if len(fields) > width and not any(fields[width:]) and all(fields[:width]):
        fields = fields[:width]
    if len(fields) == width and (not is_summed(table) or adds_up(fields)):
        return RowReading(label, cells.values, fields)
    solid = _is_solid(fields)
    return RowReading(label, cells.values, None, solid=solid, gaps=not solid and len(fields) > width)


def _is_solid(fields: Sequence[Printed | None]) -> bool:
    """Whether there is no blank between the first and the last cell that is filled."""
    filled = [place for place, field in enumerate(fields) if field]
    return bool(filled) and filled[-1] - filled[0] + 1 == len(filled)
