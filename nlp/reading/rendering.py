"""Lines and grids as a source: what every reader of laid-out documents (Word, PDF) hands over, and the text made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.reading.blocks import whole_line
from nlp.reading.furniture import find_furniture
from nlp.reading.grid import (
    MAX_CELL_CHARS,
    MAX_COLUMN_SPAN,
    MAX_COLUMNS,
    MAX_ROW_SPAN,
    MAX_ROWS,
    MAX_SENTENCES,
    SPACES,
    Grid,
    GridCell,
    cell_text,
)
from nlp.reading.line_breaks import find_breaks
from nlp.reading.repair import find_repairs, in_order
from nlp.reading.struck import Ranges, blank, unmark
from nlp.reading.title import find_title
from nlp.records import Block, Cell, Printed, Repair, Span
from nlp.records.text import BlockKind

MAX_CARD_CHARS = 600
Box = tuple[float, float, float, float]  # left, top, right, bottom in shares of a page
LINE_ENDS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where characters ``start`` to ``end`` of a line are printed: as ``Printed``, before the text is composed."""

    start: int
    end: int
    page: int
    box: Box
    lines: int = 1


@dataclass(slots=True)
class Line:
    """A line of the rendered text, or all the lines of a table.

    ``chrome`` says that it is no text of the report, ``unread`` that it stands for a page that could not be read.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    chrome: bool = False
    grid: Grid | None = None
    doubtful: tuple[tuple[int, int], ...] = ()  # of ``text``: what a scan shows unclearly
    unread: bool = False
    struck: Ranges = ()  # of ``text``: what is struck through and no text of the report
    printed: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell as a document gives it: its paragraphs, its place, how far it reaches, and where it is printed."""

    paragraphs: tuple[str, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    doubtful: bool = False
    printed: tuple[tuple[int, Box, int], ...] = ()  # page, box, lines of print


def make_grid(cells: Sequence[PlacedCell], *, rows: int | None = None) -> Grid | None:
    """The grid of ``cells``; ``None`` for what only lays out a page (one column, prose in a cell) or has no measure."""
    texts = [cell_text(cell.paragraphs) for cell in cells]
    filled = [text for text in texts if text]
    height = max([rows or 0, *(cell.row + 1 for cell in cells)])
    width = max((cell.column + 1 for cell in cells), default=0)
    if len(filled) < 2 or width < 2 or height > MAX_ROWS or width > MAX_COLUMNS:
        return None
    if any(len(text) > MAX_CELL_CHARS or text.count("。") >= MAX_SENTENCES for text in filled):
        return None
    grid = Grid()
    for cell, text in zip(cells, texts, strict=True):
        row_span = min(cell.row_span, MAX_ROW_SPAN, height - cell.row)
        column_span = min(cell.column_span, MAX_COLUMN_SPAN, MAX_COLUMNS - cell.column)
        shown, struck = unmark(text)
        placed = GridCell(shown, cell.row, cell.column, row_span, column_span, cell.doubtful, struck, cell.printed)
        grid.cells.append(placed)
        width = max(width, cell.column + column_span)
    grid.rows = [[""] * width for _ in range(height)]
    for filled_cell in grid.cells:
        grid.rows[filled_cell.row][filled_cell.column] = filled_cell.text
    return grid


def table_line(grid: Grid) -> Line:
    """A table as lines of text: a row a line, cells separated by tabs."""
    return Line("\n".join("\t".join(row) for row in grid.rows), "table", 0, False, grid)


def text_lines(text: str, *, level: int = 0, chrome: bool = False) -> Iterator[Line]:
    """The lines of a paragraph with line breaks in it, white space as it is shown; empty lines are left out."""
    for piece in LINE_ENDS.split(text):
        shown, struck = unmark(SPACES.sub(" ", piece).strip())
        if shown:
            yield Line(shown, "heading" if level else "paragraph", level, chrome, struck=struck)


def compose(lines: Sequence[Line]) -> tuple[str, tuple[Block, ...], tuple[Repair, ...]]:
    """The rendered text of ``lines``, its blocks and its repairs."""
    text = "\n".join(line.text for line in lines)
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line.text)))
        at += len(line.text) + 1
    struck = sorted(_struck(text, lines, spans), key=lambda span: span.start)
    readable = blank(
        text, ((span.start, span.end) for span in struck)
    )  # what is struck through is no part of a title, a date, a word
    placed = [(line, span) for line, span in zip(lines, spans, strict=True) if span.of(readable).strip()]
    every = [span for line, span in placed if line.kind != "table"]
    prose = [span for line, span in placed if line.kind != "table" and not (line.chrome or line.unread)]
    title = find_title(readable, prose) or find_title(readable, every)
    chrome = {span for line, span in placed if line.chrome and span != title}
    chrome |= {piece for piece in find_furniture(readable, every, title) if len(piece)}
    if title is not None:
        chrome = {span for span in chrome if span.end <= title.start or span.start >= title.end}
        # An index card stands above the title, and is short.
        tables = [span for line, span in placed if line.kind == "table"]
        chrome |= {span for span in tables if span.end <= title.start and len(span) < MAX_CARD_CHARS}
    removed = [whole_line(text, span) for span in chrome]
    repairs = find_repairs(readable) + [Repair("furniture", span, "") for span in removed]
    repairs += [Repair("struck", span, "") for span in struck]
    repairs += [Repair("unread", span, "") for line, span in placed if line.unread]
    repairs += [Repair("ocr", span, span.of(text)) for span in _doubtful(lines, spans)]
    begin = title.end if title is not None else 0
    body = [span for line, span in placed if line.kind == "paragraph" and span not in chrome and span.start >= begin]
    repairs += find_breaks(readable, body, removed)
    blocks = tuple(_blocks(lines, spans, chrome | set(spans).difference(span for _, span in placed)))
    return text, blocks, in_order(repairs)


