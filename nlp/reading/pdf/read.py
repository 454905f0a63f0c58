"""A PDF that was made from text, as lines."""

from __future__ import annotations

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from nlp.reading.pages.flow import lines_of_pages
from nlp.reading.pages.meaning import refuse_without_text
from nlp.reading.pages.page import MAX_PAGES, Page
from nlp.reading.pdf.font import use_own_font
from nlp.reading.pdf.page import read_page
from nlp.reading.rendering import Line
from nlp.records import ReportUnreadable


def read_pdf(data: bytes, name: str) -> list[Line]:
    """The lines of a PDF with text; a page that is a picture stands as one line that is ``unread``.

    Raises
    ------
    ReportUnreadable
        ``damaged``, ``encrypted``, ``too_many_pages``, ``scanned`` (pictures without text), ``garbled`` (characters without
        a meaning)
    """
    return lines_of_pages(read_pages(data, name))


def read_pages(data: bytes, name: str) -> list[Page]:
    """The pages of a PDF with text. Raises as ``read_pdf``."""
    use_own_font()
    try:
        document = pypdfium.PdfDocument(data)
    except pypdfium.PdfiumError as error:
        raise _refused(name, error) from None
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ReportUnreadable(
                "too_many_pages",
                f"{name}: {count} pages; a report has at most {MAX_PAGES}.",
                "Split it into one file per report.",
            )
        pages = [_read(document, number) for number in range(count)]
    finally:
        document.close()
    refuse_without_text(pages, name)
    return pages


def _refused(name: str, error: pypdfium.PdfiumError) -> ReportUnreadable:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
        return ReportUnreadable("encrypted", f"{name}: is locked with a password.", "Save a copy without a password.")
    return ReportUnreadable(
        "damaged", f"{name}: the PDF is damaged ({str(error).rstrip('.')}).", "Fetch the file again."
    )


def _read(document: pypdfium.PdfDocument, number: int) -> Page:
    handle = pdfium.FPDF_LoadPage(document.raw, number)
    if not handle:
        return Page()  # a page that is damaged; the others may be whole
    try:
        return read_page(handle)
    finally:
        pdfium.FPDF_ClosePage(handle)
