"""One paragraph ready for reading: its text, the text without negatives, its cues, and the way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from msgspec import Struct

from nlp.extraction.cues import Cues
from nlp.quantities import Number, mask_negatives
from nlp.reading.clean import CleanText
from nlp.records import Quantity, Span
from nlp.structure.paragraphs import Paragraph

NONE = re.compile(r"\s{0,9}无[。;,!]?\s{0,9}")
HEADING = re.compile(r"[^\n。;)]{2,60}:\s{0,9}\Z")
MAX_HEADING_CHARS = 60
MAX_LINE_CHARS, MAX_LINES = 60, 40  # of text that a page cut
TABLED = re.compile(r"[|\t]| {2}")
CLOSED = re.compile(r"[。;!?:…)”]$|报告$")
OPEN = re.compile(r"[,、(和及与的为共计达\d]$")
CONTINUES = re.compile(r"[,。;、)”]|(?:条|件|篇|次|份|项|期|名|余|多|万|%)(?![一-龥]{3})")
NUMBER = re.compile(r"\d[\d,.]{0,12}[余多]?\s{0,4}")
COMPLETE = re.compile(r"\d[^\d,。;、]{0,3}$|情况$")
ITEM = re.compile(r"[一二三四五六七八九十]{1,2}[、是]|\(?[一二三四五六七八九十\d]{1,2}[)、.]|第[一二三四五六]")
MAX_PARAGRAPH_CHARS = 50_000  # a longer "paragraph" is damage; its first part is read


class Passage(Struct, frozen=True, gc=False):
    """A paragraph, or lines that a page cut in mid sentence; positions in ``text`` and ``masked`` are the same.

    ``pieces`` are its lines: where each begins in ``text`` and in the clean text. ``latest_year`` is the latest year the
    report speaks of, 0 if none: what began long before it is cumulative.
    """

    clean: CleanText
    paragraph: Paragraph
    text: str
    masked: str
    cues: Cues
    latest_year: int
    pieces: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The span of ``Source.text`` of two positions of the passage."""
        if end <= start:
            return self.clean.span(self._position(start), self._position(start))
        return self.clean.span(self._position(start), self._position(end - 1) + 1)

    def _position(self, at: int) -> int:
        begin, offset = self.pieces[0]
        for piece_begin, piece_offset in self.pieces:
            if piece_begin > at:
                break
            begin, offset = piece_begin, piece_offset
        return offset + at - begin

    def quantity(self, number: Number, *, value: Decimal | None = None, unit: str | None = None) -> Quantity:
        """The record of a number of the passage, with another value or unit if given."""
        return Quantity(
            number.value if value is None else value,
            number.unit if unit is None else unit,
            number.qualifier,
            self.span(number.start, number.end),
        )


def paragraph_text(clean: CleanText, paragraph: Paragraph) -> str:
    """The text of a paragraph, at most ``MAX_PARAGRAPH_CHARS`` characters."""
    return clean.text[paragraph.start : min(paragraph.end, paragraph.start + MAX_PARAGRAPH_CHARS)]


def with_heading(clean: CleanText, paragraph: Paragraph) -> Paragraph:
    """A paragraph that is a bare 无 behind a colon, with the heading that says of what there was none."""
    if not NONE.fullmatch(paragraph_text(clean, paragraph)):
        return paragraph
    heading = HEADING.search(clean.text, max(0, paragraph.start - MAX_HEADING_CHARS), paragraph.start)
    return replace(paragraph, start=heading.start()) if heading else paragraph


def open_passage(clean: CleanText, lines: Sequence[Paragraph], *, latest_year: int) -> Passage:
    """The lines as one text with its negatives masked and its cues found."""
    texts, pieces, length = [], [], 0
    for line in lines:
        text = paragraph_text(clean, line)
        pieces.append((length, line.start))
        texts.append(text)
        length += len(text)
    text = "".join(texts).rstrip()
    return Passage(clean, lines[0], text, mask_negatives(text), Cues(text), latest_year, tuple(pieces))


def joined(clean: CleanText, paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """The paragraphs, those together that are lines of one sentence: a page or a column cut them at its width."""
    together: list[Paragraph] = []
    for place, paragraph in enumerate(paragraphs):
        after = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if together and len(together) < MAX_LINES and _goes_on(clean.text, together[-1], paragraph, after):
            together.append(paragraph)
            continue
        if together:
            yield together
        together = [paragraph]
    if together:
        yield together


def _goes_on(text: str, line: Paragraph, following: Paragraph, then: Paragraph | None) -> bool:
    """Whether a line is cut in mid sentence: 受理申请|1|件,均已答复."""
    if line.end - line.start > MAX_LINE_CHARS or text[line.end : following.start].strip(" \n"):
        return False
    before, after = text[line.start : line.end].rstrip(), text[following.start : following.end].lstrip()
    if not before or not after or TABLED.search(before) or TABLED.search(after) or CLOSED.search(before):
        return False
    if OPEN.search(before) or CONTINUES.match(after):
        return True
    if then is not None and NUMBER.fullmatch(after) and CONTINUES.match(text[then.start : then.end].lstrip()):
        return True
    return bool(re.search(r"[,。;]", after)) and not COMPLETE.search(before) and not ITEM.match(after)
