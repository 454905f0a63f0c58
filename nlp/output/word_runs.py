"""Where the characters of a Word document stand in its XML, and which of them a range of the report's text means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from nlp.records import ReportUnreadable, Source

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
SEPARATOR = "\x1f"  # between namespace and name in what expat tells
NUMBER_CHARS = 8  # of an automatic number, which the text has and the XML has not
SHORT_CHARS, NEAR_CHARS, FAR_CHARS = 4, 40, 4_000  # how far ahead a cell, and a paragraph, is looked for
WHITE = re.compile(r"\s+")
ENCODING = re.compile(rb'encoding\s*=\s*["\']([A-Za-z0-9_\-]+)["\']')


@dataclass(slots=True)
class Run:
    """A run: where it begins, where its first tag ends, its properties as they are written, and where it ends, in bytes."""

    start: int
    tag_end: int
    properties: bytes = b""
    end: int = -1


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a document: its bytes in the XML, its run, and where the tag of its text element begins.

    ``first`` and ``last`` say that it is the first or last of its text element.
    """

    character: str
    start: int
    end: int
    run: Run
    element: int
    first: bool
    last: bool


def find_letters(xml: bytes) -> list[Letter]:
    """The characters of a document in the order in which they are read; those of a text box follow its paragraph.

    Raises ``ReportUnreadable`` (``damaged``) for what is no XML.
    """
    reader = _Reader(xml)
    try:
        reader.parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ReportUnreadable(
            "damaged", f"the document's XML is damaged ({error}).", "Save it anew in Word."
        ) from None
    return [letter for paragraph in reader.paragraphs for letter in paragraph]


class _Reader:
    """Follows the elements with their places in bytes. What stands in ``mc:Fallback`` is printed elsewhere already."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self.paragraphs: list[list[Letter]] = []
        self._open: list[list[Letter]] = []  # the paragraphs that are open, the innermost last
        self._runs: list[Run] = []
        self._properties: int | None = None
        self._text: list[tuple[str, int]] | None = None
        self._element = -1
        self._skipped = 0
        self.parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        kind = _local(name)
        if kind == "Fallback" or self._skipped:
            self._skipped += 1
            return
        if kind == "p":
            paragraph: list[Letter] = []
            self.paragraphs.append(paragraph)
            self._open.append(paragraph)
        elif kind == "r":
            self._runs.append(Run(at, self._tag_end(at)))
        elif kind == "rPr" and self._runs and self._xml[self._runs[-1].tag_end : at].strip() == b"":
            self._properties = at
        elif kind == "t" and self._runs and self._open:
            self._text, self._element = [], at

    def _end(self, name: str) -> None:
        at = self.parser.CurrentByteIndex
        if self._skipped:
            self._skipped -= 1
            return
        kind = _local(name)
        if kind == "p" and self._open:
            self._open.pop()
        elif kind == "r" and self._runs:
            self._runs.pop().end = self._tag_end(at)
        elif kind == "rPr" and self._properties is not None and self._runs:
            self._runs[-1].properties = self._xml[self._properties : self._tag_end(at)]
            self._properties = None
        elif kind == "t" and self._text is not None and self._runs and self._open:
            self._open[-1].extend(_letters(self._text, at, self._runs[-1], self._element))
            self._text = None

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._skipped:
            self._text.append((text, self.parser.CurrentByteIndex))

    def _tag_end(self, at: int) -> int:
        """One past the tag that begins at ``at``; for the end of an empty element, whose place is its start, the same."""
        return self._xml.index(b">", at) + 1


def _letters(chunks: list[tuple[str, int]], end: int, run: Run, element: int) -> Iterator[Letter]:
    """The characters of a text element, each with its bytes: an entity (&amp;) is a chunk of its own."""
    placed: list[tuple[str, int]] = []
    for text, at in chunks:
        for character in text:
            placed.append((character, at))
            at += len(character.encode("utf-8", "surrogatepass"))
    for number, (character, at) in enumerate(placed):
        last = number + 1 == len(placed)
        yield Letter(character, at, end if last else placed[number + 1][1], run, element, number == 0, last)


def _local(name: str) -> str:
    namespace, _, local = name.rpartition(SEPARATOR)
    return local if namespace in NAMESPACES or local == "Fallback" else ""


def align(source: Source, letters: list[Letter]) -> dict[int, int]:
    """For the characters of ``source.text`` that stand in the document, which of ``letters`` they are.

    Paragraph by paragraph and cell by cell in their order; white space and automatic numbers have no letter.
    """
    stream = [number for number, letter in enumerate(letters) if letter.character.strip()]
    printed = "".join(letters[number].character for number in stream)
    found: dict[int, int] = {}
    at = 0
    for start, end in _units(source):
        places = [n for n in range(start, end) if source.text[n].strip()]
        words = "".join(source.text[n] for n in places)
        if not words:
            continue
        reach = at + (NEAR_CHARS if len(words) < SHORT_CHARS else FAR_CHARS) + len(words)
        for dropped in range(min(NUMBER_CHARS, len(words) - 1) + 1):
            where = printed.find(words[dropped:], at, reach)
            if where >= 0:
                for offset, place in enumerate(places[dropped:]):
                    found[place] = stream[where + offset]
                at = where + len(words) - dropped
                break
            if len(words) < SHORT_CHARS:
                break
    return found


def _units(source: Source) -> Iterator[tuple[int, int]]:
    for block in source.blocks:
        if block.cells:
            yield from (
                (cell.span.start, cell.span.end) for cell in sorted(block.cells, key=lambda c: (c.row, c.column))
            )
        else:
            yield block.span.start, block.span.end


def letters_of(span: tuple[int, int], aligned: dict[int, int], places: list[int]) -> tuple[int, int] | None:
    """The first and last letter of a range of the text; ``None`` when none of it stands in the document.

    ``places`` are the keys of ``aligned`` in order.
    """
    first = bisect_left(places, span[0])
    last = bisect_left(places, span[1]) - 1
    if first > last:
        return None
    found = [aligned[place] for place in places[first : last + 1]]
    return min(found), max(found)


def as_utf8(xml: bytes) -> bytes:
    """The XML in UTF-8, whatever it was declared and written in."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ENCODING.sub(b'encoding="UTF-8"', xml.decode("utf-16").encode())
    declared = ENCODING.search(xml[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        return ENCODING.sub(b'encoding="UTF-8"', xml.decode(declared[1].decode(), "replace").encode(), count=1)
    return xml
