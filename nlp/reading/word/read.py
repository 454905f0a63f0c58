"""A Word document (.docx) as lines: its final text with automatic numbers, its tables as grids, text boxes in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from nlp.reading.packages import Package, attribute, child, children, is_on, local, value
from nlp.reading.rendering import Line, PlacedCell, make_grid, table_line, text_lines
from nlp.reading.struck import blank, mark, mark_ranges, unmark
from nlp.reading.word.numbering import Numbering, read_numbering
from nlp.reading.word.styles import Styles, read_styles
from nlp.records import ReportUnreadable
from nlp.vocabulary.load import load

MAX_DEPTH = 60  # of tables, boxes and other containers inside one another; real documents have 6
# Tracked deletions, comments, and what is only a number of the page.
LEFT_OUT = frozenset(
    "del moveFrom delText instrText rPr pPr tblPr trPr tcPr tblGrid sectPr rt annotationRef drawingProps "
    "commentReference footnoteRef endnoteRef pgNum lastRenderedPageBreak ruby_rt docPr Fallback".split()
)
LINE_BREAKS = frozenset({"br", "cr"})
DASHES = {"noBreakHyphen": "-", "softHyphen": ""}


@dataclass(slots=True)
class _Paragraph:
    """The text of a paragraph as it is gathered; ``boxes`` are the text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_word(data: bytes, name: str) -> list[Line]:
    """The lines of a ``.docx`` file.

    Tracked changes are read as accepted, hidden text, comments, page headers and footers are left out, footnotes follow
    at the end, and a table of contents is furniture.

    Raises
    ------
    ReportUnreadable
        ``damaged``, ``bomb``, ``encrypted``, or ``unsupported_format`` for a package that holds no Word document
    """
    package = Package(data, name)
    part = main_part(package)
    if part is None:
        raise ReportUnreadable(
            "unsupported_format",
            f"{name}: the archive holds no Word document.",
            "Save the document as .docx, as a web page (.html) or as text (.txt, UTF-8); unpack an archive.",
        )
    root = package.tree(part)
    body = next((node for node in root if local(node) == "body"), None) if root is not None else None
    if body is None:
        raise ReportUnreadable("damaged", f"{name}: {part} has no text body.", "Open it in Word and save it anew.")
    folder = dirname(part)
    styles = read_styles(package.tree(join(folder, "styles.xml")))
    numbering = read_numbering(package.tree(join(folder, "numbering.xml")), styles.lists())
    reader = _Reader(styles, numbering)
    lines = reader.lines_of(body, 0)
    for kind in ("footnotes", "endnotes"):
        lines += reader.notes_of(package.tree(join(folder, f"{kind}.xml")), kind)
    return lines


def is_word(data: bytes) -> bool:
    """Whether an archive is a Word document, by its parts."""
    try:
        return main_part(Package(data, "")) is not None
    except ReportUnreadable:
        return b"word/document.xml" in data  # a cut document is a damaged document, not a damaged archive


def main_part(package: Package) -> str | None:
    if "_rels/.rels" in package:
        relations = package.tree("_rels/.rels")
        for relation in relations if relations is not None else ():
            target = (attribute(relation, "Target") or "").lstrip("/")
            if (attribute(relation, "Type") or "").endswith("/officeDocument") and target in package:
                found = normpath(target)
                return found if "document" in found.lower() or found.lower().startswith("word/") else None
    return "word/document.xml" if "word/document.xml" in package else None


@cache
def _symbols() -> dict[str, str]:
    return dict(load("documents")["symbols"]["shown"])


@cache
def _contents_line() -> re.Pattern[str]:
    return re.compile("|".join(load("documents")["contents_line"]["patterns"]))


