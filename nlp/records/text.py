"""What a file says, character by character: the text, where its parts stand, and what was mended."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

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


class Source(Struct, frozen=True):
    """A file as it was read. ``text`` never changes once made; every offset of every record counts in it.

    ``report_id`` is the first 16 hexadecimal digits of the SHA-256 of the file's bytes.
    For HTML the text is the rendered text: one line a block, a table row a line, cells separated by tabs.
    """

    report_id: str
    name: str
    media_type: str
    encoding: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]
