"""The width at which a text was broken into lines, if it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
    begins = [_begin(text, line) for line in lines]
    best: tuple[float, Width] | None = None
    for narrow in (False, True):
        ends = [begin + _wide(text, line, narrow) for begin, line in zip(begins, lines, strict=True)]
        columns = _columns(text, lines, begins, ends)
        if columns is None:
            continue
        slack = _slack(columns)
        full = [number for number, end in enumerate(ends) if columns - slack <= end <= columns + HANGING]
        most, times = Counter(ends[number] for number in full).most_common(1)[0]
        exact = not narrow and times >= MIN_EXACT_SHARE * len(full)
        if best is None or times / len(full) > best[0]:
            printed = tuple(
                PrintedLine(line, begin, end, _wide(text, _first(text, line), narrow))
                for line, begin, end in zip(lines, begins, ends, strict=True)
            )
            margin = _margin(begins, full)
            width = Width(most if exact else columns, margin, 2 if exact else slack, exact, printed)
            best = times / len(full), width
    return best[1] if best is not None else None


def is_row(text: str, line: Span) -> bool:
    """Whether a line is a row of a table: its cells are parted by tabs, pipes or wide gaps, or it ends in numbers."""
    start, end = line.start, line.end
    if text.find(" ", start, end) < 0 and text.find("\t", start, end) < 0 and text.find("|", start, end) < 0:
        return False  # most lines: the pattern tries every character
    return ROW.search(text, start, end) is not None


def _begin(text: str, line: Span) -> int:
    """The column where a line begins."""
    begin = text.rfind("\n", 0, line.start) + 1
    if begin == line.start:
        return 0
    white = text[begin : line.start]
    return len(white) + white.count("\u3000") + 3 * white.count("\t")


def _first(text: str, line: Span) -> Span:
    first = FIRST.match(text, line.start, line.end)
    assert first is not None
    return Span(line.start, first.end())


def _wide(text: str, line: Span, narrow: bool) -> int:
    length = line.end - line.start
    return 2 * length - (len(NARROW.findall(text, line.start, line.end)) if narrow else 0)


def _slack(columns: int) -> int:
    return max(MIN_SLACK, round(SLACK_SHARE * columns))


def _columns(text: str, lines: Sequence[Span], begins: Sequence[int], ends: Sequence[int]) -> int | None:
    long = [
        number
        for number, line in enumerate(lines)
        if ends[number] - begins[number] >= MIN_COLUMNS // 2 and not is_row(text, line)
    ]
    many = Counter(ends[number] for number in long if MIN_COLUMNS <= ends[number] <= MAX_COLUMNS)
    if sum(many.values()) < MIN_FULL_LINES:
        return None
    # The width under which most lines lie: few are longer (a title, the row of a table).
    width = max(many, key=lambda w: (sum(many[w - less] for less in range(_slack(w) + 1)), w))
    full = [number for number in long if width - _slack(width) <= ends[number] <= width + HANGING]
    half = sum(ends[number] > width / 2 for number in long)
    longer = sum(ends[number] > width + HANGING for number in long)
    broken = sum(text[lines[number].end - 1] not in STOPS for number in full)
    prose = sum(COMMA.search(text, lines[number].start, lines[number].end) is not None for number in full)
    enough = (
        len(full) >= MIN_FULL_LINES
        and longer <= MAX_LONGER_SHARE * len(long)
        and broken >= MIN_BROKEN_SHARE * len(full)
        and prose >= MIN_PROSE_SHARE * len(full)
        and len(full) >= MIN_FULL_SHARE * half
    )
    return width if enough and _has_rests(len(lines), full) else None


def _has_rests(count: int, full: Sequence[int]) -> bool:
    """Whether full lines are followed by what is left of their paragraphs: lists may have lines of one length only."""
    wide = set(full)
    return any(number in wide and number + 1 not in wide for number in range(count - 1))


def _margin(begins: Sequence[int], full: Sequence[int]) -> int:
    """Where most lines begin that stand below a full one."""
    below = Counter(begins[number + 1] for number in full if number + 1 < len(begins))
    return below.most_common(1)[0][0] if below else 0
