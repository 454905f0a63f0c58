"""The blocks of a text that has no markup but its own: lines, Markdown headings and tables, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.records import Block, Cell, Span

HEADING = re.compile(r"(#{1,6})[ \t]*\S")
RULE = frozenset("|:- \t")  # |---|:---:| between the head and the body of a Markdown table
MAX_GRID_CELLS = 20_000
MAX_ROW_CHARS = 20_000
MAX_LINES = 100_000  # what follows is taken as one line; the longest real report with its page has 9,000


def find_lines(text: str, most: int = MAX_LINES) -> list[Span]:
    """The lines of ``text`` that are not blank, white space at their ends left out (a leading tab is an empty cell).

    What follows line number ``most`` is one line.
    """
    lines: list[Span] = []
    at = 0
    for printed in text.split("\n", 2 * most):
        kept = printed.strip()
        if kept:
            if len(lines) >= most:
                return [*lines, Span(at, len(text))]
            start = at if len(kept) == len(printed) else at + len(printed) - len(printed.lstrip())
            lines.append(Span(start, start + len(kept)))
        at += len(printed) + 1
    return lines


def whole_line(text: str, span: Span) -> Span:
    """``span`` and its line end when nothing else stands on the line: what is taken out leaves no empty line behind."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    if end >= 0 and not text[start : span.start].strip() and not text[span.end : end].strip():
        return Span(start, end + 1)
    return span


def find_blocks(text: str, lines: Sequence[Span], furniture: Sequence[Span]) -> Iterator[Block]:
    """One block for each heading and each line of furniture, one for all the rows of a table whose cells are parted by
    tabs or pipes, and one for the lines between two of them.
    """
    chrome = {span.start: span for span in furniture}
    tabbed, piped, marked = "\t" in text, "|" in text, "#" in text
    rows: list[Span] = []
    prose: list[Span] = []
    for line in lines:
        start, end = line.start, line.end
        span = chrome.get(start)
        separated = (tabbed and text.find("\t", start, end) >= 0) or (piped and text.find("|", start, end) >= 0)
        if rows and tabbed and not separated:
            separated = _tabs(text, line) == _tabs(text, rows[0])
        mark = HEADING.match(text, start, end) if marked and text[start] == "#" else None
        if span is None and mark is None and not separated:
            if rows:
                yield from _table(text, rows)
                rows = []
            prose.append(line)
            continue
        yield from _paragraph(prose)
        prose = []
        if separated and span is None:
            rows.append(line)
            continue
        if rows:
            yield from _table(text, rows)
            rows = []
        if span is not None:
            yield Block("furniture", span)
            if span.end < end:
                yield Block("paragraph", Span(span.end, end))
        elif mark is not None:
            yield Block("heading", line, level=len(mark[1]))
    yield from _paragraph(prose)
    if rows:
        yield from _table(text, rows)


def _tabs(text: str, line: Span) -> int:
    """How many tabs the whole line has: a row with one filled cell has them only at its ends, as a row of blanks has."""
    start, end = text.rfind("\n", 0, line.start) + 1, text.find("\n", line.end)
    return text.count("\t", start, end if end >= 0 else len(text))


def _paragraph(lines: Sequence[Span]) -> Iterator[Block]:
    if lines:
        yield Block("paragraph", Span(lines[0].start, lines[-1].end))


def _table(text: str, rows: Sequence[Span]) -> Iterator[Block]:
    if len(rows) == 1 and "|" not in text[rows[0].start : rows[0].end]:  # a sentence with a tab in it is no table
        yield Block("paragraph", rows[0])
        return
    start = text.rfind("\n", 0, rows[0].start) + 1
    yield Block("table", Span(start, rows[-1].end), cells=_grid(text, rows))


def _grid(text: str, rows: Sequence[Span]) -> tuple[Cell, ...]:
    """The cells, when every row has as many as the first; a damaged grid is left to be read by its labels."""
    separator = "\t" if text.find("\t", rows[0].start, rows[0].end) >= 0 else "|"
    grid: list[list[Span]] = []
    for row in rows:
        line_start = text.rfind("\n", 0, row.start) + 1
        line_end = text.find("\n", row.end)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if len(line) > MAX_ROW_CHARS:
            return ()
        if "--" in line and RULE.issuperset(line):
            continue
        cells, at = [], line_start
        for piece in line.split(separator):
            inner = piece.strip()
            offset = at + (piece.find(inner) if inner else 0)
            cells.append(Span(offset, offset + len(inner)))
            at += len(piece) + 1
        if separator == "|" and line.lstrip().startswith("|"):
            cells = cells[1:]
        if separator == "|" and line.rstrip().endswith("|"):
            cells = cells[:-1]
        grid.append(cells)
    width = len(grid[0]) if grid else 0
    if width < 2 or width * len(grid) > MAX_GRID_CELLS or any(len(cells) != width for cells in grid):
        return ()
    return tuple(Cell(span, row, column) for row, cells in enumerate(grid) for column, span in enumerate(cells))
