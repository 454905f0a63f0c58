"""Bytes as text: BOM, strict UTF-8, the declared encoding, GB18030, Big5, whichever makes Chinese of them."""

from __future__ import annotations

import codecs
import re

from nlp.records import ReportUnreadable
from nlp.vocabulary.load import load

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# gb2312 and gbk are subsets of gb18030, and pages that declare them use its characters; so is big5 of big5hkscs.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "big5-tw": "big5hkscs"}
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,3}=\s{0,3}["']?\s{0,3}([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
DECLARATION_BYTES = 4096
WIDE_SAMPLE_BYTES = 4096
MIN_READABLE_SHARE = 0.9
READABLE = re.compile("[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef‘-”]")
SAMPLE_CHARS = 20_000
MAX_LOST_SHARE = 0.05  # characters lost to damage; text in another encoding loses more than half
CJK = re.compile("[\u3400-\u9fff]")


def decode(data: bytes, *, declares: bool = False) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding, the byte order mark dropped.

    Bytes that the encoding does not explain come back as U+FFFD, for the caller to report.

    Parameters
    ----------
    data : the whole file
    declares : whether a ``charset=`` near its beginning is to be believed when the bytes allow it (HTML, XML)

    Raises
    ------
    ReportUnreadable
        ``undecodable``, when no encoding makes text of the bytes

    >>> decode("年度报告".encode("gb18030"))
    ('年度报告', 'gb18030')
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    if broken.start >= len(data) - 3 and broken.start > 0:  # the last character was cut
        return data.decode("utf-8", "replace"), "utf-8"
    if (wide := wide_encoding(data)) is not None:
        return data.decode(wide, "replace"), wide
    text = data.decode("utf-8", "replace")
    if _lost(text) <= MAX_LOST_SHARE and CJK.search(text):
        return text, "utf-8"
    return _decode_multibyte(data, _declared(data) if declares else None)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark, told by the zero bytes of its digits and line ends; ``None`` when it is not that."""
    head = data[:WIDE_SAMPLE_BYTES]
    odd = head[1::2].count(0)
    encoding = "utf-16-le" if odd > head[0::2].count(0) else "utf-16-be"
    if max(odd, head[0::2].count(0)) < 2:
        return None
    text = head.decode(encoding, "replace")
    return encoding if len(READABLE.findall(text)) > MIN_READABLE_SHARE * len(text) else None


def _declared(data: bytes) -> str | None:
    found = DECLARED.search(data[:DECLARATION_BYTES])
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    name = WIDER.get(name, name)
    try:
        return None if codecs.lookup(name).name in {"utf-8", "iso8859-1", "cp1252", "ascii"} else name
    except LookupError:
        return None


def _decode_multibyte(data: bytes, declared: str | None) -> tuple[str, str]:
    """The most Chinese of the readings; the earlier one of the list where two are equally so."""
    best: tuple[float, str, str] | None = None
    for encoding in dict.fromkeys(name for name in (declared, "gb18030", "big5hkscs", "cp950") if name):
        text = data.decode(encoding, "replace")
        lost = _lost(text)
        if lost > MAX_LOST_SHARE:
            continue
        score = _plausibility(text) - 4 * lost
        if best is None or score > best[0] + 0.05:
            best = (score, text, encoding)
        if best[0] > 0.25:
            break
    if best is None:
        raise ReportUnreadable(
            "undecodable",
            "The bytes are text in no encoding that is known for Chinese reports (UTF-8, UTF-16, GB18030, Big5).",
            "Open the file in an editor that shows it correctly and save it as UTF-8.",
            stage="decode",
        )
    return best[1], best[2]


def _lost(text: str) -> float:
    # One damaged byte at the very end is a cut file, not a wrong encoding.
    return text.count("\ufffd", 0, max(0, len(text) - 3)) / max(1, len(text))


def _plausibility(text: str) -> float:
    """Share of common characters among the Chinese ones of a sample."""
    common = frozenset(load("characters")["common"]["characters"])
    chinese = CJK.findall(text[:SAMPLE_CHARS])
    return sum(character in common for character in chinese) / max(1, len(chinese))
