"""What a file says, character by character: the text, where its parts stand, and what was mended."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from msgspec import Struct

FIRST_WIDE = "\u2e80"  # from here on characters are as wide as an ideograph
BlockKind = Literal["paragraph", "heading", "table", "furniture"]
RepairKind = Literal[
    "spam",  # foreign words put in place of a common word
    "radical",  # a Kangxi or compatibility radical printed for an ideograph
    "width",  # full-width digits or letters
    "script",  # traditional characters
    "lost_character",  # a character that the context proves to be missing
    "split_digits",  # a number broken by a space or a line
    "line_break",  # a line end inside a sentence of a text broken at a fixed width
    "furniture",  # page chrome: navigation, counters, print buttons
    "control",  # control characters, lone surrogates, zero-width marks, emoji
    "ocr",  # what a scan shows unclearly, as it was recognised
    "struck",  # text that is struck through: it is no text of the report
    "unread",  # a page that is a picture and was not recognised: a line of the reader's own stands for it
    "undecodable",  # bytes that no encoding explains
]


class Span(Struct, frozen=True):
    """Half-open range of characters (code points) of ``Source.text``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers.

        >>> Span(2, 4).of("年度报告")
        '报告'
        """
        return text[self.start : self.end]


class Repair(Struct, frozen=True):
    """A place of ``Source.text`` that is read as ``replacement``; the text itself stays as it was."""

    kind: RepairKind
    span: Span
    replacement: str


class Cell(Struct, frozen=True):
    """One cell of a table whose grid the file gives (HTML, Markdown, tabs). Rows and columns count from 0."""

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Block(Struct, frozen=True):
    """One block of the file. ``level`` is a heading's rank (1 is highest), 0 for what is no heading.

    ``cells`` is empty unless the file itself gives the grid of a table.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    cells: tuple[Cell, ...] = ()


class Printed(Struct, frozen=True):
    """Where a run of the text is printed: the page (from 1) and the box on it.

    The box is in shares (0–1) of the width and height of the page as it is shown upright, ``y`` downwards. ``lines`` is how
    many lines of print the box holds.
    """

    span: Span
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    lines: int = 1


class Source(Struct, frozen=True):
    """A file as it was read. ``text`` never changes once made; every offset of every record counts in it.

    ``report_id`` is the first 16 hexadecimal digits of the SHA-256 of the file's bytes.
    For HTML the text is the rendered text: one line a block, a table row a line, cells separated by tabs.
    ``printed`` tells of PDF and scans where the text stands on their pages, in the order of the text; else it is empty.
    """

    report_id: str
    name: str
    media_type: str
    encoding: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]
    printed: tuple[Printed, ...] = ()

    def boxes(self, span: Span) -> tuple[Printed, ...]:
        """Where a span is printed, a box for each line of print or cell; empty where there are no pages.

        Of a line of which the span is a part the box is the part's, taking an ideograph for twice as wide as a digit.
        """
        first = bisect_right(self.printed, span.start, key=lambda printed: printed.span.end)
        boxes = []
        for printed in self.printed[first:]:
            if printed.span.start >= span.end:
                break
            boxes.append(_part(self.text, printed, span))
        return tuple(boxes)


def _part(text: str, printed: Printed, span: Span) -> Printed:
    """The part of a printed line that belongs to ``span``."""
    start, end = max(span.start, printed.span.start), min(span.end, printed.span.end)
    if printed.lines > 1 or (start, end) == (printed.span.start, printed.span.end):
        return printed
    widths = [1.0 if character >= FIRST_WIDE else 0.5 for character in printed.span.of(text)]
    step = (printed.x1 - printed.x0) / sum(widths)
    left = printed.x0 + step * sum(widths[: start - printed.span.start])
    right = printed.x0 + step * sum(widths[: end - printed.span.start])
    return Printed(Span(start, end), printed.page, left, printed.y0, right, printed.y1)
