"""The pages of an OFD file that are pictures, put together from their parts and read by character recognition (extra ``ocr``)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from nlp.reading.ofd.content import Picture, Sheet
from nlp.reading.packages import Package
from nlp.reading.pages.page import Page, is_on_page
from nlp.reading.scans.page import read_picture
from nlp.reading.scans.read import MAX_PIXELS, opened, refuse_many
from nlp.reading.scans.recognition import Picture as Pixels
from nlp.records import ReportUnreadable

MAX_PIXELS_A_POINT = 300 / 72
LOOKS_WHITE = 255


def recognised(package: Package, sheets: Sequence[Sheet], name: str) -> list[Page]:
    """The pages; those that are pictures by what is recognised on them. Raises as ``read_ofd_scan``."""
    pages = [sheet.page() for sheet in sheets]
    pictured = [number for number, page in enumerate(pages) if page.is_picture]
    refuse_many(name, len(pictured))
    for number in pictured:
        picture = draw_sheet(package, sheets[number], name)
        if picture is not None:
            pages[number] = read_picture(picture)
    return pages


def draw_sheet(package: Package, sheet: Sheet, name: str) -> Pixels | None:
    """The pictures of a page where they lie on it, grey; ``None`` when one of them cannot be opened."""
    parts: list[tuple[Picture, Pixels]] = []
    for picture in sheet.pictures:
        if not is_on_page(*picture.matrix):
            continue
        try:
            parts.append((picture, next(opened(package.read(picture.part), f"{name}: {picture.part}"))))
        except ReportUnreadable as failure:
            if failure.code == "damaged":  # or of a kind that is not read, such as JBIG2
                return None
            raise
    if not parts:
        return None
    left, bottom, right, top = sheet.bounds
    scale = min(MAX_PIXELS_A_POINT, max(_resolution(picture, pixels) for picture, pixels in parts))
    scale = min(scale, math.sqrt(MAX_PIXELS / max(1.0, (right - left) * (top - bottom))))
    size = max(1, round((right - left) * scale)), max(1, round((top - bottom) * scale))
    page = np.full((size[1], size[0]), LOOKS_WHITE, np.uint8)
    for picture, pixels in parts:
        a, b, c, d, e, f = picture.matrix
        height, width = pixels.shape
        onto = np.array([
            [a / width * scale, c / height * scale, (e - left) * scale],
            [-b / width * scale, -d / height * scale, (top - f) * scale],
        ])  # fmt: skip
        drawn = cv2.warpAffine(pixels, onto, size, flags=cv2.INTER_LINEAR, borderValue=LOOKS_WHITE)
        page = np.minimum(page, drawn)
    return page


def _resolution(picture: Picture, pixels: Pixels) -> float:
    """Pixels to a point."""
    a, b, c, d, _, _ = picture.matrix
    return math.sqrt(pixels.size / max(1.0, abs(a * d - b * c)))
