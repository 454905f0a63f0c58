"""The pages of a PDF, or of a picture, as they look: upright, as PNG."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.reading.scans.read import is_picture, opened
from nlp.records import ReportUnreadable

if TYPE_CHECKING:
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

WIDTH_PIXELS = 1_400
MAX_HEIGHT_SHARE = 8.0  # of the width; a longer picture is a strip, not a page
MAX_PAGES = 300


def page_heights(data: bytes, name: str) -> tuple[float, ...]:
    """The height of each page in widths; empty for a file without pages. Raises ``ReportUnreadable`` as reading does."""
    if is_picture(data):
        return tuple(picture.shape[0] / picture.shape[1] for picture in opened(data, name))
    if b"%PDF-" not in data[:1024]:
        return ()
    import pypdfium2 as pypdfium

    document = pypdfium.PdfDocument(data)
    try:
        heights = []
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            width, height = page.get_size()
            heights.append((width / height) if _turn(page) % 180 else (height / width))
            page.close()
        return tuple(heights)
    finally:
        document.close()


def draw_page(data: bytes, name: str, number: int) -> bytes:
    """A page (from 1) as PNG, its text running to the right. Raises ``ReportUnreadable`` (``missing``) for no such page."""
    if is_picture(data):
        for at, picture in enumerate(opened(data, name), start=1):
            if at == number:
                step = max(1, picture.shape[1] // WIDTH_PIXELS)
                return png(picture[::step, ::step])
        raise _missing(name, number)
    import pypdfium2 as pypdfium

    try:
        document = pypdfium.PdfDocument(data)
    except pypdfium.PdfiumError:
        raise _missing(name, number) from None
    try:
        if not 1 <= number <= len(document):
            raise _missing(name, number)
        page = document[number - 1]
        width, height = page.get_size()
        turn = _turn(page)
        across, down = (height, width) if turn % 180 else (width, height)
        scale = WIDTH_PIXELS / max(across, down / MAX_HEIGHT_SHARE, 1.0)
        drawn = page.render(scale=scale, rotation=turn, rev_byteorder=True).to_numpy()
        return png(drawn[:, :, :3] if drawn.ndim == 3 else drawn)
    finally:
        document.close()


def _turn(page: Any) -> int:
    """Degrees by which a page must be turned, beyond what it says itself, so that its text runs to the right."""
    from nlp.reading.pdf.page import quarters_of

    return int(quarters_of(page.raw) * 90 - page.get_rotation()) % 360


def _missing(name: str, number: int) -> ReportUnreadable:
    return ReportUnreadable("missing", f"{name}: has no page {number}.", "Choose another page.")


def png(pixels: Pixels) -> bytes:
    """An array of height × width (grey), or of height × width × 3 (red, green, blue), as a PNG file.

    >>> png(np.zeros((2, 3), np.uint8))[:8]
    b'\\x89PNG\\r\\n\\x1a\\n'
    """
    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels, np.uint8).reshape(height, -1)
    unfiltered = np.hstack([np.zeros((height, 1), np.uint8), rows])
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if pixels.ndim == 3 else 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in ((b"IHDR", header), (b"IDAT", zlib.compress(unfiltered.tobytes(), 3)), (b"IEND", b""))
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
