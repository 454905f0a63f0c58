"""What a picture of a page holds, in the same terms as a page of a PDF: characters with their places, and ruled lines.

Cells are cut out along the ruled lines and read one by one: a detector of text misses a lone 0 in a wide cell, and a cell
without ink is blank for certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

from nlp.reading.pdf.page import Character, Page, Rule
from nlp.reading.pdf.tables import find_tables

Picture = NDArray[np.uint8]
PAGE_POINTS = 595.0  # the shorter edge of a page of A4
MIN_RULE_SHARE = 1 / 40  # of the page's longer edge; strokes of characters are shorter
MAX_RULE_SHARE = 1 / 250  # thicker ones are bars and pictures
INK = 12  # pixels of a dot too large for dust
MIN_LINE_PIXELS = 6
SKEW_DEGREES, MAX_SKEW_DEGREES = 0.15, 15.0
LONG_LINE = 5  # characters
SAMPLE = 6  # lines read both ways to tell whether a page stands on its head


@cache
def _engine() -> Any:
    cv2.setNumThreads(1)
    one = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    return RapidOCR(params={"Global.log_level": "error", "Global.text_score": 0.0, **one})


def read_picture(picture: Picture) -> Page:
    """The characters and ruled lines of the picture of a page (grey), turned upright first."""
    picture = _upright(picture)
    height, width = picture.shape
    scale = PAGE_POINTS / min(height, width)
    ink: Picture = np.asarray(
        cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15), np.uint8
    )
    across, down = _rules(ink, horizontal=True), _rules(ink, horizontal=False)
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    page = Page(top=0.0, bottom=height * scale)
    for x, y, w, h in _boxes(across):
        page.across.append(Rule((y + h / 2) * scale, x * scale, (x + w) * scale))
    for x, y, w, h in _boxes(down):
        page.down.append(Rule((x + w / 2) * scale, y * scale, (y + h) * scale))
    tables, _ = find_tables(page)
    rest = picture.copy()
    clear = picture.copy()
    clear[rules > 0] = 255
    ink[rules > 0] = 0
    for table in tables:
        for cell in table.cells:
            x0, x1, y0, y1 = (round(edge / scale) for edge in (cell.x0, cell.x1, cell.y0, cell.y1))
            for box in _lines_of_cell(ink, x0, x1, y0, y1):
                page.characters.extend(_read_line(clear, box, scale))
        rest[
            round(table.y0 / scale) : round(table.y1 / scale) + 2, round(table.x0 / scale) : round(table.x1 / scale) + 2
        ] = 255
    for corners in _detect(rest):
        x0, y0 = corners.min(axis=0)
        x1, y1 = corners.max(axis=0)
        box = _tight(ink, int(x0), int(y0), int(x1), int(y1))
        page.characters.extend(_read_line(rest, box, scale))
    return page


def _detect(picture: Picture) -> list[NDArray[np.float32]]:
    found = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(box, np.float32) for box in found.boxes]


def _recognise(picture: Picture) -> tuple[str, float]:
    found = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True)
    return (found.txts[0], float(found.scores[0])) if found.txts else ("", 0.0)


def _upright(picture: Picture) -> Picture:
    """The picture turned by quarters, and by the few degrees of a sheet that lay askew."""
    boxes = _detect(picture)
    if not boxes:
        return picture
    tall = sum(1 for box in boxes if np.ptp(box[:, 1]) > 1.5 * np.ptp(box[:, 0]))
    if tall > len(boxes) / 2:
        picture = np.ascontiguousarray(np.rot90(picture))
        boxes = _detect(picture)
    widest = sorted(boxes, key=lambda box: -float(np.ptp(box[:, 0])))[:SAMPLE]
    lines = [_cut(picture, *box.min(axis=0).astype(int), *box.max(axis=0).astype(int)) for box in widest]
    if sum(_recognise(np.ascontiguousarray(line[::-1, ::-1]))[1] - _recognise(line)[1] for line in lines) > 0:
        picture = np.ascontiguousarray(picture[::-1, ::-1])
        boxes = [np.asarray(picture.shape[::-1], np.float32) - box[[2, 3, 0, 1]] for box in boxes]
    angles = [
        np.degrees(np.arctan2(*(box[1] - box[0])[::-1])) for box in boxes if np.ptp(box[:, 0]) > 8 * np.ptp(box[:, 1])
    ]
    angle = float(np.median(angles)) if angles else 0.0
    if not SKEW_DEGREES < abs(angle) < MAX_SKEW_DEGREES:
        return picture
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255), np.uint8)


def _rules(ink: Picture, *, horizontal: bool) -> Picture:
    length = max(20, int(max(ink.shape) * MIN_RULE_SHARE))
    kernel = np.ones((1, length) if horizontal else (length, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.uint8)


def _boxes(mask: Picture) -> Iterator[tuple[int, int, int, int]]:
    """The ruled lines of a mask; what is thick both ways is a picture."""
    thick = max(6, max(mask.shape) * MAX_RULE_SHARE)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    for x, y, w, h, _ in stats[1:3000]:
        if min(w, h) <= thick:
            yield int(x), int(y), int(w), int(h)


def _lines_of_cell(ink: Picture, x0: int, x1: int, y0: int, y1: int) -> Iterator[tuple[int, int, int, int]]:
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


def _tight(ink: Picture, x0: int, y0: int, x1: int, y1: int) -> tuple[int, int, int, int]:
    """The box of the ink in a box: a detector leaves room around a line, and the edges tell how paragraphs end."""
    x0, y0 = max(0, x0), max(0, y0)
    inside = ink[y0:y1, x0:x1]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return x0, y0, x1, y1
    return x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1


def _cut(picture: Picture, x0: int, y0: int, x1: int, y1: int, room: int = 0) -> Picture:
    height, width = picture.shape
    part = picture[max(0, y0) : min(height, y1), max(0, x0) : min(width, x1)]
    return np.asarray(
        cv2.copyMakeBorder(part, room, room, 2 * room, 2 * room, cv2.BORDER_CONSTANT, value=255), np.uint8
    )


def _read_line(picture: Picture, box: tuple[int, int, int, int], scale: float) -> Iterator[Character]:
    """The characters of one line, set out evenly over its box: a Latin one takes half the room."""
    x0, y0, x1, y1 = box
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    text, confidence = _recognise(_cut(picture, x0, y0, x1, y1, room=max(3, (y1 - y0) // 6)))
    shares = [0.5 if character.isascii() else 1.0 for character in text]
    if not shares:
        return
    step = (x1 - x0) / sum(shares)
    # The pitch of a long line is exact; in a short one a full stop at the end takes only a part of its room.
    size = step if len(text) >= LONG_LINE else min(1.5 * step, 1.1 * (y1 - y0))
    middle, at = (y0 + y1) / 2, float(x0)
    for character, share in zip(text, shares, strict=True):
        if not character.isspace():
            yield Character(
                character, at * scale, (middle - size / 2) * scale, (at + share * step) * scale,
                (middle + size / 2) * scale, size * scale, confidence,
            )  # fmt: skip
        at += share * step
