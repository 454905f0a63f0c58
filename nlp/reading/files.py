"""A file or a string as a source: what it is, how it is decoded, why it cannot be read."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from pathlib import Path

from nlp.reading.clean import fold
from nlp.reading.decode import decode, wide_encoding
from nlp.reading.documents import read_document
from nlp.reading.mojibake import unscramble
from nlp.reading.plain import is_markdown, read_plain
from nlp.reading.several import find_reports
from nlp.records import ReportUnreadable, Source
from nlp.vocabulary.load import load

MAX_FILE_BYTES = 64 * 2**20  # the longest real report with its page has 3 MB
MAX_ERROR_PAGE_CHARS = 400
MAX_TITLES = 4  # of the reports in one file, named in the message
MAX_ZERO_SHARE = 0.001  # zero bytes in a text that some program damaged; binary files have far more
# What the first bytes say of formats that are not read. Word, OFD, PDF, PNG, JPEG and TIFF were tried before.
MAGIC: dict[bytes, str] = {
    b"PK\x03\x04": "document", b"%PDF": "pdf", b"GIF8": "picture", b"RIFF": "picture", b"PK\x05\x06": "archive", b"Rar!": "archive",
    b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive", b"BZh": "archive", b"\xfd7zXZ": "archive",
}  # fmt: skip
UNREAD_FORMATS = {
    "document": (
        "ZIP or Excel, or a damaged Word document",
        "Fetch a Word document again; save Excel as text or web page; `gongkai tag` unpacks archives.",
    ),
    "pdf": ("PDF without a version, damaged", "Fetch the file again, or save it as text (.txt, UTF-8)."),
    "picture": ("GIF, WebP or sound", "Save the picture as PNG, JPEG or TIFF."),
    "archive": ("archive", "Unpack the archive and read the files in it."),
}
HTML_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".jsp", ".aspx", ".asp", ".php"})
HTML_START = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--.{0,400}?-->\s{0,200})?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAG = re.compile(r"<(?:div|p|table|td|span|br|body|html)\b[^<>]{0,400}>", re.IGNORECASE)
HTML_TAGS_OF_A_PAGE = 6


def read_report(path: str | os.PathLike[str]) -> Source:
    """The file at ``path`` as a source: its text, blocks and repairs.

    Raises
    ------
    ReportUnreadable
        with a code: ``missing``, ``not_a_file``, ``no_access``, ``empty``, ``too_large``, ``unsupported_format``,
        ``binary``, ``undecodable``, ``no_text`` (a page filled in by script), ``no_report`` (no trace of a report),
        ``several_reports``
    """
    if not os.fspath(path):
        raise ReportUnreadable("missing", "an empty path was given.", "Name a file.", stage="open")
    path = Path(path)
    return read_bytes(_bytes(path), name=path.name)


def read_bytes(data: bytes, *, name: str) -> Source:
    """The bytes of a file as a source, as from a member of an archive; ``name`` with its suffix decides only in doubt.

    Raises
    ------
    ReportUnreadable
        as for ``read_report``
    """
    if (document := read_document(data, name)) is not None:
        _refuse_other_texts(document)
        return document
    _refuse_binary(data, name)
    suffix = Path(name).suffix.lower()
    html = suffix in HTML_SUFFIXES or HTML_TAG.search(data[:20_000].decode("latin-1")) is not None
    text, encoding = decode(data, declares=html)
    text, encoding = unscramble(text) or (text, encoding)
    digest = hashlib.sha256(data).hexdigest()
    source = _source(text, name=name, encoding=encoding, sha256=digest, suffix=suffix, sniff=True)
    _refuse_other_texts(source)
    return source


def read_text(text: str, *, name: str) -> Source:
    """The string ``text`` as a source; never refused, since a passage need not look like a report.

    A string that begins as an HTML page is read as one, unless that would harm: then it is taken as it stands. ``sha256`` is
    that of the UTF-8 bytes.

    >>> read_text("一、总体情况\\r\\n全年公开信息12条。", name="a.txt").text
    '一、总体情况\\n全年公开信息12条。'
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    text = _unified(text)
    suffix = Path(name).suffix.lower()
    if _is_html(text, suffix, sniff=False):
        try:
            return _page(text, name=name, encoding="utf-8", sha256=digest, min_chars=0)
        except ReportUnreadable:  # nested without end, or made to take hours
            pass
    return _plain(text, name=name, encoding="utf-8", sha256=digest, suffix=suffix)


