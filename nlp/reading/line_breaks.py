"""Line ends inside sentences: those of a text that was broken at a fixed width, and those in front of a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.reading.clean import fold
from nlp.reading.numbering import read_number
from nlp.records import Span

MAX_WIDTH = 200  # columns; a Chinese character takes two. Mail programs and converters break at 60 to 120
MIN_WIDTH = 40
MIN_FULL_LINES = 6  # fewer full lines may be chance
MIN_BROKEN_SHARE = 0.6  # of the full lines end inside a sentence
SLACK = 4  # columns that a line may be short of: no punctuation begins a line, a Latin word is not broken
MIN_LINE_BEFORE_COMMA = 15
COLONS = frozenset("：:")  # 电话: at the end of a line, its number on the next
DIGITS = frozenset("0123456789")
STOPS = frozenset("。！!？?；;：:”|\t")
BEFORE_COMMA = re.compile(r"[ \t\u3000]*\n[ \t\u3000]*(?=[，,、。；）》”])")
ASCII = re.compile(r"[\x00-\x7f]")


def find_breaks(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """The line ends, with the white space around them, that are to be read as nothing.

    Parameters
    ----------
    text : the text of the source
    lines : its non-empty lines, white space at the ends left out

    >>> list(find_breaks("在二〇二二年的工作中本局认真落实\\n，公开信息12条。", []))
    [Span(start=16, end=17)]
    """
    if "\n" not in text:
        return
    for found in BEFORE_COMMA.finditer(text):
        if found.start() - text.rfind("\n", 0, found.start()) > MIN_LINE_BEFORE_COMMA:
            yield Span(*found.span())
    width = _fixed_width(text, lines)
    if width is None:
        return
    for line, following in zip(lines, lines[1:], strict=False):
        between = text[line.end : following.start]
        if (
            between.count("\n") == 1
            and "\u3000" not in between
            and len(between) <= 2
            and (text[line.end - 1] not in STOPS or (text[line.end - 1] in COLONS and text[following.start] in DIGITS))
            and text[following.start] not in "，,、。；）》”"
            and _width(text, line) >= width - SLACK
            and read_number(fold(text[following.start : following.start + 12])) is None
        ):
            yield Span(line.end, following.start)


def _width(text: str, line: Span) -> int:
    return 2 * len(line) - len(ASCII.findall(text, line.start, line.end))


def _fixed_width(text: str, lines: Sequence[Span]) -> int | None:
    """The width in columns at which the text was broken; ``None`` for a text with a line end for each paragraph."""
    if len(lines) < MIN_FULL_LINES or max(map(len, lines)) > MAX_WIDTH:
        return None
    widths = [_width(text, line) for line in lines]
    width = max(widths)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return None
    full = [line for line, own in zip(lines, widths, strict=True) if own >= width - SLACK]
    broken = sum(text[line.end - 1] not in STOPS for line in full)
    return width if len(full) >= MIN_FULL_LINES and broken >= MIN_BROKEN_SHARE * len(full) else None
