"""Line ends inside sentences: of a text that was broken at a fixed width, in front of a comma, around a page number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from nlp.reading.blocks import whole_line
from nlp.reading.clean import fold
from nlp.reading.furniture import MAX_PAGE_NUMBER_CHARS, PAGE_NUMBER
from nlp.reading.numbering import read_number
from nlp.reading.row_labels import indicator_label, table_label
from nlp.records import Span

MAX_WIDTH = 200  # columns; a Chinese character takes two. Mail programs and converters break at 60 to 120
MIN_WIDTH = 40
MIN_FULL_LINES = 6  # fewer full lines may be chance
MIN_BROKEN_SHARE = 0.6  # of the full lines end inside a sentence
MAX_LONGER_SHARE = 0.1
SLACK = 6  # columns a line may lack: no punctuation begins a line, no Latin word is broken, a paragraph is indented
MIN_LINE_BEFORE_COMMA = 15
COLONS = frozenset("：:")  # 电话: at the end of a line, its number on the next
DIGITS = frozenset("0123456789")
STOPS = frozenset("。！!？?；;：:”|\t")
BEFORE_COMMA = re.compile(r"[ \t\u3000]{0,40}\n[ \t\u3000]*(?=[，,、。；）》”])")
COMMA = re.compile("[，,。；;、]")  # rows of a table have none
Measure = Callable[[str, Span], int]
NARROW = re.compile(r"[0-9A-Za-z ./-]")


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
    for line, following in pairwise(lines):
        if following.start - line.end <= MAX_PAGE_NUMBER_CHARS + 6:
            yield from _around_page_number(text, line, following)
    for measure in (_columns, _characters):
        width = _fixed_width(text, lines, measure)
        if width is not None:
            break
    else:
        return
    for line, following in pairwise(lines):
        between = text[line.end : following.start]
        if (
            between.count("\n") == 1
            and "\u3000" not in between
            and len(between) <= 2
            and (text[line.end - 1] not in STOPS or (text[line.end - 1] in COLONS and text[following.start] in DIGITS))
            and text[following.start] not in "，,、。；）》”"
            and width - SLACK <= measure(text, line) <= width
            and not _is_row_label(text[line.start : line.end])
            and not _is_numbered(fold(text[following.start : following.start + 12]))
        ):
            yield Span(line.end, following.start)


def _around_page_number(text: str, line: Span, following: Span) -> Iterator[Span]:
    """The line ends before and behind a page number in the middle of a sentence; nothing elsewhere."""
    printed = text[line.end : following.start]
    number = printed.strip()
    if not number or not PAGE_NUMBER.fullmatch(number):
        return
    mark = read_number(fold(text[line.start : line.start + 12]))  # the comma of 五、 makes no sentence of a heading
    goes_on = (
        text[line.end - 1] not in STOPS
        and COMMA.search(text, line.start + (mark.end if mark else 0), line.end) is not None
        and not _is_numbered(fold(text[following.start : following.start + 12]))
    )
    if goes_on:
        at = line.end + printed.index(number)
        page = whole_line(text, Span(at, at + len(number)))
        yield from (span for span in (Span(line.end, page.start), Span(page.end, following.start)) if len(span))


def _is_row_label(printed: str) -> bool:
    compact = fold("".join(printed.split()))
    return indicator_label().search(compact) is not None or table_label().match(compact) is not None


def _is_numbered(beginning: str) -> bool:
    """Whether a line begins with a number and its mark; 一 alone may belong to a word (进|一步)."""
    number = read_number(beginning)
    return number is not None and number.style not in {"bare", "spaced"}


def _columns(text: str, line: Span) -> int:
    """The columns a line takes; punctuation printed half-width was as wide as a character when the line was broken."""
    return 2 * len(line) - len(NARROW.findall(text, line.start, line.end))


def _characters(text: str, line: Span) -> int:
    """Twice the characters of a line, for programs that count a digit as they count an ideograph."""
    return 2 * len(line)


def _fixed_width(text: str, lines: Sequence[Span], measure: Measure) -> int | None:
    """The width at which the text was broken; ``None`` for a text with a line end for each paragraph."""
    lines = [line for line in lines if line.end - line.start >= MIN_WIDTH // 2]
    longer = sum(line.end - line.start > MAX_WIDTH for line in lines)
    if len(lines) < MIN_FULL_LINES or longer > MAX_LONGER_SHARE * len(lines):
        return None
    widths = [measure(text, line) for line in lines]
    many = Counter(width for width in widths if MIN_WIDTH <= width <= MAX_WIDTH)
    if not many:
        return None
    # The width under which most lines lie: few are longer (a title, the row of a table).
    width = max(many, key=lambda w: (sum(many[w - less] for less in range(SLACK + 1)), w))
    if sum(own > width for own in widths) > MAX_LONGER_SHARE * len(widths):
        return None
    full = [line for line, own in zip(lines, widths, strict=True) if width - SLACK <= own <= width]
    broken = sum(text[line.end - 1] not in STOPS for line in full)
    prose = sum(COMMA.search(text, line.start, line.end) is not None for line in full)
    enough = len(full) >= MIN_FULL_LINES and min(broken, prose) >= MIN_BROKEN_SHARE * len(full)
    return width if enough else None
