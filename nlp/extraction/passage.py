"""One paragraph ready for reading: its text, the text without negatives, its cues, and the way back to the source."""

from __future__ import annotations

import re
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
MAX_PARAGRAPH_CHARS = 50_000  # a longer "paragraph" is damage; its first part is read


class Passage(Struct, frozen=True, gc=False):
    """A paragraph; positions in ``text`` and ``masked`` are the same, ``offset`` is where it begins in the clean text.

    ``latest_year`` is the latest year the report speaks of, 0 if none: what began long before it is cumulative.
    """

    clean: CleanText
    paragraph: Paragraph
    text: str
    masked: str
    cues: Cues
    latest_year: int

    @property
    def offset(self) -> int:
        """Where the passage begins in the clean text."""
        return self.paragraph.start

    def span(self, start: int, end: int) -> Span:
        """The span of ``Source.text`` of two positions of the passage."""
        return self.clean.span(self.offset + start, self.offset + end)

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


def open_passage(clean: CleanText, paragraph: Paragraph, *, latest_year: int) -> Passage:
    """The paragraph with its negatives masked and its cues found."""
    text = paragraph_text(clean, paragraph)
    return Passage(clean, paragraph, text, mask_negatives(text), Cues(text), latest_year)
