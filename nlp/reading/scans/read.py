"""Scans and pictures of pages, read by character recognition (extra ``ocr``)."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from typing import Any

from nlp.reading.rendering import Line
from nlp.records import ReportUnreadable

PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
MAX_PIXELS = 40_000_000  # of one picture; a page of A4 at 600 dpi has 35 million
MAX_PAGES = 60  # at 5 s each
SCAN_SECONDS = 600.0
SCAN_MEMORY = 4 * 2**30  # bytes of address space, of which the recognition uses a third
PDF_DPI = 200
HINT = "Install the extra: pip install 'gongkai[ocr]', or turn the pages into text with another program."


def is_picture(data: bytes) -> bool:
    """Whether these are the bytes of a PNG, JPEG or TIFF picture."""
    return data.startswith(PICTURES)


def can_read_scans() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2"))


def read_scan(data: bytes, name: str) -> list[Line]:
    """The lines of a picture, of the pictures of a TIFF, or of a PDF whose pages are pictures.

    Raises
    ------
    ReportUnreadable
        ``damaged``, ``too_large`` (more than 40 megapixels), ``too_many_pages``
    """
    from nlp.reading.pages.flow import lines_of_pages
    from nlp.reading.scans.page import read_picture

    return lines_of_pages([read_picture(picture) for picture in _pictures(data, name)])


def read_mixed(data: bytes, name: str) -> list[Line]:
    """The lines of a PDF some of whose pages are pictures: those recognised, the others by their text. Raises as both."""
    from nlp.reading.pages.flow import lines_of_pages
    from nlp.reading.pdf.read import read_pages
    from nlp.reading.scans.page import read_picture

    pages = read_pages(data, name)
    pictured = [number for number, page in enumerate(pages) if page.is_picture]
    for number, picture in zip(pictured, rendered(data, name, pictured), strict=True):
        pages[number] = read_picture(picture)
    return lines_of_pages(pages)


def _pictures(data: bytes, name: str) -> Iterator[Any]:
    if is_picture(data):
        yield from opened(data, name)
    else:
        yield from rendered(data, name)


def opened(data: bytes, name: str) -> Iterator[Any]:
    """The pages of a picture file (BMP occurs within OFD) as grey pictures, arrays of height × width. Raises as ``read_scan``."""
    import io

    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the limit below says what to do
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP")) as image:
            refuse_many(name, getattr(image, "n_frames", 1))
            for frame in ImageSequence.Iterator(image):
                _refuse_large(name, *frame.size)
                whole = ImageOps.exif_transpose(frame)
                if "A" in whole.getbands() or "transparency" in whole.info:
                    whole = whole.convert("RGBA")
                    ground = Image.new("RGBA", whole.size, "white")
                    whole = Image.alpha_composite(ground, whole)
                yield np.asarray(whole.convert("L"))
    except UnidentifiedImageError as error:  # its message names an object in memory, other in every run
        raise ReportUnreadable(
            "damaged", f"{name}: the picture is damaged (its format cannot be told).", "Fetch the file again."
        ) from error
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, KeyError) as error:
        raise ReportUnreadable(
            "damaged", f"{name}: the picture is damaged ({error}).", "Fetch the file again."
        ) from error


def rendered(data: bytes, name: str, numbers: Sequence[int] | None = None) -> Iterator[Any]:
    """The pages of a PDF (all, or those with these numbers, from 0) as grey pictures, arrays of height × width.

    Raises as ``read_scan``.
    """
    import pypdfium2 as pypdfium

    document = pypdfium.PdfDocument(data)
    try:
        numbers = range(len(document)) if numbers is None else numbers
        refuse_many(name, len(numbers))
        for number in numbers:
            page = document[number]
            width, height = page.get_size()
            _refuse_large(name, width * PDF_DPI / 72, height * PDF_DPI / 72)
            yield page.render(scale=PDF_DPI / 72, grayscale=True).to_numpy().squeeze()
    except pypdfium.PdfiumError as error:
        raise ReportUnreadable("damaged", f"{name}: a page is damaged ({error}).", "Fetch the file again.") from error
    finally:
        document.close()


def _refuse_large(name: str, width: float, height: float) -> None:
    if width * height > MAX_PIXELS:
        raise ReportUnreadable(
            "too_large",
            f"{name}: a picture of {width:.0f} × {height:.0f} points; at most {MAX_PIXELS // 10**6} million are read.",
            "Scan the page at 200 to 300 dpi.",
        )


def refuse_many(name: str, count: int) -> None:
    """Raises ``ReportUnreadable`` (``too_many_pages``) for more scanned pages than can be read in time."""
    if count > MAX_PAGES:
        raise ReportUnreadable(
            "too_many_pages",
            f"{name}: {count} scanned pages; at most {MAX_PAGES} are read.",
            "Split it into one file per report.",
        )
