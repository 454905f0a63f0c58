"""Text that was decoded wrongly before it was saved: 鏀垮簻, ä¿¡æ¯, ÐÅÏ¢ become what they were."""

from __future__ import annotations

import re
from itertools import islice

from nlp.reading.characters import ENCODING, units
from nlp.vocabulary.load import load

SAMPLE_CHARS = 4_000
MAX_LOST_SHARE = 0.1  # UTF-8 read as GBK loses the last character of every second run of Chinese
MIN_COMMON_SHARE = 0.2  # of real official Chinese a quarter to a third; of mojibake a hundredth
MIN_CHINESE = 8
# What was taken for what: (the wrong encoding, the right one).
MISTAKES = (
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("cp1252", "gb18030"),
)
# Characters that mojibake is full of and reports have hardly: UTF-8 read as GBK, UTF-8 and GBK read as Latin.
SIGNS = re.compile("[鍏鍙鏀淇鐨锛涓鎬绠鏄搴鍔鍑骞闂犵Ã-ÿÂ-Õ]")
MIN_SIGNS_SHARE = 0.05
HALF_LOST = re.compile("\ufffd[\ufffd?]*")  # what is left of a character, with the marks that stand for the rest
FOREIGN = re.compile("[^\x00-\x7f]+(?:[\x00-\x7f]{1,2}[^\x00-\x7f]+)*[\x00-\x7f]?")
CHINESE = re.compile("[\u3400-\u9fff]")


def unscramble(text: str) -> tuple[str, str] | None:
    """The text as it was and how it had been misread (``utf-8 as gb18030``); ``None`` when it is no mojibake.

    >>> unscramble("政府信息公开工作年度报告".encode().decode("gb18030"))
    ('政府信息公开工作年度报告', 'utf-8 as gb18030')
    >>> unscramble("政府信息公开工作年度报告") is None
    True
    """
    if text.isascii() or not _has_signs(text):
        return None
    # The scripts of a page say nothing: the sample is what is not ASCII, with single ASCII characters, each half of one.
    sample = "".join(islice((found[0] for found in FOREIGN.finditer(text)), SAMPLE_CHARS))[:SAMPLE_CHARS]
    if _common(sample) > MIN_COMMON_SHARE / 2:
        return None
    for wrong, right in MISTAKES:
        mended = _decoded(sample, wrong, right)
        if mended is not None and len(CHINESE.findall(mended)) >= MIN_CHINESE and _common(mended) >= MIN_COMMON_SHARE:
            whole = _decoded(text, wrong, right)
            return None if whole is None else (whole, f"{right} as {wrong}")
    return None


def _has_signs(text: str) -> bool:
    """Whether what is not ASCII holds as many of the signs as mojibake does."""
    codes = units(text)
    sample = codes[codes > 0x7F][:SAMPLE_CHARS].tobytes().decode(ENCODING, "replace")
    return len(SIGNS.findall(sample)) >= MIN_SIGNS_SHARE * len(sample)


def _common(text: str) -> float:
    chinese = CHINESE.findall(text)
    common = frozenset(load("characters")["common"]["characters"])
    return sum(character in common for character in chinese) / max(1, len(chinese))


def _decoded(text: str, wrong: str, right: str) -> str | None:
    data = text.replace("\ufffd", "?").encode(wrong, "replace")
    if data.count(b"?") - text.count("?") > MAX_LOST_SHARE * len(text):
        return None
    mended = HALF_LOST.sub("\ufffd", data.decode(right, "replace"))
    # The last character of a sample may be cut.
    return (
        mended if mended.count("\ufffd", 0, max(0, len(mended) - 3)) <= MAX_LOST_SHARE * max(50, len(mended)) else None
    )
