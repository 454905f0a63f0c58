"""Bytes as text: BOM, strict UTF-8, the declared encoding, GB18030, Big5, whichever makes Chinese of them."""

from __future__ import annotations

import codecs
import re
from functools import cache

import numpy as np

from nlp.reading.characters import UNITS, units
from nlp.records import ReportUnreadable
from nlp.vocabulary.load import load

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages call their encoding, and what is read: gb2312 and gbk are subsets of gb18030, and pages that declare them use its
# characters; so is big5 of big5hkscs. Other names say nothing about Chinese bytes, or name no text encoding at all (hex, zlib).
DECLARED_NAMES = (
    (re.compile(r"(?:x[-_])?(?:gb|euc[-_]?cn|cp936|windows[-_]?936|hz)"), "gb18030"),
    (re.compile(r"(?:x[-_])?(?:big[-_]?5|cp950|windows[-_]?950)"), "big5hkscs"),
)
DECLARED = re.compile(
    rb"""(?:<meta\b[^<>]{0,300}?charset|<\?xml\b[^<>]{0,100}?encoding)\s{0,3}=\s{0,3}["']?\s{0,3}([A-Za-z0-9_\-]{2,20})""",
    re.IGNORECASE,
)
WIDE_SAMPLE_BYTES = 4096
MIN_READABLE_SHARE = 0.9
READABLE = re.compile("[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef‘-”]")
SAMPLE_CHARS = 5_000  # Chinese ones
# Shares of what is not ASCII: the scripts of a page may be a hundred times its text.
MAX_LOST_SHARE = 0.1  # characters lost to damage; text in another encoding loses more than half
MAX_FOREIGN_SHARE = 0.3  # in UTF-8, whose characters are known by their bytes
SURE = 0.2  # of plausibility: a quarter of an official text are common characters, a hundredth in the wrong encoding
MIN_CHINESE = 8  # characters of each encoding in a text of two
WIDE = re.compile("[\u2000-\ufffc]")  # three bytes in UTF-8; bytes of GBK may look like two of it, hardly like three
PIECE = re.compile(rb"[^\n<>]*[\n<>]?")  # none of these bytes is a part of a Chinese character


