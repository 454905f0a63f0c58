"""The recogniser of characters: where lines of text stand in a picture, and what one line says."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

Picture = NDArray[np.uint8]
Corners = NDArray[np.float32]
DETECTED_PIXELS = 1000  # of a page's shorter edge: lines are found in a smaller copy, which takes a third of the time

NARROWEST_PIXELS = (
    96  # of a line 48 high, narrower ones are widened: 320 takes twice the time and reads numbers no better
)


@cache
def _engine() -> Any:
    cv2.setNumThreads(1)
    one = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    narrow = {"Rec.rec_img_shape": [3, 48, NARROWEST_PIXELS]}
    return RapidOCR(params={"Global.log_level": "error", "Global.text_score": 0.0, **one, **narrow})


def detect(picture: Picture) -> list[Corners]:
    """The lines of text in a grey picture, each by its corners, clockwise from the upper left of the text."""
    scale = min(1.0, DETECTED_PIXELS / min(picture.shape))
    smaller = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    found = _engine()(cv2.cvtColor(smaller, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(box, np.float32) / scale for box in found.boxes]


def recognise(picture: Picture) -> tuple[str, float]:
    """The text of one line, and how sure the recogniser is of it (0 to 1)."""
    found = _engine()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True)
    return (found.txts[0], float(found.scores[0])) if found.txts else ("", 0.0)
