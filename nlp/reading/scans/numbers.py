"""Numbers that stand apart in a line: rows of a table without ruled lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from nlp.reading.scans.recognition import Picture

HAN = re.compile("[\u4e00-\u9fff]")
NUMBER = re.compile(r"[\d.,/%—-]+")
DIGITS = re.compile(r"\d[\d ]+")
MIN_NUMBERS, MIN_AT_EDGE = 3, 2  # within a line, where 1月1日 looks like numbers, and at its ends
# Of the size of the type: heights of a line with ideographs, of a digit and of a point; how far apart numbers stand.
LINE_HEIGHT = 0.92
MIN_DIGIT, MAX_DIGIT, DIGIT_WIDTH, MAX_POINT = 0.6, 0.86, 0.68, 0.25
GAP, PITCH = 0.2, 0.75


Box = tuple[int, int, int, int]  # left, top, right, bottom
Said = tuple[str, float]  # what stands in a box, and how sure the recogniser is of it


class Blot(NamedTuple):
    """Ink that touches itself from left to right: its columns and its height."""

    start: int
    end: int
    height: int


def numbers_apart(ink: Picture, box: Box, text: str, said: Callable[[Box], Said]) -> list[tuple[int, int, Said]]:
    """The pieces of a line in which numbers are set apart, each with its left and right edge and what it says; none of
    another line.

    Recognition of the line as a whole (一、本年新收 6 1 0 0 0 0 0 7) loses the room between such numbers, and some of those
    that are alike. Each of them is a piece, and so is what stands between.

    Parameters
    ----------
    box : left, top, right and bottom of the line's ink
    text : as it was recognised
    said : what is recognised in a box, and with what confidence
    """
    if not DIGITS.search(text):
        return []
    x0, y0, x1, y1 = box
    blots = _blots(ink[y0:y1, x0:x1])
    tallest = max(blot.height for blot in blots)
    em = (y1 - y0) / LINE_HEIGHT if HAN.search(text) else tallest / ((MIN_DIGIT + MAX_DIGIT) / 2)
    groups = [[blots[0]]]
    for before, blot in pairwise(blots):
        apart = blot.start - before.end >= GAP * em
        if apart and (blot.start + blot.end - before.start - before.end) / 2 >= PITCH * em:
            groups.append([blot])
        else:
            groups[-1].append(blot)
    pieces: list[tuple[int, int, Said | None]] = []
    for looks, members in groupby(groups, lambda group: _looks_like_number(group, em)):
        places = [(x0 + group[0].start, x0 + group[-1].end) for group in members]
        at_edge = places[0][0] == x0 + blots[0].start or places[-1][1] == x0 + blots[-1].end
        if looks and len(places) >= (MIN_AT_EDGE if at_edge else MIN_NUMBERS):
            read = [said((start, y0, end, y1)) for start, end in places]
            if all(NUMBER.fullmatch(number) for number, _ in read):
                pieces += [(*place, number) for place, number in zip(places, read, strict=True)]
                continue
        # What is no number goes with the text before it.
        start = pieces.pop()[0] if pieces and pieces[-1][2] is None else places[0][0]
        pieces.append((start, places[-1][1], None))
    if len(pieces) < MIN_AT_EDGE:
        return []
    return [(start, end, number or said((start, y0, end, y1))) for start, end, number in pieces]


def _blots(inside: Picture) -> list[Blot]:
    columns = np.flatnonzero(inside.any(axis=0))
    breaks = np.flatnonzero(np.diff(columns) > 1)
    starts, ends = [columns[0], *columns[breaks + 1]], [*columns[breaks], columns[-1]]
    blots = []
    for start, end in zip(starts, ends, strict=True):
        rows = np.flatnonzero(inside[:, start : end + 1].any(axis=1))
        blots.append(Blot(int(start), int(end) + 1, int(rows[-1] - rows[0]) + 1))
    return blots


def _looks_like_number(group: list[Blot], em: float) -> bool:
    """Whether all that stands in a group looks like digits, or like a point between them."""
    digits = [blot for blot in group if blot.height > MAX_POINT * em]
    return bool(digits) and all(
        MIN_DIGIT * em <= blot.height <= MAX_DIGIT * em and blot.end - blot.start <= DIGIT_WIDTH * em for blot in digits
    )