def printed_of(lines: Sequence[Line]) -> tuple[Printed, ...]:
    """Where the text that ``compose`` makes of the lines is printed, in its order; empty for documents without pages."""
    found: list[Printed] = []
    at = 0
    for line in lines:
        for stretch in line.printed:
            span = Span(at + stretch.start, at + stretch.end)
            found.append(Printed(span, stretch.page, *stretch.box, stretch.lines))
        if line.grid is not None:
            for place, cell in zip(_cells(line.grid, at), line.grid.cells, strict=True):
                if len(place.span):
                    found += [Printed(place.span, page, *box, count) for page, box, count in cell.printed]
        at += len(line.text) + 1
    return tuple(sorted(found, key=lambda printed: (printed.span.start, printed.span.end)))


def _struck(text: str, lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[Span]:
    for line, span in zip(lines, spans, strict=True):
        yield from (whole_line(text, Span(span.start + start, span.start + end)) for start, end in line.struck)
        if line.grid is not None and any(cell.struck for cell in line.grid.cells):
            for place, cell in zip(_cells(line.grid, span.start), line.grid.cells, strict=True):
                yield from (Span(place.span.start + start, place.span.start + end) for start, end in cell.struck)


def _doubtful(lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[Span]:
    for line, span in zip(lines, spans, strict=True):
        yield from (Span(span.start + start, min(span.start + end, span.end)) for start, end in line.doubtful)
        if line.grid is not None and any(cell.doubtful for cell in line.grid.cells):
            places = _cells(line.grid, span.start)
            yield from (place.span for place, cell in zip(places, line.grid.cells, strict=True) if cell.doubtful)


def _blocks(lines: Sequence[Line], spans: Sequence[Span], chrome: set[Span]) -> Iterator[Block]:
    for line, span in zip(lines, spans, strict=True):
        if span in chrome:
            yield Block("furniture", span)
        elif line.grid is not None:
            yield Block("table", span, cells=tuple(_cells(line.grid, span.start)))
        else:
            yield Block(line.kind, span, level=line.level)


def _cells(grid: Grid, start: int) -> Iterator[Cell]:
    offsets, at = [], start
    for row in grid.rows:
        row_offsets = []
        for text in row:
            row_offsets.append(at)
            at += len(text) + 1
        offsets.append(row_offsets)
    for cell in grid.cells:
        begin = offsets[cell.row][cell.column]
        yield Cell(Span(begin, begin + len(cell.text)), cell.row, cell.column, cell.row_span, cell.column_span)
