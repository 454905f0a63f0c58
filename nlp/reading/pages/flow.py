"""Pages as lines: paragraphs whole again, ruled tables as grids, page numbers and running heads set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from nlp.reading.clean import fold
from nlp.reading.furniture import is_furniture
from nlp.reading.pages.lines import PrintedLine, cell_paragraphs, find_lines, goes_on, join, margins
from nlp.reading.pages.page import DOUBTFUL, Page
from nlp.reading.pages.stitching import continues, stitch, text_of
from nlp.reading.pages.tables import RuledTable, TableCell, columns_of, find_tables
from nlp.reading.rendering import Box, Line, PlacedCell, Stretch, make_grid, table_line, text_lines

EDGE_SHARE = 0.12  # of the page's height, where numbers and running heads stand
PAGE_NUMBER = re.compile(
    r"[-—–－·•~ ]{0,4}(?:第 ?)?(\d{1,3})(?: ?页)?(?: ?[/,，、共]{1,2} ?(?:共 ?)?\d{1,3} ?页?)?[-—–－·•~ ]{0,4}"
    r"|[Pp](?:age|\.)? ?(\d{1,3})(?: ?(?:/|of) ?\d{1,3})?"
)
PAGE_NUMBER_GAP = 1.2  # of its size, between the text and a bare page number
MAX_HEAD_CHARS = 60
UNREAD = "〔第{}页是图片，未能识别〕"
# The address with the page number, and the date, that browsers print at the edge of a page; digits as 0.
BROWSER_LINE = re.compile(r"(?:https?|file)://\S{3,300}.{0,3}\b0/0\b|^0/0/0,? ?0:0(?: ?[AP]M)?\b")


@dataclass(slots=True)
class _Element:
    """A line of print, a table, or a whole page that is a picture and was not read, in the order of the page."""

    y0: float
    page: int
    line: PrintedLine | None = None
    table: RuledTable | None = None
    chrome: bool = False
    repeated: list[str] = field(default_factory=list)


def lines_of_pages(pages: Sequence[Page]) -> list[Line]:
    """The lines of pages that were read: paragraphs and tables whole again, what runs along their edges set aside."""
    elements = [element for number, page in enumerate(pages) for element in _elements(page, number)]
    _mark_running_lines(elements, pages)
    return _flow(elements)


def _elements(page: Page, number: int) -> list[_Element]:
    if page.is_picture:
        return [_Element(page.top, number)]
    tables, outside = find_tables(page)
    elements = [_Element(table.y0, number, table=table) for table in tables]
    for table in tables:
        for cell in table.cells:
            cell.paragraphs, cell.full = cell_paragraphs(cell.characters, cell.x0, cell.x1)
            cell.printed = _printed(page, number, cell)
    for line in find_lines(outside):
        line.page, line.box = number, page.box(line.x0, line.y0, line.x1, line.y1)
        elements.append(_Element(line.y0, number, line=line))
    return sorted(elements, key=lambda element: element.y0)


def _printed(page: Page, number: int, cell: TableCell) -> tuple[tuple[int, Box, int], ...]:
    """The box of what is printed in a cell, with its page (from 1) and its lines; nothing for a blank one."""
    shown = [character for character in cell.characters if character.text.strip()]
    if not shown:
        return ()
    edges = min(c.x0 for c in shown), min(c.y0 for c in shown), max(c.x1 for c in shown), max(c.y1 for c in shown)
    return ((number + 1, page.box(*edges), len(cell.paragraphs)),)


def _mark_running_lines(elements: Sequence[_Element], pages: Sequence[Page]) -> None:
    """Page numbers, and lines that recur at the same place of other pages."""
    edges: list[tuple[_Element, str, int | None]] = []
    for element in elements:
        line = element.line
        if line is None:
            continue
        page = pages[line.page]
        room = EDGE_SHARE * (page.bottom - page.top)
        if line.y1 > page.top + room and line.y0 < page.bottom - room:
            continue
        text = fold(line.text).strip()
        found = PAGE_NUMBER.fullmatch(text)
        edges.append((element, re.sub(r"\d+", "0", text), int(found[1] or found[2]) if found else None))
    apart = _last_apart(elements)
    by_page: dict[int, list[_Element]] = {}
    for element in elements:
        by_page.setdefault(element.page, []).append(element)
    outer = {id(element) for page in by_page.values() for element in (page[0], *page[-1:])}
    outer |= {id(page[place]) for page in by_page.values() for place in (1, -2) if len(page) > 4}
    # The numbers of the pages differ from their place by one and the same amount.
    offsets = Counter(value - element.page for element, _, value in edges if value is not None)
    usual = offsets.most_common(1)[0] if offsets else (0, 0)
    texts = Counter((text, round(element.y0 - pages[element.page].top, -1)) for element, text, _ in edges)
    for element, text, value in edges:
        line = element.line
        if value is not None and line is not None:
            # A bare number may be the last cell of a table without lines; the number of a page stands apart at its end.
            bare = line.text.strip().isdigit()
            fits = value - element.page == usual[0] and (usual[1] > 1 or usual[0] == 1)
            if not bare or (fits and value > 0 and apart.get(element.page) is element):
                element.chrome = True
        y = element.y0 - pages[element.page].top
        recurs = sum(texts[(text, place)] for place in {round(y - 5, -1), round(y, -1), round(y + 5, -1)})
        if (
            value is None
            and recurs >= max(3, 0.4 * len(pages))
            and id(element) in outer
            and len(text) <= MAX_HEAD_CHARS
            and not text.endswith("。")
        ):
            element.chrome = True
        if id(element) in outer and BROWSER_LINE.search(text):
            element.chrome = True


def _last_apart(elements: Sequence[_Element]) -> dict[int, _Element]:
    """The last line of each page where white space parts it from what stands above."""
    last: dict[int, _Element] = {}
    above: dict[int, float] = {}
    for element in elements:
        if (before := last.get(element.page)) is not None:
            bottom = before.table.y1 if before.table is not None else before.line.y1 if before.line is not None else 0.0
            above[element.page] = max(above.get(element.page, bottom), bottom)
        last[element.page] = element
    return {
        page: element
        for page, element in last.items()
        if element.line is not None and element.y0 - above.get(page, -1e6) > PAGE_NUMBER_GAP * element.line.size
    }


def _flow(elements: Sequence[_Element]) -> list[Line]:
    """The lines of the text: paragraphs and tables whole again across lines and pages."""
    body = [element.line for element in elements if element.line is not None and not element.chrome]
    left, right = margins(body)
    steps = [
        after.y0 - before.y0 for before, after in pairwise(body) if before.page == after.page and after.y0 > before.y0
    ]
    pitch = median(steps) if steps else 20.0
    out: list[Line] = []
    waiting: list[Line] = []  # page numbers inside a paragraph or table that goes on
    last: PrintedLine | RuledTable | None = None
    paragraph = ""
    doubtful: list[tuple[int, int]] = []
    printed: list[Stretch] = []

    def end() -> None:
        nonlocal paragraph, last
        if paragraph:
            out.extend(
                replace(line, doubtful=tuple(doubtful), printed=tuple(printed) if line.text == paragraph else ())
                for line in text_lines(paragraph)
            )
            doubtful.clear()
            printed.clear()
        elif isinstance(last, RuledTable):
            out.extend(_table_lines(last))
        paragraph, last = "", None
        out.extend(waiting)
        waiting.clear()

    previous: _Element | None = None
    for element in elements:
        if element.line is None and element.table is None:
            end()
            out.append(Line(UNREAD.format(element.page + 1), unread=True))
        if element.chrome and element.line is not None:
            waiting.append(Line(element.line.text, chrome=True, printed=(_stretch(element.line, element.line.text),)))
            continue
        if element.table is not None:
            if (
                isinstance(last, RuledTable)
                and previous is not None
                and previous.page < element.page
                and continues(last, element.table)
            ):
                waiting.extend(stitch(last, element.table))
            else:
                end()
                last = element.table
        elif element.line is not None:
            line = element.line
            if (
                isinstance(last, PrintedLine)
                and goes_on(last, line, left, right, pitch)
                and not is_furniture(last.text)
                and not is_furniture(line.text)
            ):
                paragraph = join(paragraph, line.text)
            else:
                end()
                paragraph = line.text
            printed.append(_stretch(line, paragraph))
            if line.confidence < DOUBTFUL:
                doubtful.append((len(paragraph) - len(line.text), len(paragraph)))
            last = line
        previous = element
    end()
    return out


def _stretch(line: PrintedLine, paragraph: str) -> Stretch:
    """Where the last characters of a paragraph are printed: those of ``line``."""
    return Stretch(len(paragraph) - len(line.text), len(paragraph), line.page + 1, line.box)


def _is_doubtful(cell: TableCell) -> bool:
    return any(character.confidence < DOUBTFUL for character in cell.characters)


def _table_lines(table: RuledTable) -> list[Line]:
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.x0))
    placed = [
        PlacedCell(cell.paragraphs, cell.row, column, cell.row_span, span, _is_doubtful(cell), cell.printed)
        for cell, (column, span) in zip(cells, columns_of(cells), strict=True)
    ]
    if len({(cell.row, cell.column) for cell in placed}) == len(placed) and (
        grid := make_grid(placed, rows=table.rows)
    ):
        return [table_line(grid)]
    return [
        replace(line, printed=tuple(Stretch(0, len(line.text), *place) for place in cell.printed))
        for cell in cells
        for line in text_lines(text_of(cell))
    ]
