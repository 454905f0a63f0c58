"""Page chrome: toolbars, index cards, page lines, navigation and feet, which belong to the page, not to the report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.reading.clean import fold
from nlp.records import Span
from nlp.vocabulary.load import load

MAX_FURNITURE_CHARS = 160  # an index card's row may be long, a sentence is longer or has its full stop
LONG_LINE_CHARS = 60  # a longer line that ends with a stop is a sentence
LINES_AFTER_TITLE = 14
LAST_LINES = 40
MAX_EDGE_CHARS = 300  # of what a browser prints at the edge of a page: an address may be long
EDGE_BEGINS = frozenset("-—第Pphf0123456789")
NUMBER = re.compile(r"\d{1,3}")


@cache
def _patterns(entry: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What chrome begins with, tried once a line, and what stands anywhere in it."""
    patterns = load("furniture")[entry]["patterns"]
    begins = "|".join(pattern for pattern in patterns if pattern.startswith("^"))
    return re.compile(begins), re.compile("|".join(pattern for pattern in patterns if not pattern.startswith("^")))


def _found(entry: str, line: str) -> bool:
    begins, within = _patterns(entry)
    return begins.match(line) is not None or within.search(line) is not None


@cache
def _card() -> re.Pattern[str]:
    """The beginning of a row of an index card; what stands behind its label may be a whole sentence (内容概述)."""
    return re.compile(f"[•·*|\\- ]{{0,4}}(?:{'|'.join(load('furniture')['card_label']['patterns'][:2])}) ?[:|\t]")


def is_furniture(printed: str) -> bool:
    """Whether a line, taken by itself, is page chrome.

    >>> is_furniture("浏览次数：0次"), is_furniture("一、总体情况")
    (True, False)
    """
    return _is_chrome(fold(printed))


def _is_chrome(folded: str) -> bool:
    length = len(folded)
    if length > MAX_FURNITURE_CHARS or folded.isdecimal() or (length > LONG_LINE_CHARS and folded[-1] in "。;"):
        return False
    return _found("line", folded.strip(" |\t•·●"))


def find_furniture(text: str, lines: Sequence[Span], title: Span | None) -> Iterator[Span]:
    """The lines, and the parts of the title's line, that are no text of the report.

    Parameters
    ----------
    text : the text of the source
    lines : its non-empty lines, white space at the ends left out
    title : the title; everything short that stands before it is chrome
    """
    first = 0
    if title is not None:
        while first < len(lines) and lines[first].start < title.end:
            line = lines[first]
            if line.end <= title.start:
                if _is_short(text, line) or _card().match(fold(text[line.start : line.start + 20])):
                    yield line
            else:  # the title's own line, or a cell of an index card
                if line.start < title.start and text[line.start : title.start].strip(" #*>-"):
                    yield Span(line.start, title.start)
                if title.end < line.end <= title.end + MAX_FURNITURE_CHARS and text[title.end : line.end].strip(" #*"):
                    yield Span(title.end, line.end)
            first += 1
    folded = fold(text)
    foot = _foot(folded, lines, first)
    head_end = min(first + LINES_AFTER_TITLE, foot)
    head_stop = lines[head_end - 1].end if head_end > first else 0
    repeated = _repeated(folded, lines[first:head_end], title)
    for line in (*lines[first:head_end], *lines[max(head_end, foot - LAST_LINES) : foot]):
        if (
            line.start < repeated
            or _is_chrome(folded[line.start : min(line.end, line.start + MAX_FURNITURE_CHARS + 1)])
            or (line.start < head_stop and _card().match(folded, line.start, line.start + 20))
        ):
            yield line
    yield from lines[foot:]
    numbers = set(_numbers_of_pages(text, lines))
    for line in lines[first:foot]:
        if text[line.start] in EDGE_BEGINS and len(line) <= MAX_EDGE_CHARS and _is_edge(folded, line):
            yield line
    yield from (line for line in lines[first:foot] if line in numbers)


@cache
def _edges() -> re.Pattern[str]:
    return re.compile("|".join(load("furniture")["page_edge"]["patterns"]))


def _is_edge(folded: str, line: Span) -> bool:
    """Whether a line is what programs print at the edge of each page."""
    return _edges().fullmatch(folded, line.start, line.end) is not None


def _numbers_of_pages(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """The bare numbers that end (or begin) every page of a text whose pages are parted by form feeds: 1, 2, 3."""
    if "\f" not in text:
        return
    pages: dict[int, list[Span]] = {}
    ends = [found.start() for found in re.finditer("\f", text)]
    for line in lines:
        pages.setdefault(bisect_left(ends, line.start), []).append(line)
    for place in (-1, 0):
        outer = {page: printed[place] for page, printed in pages.items()}
        numbers = {
            page: int(line.of(text)) - page
            for page, line in outer.items()
            if NUMBER.fullmatch(text, line.start, line.end)
        }
        if len(numbers) > 1 and len(numbers) >= len(pages) - 1 and len(set(numbers.values())) == 1:
            yield from (outer[page] for page in numbers)


def _repeated(folded: str, lines: Sequence[Span], title: Span | None) -> int:
    """Where the title is printed again: the short lines before it are an index card. 0 where it is not."""
    if title is None:
        return 0
    printed = "".join(folded[title.start : title.end].split())
    for line in lines:
        if "".join(folded[line.start : line.end].split()) == printed:
            return line.start
        if not _is_short(folded, line):
            return 0
    return 0


def _is_short(text: str, line: Span) -> bool:
    return len(line) <= MAX_FURNITURE_CHARS and "。" not in text[line.start : line.end]


def _foot(folded: str, lines: Sequence[Span], first: int) -> int:
    """The number of the first line of the page's foot: from there on only short lines follow, and no sentence."""
    foot = len(lines)
    for number in range(len(lines) - 1, max(first, len(lines) - LAST_LINES) - 1, -1):
        line = lines[number]
        if not _is_short(folded, line):
            break
        if _found("foot", folded[line.start : line.end].strip(" |\t")):
            foot = number
    return foot
