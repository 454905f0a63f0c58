"""The grid of a table of a web page, row and column spans expanded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from nlp.reading.struck import Ranges, Strikes, mark, unmark

MAX_ROW_SPAN = 400
MAX_COLUMN_SPAN = 60
MAX_ROWS = 3_000
MAX_COLUMNS = 120
MAX_CELL_CHARS = 320  # longer cells hold a page, not a figure
MAX_SENTENCES = 3
SPACES = re.compile(r"\s+")
CHINESE = re.compile("[\u3000-\u9fff\ufdd0\ufdd1\uff00-\uffef]")
BREAKS = frozenset({"br", "p", "div", "li", "tr"})
UNSEEN = frozenset({"script", "style", "noscript", "template", "-comment", "input", "select", "button"})


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its text and place; spans are at least 1."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    doubtful: bool = False  # shown unclearly by a scan
    struck: Ranges = ()  # of ``text``: what is struck through
    printed: tuple[tuple[int, tuple[float, float, float, float], int], ...] = ()  # page, box, lines of print


@dataclass(slots=True)
class Grid:
    """``rows`` has one text for every row and column, "" where a cell above or to the left reaches."""

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    cells: list[GridCell] = field(default_factory=list)


@dataclass(slots=True)
class _Raw:
    row_span: int
    column_span: int
    pieces: list[str] = field(default_factory=list)


def read_grid(table: LexborNode, strikes: Strikes, *, struck: bool = False) -> Grid | None:
    """The grid of ``table``; ``None`` for a table that only lays out a page (it holds another table, or prose).

    ``strikes`` tells which elements strike their text through, ``struck`` whether the whole table lies in such a one.
    """
    gathered = _gather(table, strikes, int(struck))
    if gathered is None:
        return None
    caption, raw_rows = gathered
    texts = [[cell_text(cell.pieces, separator="") for cell in row] for row in raw_rows]
    filled = [text for row in texts for text in row if text]
    if len(filled) < 2 or max(len(row) for row in texts) < 2:
        return None
    if any(len(text) > MAX_CELL_CHARS or text.count("。") >= MAX_SENTENCES for text in filled):
        return None
    return _place(caption, raw_rows, texts)


def _gather(table: LexborNode, strikes: Strikes, struck: int) -> tuple[str, list[list[_Raw]]] | None:
    caption: list[str] = []
    rows: list[list[_Raw]] = []
    cell: _Raw | None = None
    in_caption = False
    stack: list[tuple[LexborNode | None, str]] = [(child, "") for child in children_of(table)]
    while stack:
        node, leaving = stack.pop()
        if node is None:
            if leaving == "struck":
                struck -= 1
            elif leaving == "cell":
                cell = None
            elif leaving == "caption":
                in_caption = False
            elif leaving == "break" and cell is not None:
                cell.pieces.append("\n")
            continue
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            text = mark(text) if struck else text
            if cell is not None:
                cell.pieces.append(text)
            elif in_caption:
                caption.append(text)
            continue
        if tag in UNSEEN:
            continue
        if tag == "table":
            return None
        attributes = node.attributes
        if tag == "tr":
            if len(rows) >= MAX_ROWS:
                return None
            rows.append([])
        elif tag in {"td", "th"}:
            if not rows:
                rows.append([])
            cell = _Raw(
                _span(attributes.get("rowspan"), MAX_ROW_SPAN), _span(attributes.get("colspan"), MAX_COLUMN_SPAN)
            )
            rows[-1].append(cell)
            stack.append((None, "cell"))
        elif tag == "caption":
            in_caption = True
            stack.append((None, "caption"))
        elif tag in BREAKS and cell is not None:
            cell.pieces.append("\n")
            stack.append((None, "break"))
        if strikes.holds(tag, attributes):
            struck += 1
            stack.append((None, "struck"))
        stack.extend((child, "") for child in children_of(node))
    return "".join(caption), [row for row in rows if row]


def children_of(node: LexborNode) -> list[LexborNode]:
    """The children of a node, the last first, as a stack wants them."""
    children, child = [], node.last_child
    while child is not None:
        children.append(child)
        child = child.prev
    return children


def _span(printed: str | None, most: int) -> int:
    """A row span of 0 reaches to the end of the table."""
    digits = re.match(r"\s*(\d{1,6})", printed or "")
    if digits is None:
        return 1
    value = int(digits[1])
    return most if value == 0 else min(value, most)


def cell_text(paragraphs: Sequence[str], *, separator: str = "\n") -> str:
    """The text of a cell on one line; a break between two Chinese characters (商业, 企业) leaves nothing.

    >>> cell_text(["商业", "企业 "]), cell_text(["12", "34"])
    ('商业企业', '12 34')
    """
    text = separator.join(paragraphs).strip()

    def joined(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1], text[found.end()]
        broken = "\n" in found[0]
        return "" if broken and CHINESE.match(before) and CHINESE.match(after) else " "

    return SPACES.sub(joined, text) if text else ""


def _place(caption: str, raw_rows: list[list[_Raw]], texts: list[list[str]]) -> Grid | None:
    grid = Grid(caption)
    taken: set[tuple[int, int]] = set()
    height, width = len(raw_rows), 0
    for row, (raw, row_texts) in enumerate(zip(raw_rows, texts, strict=True)):
        column = 0
        for cell, text in zip(raw, row_texts, strict=True):
            while (row, column) in taken:
                column += 1
            row_span = min(cell.row_span, height - row)
            column_span = min(cell.column_span, MAX_COLUMNS - column)
            if column_span < 1:
                return None
            taken.update((r, c) for r in range(row, row + row_span) for c in range(column, column + column_span))
            shown, struck = unmark(text)
            grid.cells.append(GridCell(shown, row, column, row_span, column_span, struck=struck))
            column += column_span
            width = max(width, column)
    grid.rows = [[""] * width for _ in range(height)]
    for placed in grid.cells:
        grid.rows[placed.row][placed.column] = placed.text
    return grid
