"""What a picture of a page holds, in the same terms as a page of a PDF: characters with their places, and ruled lines.

Cells are cut out along the ruled lines and read one by one: a detector of text misses a lone 0 in a wide cell, and a cell
without ink is blank for certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

import cv2
import numpy as np

from nlp.reading.pages.page import DOUBTFUL, Character, Page, Rule
from nlp.reading.pages.tables import RuledTable, find_tables
from nlp.reading.scans.ink import cut, find_ink, stroke_boxes, strokes, without_dust
from nlp.reading.scans.numbers import Box, numbers_apart
from nlp.reading.scans.recognition import Corners, Picture, recognise
from nlp.reading.scans.upright import turn_upright

PAGE_POINTS = 595.0  # the shorter edge of a page of A4
MIN_PAGE_PIXELS, MAX_STRETCH = 16, 60  # the shorter edge of a picture, and how much longer the other may be
INK = 12  # pixels of a dot too large for dust
LONG_LINE = 5  # characters
LEFT_MARKS, LEFT_MARK_SHARE = frozenset("。，、；：）,;:)"), 0.4  # their ink is at the left of the room they take
# Of the height of a box: how far a neighbouring line reaches in, and the white between.
FOREIGN_ROWS, FOREIGN_GAP = 0.15, 0.1
UPRIGHT_STROKES = frozenset("1lI|丨/")
SLASH_LEAN, SLASH_WIDTH = -0.7, 0.2  # how the ink of “/” runs, and its width by its height; a 1 stands upright


def read_picture(picture: Picture) -> Page:
    """The characters and ruled lines of the picture of a page (grey), turned upright first; none of a strip too narrow for
    a line of text.
    """
    if min(picture.shape) < MIN_PAGE_PIXELS or max(picture.shape) > MAX_STRETCH * min(picture.shape):
        return Page(top=0.0, bottom=PAGE_POINTS)
    picture, lines = turn_upright(picture)
    height, width = picture.shape
    scale = PAGE_POINTS / min(height, width)
    ink = find_ink(picture)
    across, down = strokes(ink, horizontal=True), strokes(ink, horizontal=False)
    page = Page(bottom=height * scale, right=width * scale)
    for x, y, w, h in stroke_boxes(across):
        page.across.append(Rule((y + h / 2) * scale, x * scale, (x + w) * scale))
    for x, y, w, h in stroke_boxes(down):
        page.down.append(Rule((x + w / 2) * scale, y * scale, (y + h) * scale))
    tables, _ = find_tables(page)
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    picture = np.where(rules > 0, np.uint8(255), picture)
    ink = without_dust(np.where(rules > 0, np.uint8(0), ink))
    for table in tables:
        for cell in table.cells:
            x0, x1, y0, y1 = (round(edge / scale) for edge in (cell.x0, cell.x1, cell.y0, cell.y1))
            for box in _lines_of_cell(ink, x0, x1, y0, y1):
                page.characters.extend(_read_line(picture, ink, box, scale))
    for corners in lines:
        if not _within(corners.mean(axis=0) * scale, tables):
            (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
            box = _tight(ink, int(x0), int(y0), int(x1), int(y1))
            page.characters.extend(_read_line(picture, ink, box, scale))
    return page


def _within(middle: Corners, tables: list[RuledTable]) -> bool:
    return any(table.x0 <= middle[0] <= table.x1 and table.y0 <= middle[1] <= table.y1 for table in tables)


def _lines_of_cell(ink: Picture, x0: int, x1: int, y0: int, y1: int) -> Iterator[Box]:
    """The boxes of the lines in a cell, from the rows that have ink; nothing for a blank cell."""
    inside = ink[y0 + 1 : y1, x0 + 1 : x1]
    if inside.size == 0 or np.count_nonzero(inside) < INK:
        return
    rows = np.flatnonzero(inside.any(axis=1))
    gaps = np.flatnonzero(np.diff(rows) > 2)
    starts, ends = [rows[0], *rows[gaps + 1]], [*rows[gaps], rows[-1]]
    bands: list[list[int]] = []
    tallest = max(int(end - start) for start, end in zip(starts, ends, strict=True)) + 1
    for start, end in zip(starts, ends, strict=True):
        # 二 and 三 have white between their strokes: a band much lower than the others belongs to its neighbour.
        if (
            bands
            and (end - start < 0.55 * tallest or bands[-1][1] - bands[-1][0] < 0.55 * tallest)
            and end - bands[-1][0] < 1.3 * tallest
        ):
            bands[-1][1] = int(end)
        else:
            bands.append([int(start), int(end)])
    for start, end in bands:
        band = inside[start : end + 1]
        columns = np.flatnonzero(band.any(axis=0))
        if len(columns) and np.count_nonzero(band) >= INK and end - start + 1 >= 2:
            yield x0 + 1 + int(columns[0]), y0 + 1 + start, x0 + 2 + int(columns[-1]), y0 + 2 + end


def _tight(ink: Picture, x0: int, y0: int, x1: int, y1: int) -> Box:
    """The box of the ink in a box: a detector leaves room around a line, and the edges tell how paragraphs end."""
    x0, y0 = max(0, x0), max(0, y0)
    inside = ink[y0:y1, x0:x1]
    top, bottom = _own_rows(inside)
    y0, y1 = y0 + top, y0 + bottom
    inside = inside[top:bottom]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return x0, y0, x1, y1
    return x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1


def _own_rows(inside: Picture) -> tuple[int, int]:
    """The rows of a box without the feet and heads of the lines above and below, which reach in at its edges."""
    rows = np.flatnonzero(inside.any(axis=1))
    height = len(inside)
    gaps = np.flatnonzero(np.diff(rows) > FOREIGN_GAP * height)
    top, bottom = 0, height
    if len(gaps) and rows[0] == 0 and rows[gaps[0]] < FOREIGN_ROWS * height:
        top = int(rows[gaps[0] + 1])
    if len(gaps) and rows[-1] == height - 1 and rows[gaps[-1] + 1] > (1 - FOREIGN_ROWS) * height:
        bottom = int(rows[gaps[-1]]) + 1
    return (top, bottom) if top < bottom else (0, height)


def _read_line(picture: Picture, ink: Picture, box: Box, scale: float) -> Iterator[Character]:
    """The characters of one line, set out evenly over its box: a Latin one takes half the room."""
    x0, y0, x1, y1 = box
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    text, confidence = _said(picture, ink, box)
    if not text:
        return
    step = (x1 - x0) / sum(_shares(text))
    # The pitch of a long line is exact, that of a short one is not.
    size = step if len(text) >= LONG_LINE else min(1.5 * step, 1.1 * (y1 - y0))
    pieces = numbers_apart(ink, box, text, lambda part: _said(picture, ink, part))
    for start, end, (said, sure) in pieces or [(x0, x1, (text, confidence))]:
        shares = _shares(said)
        step, at = (end - start) / max(1.0, sum(shares)), float(start)
        for character, share in zip(said, shares, strict=True):
            if not character.isspace():
                middle = (y0 + y1) / 2
                yield Character(
                    character, at * scale, (middle - size / 2) * scale, (at + share * step) * scale,
                    (middle + size / 2) * scale, size * scale, sure,
                )  # fmt: skip
            at += share * step


def _said(picture: Picture, ink: Picture, box: Box) -> tuple[str, float]:
    """What stands in a box, and how sure the recogniser is of it."""
    x0, y0, x1, y1 = box
    room = max(3, (y1 - y0) // 6)
    text, confidence = recognise(cut(picture, *box, room=room))
    if confidence < DOUBTFUL:  # a lone digit may be surer with more paper around it
        text, confidence = max((text, confidence), recognise(cut(picture, *box, room=3 * room)), key=itemgetter(1))
    if text in UPRIGHT_STROKES and _leans(ink[y0:y1, x0:x1]):
        text = "/"
    return text, confidence


def _shares(text: str) -> list[float]:
    """How much room each character takes, of what an ideograph takes."""
    shares = [0.5 if character.isascii() else 1.0 for character in text]
    if text[-1:] in LEFT_MARKS:
        shares[-1] = LEFT_MARK_SHARE
    return shares


def _leans(ink: Picture) -> bool:
    """Whether a lone stroke runs from the lower left to the upper right: “/” (nothing to report), which looks like 1."""
    rows, columns = np.nonzero(ink)
    if len(rows) < INK or np.ptp(columns) < SLASH_WIDTH * np.ptp(rows):
        return False
    return bool(np.corrcoef(rows, columns)[0, 1] < SLASH_LEAN)
