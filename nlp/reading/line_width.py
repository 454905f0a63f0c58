"""The width at which a text was broken into lines, if it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.records import Span

MAX_COLUMNS = 240  # a Chinese character takes two; mail programs and converters break at 60 to 120
MIN_COLUMNS = 28
MIN_FULL_LINES = 3  # fewer full lines are chance
MIN_BROKEN_SHARE = 0.6  # of the full lines end inside a sentence
MIN_PROSE_SHARE = 0.4  # have a comma: rows of a table have none
MIN_FULL_SHARE = 0.45  # of the lines over half the width are full; of paragraphs of any length a quarter would be
MAX_LONGER_SHARE = 0.1
SLACK_SHARE = 0.08  # of the width that a line may lack: no punctuation begins a line, no Latin word is broken
MIN_SLACK = 4
MIN_EXACT_SHARE = 0.6  # of the full lines have the same number of characters
HANGING = 4  # columns: punctuation may stand beyond the edge
STOPS = frozenset("。！!？?；;：:”|\t")
ROW = re.compile(r"[\t|]|\S {3,40}\S|(?: [\d.,]{1,12}){3}$")  # of a table
COMMA = re.compile("[，,。；;、]")
NARROW = re.compile(r"[0-9A-Za-z ./-]")
# What may not be parted from the first character of a line: a number or word, closing marks.
FIRST = re.compile(r"[《“‘（(〔【]{0,3}(?:[0-9A-Za-z.@%/-]{1,40}|\S?)[，。、；：！？）》”’〕】,.;:!?)]{0,3}")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line with the columns where it begins and ends, and how many its first word takes."""

    span: Span
    begin: int
    end: int
    first: int


@dataclass(frozen=True, slots=True)
class Width:
    """At which column lines end that are full. ``exact``: the program counted characters, and cut numbers and words too."""

    columns: int
    margin: int  # where lines begin that go on with a paragraph
    slack: int
    exact: bool
    lines: tuple[PrintedLine, ...]

    @property
    def indents(self) -> bool:
        """Whether lines that begin a paragraph are indented: most of those below a line with room left."""
        begins = [number + 1 for number in range(len(self.lines) - 1) if not self.is_full(number)]
        return sum(map(self.is_indented, begins)) > 0.5 * len(begins)

    def is_full(self, number: int) -> bool:
        """Whether the first word of the next line had no room on line ``number``."""
        line, following = self.lines[number], self.lines[number + 1]
        return line.end <= self.columns + HANGING and line.end + following.first > self.columns - self.slack

    def is_indented(self, number: int) -> bool:
        """Whether line ``number`` begins like the first one of a paragraph."""
        return 2 <= self.lines[number].begin - self.margin <= 12


def find_width(text: str, lines: Sequence[Span]) -> Width | None:
    """The width at which ``text`` was broken; ``None`` for a text with a line end for each paragraph.

    Programs count columns, where a Chinese character takes two, or characters; punctuation printed half-width was as wide
    as a character when the line was broken.

    >>> text = "我局本年度公开政府信息十二条,其|中微信公众号十条,网站两条,公示|栏五条。今年收到申请三件,均已按|时答复。".replace("|", chr(10))
    >>> width = find_width(text, [Span(m.start(), m.end()) for m in re.finditer(".+", text)])
    >>> width.columns, width.exact, width.is_full(0)
    (32, True, True)
    """
    best: tuple[float, Width] | None = None
    for narrow in (False, True):
        printed = tuple(_printed(text, line, narrow) for line in lines)
        columns = _columns(text, printed)
        if columns is None:
            continue
        slack = _slack(columns)
        full = [line for line in printed if columns - slack <= line.end <= columns + HANGING]
        most, times = Counter(line.end for line in full).most_common(1)[0]
        exact = not narrow and times >= MIN_EXACT_SHARE * len(full)
        width = Width(most if exact else columns, _margin(printed, full), 2 if exact else slack, exact, printed)
        if best is None or times / len(full) > best[0]:
            best = times / len(full), width
    return best[1] if best is not None else None


def _printed(text: str, line: Span, narrow: bool) -> PrintedLine:
    begin = text.rfind("\n", 0, line.start) + 1
    white = text[begin : line.start]
    before = len(white) + white.count("\u3000") + 3 * white.count("\t")
    first = FIRST.match(text, line.start, line.end)
    assert first is not None
    return PrintedLine(
        line, before, before + _wide(text, line.start, line.end, narrow), _wide(text, line.start, first.end(), narrow)
    )


def _wide(text: str, start: int, end: int, narrow: bool) -> int:
    return 2 * (end - start) - (len(NARROW.findall(text, start, end)) if narrow else 0)


def _slack(columns: int) -> int:
    return max(MIN_SLACK, round(SLACK_SHARE * columns))


def _columns(text: str, lines: Sequence[PrintedLine]) -> int | None:
    long = [
        line
        for line in lines
        if line.end - line.begin >= MIN_COLUMNS // 2 and not ROW.search(text, line.span.start, line.span.end)
    ]
    many = Counter(line.end for line in long if MIN_COLUMNS <= line.end <= MAX_COLUMNS)
    if sum(many.values()) < MIN_FULL_LINES:
        return None
    # The width under which most lines lie: few are longer (a title, the row of a table).
    width = max(many, key=lambda w: (sum(many[w - less] for less in range(_slack(w) + 1)), w))
    full = [line for line in long if width - _slack(width) <= line.end <= width + HANGING]
    half = sum(line.end > width / 2 for line in long)
    longer = sum(line.end > width + HANGING for line in long)
    broken = sum(text[line.span.end - 1] not in STOPS for line in full)
    prose = sum(COMMA.search(text, line.span.start, line.span.end) is not None for line in full)
    enough = (
        len(full) >= MIN_FULL_LINES
        and longer <= MAX_LONGER_SHARE * len(long)
        and broken >= MIN_BROKEN_SHARE * len(full)
        and prose >= MIN_PROSE_SHARE * len(full)
        and len(full) >= MIN_FULL_SHARE * half
    )
    return width if enough and _has_rests(lines, full) else None


def _has_rests(lines: Sequence[PrintedLine], full: Sequence[PrintedLine]) -> bool:
    """Whether full lines are followed by what is left of their paragraphs: lists may have lines of one length only."""
    wide = set(map(id, full))
    return any(id(before) in wide and id(line) not in wide for before, line in pairwise(lines))


def _margin(lines: Sequence[PrintedLine], full: Sequence[PrintedLine]) -> int:
    """Where most lines begin that stand below a full one."""
    below = set(map(id, full))
    begins = Counter(line.begin for before, line in pairwise(lines) if id(before) in below)
    return begins.most_common(1)[0][0] if begins else 0