class _Reader:
    """Walks the body; ``_fields`` is the state of fields, whose instructions are not shown, across paragraphs."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self._fields: list[bool] = []  # for each open field, whether its result has begun
        self._carried = ""  # text of a paragraph whose end mark was deleted

    def lines_of(self, container: Element, depth: int) -> list[Line]:
        """The lines of a body, a cell, a text box or a note."""
        lines: list[Line] = []
        if depth > MAX_DEPTH:
            return lines
        for node in _blocks(container):
            if local(node) == "p":
                lines += self._paragraph(node, depth)
            else:
                lines += self._table(node, depth)
        return lines

    def notes_of(self, root: Element | None, kind: str) -> list[Line]:
        """The lines of the footnotes or endnotes, separators left out."""
        lines: list[Line] = []
        for note in root if root is not None else ():
            if local(note) == kind[:-1] and attribute(note, "type") in {None, "normal"}:
                lines += self.lines_of(note, 1)
        return lines

    def _paragraph(self, node: Element, depth: int) -> Iterator[Line]:
        properties = child(node, "pPr")
        style = value(child(properties, "pStyle"))
        gathered = _Paragraph()
        self._gather(node, gathered, style)
        text = self._carried + "".join(gathered.pieces)
        self._carried = ""
        ending = child(properties, "rPr")
        if (child(ending, "del") is not None or child(ending, "moveFrom") is not None) and depth == 0:
            self._carried = text  # the next paragraph goes on with it
        elif text.strip() or not gathered.boxes:
            number = self._number(properties, style)
            level = self._styles.level(style, properties)
            contents = self._styles.is_contents(style) or _contents_line().search(text.strip()[:200]) is not None
            if text.strip():
                number = mark(number) if not blank(*unmark(text)).strip() else number
                yield from text_lines(number + text.lstrip(), level=0 if contents else level, chrome=contents)
        for box in gathered.boxes:
            yield from self.lines_of(box, depth + 1)

    def _number(self, properties: Element | None, style: str | None) -> str:
        own = child(properties, "numPr")
        number_id, level = value(child(own, "numId")), value(child(own, "ilvl"))
        by_style = self._styles.list_of(style)
        if number_id is None and by_style is not None:
            number_id = by_style[0]
            level = level or by_style[1] or str(self._numbering.level_of_style(number_id, by_style[2]))
        if number_id is None or number_id == "0":
            return ""
        return self._numbering.next_number(
            number_id, int(level) if level and level.isdecimal() and len(level) < 3 else 0
        )

    def _gather(self, paragraph: Element, gathered: _Paragraph, style: str | None) -> None:
        """The shown characters of a paragraph, on a stack of our own: deep nesting must not end the walk."""
        stack: list[Element | None] = list(reversed(list(paragraph)))
        struck = False  # the run at hand; its end is a ``None`` on the stack
        while stack:
            node = stack.pop()
            if node is None:
                struck = False
                continue
            name = local(node)
            if name == "t":
                if self._shown():
                    gathered.pieces.append(mark(node.text or "") if struck else node.text or "")
            elif name == "fldChar":
                self._field(attribute(node, "fldCharType"))
            elif name in LEFT_OUT or name == "p":
                continue
            elif name in LINE_BREAKS:
                gathered.pieces.append("\n")
            elif name in {"tab", "ptab"}:
                gathered.pieces.append(" ")
            elif name in DASHES:
                gathered.pieces.append(DASHES[name])
            elif name == "sym":
                gathered.pieces.append(_symbols().get((attribute(node, "char") or "")[-2:].lower(), "•"))
            elif name == "txbxContent":
                gathered.boxes.append(node)
            elif name == "AlternateContent":
                choice = child(node, "Choice")
                chosen = choice if choice is not None and len(choice) else child(node, "Fallback")
                stack.extend(reversed(list(chosen)) if chosen is not None else ())
            elif name != "r":
                stack.extend(reversed(list(node)))
            elif not self._hidden(node, style):
                if self._styles.struck(child(node, "rPr"), style):
                    struck = True
                    stack.append(None)
                stack.extend(reversed(list(node)))

    def _hidden(self, run: Element, style: str | None) -> bool:
        vanish = child(child(run, "rPr"), "vanish")
        return is_on(vanish) if vanish is not None else self._styles.hidden(style)

    def _shown(self) -> bool:
        return all(self._fields)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, table: Element, depth: int) -> list[Line]:
        """The grid, or the lines of the cells in order when the table only lays out the page."""
        cells: list[PlacedCell] = []
        lines: list[Line] = []
        nested = False
        last: dict[int, int] = {}  # the cell that a vertically merged one would continue, by column
        row = -1
        for tr in _inside(table, "tr"):
            properties = child(tr, "trPr")
            if child(properties, "del") is not None or is_on(child(properties, "hidden")):
                continue
            row += 1
            column = _count(value(child(properties, "gridBefore")), 0)
            begun: dict[int, int] = {}
            for tc in _inside(tr, "tc"):
                cell = child(tc, "tcPr")
                if child(cell, "cellDel") is not None:
                    continue
                width = max(1, _count(value(child(cell, "gridSpan")), 1))
                merge, across = child(cell, "vMerge"), child(cell, "hMerge")
                if across is not None and value(across) != "restart" and cells and cells[-1].row == row:
                    cells[-1] = _reaching(cells[-1], columns=width)
                    column += width
                    continue
                above = last.get(column)
                if (
                    merge is not None
                    and value(merge) != "restart"
                    and above is not None
                    and cells[above].column_span == width
                ):
                    cells[above] = _reaching(cells[above], rows=1)
                    begun[column] = above
                else:
                    inner = self.lines_of(tc, depth + 1)
                    nested = nested or any(line.grid is not None for line in inner)
                    lines += inner
                    if merge is not None:
                        begun[column] = len(cells)
                    cells.append(
                        PlacedCell(tuple(mark_ranges(line.text, line.struck) for line in inner), row, column, 1, width)
                    )
                column += width
            last = begun
        grid = None if nested or not cells else make_grid(cells, rows=row + 1)
        return lines if grid is None else [table_line(grid)]


def _reaching(cell: PlacedCell, *, rows: int = 0, columns: int = 0) -> PlacedCell:
    return PlacedCell(cell.paragraphs, cell.row, cell.column, cell.row_span + rows, cell.column_span + columns)


def _count(printed: str | None, otherwise: int) -> int:
    return min(int(printed), 400) if printed and re.fullmatch(r"\d{1,6}", printed) else otherwise


# What only holds blocks: content controls, tracked insertions, custom tags.
HOLDERS = frozenset("sdt sdtContent ins moveTo customXml smartTag".split())


def _inside(container: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also inside content controls and tracked insertions."""
    stack = list(reversed(list(container)))
    while stack:
        node = stack.pop()
        if local(node) == name:
            yield node
        elif local(node) in HOLDERS:
            stack.extend(reversed(list(node)))


def _blocks(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body or cell, in their order."""
    stack = list(reversed(list(container)))
    while stack:
        node = stack.pop()
        name = local(node)
        if name in {"p", "tbl"}:
            yield node
        elif name in HOLDERS:
            stack.extend(reversed(list(node)))
        elif name == "AlternateContent":
            chosen = next(children(node, "Choice"), None)
            stack.extend(reversed(list(chosen)) if chosen is not None else ())
