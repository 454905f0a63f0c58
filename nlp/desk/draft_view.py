"""A draft as it is shown: its text in blocks with the findings marked in it, and the findings by the part they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from nlp.checking.check import RANK
from nlp.checking.findings import Finding
from nlp.checking.rules.parts import PARTS
from nlp.output.names import name_of
from nlp.output.view import shown
from nlp.records import Analysis, Block, Cell, Figure, Span
from nlp.tables.forms import form


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the text that findings are about: their numbers, the gravest severity."""

    start: int
    end: int
    numbers: tuple[int, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the text, with the mark they stand in."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a table, to be drawn with its spans."""

    pieces: tuple[Piece, ...]
    rows: int = 1
    columns: int = 1
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block to be drawn: ``heading``, ``paragraph``, ``furniture`` (with ``pieces``) or ``table`` (with ``rows``)."""

    kind: str
    level: int = 0
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[CellView, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a statutory table as it was read: what to show, its status, the findings that it is evidence of."""

    shown: str
    status: str
    numbers: tuple[int, ...] = ()
    severity: str = ""


@dataclass(frozen=True, slots=True)
class GridView:
    """A statutory table as it was read; a cell is ``None`` where the form has none."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings about one part, each with its number (from 1)."""

    key: str
    title: str
    findings: tuple[tuple[int, Finding], ...]


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """The findings as they are shown and numbered: what is about the whole report first, then part by part."""
    order = ["", "preamble", *PARTS]
    return sorted(findings, key=lambda f: order.index(f.section) if f.section in order else len(order))


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """Findings in order (``in_order``) by the part they are about, each with its number."""
    numbered = enumerate(findings, start=1)
    return [
        Group(key, PARTS[key][0] if key in PARTS else name_of("sections", key) if key else "全文", tuple(members))
        for key, members in groupby(numbered, key=lambda pair: pair[1].section)
    ]


def marks_of(findings: Sequence[Finding]) -> list[Mark]:
    """The marked ranges in their order, none overlapping another: each has the numbers of all findings that it is for."""
    ranges = [
        (quote.start, quote.end, number, finding.severity)
        for number, finding in enumerate(findings, start=1)
        for quote in finding.quotes
        if quote.end > quote.start
    ]
    edges = sorted({edge for start, end, _, _ in ranges for edge in (start, end)})
    marks = []
    for start, end in pairwise(edges):
        here = [(number, severity) for first, last, number, severity in ranges if first <= start and end <= last]
        if here:
            severity = min((severity for _, severity in here), key=lambda severity: RANK[severity])
            marks.append(Mark(start, end, tuple(dict.fromkeys(number for number, _ in here)), severity))
    return marks


def blocks_of(analysis: Analysis, marks: Sequence[Mark]) -> list[BlockView]:
    """The text in its blocks with the marks in it; furniture in one block for each stretch."""
    text = analysis.source.text
    cut = _Cutter(text, marks)
    views: list[BlockView] = []
    furniture: list[Piece] = []

    def fold() -> None:
        if furniture:
            views.append(BlockView("furniture", pieces=tuple(furniture)))
            furniture.clear()

    for block in analysis.source.blocks:
        if not block.span.of(text).strip():
            continue
        if block.kind == "furniture" and not cut.has_mark(block.span.start, block.span.end):
            furniture += [*cut(block.span.start, block.span.end), Piece("\n")]
            continue
        fold()
        if block.cells:
            views.append(BlockView("table", rows=tuple(_rows(block, text, cut))))
        else:
            views.append(_lines(block, cut))
    fold()
    return views


def _lines(block: Block, cut: _Cutter) -> BlockView:
    kind = block.kind if block.kind in ("heading", "furniture") else "paragraph"
    return BlockView(kind, block.level, tuple(cut(block.span.start, block.span.end)))


def _rows(block: Block, text: str, cut: _Cutter) -> Iterator[tuple[CellView, ...]]:
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in range(max(rows, default=-1) + 1):
        yield tuple(
            CellView(
                tuple(cut(cell.span.start, cell.span.end)), cell.row_span, cell.column_span,
                cell.span.of(text).strip().replace(".", "").isdecimal(),
            )
            for cell in sorted(rows.get(row, ()), key=lambda cell: cell.column)
        )  # fmt: skip


class _Cutter:
    """Cuts a range of the text into pieces wherever a mark begins or ends."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._text, self._marks = text, marks
        self._starts = [mark.start for mark in marks]

    def overlapping(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that reach into a range."""
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._marks) and self._marks[at].start < end:
            if self._marks[at].end > start:
                yield self._marks[at]
            at += 1

    def has_mark(self, start: int, end: int) -> bool:
        """Whether anything in a range is marked."""
        return next(self.overlapping(start, end), None) is not None

    def __call__(self, start: int, end: int) -> Iterator[Piece]:
        at = start
        for mark in self.overlapping(start, end):
            first, last = max(mark.start, start), min(mark.end, end)
            if first > at:
                yield Piece(self._text[at:first])
            yield Piece(self._text[first:last], mark)
            at = last
        if at < end:
            yield Piece(self._text[at:end])


def grids_of(analysis: Analysis, marks: Sequence[Mark]) -> list[GridView]:
    """The statutory tables as they were read, with the marks on the cells that are evidence; absent tables left out."""
    this = form(analysis.identity.edition)
    tables: dict[str, dict[str, dict[str, Figure]]] = {}
    for figure in analysis.figures:
        tables.setdefault(figure.table, {}).setdefault(figure.row, {})[figure.column] = figure
    cut = _Cutter(analysis.source.text, marks)
    views = []
    for table, rows in tables.items():
        if all(figure.status == "absent" for row in rows.values() for figure in row.values()):
            continue
        columns = list(dict.fromkeys(column for row in rows.values() for column in row))
        views.append(
            GridView(
                table,
                tuple(this.names.get((table, column), column) for column in columns),
                tuple(
                    (this.names.get((table, key), key).partition("(区")[0],
                     tuple(_grid_cell(row.get(column), cut) for column in columns))
                    for key, row in rows.items()
                ),
            )
        )  # fmt: skip
    return views


def _grid_cell(figure: Figure | None, cut: _Cutter) -> GridCell | None:
    if figure is None:
        return None
    if figure.span is None:
        return GridCell(shown(figure), figure.status)
    marks = list(cut.overlapping(figure.span.start, figure.span.end))
    numbers = tuple(dict.fromkeys(number for mark in marks for number in mark.numbers))
    severity = min((mark.severity for mark in marks), key=lambda severity: RANK[severity], default="")
    return GridCell(shown(figure), figure.status, numbers, severity)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A marked box on a page, in shares of its width and height."""

    x0: float
    y0: float
    x1: float
    y1: float
    numbers: tuple[int, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF or scan: its number from 1, its height in widths, the boxes marked on it."""

    number: int
    height: float
    boxes: tuple[Rectangle, ...]


def sheets_of(analysis: Analysis, marks: Sequence[Mark], heights: Sequence[float]) -> list[Sheet]:
    """The pages with the marks on them; none for a report without pages."""
    boxes: dict[int, list[Rectangle]] = {}
    for mark in marks:
        for printed in analysis.source.boxes(Span(mark.start, mark.end)):
            box = Rectangle(printed.x0, printed.y0, printed.x1, printed.y1, mark.numbers, mark.severity)
            boxes.setdefault(printed.page, []).append(box)
    return [Sheet(number, height, tuple(boxes.get(number, ()))) for number, height in enumerate(heights, start=1)]
