"""Documents that are no text: Word, PDF, OFD, saved web archives, told by their content, since suffixes lie."""

from __future__ import annotations

import hashlib
import re

from nlp.reading.isolated import read_isolated
from nlp.reading.ofd.document import is_ofd
from nlp.reading.rendering import Line, compose, printed_of
from nlp.reading.scans.read import HINT, SCAN_MEMORY, SCAN_SECONDS, can_read_scans, is_picture
from nlp.reading.word.read import is_word
from nlp.records import ReportUnreadable, Source

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD = "application/ofd"
PDF_WITHIN_BYTES = 1024  # some sites put a line of their own before %PDF
MHTML = re.compile(rb"(?:^|\n)MIME-Version:\s", re.IGNORECASE)
MHTML_PARTS = re.compile(
    rb"(?:^|\n)Content-Type:\s{0,8}(?:multipart/(?:related|mixed|alternative)|text/html)", re.IGNORECASE
)
HEADERS_BYTES = 4096


def read_document(data: bytes, name: str) -> Source | None:
    """The source of a document; ``None`` when the bytes are something else (text, or a format that is not read).

    Raises
    ------
    ReportUnreadable
        with the reader's code (``damaged``, ``encrypted``, ``no_text``, ``garbled``, …) or that of the process it runs in
        (``timeout``, ``memory``, ``crashed``)
    """
    if data.startswith(b"PK\x03\x04") and is_word(data):
        return _source(read_isolated("word", data, name), data, name, WORD, "utf-8")
    if data.startswith(b"PK\x03\x04") and is_ofd(data):
        lines = _lines_of_pages(data, name, "ofd", scan="ofd_scan", mixed="ofd_scan")
        return _source(lines, data, name, OFD, "utf-8")
    if data.find(b"%PDF-", 0, PDF_WITHIN_BYTES) >= 0:
        lines = _lines_of_pages(data, name, "pdf", scan="scan", mixed="mixed")
        return _source(lines, data, name, "application/pdf", "binary")
    if is_picture(data):
        return _source(_scanned(data, name, "scan"), data, name, _picture_type(data), "binary")
    if is_office(data):
        from nlp.reading.office import convert_to_word, media_type_of

        converted = convert_to_word(data, name)
        return _source(read_isolated("word", converted, name), data, name, media_type_of(data), "binary")
    if is_mhtml(data):
        from nlp.reading.mhtml import read_mhtml

        text, blocks, repairs, encoding = read_mhtml(data, name)
        digest = hashlib.sha256(data).hexdigest()
        return Source(digest[:16], name, "multipart/related", encoding, digest, text, blocks, repairs)
    return None


def _lines_of_pages(data: bytes, name: str, reader: str, *, scan: str, mixed: str) -> list[Line]:
    """The lines of a document of pages, by the reader for text, and by those for scans where pages are pictures."""
    try:
        lines = read_isolated(reader, data, name)
    except ReportUnreadable as failure:
        if failure.code != "scanned":
            raise
        return _scanned(data, name, scan)
    if any(line.unread for line in lines) and can_read_scans():
        return read_isolated(mixed, data, name, seconds=SCAN_SECONDS, memory=SCAN_MEMORY)
    return lines


def _scanned(data: bytes, name: str, reader: str) -> list[Line]:
    if not can_read_scans():
        raise ReportUnreadable("scanned", f"{name}: is a scan; its characters must be recognised.", HINT)
    return read_isolated(reader, data, name, seconds=SCAN_SECONDS, memory=SCAN_MEMORY)


def _picture_type(data: bytes) -> str:
    return (
        "image/png" if data.startswith(b"\x89PNG") else "image/jpeg" if data.startswith(b"\xff\xd8") else "image/tiff"
    )


def is_office(data: bytes) -> bool:
    """Whether these are the bytes of an old Word or WPS document, or of RTF."""
    return data.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"))


def is_mhtml(data: bytes) -> bool:
    """Whether a text begins with the headers of a web page saved as one file."""
    head = data[:HEADERS_BYTES].lstrip()
    if not re.match(rb"[A-Za-z][A-Za-z\-]{1,40}:\s", head):
        return False
    return MHTML.search(head) is not None and MHTML_PARTS.search(head) is not None


def _source(lines: list[Line], data: bytes, name: str, media_type: str, encoding: str) -> Source:
    if not any(line.text.strip() for line in lines):
        raise ReportUnreadable(
            "no_text",
            f"{name}: the document has no text; it may hold pictures only.",
            "Turn its pictures into text with a character recognition program.",
        )
    text, blocks, repairs = compose(lines)
    digest = hashlib.sha256(data).hexdigest()
    return Source(digest[:16], name, media_type, encoding, digest, text, blocks, repairs, printed_of(lines))
