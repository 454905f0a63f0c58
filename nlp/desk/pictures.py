"""The pages of a PDF, or of a picture, as they look: upright, as PNG."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.reading.pdf.page import quarters_of, read_page
from nlp.reading.scans.read import can_read_scans, is_picture, opened, rendered
from nlp.records import ReportUnreadable

if TYPE_CHECKING:
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

WIDTH_PIXELS = 1_400
MAX_HEIGHT_SHARE = 8.0  # of the width; a longer picture is a strip, not a page
MAX_PAGES = 300


def page_heights(data: bytes, name: str) -> tuple[float, ...]:
    """The height of each page in widths, so that room can be kept for it; empty for a file whose pages are not drawn.

    A picture is taken to stand upright. Raises ``ReportUnreadable`` as reading does.
    """
    if is_picture(data):
        return tuple(max(picture.shape) / min(picture.shape) for picture in opened(data, name))
    import pypdfium2 as pypdfium

    if data.startswith(b"PK"):  # OFD: its text is shown
        return ()
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
    """A page (from 1) as PNG, turned as it was read. Raises ``ReportUnreadable`` (``missing``) for no such page."""
    if is_picture(data):
        picture = next((picture for at, picture in enumerate(opened(data, name), start=1) if at == number), None)
        if picture is None:
            raise _missing(name, number)
        return _scan(picture)
    import pypdfium2 as pypdfium

    try:
        document = pypdfium.PdfDocument(data)
    except pypdfium.PdfiumError:
        raise _missing(name, number) from None
    try:
        if not 1 <= number <= len(document):
            raise _missing(name, number)
        page = document[number - 1]
        if can_read_scans() and read_page(page.raw).is_picture:
            return _scan(next(rendered(data, name, [number - 1])))
        width, height = page.get_size()
        turn = _turn(page)
        across, down = (height, width) if turn % 180 else (width, height)
        scale = WIDTH_PIXELS / max(across, down / MAX_HEIGHT_SHARE, 1.0)
        drawn = page.render(scale=scale, rotation=turn, rev_byteorder=True).to_numpy()
        return png(drawn[:, :, :3] if drawn.ndim == 3 else drawn)
    finally:
        document.close()


def _scan(picture: Pixels) -> bytes:
    """A scanned page as its characters were read: upright, and straight."""
    from nlp.reading.scans.upright import turn_upright

    upright, _ = turn_upright(picture)
    step = max(1, upright.shape[1] // WIDTH_PIXELS)
    return png(upright[::step, ::step])


def _turn(page: Any) -> int:
    """Degrees by which a page must be turned, beyond what it says itself, so that its text runs to the right."""
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
