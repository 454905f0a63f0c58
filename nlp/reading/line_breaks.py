"""Line ends inside sentences: of a text that was broken at a fixed width, in front of a comma, in the middle of a phrase,
around a page number, before and behind a number on a line of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from nlp.reading.clean import fold
from nlp.reading.line_width import COMMA, STOPS, Width, find_width, is_row
from nlp.reading.numbering import read_number
from nlp.reading.row_labels import indicator_label, table_label
from nlp.records import Repair, Span
from nlp.vocabulary.load import load

MIN_LINE_BEFORE_COMMA = 15
MIN_PROSE_CHARS = 12
MIN_LONG_CHARS = 20  # of prose without a comma: titles without a number are shorter
MAX_GAP_CHARS = 200  # of white space between two lines
ENDS = frozenset("。！!？?；;")
COLONS = frozenset("：:")  # 电话: at the end of a line, its number on the next
DIGITS = frozenset("0123456789")
OPENING = "（(《“‘〔"
CLOSING = "，,、。；）》”"
NO_NUMBERS = frozenset({"bare", "spaced", "empty"})  # 一 may belong to a word (进|一步), a bracket to what it explains
LATIN_WORD = re.compile(r"[!-~]{1,60}$")
NUMBER_ALONE = re.compile(r"\d[\d,.]{0,12}[%％]?|[〇零一二三四五六七八九十百千两]{1,6}")
AMOUNT_ALONE = re.compile(r"[+-]?\d[\d,.]{0,12}\s?[^\W\d_]{0,2}")  # 204件: a cell where another one stands below
NUMBERS_ALONE = re.compile(r"[\d,.%％/〇零一二三四五六七八九十百千两—-]{1,20}(?:\s{1,40}[\d,.%％/—-]{1,20}){0,40}")


def find_breaks(text: str, lines: Sequence[Span], chrome: Sequence[Span] = ()) -> Iterator[Repair]:
    """The line ends, with the white space around them, that are read as nothing, or as a space between Latin words.

    Parameters
    ----------
    text : the text of the source
    lines : its non-empty lines without page chrome, tables and headings, white space at the ends left out
    chrome : what stands on the page without belonging to the text, such as the number of a page, with its line ends

    >>> text = "在二〇二二年的工作中本局认真落实|，公开信息12条。".replace("|", chr(10))
    >>> [repair.span for repair in find_breaks(text, [Span(0, 16), Span(17, 26)])]
    [Span(start=16, end=17)]
    """
    if len(lines) > 1:
        yield from _Lines(text, lines, chrome).breaks()


class _Lines:
    """The lines of a text, each looked at with the one below it."""

    def __init__(self, text: str, lines: Sequence[Span], chrome: Sequence[Span]) -> None:
        self._text, self._lines = text, lines
        self._chrome = sorted(chrome, key=lambda span: span.start)
        self._starts_of_chrome = [span.start for span in self._chrome]
        self._width: Width | None = find_width(text, lines)
        self._cuts_words = self._width is not None and self._width.exact
        # Where first lines of paragraphs are indented, a full line goes on below also behind a stop.
        self._is_set_in_paragraphs = self._width is not None and self._width.indents
        self._usual_gap = 1
        if self._width is not None:  # pdftotext -layout puts an empty line between any two where they are set widely
            gaps = Counter(self._gap(number).count("\n") for number in range(len(lines) - 1))
            self._usual_gap = gaps.most_common(1)[0][0]

    @cached_property
    def _has_stops(self) -> bool:
        """Whether paragraphs end with a stop: in some reports none does."""
        return any(self._text[line.end - 1] in STOPS for line in self._lines if self._is_prose(line))

    def breaks(self) -> Iterator[Repair]:
        """The line ends inside sentences."""
        for number in range(len(self._lines) - 1):
            if self._are_neighbours(number) and self._may_go_on(number) and self._goes_on(number):
                gap = Span(self._lines[number].end, self._lines[number + 1].start)
                printed = " " if self._parts_words(gap) else ""
                for piece in self._without_chrome(gap):
                    yield Repair("line_break", piece, printed)
                    printed = ""

    def _without_chrome(self, gap: Span) -> Iterator[Span]:
        """What lies between two lines, apart from page chrome."""
        at, number = gap.start, bisect_left(self._starts_of_chrome, gap.start)
        while number < len(self._chrome) and (span := self._chrome[number]).start < gap.end:
            if at < span.start:
                yield Span(at, span.start)
            at, number = max(at, span.end), number + 1
        if at < gap.end:
            yield Span(at, gap.end)

    def _gap(self, number: int) -> str:
        """What lies between a line and the next one, apart from page chrome."""
        gap = Span(self._lines[number].end, self._lines[number + 1].start)
        chrome = bisect_left(self._starts_of_chrome, gap.start)
        if chrome == len(self._chrome) or self._starts_of_chrome[chrome] >= gap.end:
            return gap.of(self._text)
        return "".join(piece.of(self._text) for piece in self._without_chrome(gap))

    def _are_neighbours(self, number: int) -> bool:
        """Whether nothing stands between two lines but a line end, or the end of a page."""
        gap = self._gap(number)
        if gap == "\n":  # most are
            return self._usual_gap >= 1
        if len(gap) > MAX_GAP_CHARS or gap.strip():
            return False
        ends = self._lines[number].end, self._lines[number + 1].start
        return 1 <= gap.count("\n") <= self._usual_gap or "\f" in gap or len(gap) < ends[1] - ends[0]

    def _parts_words(self, gap: Span) -> bool:
        """Whether Latin words end and begin there; two numbers do not stand side by side in a sentence, nor parts of an address."""
        before, after = self._text[gap.start - 1], self._text[gap.end]
        if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
            return False
        if self._cuts_words or (before in DIGITS and after in DIGITS):
            return False
        word = LATIN_WORD.search(self._text, max(0, gap.start - 60), gap.start)
        return word is None or not {"@", ".", "/"} & set(word[0])

    def _printed(self, number: int) -> str:
        line = self._lines[number]
        return self._text[line.start : line.end]

    def _may_go_on(self, number: int) -> bool:
        """Whether nothing speaks against it: no mark of a new paragraph, no row of a table."""
        line, following = self._lines[number], self._lines[number + 1]
        if self._text[following.start] in CLOSING:
            return len(line) >= MIN_LINE_BEFORE_COMMA  # a shorter one may be a cell
        if self._width is not None and self._width.is_indented(number + 1):
            return False
        if is_row(self._text, line) or is_row(self._text, following):
            return False
        if self._is_full(number) and self._cuts_words and self._text[line.end - 1] in DIGITS:
            return self._text[following.start] in DIGITS or not self._is_numbered(number + 1)  # 12|6.4万
        return self._text[line.end - 1] in OPENING or not self._is_numbered(number + 1)

    def _goes_on(self, number: int) -> bool:
        line, below = self._printed(number), self._printed(number + 1)
        if below[0] in CLOSING:
            return True
        if _is_row_label(below) and COMMA.search(below) is None:
            return False
        if NUMBERS_ALONE.fullmatch(below):
            return (
                NUMBER_ALONE.fullmatch(below) is not None
                and len(line) >= 4
                and not _is_row_label(line)
                and self._is_followed_by_unit(number + 1)
            )
        if self._is_full(number):
            return line[-1] not in ENDS or self._is_set_in_paragraphs
        if line[-1] in STOPS and not (line[-1] in COLONS and below[0] in DIGITS):
            return False
        if _is_row_label(line):
            return False
        words = _words()
        if words["unit_below"].match(below):
            return (words["number_above"].search(line) is not None and len(line) >= 4) or self._is_number_of_sentence(
                number
            )
        if words["amount_below"].match(below):
            return len(line) >= 4 and AMOUNT_ALONE.fullmatch(line) is None
        if _is_heading(line):
            return False
        if words["unfinished"].search(line):
            return len(line) >= 4
        return self._has_stops and self._is_cut(number)

    def _is_full(self, number: int) -> bool:
        return self._width is not None and self._width.is_full(number)

    def _is_numbered(self, number: int) -> bool:
        """Whether a line begins with a number and its mark."""
        return _is_numbered(self._printed(number))

    def _is_cut(self, number: int) -> bool:
        """Whether a line is prose without its end, and the next one as well prose: paragraphs of this text end with a stop."""
        line, below, words = self._printed(number), self._printed(number + 1), _words()
        if not (self._is_prose(self._lines[number]) or words["opens"].match(line)):
            return False
        if words["complete"].search(line) or words["item"].match(below) or words["opens"].match(below):
            return False
        return len(below) >= 2 and COMMA.search(below) is not None

    def _is_prose(self, line: Span) -> bool:
        comma = COMMA.search(self._text, line.start, line.end) is not None
        return len(line) >= (MIN_PROSE_CHARS if comma else MIN_LONG_CHARS)

    def _is_followed_by_unit(self, number: int) -> bool:
        """Whether the number on a line of its own is counted by what stands on the next line."""
        return number + 1 < len(self._lines) and self._are_neighbours(number) and self._is_unit(number + 1)

    def _is_unit(self, number: int) -> bool:
        return _words()["unit_below"].match(self._printed(number)) is not None

    def _is_number_of_sentence(self, number: int) -> bool:
        """Whether a line is a number alone that belongs to the line above it and the unit below it."""
        return (
            number > 0
            and NUMBER_ALONE.fullmatch(self._printed(number)) is not None
            and self._are_neighbours(number - 1)
            and self._may_go_on(number - 1)
            and self._goes_on(number - 1)
        )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """What tells that a line goes on below, or does not."""
    return {name: re.compile("|".join(entry["patterns"])) for name, entry in load("line_breaks").items()}


def _is_row_label(printed: str) -> bool:
    compact = fold("".join(printed.split()))
    return indicator_label().search(compact) is not None or table_label().match(compact) is not None


def _is_numbered(printed: str) -> bool:
    beginning = fold(printed[:12])
    number = read_number(beginning)
    return number is not None and number.style not in NO_NUMBERS and beginning[number.end - 1] != ","


def _is_heading(printed: str) -> bool:
    """Whether a line has a number before it and no sentence behind it; (一)强化责任,主动公开 is a heading too."""
    return _is_numbered(printed) and "。" not in printed
