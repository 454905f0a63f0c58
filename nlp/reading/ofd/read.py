"""An OFD file (GB/T 33190-2016, the format that government sites publish beside PDF) as lines."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.reading.ofd.content import Sheet, read_sheet
from nlp.reading.ofd.document import find_documents, open_package
from nlp.reading.packages import Package
from nlp.reading.pages.flow import lines_of_pages
from nlp.reading.pages.lines import find_lines
from nlp.reading.pages.meaning import refuse_without_text
from nlp.reading.pages.page import MAX_PAGES, Page, upright
from nlp.reading.rendering import Line, Stretch
from nlp.records import ReportUnreadable


def read_ofd(data: bytes, name: str) -> list[Line]:
    """The lines of an OFD file with text, of all its documents; a page that is a picture stands as one line that is ``unread``.

    Paragraphs and ruled tables are found as in a PDF. The text of annotations follows at the end as furniture; seals,
    attachments and outlines are left out.

    Raises
    ------
    ReportUnreadable
        ``damaged``, ``encrypted``, ``bomb``, ``too_many_pages``, ``scanned`` (pictures without text), ``garbled``
        (characters without a meaning)
    """
    sheets = read_sheets(open_package(data, name), name)
    pages = [sheet.page() for sheet in sheets]
    refuse_without_text(pages, name)
    return [*lines_of_pages(pages), *notes_of(sheets)]


def read_ofd_scan(data: bytes, name: str) -> list[Line]:
    """The lines of an OFD file some or all of whose pages are pictures: those recognised, the others by their text.

    A picture that cannot be opened leaves its page ``unread``. Raises as ``read_ofd``, and ``too_large``,
    ``too_many_pages`` as scans do.
    """
    from nlp.reading.ofd.pictures import recognised

    package = open_package(data, name)
    sheets = read_sheets(package, name)
    pages = recognised(package, sheets, name)
    refuse_without_text(pages, name)
    return [*lines_of_pages(pages), *notes_of(sheets)]


def read_sheets(package: Package, name: str) -> list[Sheet]:
    """The pages of all documents of a file, before they are turned. Raises as ``read_ofd``."""
    sheets: list[Sheet] = []
    for document in find_documents(package):
        if len(sheets) + len(document.pages) > MAX_PAGES:
            raise ReportUnreadable(
                "too_many_pages",
                f"{name}: {len(sheets) + len(document.pages)} pages; a report has at most {MAX_PAGES}.",
                "Split it into one file per report.",
            )
        sheets += [read_sheet(package, document, number) for number in range(len(document.pages))]
    return sheets


def notes_of(sheets: Sequence[Sheet]) -> list[Line]:
    """The text of annotations: no text of the report, but told."""
    lines = []
    for number, sheet in enumerate(sheets, start=1):
        page: Page = upright(sheet.notes, (), sheet.bounds)
        for line in find_lines(page.characters):
            place = Stretch(0, len(line.text), number, page.box(line.x0, line.y0, line.x1, line.y1))
            lines.append(Line(line.text, chrome=True, printed=(place,)))
    return lines