def decode(data: bytes, *, declares: bool = False) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding, the byte order mark dropped.

    Bytes that the encoding does not explain come back as U+FFFD, for the caller to report. A text put together from two
    (a page in UTF-8 with a part in GBK) is read piece by piece, and its encoding called ``utf-8, gb18030``.

    Parameters
    ----------
    data : the whole file
    declares : whether its ``charset=`` is tried first (HTML, XML); the bytes decide

    Raises
    ------
    ReportUnreadable
        ``undecodable``, when no encoding makes text of the bytes

    >>> decode("年度报告".encode("gb18030"))
    ('年度报告', 'gb18030')
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            data = data[len(mark) :]
            if encoding != "utf-8" and not _lies(data, encoding):
                return data.decode(encoding, "replace"), encoding
            break
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    if broken.start >= len(data) - 3 and broken.start > 0:  # the last character was cut
        return data.decode("utf-8", "replace"), "utf-8"
    if (wide := wide_encoding(data)) is not None:
        return data.decode(wide, "replace"), wide
    declared = _declared(data) if declares else None
    return _piece_by_piece(data, declared) or _most_chinese(data, "utf-8", declared)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark, told by the zero bytes of its digits and line ends; ``None`` when it is not that."""
    head = data[:WIDE_SAMPLE_BYTES]
    odd = head[1::2].count(0)
    encoding = "utf-16-le" if odd > head[0::2].count(0) else "utf-16-be"
    if max(odd, head[0::2].count(0)) < 2:
        return None
    text = head.decode(encoding, "replace")
    return encoding if len(READABLE.findall(text)) > MIN_READABLE_SHARE * len(text) else None


def _lies(data: bytes, encoding: str) -> bool:
    """Whether a mark of UTF-16 stands before a text in another encoding: read so it is hardly Chinese."""
    text = data[:WIDE_SAMPLE_BYTES].decode(encoding, "replace")
    return len(READABLE.findall(text)) < 0.5 * len(text) or not (b"\0" in data or _plausibility(text) > SURE)


def _declared(data: bytes) -> str | None:
    found = DECLARED.search(data)
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    return next((encoding for pattern, encoding in DECLARED_NAMES if pattern.match(name)), None)


def _most_chinese(data: bytes, *first: str | None) -> tuple[str, str]:
    """The most Chinese of the readings; the earlier one of the list where two are equally so. Raises as ``decode``."""
    best: tuple[float, str, str] | None = None
    for encoding in dict.fromkeys(name for name in (*first, "gb18030", "big5hkscs", "cp950") if name):
        text = data.decode(encoding, "replace")
        lost = _lost(text)
        if lost > (MAX_LOST_SHARE if encoding != "utf-8" else MAX_FOREIGN_SHARE) or not len(_chinese(text)):
            continue
        score = _plausibility(text) - lost
        if best is None or score > best[0] + 0.05:
            best = (score, text, encoding)
        if best[0] > SURE:
            break
    if best is None:
        raise ReportUnreadable(
            "undecodable",
            "The bytes are text in no encoding that is known for Chinese reports (UTF-8, UTF-16, GB18030, Big5).",
            "Open the file in an editor that shows it correctly and save it as UTF-8.",
            stage="decode",
        )
    return best[1], best[2]


def _piece_by_piece(data: bytes, declared: str | None) -> tuple[str, str] | None:
    """A text of two encodings, one of them UTF-8; ``None`` when it is not that."""
    pieces = PIECE.findall(data)
    utf8: list[int] = []
    other: list[int] = []  # the numbers of pieces
    for number, piece in enumerate(pieces):
        if not piece.isascii():
            text = piece.decode("utf-8", "replace")
            known, lost = len(WIDE.findall(text)), text.count("\ufffd")
            if known or lost:
                (utf8 if known > lost else other).append(number)
    if not utf8 or not other:
        return None
    whole = b"".join(pieces[number] for number in utf8).decode("utf-8", "replace")
    try:
        rest, encoding = _most_chinese(b"".join(pieces[number] for number in other), declared)
    except ReportUnreadable:  # it is damaged UTF-8
        return None
    if any(len(_chinese(text)) < MIN_CHINESE or _plausibility(text) < SURE / 2 for text in (whole, rest)):
        return None
    foreign = set(other)
    if len(other) > len(utf8):  # two bytes of GBK may be one character of UTF-8 (联通)
        foreign = set(range(len(pieces))).difference(utf8)
    texts = (piece.decode(encoding if number in foreign else "utf-8", "replace") for number, piece in enumerate(pieces))
    return "".join(texts), f"utf-8, {encoding}"


def _lost(text: str) -> float:
    """The share of lost characters among those that are not ASCII."""
    # One damaged byte at the very end is a cut file, not a wrong encoding.
    return text.count("\ufffd", 0, max(0, len(text) - 3)) / max(1, len(text) - len(text.encode("ascii", "ignore")))


def _plausibility(text: str) -> float:
    """Share of common characters among the first ``SAMPLE_CHARS`` Chinese ones."""
    chinese = _chinese(text)[:SAMPLE_CHARS]
    return float(_common()[chinese].mean()) if len(chinese) else 0.0


def _chinese(text: str) -> np.ndarray:
    codes = units(text)
    return codes[(codes >= 0x3400) & (codes <= 0x9FFF)]


@cache
def _common() -> np.ndarray:
    """For each 16-bit unit whether it is one of the commonest characters of official texts."""
    common = np.zeros(UNITS, dtype=bool)
    common[units(load("characters")["common"]["characters"])] = True
    return common
