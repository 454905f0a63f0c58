"""The ink of a page: what is darker than the paper around it, and the straight strokes that rule tables."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from nlp.reading.scans.recognition import Picture

MIN_STROKE_SHARE = 1 / 40  # of the page's longer edge; strokes of characters are shorter
MAX_STROKE_SHARE = 1 / 250  # thicker ones are bars and pictures
MAX_STROKES = 3000
DUST = 5  # pixels; the point of 18.5 at 150 dpi has more


def find_ink(picture: Picture) -> Picture:
    """A mask of the ink in a grey picture: 255 where it is, else 0."""
    return np.asarray(
        cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15), np.uint8
    )


def strokes(ink: Picture, *, horizontal: bool) -> Picture:
    """A mask of the ruled lines in a mask of ink."""
    length = max(20, int(max(ink.shape) * MIN_STROKE_SHARE))
    kernel = np.ones((1, length) if horizontal else (length, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.uint8)


def stroke_boxes(mask: Picture) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height of the ruled lines of a mask; what is thick both ways is a picture.

    The thickness is that of the ink: the box of a line that runs askew over the whole page is wide.
    """
    thick = max(6, max(mask.shape) * MAX_STROKE_SHARE)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    for x, y, width, height, area in stats[1:MAX_STROKES]:
        if area / max(width, height) <= thick:
            yield int(x), int(y), int(width), int(height)


def long_strokes(mask: Picture, length: float) -> Iterator[Picture]:
    """The ink of each horizontal ruled line that is longer than ``length`` pixels."""
    _, numbers, stats, _ = cv2.connectedComponentsWithStats(mask)
    for number, (x, y, width, height, _) in enumerate(stats[1:MAX_STROKES], 1):
        if width > length and height < width / 4:
            yield np.asarray(numbers[y : y + height, x : x + width] == number, np.uint8)


def without_dust(ink: Picture) -> Picture:
    """A mask of ink without the grain of paper, which would make a blank cell look written in."""
    _, numbers, stats, _ = cv2.connectedComponentsWithStats(ink)
    return np.where((stats[:, cv2.CC_STAT_AREA] >= DUST)[numbers], ink, np.uint8(0))


def cut(picture: Picture, x0: int, y0: int, x1: int, y1: int, room: int = 0) -> Picture:
    """A part of a picture with white room around it, more at the right end."""
    height, width = picture.shape
    part = picture[max(0, y0) : min(height, y1), max(0, x0) : min(width, x1)]
    return np.asarray(
        cv2.copyMakeBorder(part, room, room, 2 * room, 2 * room, cv2.BORDER_CONSTANT, value=255), np.uint8
    )
