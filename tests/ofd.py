"""Writes reports as OFD (GB/T 33190-2016) with the habits of several makers, for the tests and ``tests/formats.py``.

The pages are set here: paragraphs with indent, tables with merged cells that go on over page breaks. How a page becomes
XML differs from maker to maker: see ``MAKERS``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from tests.formats import Piece

WIDTH, HEIGHT = 210.0, 297.0  # millimetres
LEFT, RIGHT, TOP, BOTTOM = 21.0, 189.0, 25.0, 272.0
BODY, SMALL = 3.704, 3.175  # sizes of 10.5 and 9 points
PITCH, SMALL_PITCH = 6.0, 4.4
PADDING = 1.2
ASCENT = 0.86
NAMESPACE = "http://www.ofdspec.org/2016"


@dataclass(frozen=True)
class Text:
    """A line of print: its left end, its base line and size, and the step after each of its characters but the last."""

    x: float
    base: float
    size: float
    text: str
    steps: tuple[float, ...]

    @property
    def width(self) -> float:
        """From its left end to its right end."""
        return sum(self.steps) + advance(self.text[-1], self.size)


@dataclass
class Sheet:
    """A page: its lines of print and the boxes of its cells (left, top, right, bottom)."""

    texts: list[Text] = field(default_factory=list)
    cells: list[tuple[float, float, float, float]] = field(default_factory=list)


def advance(character: str, size: float) -> float:
    """The room that a character takes."""
    return size * (0.5 if character.isascii() else 1.0)


def wrapped(text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    """The text in lines of a width; a number is not broken unless it is wider than the line."""
    words = [
        "".join(group) for _, group in groupby(text, key=lambda c: c if not (c.isascii() and c.isalnum()) else "a")
    ]
    words = [piece for word in words for piece in ([word] if word[0].isascii() else list(word))]
    lines, room = [""], width - indent
    for word in words:
        taken = sum(advance(character, size) for character in word)
        if taken > room and lines[-1]:
            lines.append("")
            room = width
        lines[-1] += word
        room -= taken
    return [line.strip() for line in lines if line.strip()]


def set_line(text: str, x: float, base: float, size: float) -> Text:
    """A line of print with the usual steps."""
    return Text(x, base, size, text, tuple(advance(character, size) for character in text[:-1]))


def sheets_of(pieces: Sequence[Piece]) -> list[Sheet]:
    """The pages of a report, each with its number at the foot."""
    pages, y = [Sheet()], TOP

    def turn() -> None:
        nonlocal y
        pages.append(Sheet())
        y = TOP

    for piece in pieces:
        if piece.cells:
            for row in _rows(piece):
                if y + row.height > BOTTOM:
                    turn()
                for x0, x1, top, height, lines in row.boxes:
                    if y + top + height > BOTTOM:  # a label over several rows goes on on the next page
                        height = BOTTOM - y - top
                    pages[-1].cells.append((x0, y + top, x1, y + top + height))
                    first = y + top + max(0.0, height - SMALL_PITCH * len(lines)) / 2
                    for number, line in enumerate(lines):
                        base = first + SMALL_PITCH * number + ASCENT * SMALL + (SMALL_PITCH - SMALL) / 2
                        pages[-1].texts.append(set_line(line, x0 + PADDING, base, SMALL))
                y += row.height
            y += PITCH / 2
            continue
        indent = 2 * BODY
        for number, line in enumerate(wrapped(piece.text, BODY, RIGHT - LEFT, indent)):
            if y + PITCH > BOTTOM:
                turn()
            pages[-1].texts.append(set_line(line, LEFT + (indent if number == 0 else 0.0), y + ASCENT * BODY, BODY))
            y += PITCH
    for number, page in enumerate(pages, start=1):
        page.texts.append(set_line(f"- {number} -", WIDTH / 2 - 5, 285.0, SMALL))
    return pages


@dataclass
class _Row:
    """What is kept together on one page: rows that a merged cell joins. ``boxes``: left, right, top, height, lines."""

    height: float
    boxes: list[tuple[float, float, float, float, list[str]]]


def _rows(piece: Piece) -> Iterator[_Row]:
    height = max(cell.row + cell.row_span for _, cell in piece.cells)
    columns = max(cell.column + cell.column_span for _, cell in piece.cells)
    shares = [2] * columns
    for text, cell in piece.cells:
        if cell.column_span == 1:
            shares[cell.column] = max(shares[cell.column], 2 + min(len(text), 14))
    edges = [LEFT]
    for share in shares:
        edges.append(edges[-1] + (RIGHT - LEFT) * share / sum(shares))
    tall = [SMALL_PITCH + 2 * PADDING] * height
    set_cells = []
    for text, cell in sorted(piece.cells, key=lambda pair: pair[1].row + pair[1].row_span):
        x0, x1 = edges[cell.column], edges[cell.column + cell.column_span]
        lines = wrapped(text, SMALL, x1 - x0 - 2 * PADDING)
        end = cell.row + cell.row_span
        missing = SMALL_PITCH * len(lines) + 2 * PADDING - sum(tall[cell.row : end])
        tall[end - 1] += max(0.0, missing)
        set_cells.append((x0, x1, cell, lines))
    first = 0
    while first < height:
        end = first + 1
        while any(c.row < end < c.row + c.row_span for *_, c, _ in set_cells if c.row >= first):
            end += 1
        together = sum(tall[first:end])
        if together > BOTTOM - TOP:
            raise ValueError("rows that a merged cell joins are taller than a page")
        here = [item for item in set_cells if first <= item[2].row < end]
        boxes = [
            (x0, x1, sum(tall[first : c.row]), sum(tall[c.row : c.row + c.row_span]), lines)
            for x0, x1, c, lines in here
        ]
        yield _Row(together, boxes)
        first = end


Marks = Callable[[Sheet], str]


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _numbers(*values: float) -> str:
    return " ".join(map(_number, values))


def grouped(steps: Sequence[float]) -> str:
    """Steps as makers abbreviate them: ``g 3 5`` for three of 5."""
    pieces = []
    for step, group in groupby(map(_number, steps)):
        count = len(list(group))
        pieces.append(f"g {count} {step}" if count > 1 else step)
    return " ".join(pieces)


def by_lines(sheet: Sheet) -> str:
    """One text object a line with its steps in groups; each side of a cell is a stroked path of its own."""
    marks = []
    for text in sheet.texts:
        box = _numbers(text.x, text.base - ASCENT * text.size, text.width, text.size)
        steps = f' DeltaX="{grouped(text.steps)}"' if text.steps else ""
        marks.append(
            f'<ofd:TextObject ID="{{id}}" Boundary="{box}" Font="3" Size="{text.size}"><ofd:FillColor Value="0 0 0"/>'
            f'<ofd:TextCode X="0" Y="{_number(ASCENT * text.size)}"{steps}>{escape(text.text)}</ofd:TextCode></ofd:TextObject>'
        )
    for x0, y0, x1, y1 in sheet.cells:
        for ax, ay, bx, by in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            box = _numbers(ax, ay, max(bx - ax, 0.1), max(by - ay, 0.1))
            marks.append(
                f'<ofd:PathObject ID="{{id}}" Boundary="{box}" LineWidth="0.1764"><ofd:StrokeColor Value="0 0 0"/>'
                f"<ofd:AbbreviatedData>M 0 0 L {_numbers(bx - ax, by - ay)}</ofd:AbbreviatedData></ofd:PathObject>"
            )
    return "".join(marks)


def by_characters(sheet: Sheet) -> str:
    """One text object a character, in no order of reading; rules are thin filled boxes, the grounds of cells white ones."""
    marks, rules = [], []
    for text in sheet.texts:
        x = text.x
        for character, step in zip(text.text, (*text.steps, 0.0), strict=True):
            if character != " ":
                box = _numbers(x, text.base - ASCENT * text.size, advance(character, text.size), text.size)
                marks.append(
                    f'<ofd:TextObject ID="{{id}}" Boundary="{box}" Font="3" Size="{text.size}"><ofd:TextCode X="0" '
                    f'Y="{_number(ASCENT * text.size)}">{escape(character)}</ofd:TextCode></ofd:TextObject>'
                )
            x += step
    for x0, y0, x1, y1 in sheet.cells:
        rules.append(_filled(x0, y0, x1, y1, "255 255 255"))
        for box in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            ax, ay, bx, by = box
            rules.append(_filled(ax - 0.1, ay - 0.1, bx + 0.1, by + 0.1, "0 0 0"))
    return "".join(rules) + "".join(marks[::2] + marks[1::2])


def _filled(x0: float, y0: float, x1: float, y1: float, colour: str) -> str:
    width, height = _number(x1 - x0), _number(y1 - y0)
    return (
        f'<ofd:PathObject ID="{{id}}" Boundary="{_numbers(x0, y0, x1 - x0, y1 - y0)}" Stroke="false" Fill="true">'
        f'<ofd:FillColor Value="{colour}"/><ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def by_blocks(sheet: Sheet) -> str:
    """Objects with matrices: text in units of a tenth, several lines in one object, cells as boxes drawn around, all in blocks."""
    marks = []
    for size, group in groupby(sheet.texts, key=lambda text: text.size):
        codes = []
        for text in group:
            steps = _numbers(*(10 * step for step in text.steps))
            deltas = f' DeltaX="{steps}" DeltaY="g {len(text.steps)} 0"' if text.steps else ""
            codes.append(
                f'<ofd:TextCode X="{_number(10 * text.x)}" Y="{_number(10 * text.base)}"{deltas}>{escape(text.text)}</ofd:TextCode>'
            )
        marks.append(
            f'<ofd:TextObject ID="{{id}}" Boundary="0 0 210 297" CTM="0.1 0 0 0.1 0 0" Font="3" Size="{_number(10 * size)}">'
            + "".join(codes)
            + "</ofd:TextObject>"
        )
    for x0, y0, x1, y1 in sheet.cells:
        path = f"M {_numbers(x0, y0)} L {_numbers(x1, y0)} L {_numbers(x1, y1)} L {_numbers(x0, y1)} C"
        marks.append(
            '<ofd:PathObject ID="{id}" Boundary="0 0 210 297" DrawParam="5" Fill="true"><ofd:FillColor Value="242 242 242"/>'
            f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    return f'<ofd:PageBlock ID="{{id}}"><ofd:PageBlock ID="{{id}}">{"".join(marks)}</ofd:PageBlock></ofd:PageBlock>'


MAKERS: dict[str, Marks] = {"lines": by_lines, "characters": by_characters, "blocks": by_blocks}
# What lies under every page: a watermark across it, which is no text.
TEMPLATE = (
    '<ofd:Layer ID="90" Type="Background"><ofd:TextObject ID="91" Boundary="40 60 120 120" Alpha="60" '
    'CTM="0.7071 -0.7071 0.7071 0.7071 0 80" Font="3" Size="20"><ofd:TextCode X="0" Y="20" DeltaX="g 3 20">公开样本</ofd:TextCode>'
    "</ofd:TextObject></ofd:Layer>"
)


def as_ofd(pieces: Sequence[Piece], *, maker: str = "lines") -> bytes:
    """The report as an OFD file of a maker of ``MAKERS``."""
    return pack([MAKERS[maker](sheet) for sheet in sheets_of(pieces)], rooted=maker == "characters")


def pack(
    pages: Sequence[str],
    *,
    rooted: bool = False,
    resources: str = "",
    files: dict[str, bytes] | None = None,
    extra: str = "",
) -> bytes:
    """An OFD file whose pages have these objects.

    Parameters
    ----------
    rooted : whether places are written from the root of the file
    resources : what stands in the resources of the document beside its fonts
    files : parts beside them, from the folder of the document
    extra : what stands in the document after its pages
    """
    root = "/Doc_0/" if rooted else ""
    listed = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    parts = {
        "OFD.xml": (
            '<ofd:OFD xmlns:ofd="{ns}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>'
            f"<ofd:DocRoot>{root or 'Doc_0/'}Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            '<ofd:Document xmlns:ofd="{ns}"><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>'
            f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>{root}PublicRes.xml</ofd:PublicRes>"
            f"<ofd:DocumentRes>{root}DocumentRes.xml</ofd:DocumentRes>"
            f'<ofd:TemplatePage ID="2" BaseLoc="{root}Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages>{extra}</ofd:Document>"
        ),
        "Doc_0/PublicRes.xml": (
            '<ofd:Res xmlns:ofd="{ns}" BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体"/></ofd:Fonts></ofd:Res>'
        ),
        "Doc_0/DocumentRes.xml": (
            '<ofd:Res xmlns:ofd="{ns}" BaseLoc="Res"><ofd:DrawParams><ofd:DrawParam ID="4" LineWidth="0.2"><ofd:StrokeColor '
            'Value="0 0 0"/></ofd:DrawParam><ofd:DrawParam ID="5" Relative="4"/></ofd:DrawParams>'
            + resources
            + "</ofd:Res>"
        ),
        "Doc_0/Tpls/Tpl_0/Content.xml": f'<ofd:Page xmlns:ofd="{{ns}}"><ofd:Content>{TEMPLATE}</ofd:Content></ofd:Page>',
    }
    for number, marks in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            '<ofd:Page xmlns:ofd="{ns}"><ofd:Template TemplateID="2" ZOrder="Background"/><ofd:Content>'
            f'<ofd:Layer ID="80" Type="Body">{marks}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, xml in parts.items():
            archive.writestr(
                part, '<?xml version="1.0" encoding="UTF-8"?>\n' + _numbered(xml.replace("{ns}", NAMESPACE))
            )
        for part, data in (files or {}).items():
            archive.writestr(f"Doc_0/{part}", data)
    return file.getvalue()


def _numbered(xml: str) -> str:
    """Every object with a number of its own."""
    pieces = xml.split('ID="{id}"')
    return pieces[0] + "".join(f'ID="{1000 + n}"{piece}' for n, piece in enumerate(pieces[1:]))


def picture(resource: int, box: tuple[float, float, float, float] = (0.0, 0.0, WIDTH, HEIGHT)) -> str:
    """A picture that fills a box (left, top, width, height)."""
    _, _, width, height = box
    return (
        f'<ofd:ImageObject ID="{{id}}" Boundary="{_numbers(*box)}" CTM="{_number(width)} 0 0 {_number(height)} 0 0" '
        f'ResourceID="{resource}"/>'
    )


def as_scanned_ofd(frames: Sequence[bytes]) -> bytes:
    """An OFD file whose pages are these PNG pictures."""
    media = "".join(
        f'<ofd:MultiMedia ID="{500 + n}" Type="Image" Format="PNG"><ofd:MediaFile>page_{n}.png</ofd:MediaFile></ofd:MultiMedia>'
        for n in range(len(frames))
    )
    files = {f"Res/page_{n}.png": frame for n, frame in enumerate(frames)}
    pages = [picture(500 + n) for n in range(len(frames))]
    return pack(pages, resources=f"<ofd:MultiMedias>{media}</ofd:MultiMedias>", files=files)
