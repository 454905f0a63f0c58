"""What a file is, by its first bytes; the suffix decides only between texts."""

from __future__ import annotations

import os
import re
import struct
from typing import BinaryIO, Literal

from nlp.reading.decode import wide_encoding

Kind = Literal[
    "text",
    "page",  # HTML, also one saved with all its parts (MHTML)
    "document",  # Word, old Word, WPS, RTF, PDF, OFD
    "picture",  # what a scan may be
    "archive",
    "table",  # texts of many reports, a row each
    "unread",  # a format that is not read
    "empty",
]
HEAD_BYTES = 4096
TABLES = frozenset({".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".xlsx", ".xlsm", ".parquet"})
LINES_OF_TEXT = frozenset({".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json"})
COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
OLD_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
PDF_WITHIN_BYTES = 1024  # some sites put a line of their own before %PDF
UNREAD = (
    b"GIF8",
    b"RIFF",
    b"BM",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ",
    b"\x00\x00\x01\x00",
    b"wOFF",
    b"SQLite format 3",
)
PAGE = re.compile(
    rb"<(?:!doctype|html|head|body|meta|title|div|table|p|span|br|%@|\?php)\b|^MIME-Version:", re.I | re.M
)
MAX_ODD_SHARE = 0.005  # zeros and other controls in a text that some program damaged; binary files have far more
ODD = bytes(n for n in range(32) if n not in b"\t\n\r\f\x1b") + b"\x7f"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

# What tells the zip files of Office from archives of files, in lower case.
DOCUMENT_PARTS = ("word/document.xml", "ofd.xml")
WORKBOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin")
OTHER_PARTS = ("mimetype", "ppt/presentation.xml", "androidmanifest.xml")
OFFICE_PART = "[content_types].xml"
END_OF_ZIP = struct.Struct("<4s4H2LH")
ENTRY = struct.Struct("<4s6H3L5H2L")
MAX_END_BYTES = 65_557  # a comment may follow
MAX_DIRECTORY_BYTES = 2**18  # of the list of files in a zip file that are looked at


def kind_of(head: bytes, name: str, file: BinaryIO | None = None) -> Kind:
    """What a file is.

    Parameters
    ----------
    head : its first ``HEAD_BYTES`` bytes, or all of them
    name : decides by its suffix which texts are tables
    file : the whole file, to look into the directory of a zip file; left where it stood
    """
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(file) if file is not None else "archive"
    if head[257:262] == b"ustar" or head.startswith(COMPRESSED):
        return "archive"
    if head.startswith(OLD_OFFICE) or head.find(b"%PDF-", 0, PDF_WITHIN_BYTES) >= 0:
        return "document"
    if head.startswith(PICTURES):
        return "picture"
    if head.startswith(b"PAR1"):
        return "table"
    suffix = os.path.splitext(name)[1].lower()
    if is_text(head):
        return "table" if suffix in LINES_OF_TEXT else "page" if PAGE.search(head) else "text"
    return "unread"


def is_text(head: bytes) -> bool:
    """Whether these are bytes of a text in some encoding."""
    if head.startswith(WIDE_MARKS):
        return True
    if head.startswith(UNREAD) and not (head[:64].isascii() and not _odd(head[:64])):
        return False
    return _odd(head) <= MAX_ODD_SHARE * len(head) + 1 or wide_encoding(head) is not None


def _odd(data: bytes) -> int:
    return len(data) - len(data.translate(None, ODD))


def is_archive(head: bytes, file: BinaryIO | None = None) -> bool:
    """Whether a file is an archive of files; an Office document is none, though it is a zip file."""
    return kind_of(head, "", file) == "archive"


def count_in_zip(file: BinaryIO) -> int:
    """How many files a zip file says that it holds; the file is left where it stood."""
    at = file.tell()
    try:
        return int(_end_of_zip(file)[4])
    except (OSError, struct.error):
        return 0
    finally:
        file.seek(at)


def _zip_kind(file: BinaryIO) -> Kind:
    at = file.tell()
    try:
        names = _names_in_zip(file)
    except (OSError, struct.error):
        names = set()
    finally:
        file.seek(at)
    if names.intersection(DOCUMENT_PARTS):
        return "document"
    if names.intersection(WORKBOOK_PARTS):
        return "table"
    if names.intersection(OTHER_PARTS):
        return "unread"
    return "document" if OFFICE_PART in names else "archive"  # a damaged Word document: its reader says so


def _names_in_zip(file: BinaryIO) -> set[str]:
    """The first names in the directory of a zip file, in lower case, without reading more than a part of it."""
    *_, size, offset, _ = _end_of_zip(file)
    file.seek(offset)
    directory = file.read(min(size, MAX_DIRECTORY_BYTES))
    names, at = set(), 0
    while at + ENTRY.size <= len(directory) and directory.startswith(b"PK\x01\x02", at):
        entry = ENTRY.unpack_from(directory, at)
        name, extra, comment = entry[10:13]
        names.add(directory[at + ENTRY.size : at + ENTRY.size + name].decode("utf-8", "replace").lower().lstrip("/"))
        at += ENTRY.size + name + extra + comment
    return names


def _end_of_zip(file: BinaryIO) -> tuple[int, ...]:
    """The record at the end of a zip file. Raises ``struct.error`` where there is none."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - MAX_END_BYTES))
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    return END_OF_ZIP.unpack_from(tail, found if found >= 0 else len(tail))