def _source(text: str, *, name: str, encoding: str, sha256: str, suffix: str, sniff: bool) -> Source:
    text = _unified(text)
    if _is_html(text, suffix, sniff):
        return _page(text, name=name, encoding=encoding, sha256=sha256)
    return _plain(text, name=name, encoding=encoding, sha256=sha256, suffix=suffix)


def _unified(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _page(html: str, *, name: str, encoding: str, sha256: str, min_chars: int | None = None) -> Source:
    from nlp.reading.html import MIN_TEXT_CHARS, read_html  # the parser is loaded for pages only

    least = MIN_TEXT_CHARS if min_chars is None else min_chars
    text, blocks, repairs = read_html(html, name=name, min_chars=least)
    return Source(sha256[:16], name, "text/html", encoding, sha256, text, blocks, repairs)


def _plain(text: str, *, name: str, encoding: str, sha256: str, suffix: str) -> Source:
    blocks, repairs = read_plain(text)
    media_type = "text/markdown" if suffix in {".md", ".markdown"} or is_markdown(text) else "text/plain"
    return Source(sha256[:16], name, media_type, encoding, sha256, text, blocks, repairs)


def _is_html(text: str, suffix: str, sniff: bool) -> bool:
    if HTML_START.match(text, 0, 2_000):
        return True
    if not sniff:
        return False
    tags = len(HTML_TAG.findall(text, 0, 50_000)) if "<" in text[:50_000] else 0
    return tags >= (1 if suffix in HTML_SUFFIXES else HTML_TAGS_OF_A_PAGE)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReportUnreadable(
                "not_a_file", f"{path}: is a folder.", "Give the reports in it, or the folder to tag.", stage="open"
            )
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)  # not its size beforehand: a pipe has none, and a file may grow
        if len(data) > MAX_FILE_BYTES:
            raise ReportUnreadable(
                "too_large",
                f"{path.name}: more than {MAX_FILE_BYTES // 2**20} MB, which no report has.",
                "Split the file into one file per report.",
                stage="open",
            )
    except FileNotFoundError:
        raise ReportUnreadable("missing", f"{path}: no such file.", "Check the path.", stage="open") from None
    except PermissionError:
        raise ReportUnreadable(
            "no_access", f"{path}: may not be read.", "Give yourself the right to read it.", stage="open"
        ) from None
    except OSError as error:
        raise ReportUnreadable(
            "no_access", f"{path}: {error.strerror or error}.", "Check the path and the disk.", stage="open"
        ) from error
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReportUnreadable(
            "empty", f"{path.name}: nothing is in the file.", "Fetch the report again.", stage="open"
        )
    return data


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, name_of_kind in MAGIC.items():
        if data.startswith(magic):
            kind, hint = UNREAD_FORMATS[name_of_kind]
            raise ReportUnreadable("unsupported_format", f"{name}: is in a format that is not read ({kind}).", hint)
    head = data[:65_536]
    zeros = head.count(0)
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    if zeros > MAX_ZERO_SHARE * len(head) + 1 and not marked and wide_encoding(data) is None:
        raise ReportUnreadable(
            "binary",
            f"{name}: is no text but binary data.",
            "Save the report as text (.txt, UTF-8) or as a web page.",
        )


@cache
def _error_page() -> re.Pattern[str]:
    return re.compile("|".join(load("furniture")["error_page"]["patterns"]), re.IGNORECASE)


def _refuse_other_texts(source: Source) -> None:
    text = source.text
    if not text.strip():
        raise ReportUnreadable("empty", f"{source.name}: nothing but white space.", "Fetch the report again.")
    head = text[:2_000_000]
    traces = sum(word in head for word in load("furniture")["report"]["surface"])
    if traces == 0 and any(repair.kind == "spam" for repair in source.repairs):
        return  # the words that tell may be the ones that were replaced
    if traces == 0 or (len(text) <= MAX_ERROR_PAGE_CHARS and traces < 3 and _error_page().search(fold(text))):
        raise ReportUnreadable(
            "no_report",
            f"{source.name}: no trace of a report on information disclosure in {len(text)} characters.",
            "Look at the file: an error page or another document may have been saved under its name.",
        )
    if reports := find_reports(text):
        names = "; ".join(f"{title.words} (character {title.start})" for title in reports[:MAX_TITLES])
        raise ReportUnreadable(
            "several_reports",
            f"{source.name}: {len(reports)} reports in one file: {names}.",
            "Split it into one file for each report: their tables and numbers would be mixed.",
        )
