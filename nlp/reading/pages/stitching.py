"""A table that goes on over a page break is one table again, also where the break cuts a merged label or a row in two."""

from __future__ import annotations

import re

from nlp.reading.clean import fold
from nlp.reading.grid import cell_text
from nlp.reading.pages.tables import RuledTable, TableCell
from nlp.reading.rendering import Line
from nlp.reading.row_labels import table_label

SAME_EDGE_POINTS = 8.0
NUMBER = re.compile(r"[\d.,%/\-—– ]*")
BEGINS_WITH_NUMBER = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]")


def continues(table: RuledTable, other: RuledTable) -> bool:
    """Whether a table at the head of a page goes on with the one at the foot of the page before."""
    return abs(table.x0 - other.x0) <= SAME_EDGE_POINTS and abs(table.x1 - other.x1) <= SAME_EDGE_POINTS


def _row_texts(table: RuledTable, row: int) -> list[str]:
    return [text_of(cell) for cell in sorted(table.cells, key=lambda c: c.x0) if cell.row == row]


def text_of(cell: TableCell) -> str:
    """The text of a cell on one line."""
    return cell_text(cell.paragraphs)


def stitch(table: RuledTable, other: RuledTable) -> list[Line]:
    """Add the rows of ``other`` to ``table``; heads that are printed anew on the second page come back as furniture."""
    repeated: list[Line] = []
    drop = 0
    while (
        drop < min(table.rows, other.rows - 1)
        and any(_row_texts(other, drop))
        and _row_texts(other, drop) == _row_texts(table, drop)
    ):
        repeated.append(Line(" ".join(filter(None, _row_texts(other, drop))), chrome=True))
        drop += 1
    offset = table.rows - drop
    for cell in other.cells:
        if cell.row < drop:
            continue
        above = _cell_above(table, cell) if cell.row == drop else None
        if above is not None and _is_rest(above, cell):
            above.row_span += cell.row_span
            above.paragraphs += cell.paragraphs
            above.printed += cell.printed
            continue
        cell.row += offset
        table.cells.append(cell)
    table.rows += other.rows - drop
    _join_broken_row(table, offset)
    return repeated


def _cell_above(table: RuledTable, cell: TableCell) -> TableCell | None:
    for above in table.cells:
        if above.row + above.row_span == table.rows and abs(above.x0 - cell.x0) < 5 and abs(above.x1 - cell.x1) < 5:
            return above
    return None


def _is_rest(above: TableCell, cell: TableCell) -> bool:
    """Whether a cell at the head of a page is the rest of a label that the page break cut: it is empty, or goes on with it."""
    label, rest = text_of(above), text_of(cell)
    if NUMBER.fullmatch(label) or not (above.row_span > 1 or cell.row_span > 1):
        return False
    return not rest or not (BEGINS_WITH_NUMBER.match(rest) or NUMBER.fullmatch(rest) or _is_label(rest))


def _is_label(text: str) -> bool:
    return table_label().match(fold(text).replace(" ", "")) is not None


def _join_broken_row(table: RuledTable, row: int) -> None:
    """A row whose label the page break cut in two (…禁 / 止公开) is one row again, if its second half has no numbers."""
    below = [cell for cell in table.cells if cell.row == row]
    words = [cell for cell in below if text_of(cell)]
    if row < 1 or not words or any(cell.row_span > 1 for cell in below):
        return
    above = {(round(cell.x0 / 5), round(cell.x1 / 5)): cell for cell in table.cells if cell.row + cell.row_span == row}
    pairs = [(above.get((round(rest.x0 / 5), round(rest.x1 / 5))), rest) for rest in words]
    if not all(cell is not None and _is_cut(cell, rest) for cell, rest in pairs):
        return
    for cell, rest in pairs:
        if cell is not None:
            cell.paragraphs += rest.paragraphs
            cell.printed += rest.printed
    table.cells = [cell for cell in table.cells if cell.row != row]
    for cell in table.cells:
        if cell.row > row:
            cell.row -= 1
        elif cell.row + cell.row_span > row:
            cell.row_span -= 1
    table.rows -= 1


def _is_cut(cell: TableCell, rest: TableCell) -> bool:
    """Whether a label goes on in the cell below: its bracket is open, its line full, or both make a longer label of the form."""
    label, end = text_of(cell), text_of(rest)
    if not label or NUMBER.fullmatch(label) or NUMBER.fullmatch(end) or BEGINS_WITH_NUMBER.match(end) or _is_label(end):
        return False
    folded = fold(label)
    if cell.full or folded.count("(") > folded.count(")"):
        return True
    found = table_label().match(fold(label + end).replace(" ", ""))
    return found is not None and found.end() > len(label.replace(" ", ""))
