"""The blocks of a text that has no markup but its own: lines, Markdown headings and tables, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.records import Block, Cell, Span

LINE = re.compile(r"[^\n]+")
HEADING = re.compile(r"(#{1,6})[ \t]*\S")
RULE = re.compile(r"[|:\- \t]*-{2,}[|:\- \t]*$")  # |---|:---:| between the head and the body of a Markdown table
MAX_GRID_CELLS = 20_000
MAX_ROW_CHARS = 20_000
MAX_LINES = 100_000  # what follows is taken as one line; the longest real report with its page has 9,000


def find_lines(text: str, most: int = MAX_LINES) -> list[Span]:
    """The lines of ``text`` that are not blank, white space at their ends left out (a leading tab is an empty cell).

    What follows line number ``most`` is one line.
    """
    lines: list[Span] = []
    for found in LINE.finditer(text):
        start, end = found.span()
        if len(lines) >= most:
            return [*lines, Span(start, len(text))]
        if text[start].isspace() or text[end - 1].isspace():
            printed = found[0]
            kept = printed.strip()
            if not kept:
                continue
            start += len(printed) - len(printed.lstrip())
            end = start + len(kept)
        lines.append(Span(start, end))
    return lines


def find_blocks(text: str, lines: Sequence[Span], furniture: Sequence[Span]) -> Iterator[Block]:
    """One block a line, but one for all the rows of a table whose cells are parted by tabs or pipes."""
    chrome = {span.start: span for span in furniture}
    rows: list[Span] = []
    for line in lines:
        separated = text.find("\t", line.start, line.end) >= 0 or text.find("|", line.start, line.end) >= 0
        if separated and line.start not in chrome:
            rows.append(line)
            continue
        yield from _table(text, rows)
        rows = []
        if (span := chrome.get(line.start)) is not None:
            yield Block("furniture", span)
            if span.end < line.end:
                yield Block("paragraph", Span(span.end, line.end))
        elif text[line.start] == "#" and (mark := HEADING.match(text, line.start, line.end)):
            yield Block("heading", line, level=len(mark[1]))
        else:
            yield Block("paragraph", line)
    yield from _table(text, rows)


def _table(text: str, rows: Sequence[Span]) -> Iterator[Block]:
    if not rows:
        return
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
        if RULE.match(line):
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
