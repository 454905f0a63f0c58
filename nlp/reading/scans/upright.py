"""Turns the picture of a page upright: by quarters, and by the few degrees of a sheet that lay askew."""

from __future__ import annotations

import cv2
import numpy as np

from nlp.reading.scans.ink import cut, find_ink, long_strokes, strokes
from nlp.reading.scans.recognition import Corners, Picture, detect, recognise

SKEW_DEGREES, MAX_SKEW_DEGREES = 0.05, 15.0
LONG_RULE_SHARE = 1 / 4  # of the page's width: its slope is the page's
SAMPLE = 3  # lines read both ways to tell whether a page stands on its head


def turn_upright(picture: Picture) -> tuple[Picture, list[Corners]]:
    """The picture turned upright, and the lines of text in it."""
    boxes = detect(picture)
    if sum(1 for box in boxes if np.ptp(box[:, 1]) > 1.5 * np.ptp(box[:, 0])) > len(boxes) / 2:
        picture = np.ascontiguousarray(np.rot90(picture))
        boxes = detect(picture)
    if _on_its_head(picture, boxes):
        picture = np.ascontiguousarray(picture[::-1, ::-1])
        boxes = [np.asarray(picture.shape[::-1], np.float32) - box[[2, 3, 0, 1]] for box in boxes]
    angle = _angle(picture, boxes)
    if not SKEW_DEGREES < abs(angle) < MAX_SKEW_DEGREES:
        return picture, boxes
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, np.uint8), [np.asarray(box @ turn[:, :2].T + turn[:, 2], np.float32) for box in boxes]


def _on_its_head(picture: Picture, boxes: list[Corners]) -> bool:
    widest = sorted(boxes, key=lambda box: -float(np.ptp(box[:, 0])))[:SAMPLE]
    lines = [cut(picture, *box.min(axis=0).astype(int), *box.max(axis=0).astype(int)) for box in widest]
    return sum(recognise(np.ascontiguousarray(line[::-1, ::-1]))[1] - recognise(line)[1] for line in lines) > 0


def _angle(picture: Picture, boxes: list[Corners]) -> float:
    """Degrees by which the page is turned: the slope of its long ruled lines, else of its long lines of text."""
    across = strokes(find_ink(picture), horizontal=True)
    slopes = []
    for stroke in long_strokes(across, picture.shape[1] * LONG_RULE_SHARE):
        rows, columns = np.nonzero(stroke)
        slopes.append(float(np.polyfit(columns, rows, 1)[0]))
    if not slopes:
        wide = [box for box in boxes if np.ptp(box[:, 0]) > 8 * np.ptp(box[:, 1])]
        slopes = [float((box[1] - box[0])[1] / max(1.0, (box[1] - box[0])[0])) for box in wide]
    return float(np.degrees(np.arctan(np.median(slopes)))) if slopes else 0.0
