"""Characters as lines of print, and lines as paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from nlp.reading.pages.page import Character

CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]")
WORD_GAP = 0.25  # of the size, between Latin letters or digits
CHINESE_GAP = 0.9  # justified lines spread their characters by up to half their size
SLACK = 0.6  # of a character that may be free at the end of a line into which the next word did not fit
INDENT = 1.2  # characters
SIZE_CHANGE = 1.18
SCANNED_SIZE_CHANGE = 1.3  # sizes in a scan are estimates; a line of digits looks larger than it is
ROW_OF_NUMBERS = re.compile(r"(?: \d+){3}$")  # of a table without ruled lines
SENTENCE_END = tuple("。；;：:！!？?”")
NUMBERED = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]{1,3}[章节部]"
)
# Where a line of Chinese may not be broken: in words and numbers, after what opens, before what closes.
OPENING, CLOSING = "（(《“‘〔【[", "）)》”’〕】\\]，。、；：！？,.;:!?%％—…·"
FIRST_WORD = re.compile(rf"[{OPENING}]{{0,4}}(?:[!-~·–—…]{{1,80}}|.(?:[,.:;!?/%-][!-~]{{0,80}})?)[{CLOSING}]{{0,4}}")


@dataclass(slots=True)
class PrintedLine:
    """A line of print outside tables. ``page`` counts from 0; ``first_word`` is the width of what could not be parted."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    first_word: float
    page: int = 0
    confidence: float = 1.0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # in shares of its page


def find_lines(characters: Sequence[Character]) -> list[PrintedLine]:
    """The characters as lines, from top to bottom, each from left to right."""
    rows: list[list[Character]] = []
    tops: list[tuple[float, float]] = []
    for character in sorted(characters, key=lambda c: ((c.y0 + c.y1) / 2, c.x0)):
        middle = (character.y0 + character.y1) / 2
        if rows and tops[-1][0] <= middle <= tops[-1][1] and _same_line(rows[-1], character):
            rows[-1].append(character)
            if character.text.strip() and character.size >= rows[-1][0].size:
                tops[-1] = _core(character)
        else:
            rows.append([character])
            tops.append(_core(character))
    lines = []
    for row in rows:
        row.sort(key=lambda c: c.x0)
        if (line := _line(row)) is not None:
            lines.append(line)
    return lines


def _core(character: Character) -> tuple[float, float]:
    """The middle half of a character: another one whose middle lies there stands on the same line."""
    middle, quarter = (character.y0 + character.y1) / 2, (character.y1 - character.y0) / 3
    return middle - quarter, middle + quarter


def _same_line(row: Sequence[Character], character: Character) -> bool:
    """Whether there is room: two lines set tightly must not run into one another."""
    middle = (character.y0 + character.y1) / 2
    return abs((row[0].y0 + row[0].y1) / 2 - middle) <= 0.5 * max(row[0].size, character.size)


def _line(row: Sequence[Character]) -> PrintedLine | None:
    pieces: list[str] = []
    before: Character | None = None
    for character in row:
        if before is not None:
            if character.text == before.text and abs(character.x0 - before.x0) < 0.15 * character.size:
                continue  # bold type made by printing twice
            gap = character.x0 - before.x1
            wide = CHINESE.match(character.text) and CHINESE.match(before.text)
            if (
                gap > (CHINESE_GAP if wide else WORD_GAP) * character.size
                and pieces[-1] != " "
                and character.text != " "
            ):
                pieces.append(" ")
        pieces.append(character.text)
        before = character
    text = re.sub(r"\s+", " ", "".join(pieces)).strip()
    printed = [character for character in row if character.text.strip()]
    if not text or not printed:
        return None
    return PrintedLine(
        text,
        min(c.x0 for c in printed),
        min(c.y0 for c in printed),
        max(c.x1 for c in printed),
        max(c.y1 for c in printed),
        median(c.size for c in printed),
        _first_word(row),
        confidence=min(c.confidence for c in printed),
    )


def _first_word(row: Sequence[Character]) -> float:
    """The width of what stands on the line before it may be broken: a character, a number, an address, with its marks."""
    first = next(n for n, character in enumerate(row) if character.text.strip())
    found = FIRST_WORD.match("".join(character.text for character in row[first:]))
    return row[first + max(1, found.end() if found else 1) - 1].x1 - row[first].x0


def cell_paragraphs(characters: Sequence[Character], x0: float, x1: float) -> tuple[tuple[str, ...], bool]:
    """The lines of a cell, and whether the last one is full; digits that only the width of the cell has broken stand together."""
    lines = find_lines(characters)
    if not lines:
        return (), False
    joined = [lines[0].text]
    for before, line in pairwise(lines):
        if (
            _is_full(before, x0, x1)
            and before.text[-1].isdigit()
            and line.text[0].isdigit()
            and " " not in before.text + line.text
        ):
            joined[-1] += line.text
        else:
            joined.append(line.text)
    return tuple(joined), _is_full(lines[-1], x0, x1)


def _is_full(line: PrintedLine, x0: float, x1: float) -> bool:
    """Whether a cell had no room for one character more; 5.4 points of white stand on each side in Word."""
    return (x1 - x0) - (line.x1 - line.x0) < 1.15 * line.size + 11


def margins(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """The left and right edge of the body text, apart from single lines that stand out."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = [round(line.x0 / 2) for line in lines], sorted(line.x1 for line in lines)
    shared = min([left for left, count in Counter(lefts).items() if count > 1] or lefts)
    # A short text may have one line alone at the edge, two characters left of the first lines of its paragraphs.
    size = median(line.size for line in lines)
    if 1.5 * size < 2.0 * (shared - min(lefts)) < 2.6 * size:
        shared = min(lefts)
    return 2.0 * shared, rights[-1 - len(rights) // 20]


def goes_on(before: PrintedLine, line: PrintedLine, left: float, right: float, pitch: float) -> bool:
    """Whether ``line`` goes on with the paragraph of ``before``.

    Parameters
    ----------
    left, right : the edges of the body text
    pitch : the usual distance of two lines of the body
    """
    size = before.size
    if before.x1 + line.first_word < right - SLACK * size:
        return False
    change = SIZE_CHANGE if before.confidence == 1.0 else SCANNED_SIZE_CHANGE
    if max(before.size, line.size) > change * min(before.size, line.size):
        return False
    if before.page == line.page and line.y0 - before.y0 > 1.75 * pitch:
        return False
    indented = line.x0 > left + INDENT * size
    if ROW_OF_NUMBERS.search(before.text) and not line.text[:1].isdecimal():
        return False
    ended = before.text.endswith(SENTENCE_END)
    numbered = NUMBERED.match(line.text) is not None
    return (indented, ended, numbered).count(True) < 2


def join(before: str, after: str) -> str:
    """Two lines of a paragraph as one; a space where both are Latin or digits, since neither is broken inside.

    >>> join("公开信", "息12"), join("see", "page"), join("0 12", "0 3")
    ('公开信息12', 'see page', '0 12 0 3')
    """
    latin = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()
    return f"{before} {after}" if latin else before + after
