"""What is mended before anything is read: spam, radicals, lost characters, broken numbers, script, control characters.

Each repair is a record (kind, span, replacement); the text itself stays as it was. A clean text costs a few searches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from nlp.reading.damage import explained_characters, find_damage
from nlp.reading.spam import find_spam
from nlp.records import Repair, Span
from nlp.records.text import RepairKind
from nlp.vocabulary.load import load

# Kangxi radicals, CJK radicals supplement, compatibility ideographs: NFKC maps them to the ideograph. Only they are
# mapped: the whole of NFKC would also change （）： and ①.
RADICALS = "\u2e80-\u2fd5\uf900-\ufad9"
UNSEEN_MARKS = (
    "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe0f\ufeff\ud800-\udfff\ufff9-\ufffb"
    "\U0001f000-\U0001faff"  # emoji: keyboards and sites put them between words, and they say nothing
)
WIDE_CHARACTERS = "０-９Ａ-Ｚａ-ｚ"
RADICAL = re.compile(f"[{RADICALS}]+")
UNSEEN = re.compile(f"[{UNSEEN_MARKS}\r]+")
WIDE = re.compile(f"[{WIDE_CHARACTERS}]+")
LOST = re.compile("\ufffd+")
ODD = re.compile(f"[{RADICALS}{UNSEEN_MARKS}{WIDE_CHARACTERS}\r\ufffdㄆㄈㄊㄋㄎㄒǘňò\ue7c9]")
LINE_MARKS = frozenset("\x0b\x0c\x85\u2028\u2029\r")
# Every form begins with one character of a small set, so that the search skips from one to the next.
DAMAGED_DATE = re.compile(
    r"""
    [12〔\[﹝](?:
      (?<=[12])(?<![\d.][12])(?:
        (?P<lost_year>(?:(?<=1)9|(?<=2)0)\d\d(?=(?:1[0-2]|0?[1-9])月))         # 20231月1日
        |(?:(?<=1)9|(?<=2)0)\d\d(?P<year_mark>年?)(?P<rest>\d{2,4})日          # 20201231日, 202011日, 2020年1231日
        |(?P<spaced>\s?(?:(?<=1)9|(?<=2)0|(?<=1\s)9|(?<=2\s)0)\s?\d\s?\d[ \u3000\u00a0]{0,2}(?=年))  # 201 7 年
        |0\d\d(?P<blank>[ ])(?:1[0-2]|[1-9])(?P<blank2>[ ])(?:[12]\d|3[01]|[1-9])日  # 2015 1 1日
      )
      |(?<=[〔\[﹝])(?P<number>(?:19|20)\d\d)(?=\d{1,3}号)                     # 〔202130号
    )
    """,
    re.VERBOSE,
)
# A year, month and day that lost both 年 and 月 are proved by what stands around: 自202011日起至…
BEFORE_START = re.compile(r"(?:自|从|[期时]限[为是]?|时间[为是]?|期间|[于:：])$")
AFTER_START = re.compile(r"日\s{0,2}(?:起|至|到|止|-|—|－|~)")


def find_repairs(text: str) -> list[Repair]:
    """The repairs that the characters of ``text`` ask for, in order of their place; empty for a clean text.

    >>> find_repairs("自20231月1日起")
    [Repair(kind='lost_character', span=Span(start=5, end=5), replacement='年')]
    """
    repairs = [*find_spam(text), *_dates(text), *_script(text), *find_damage(text)]
    if ODD.search(text):
        repairs += [*_unseen(text), *_characters(text), *_mojibake(text)]
    repairs.sort(key=lambda repair: (repair.span.start, repair.span.end))
    return repairs


def in_order(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """``repairs`` by their place, without those of control characters that go with what is taken out anyway."""
    ordered, end = [], -1
    for repair in sorted(repairs, key=lambda repair: (repair.span.start, repair.kind == "control", repair.span.end)):
        if repair.kind == "control" and len(repair.span) > 0 and repair.span.end <= end:
            continue
        if not repair.replacement:
            end = max(end, repair.span.end)
        ordered.append(repair)
    return tuple(sorted(ordered, key=lambda repair: (repair.span.start, repair.span.end)))


@cache
def _ideographs() -> dict[int, str]:
    """The ideograph of each radical: NFKC where it has one character for it, else the list above."""
    radicals = load("characters")["radicals"]
    unmapped = str.maketrans(radicals["printed"], radicals["read"])
    ideographs = {}
    for first, last in ((0x2E80, 0x2FD5), (0xF900, 0xFAD9)):
        for code in range(first, last + 1):
            mapped = unicodedata.normalize("NFKC", chr(code)).translate(unmapped)
            if len(mapped) == 1:
                ideographs[code] = mapped
    return ideographs


def _unseen(text: str) -> Iterator[Repair]:
    for found in UNSEEN.finditer(text):
        yield Repair("control", Span(*found.span()), "\n" if LINE_MARKS & set(found[0]) else "")


def _characters(text: str) -> Iterator[Repair]:
    for found in RADICAL.finditer(text):
        yield from _changed(found.start(), found[0], found[0].translate(_ideographs()), "radical")
    for found in WIDE.finditer(text):
        yield Repair("width", Span(*found.span()), unicodedata.normalize("NFKC", found[0]))
    for found in LOST.finditer(text):
        # The mark stays: 20\ufffd\ufffd年 must not be read as 20年.
        yield Repair("undecodable", Span(*found.span()), "\ufffd")


def _dates(text: str) -> Iterator[Repair]:
    for found in DAMAGED_DATE.finditer(text):
        if found["lost_year"]:
            yield _insert("lost_character", found.end(), "年")
        elif found["rest"]:
            yield from _compact_date(text, found)
        elif found["blank"]:
            yield Repair("lost_character", Span(*found.span("blank")), "年")
            yield Repair("lost_character", Span(*found.span("blank2")), "月")
        elif found["number"]:
            yield _insert("lost_character", found.end("number"), "〕")
        else:
            for gap in re.finditer(r"\s+", found[0]):
                yield Repair("split_digits", Span(found.start() + gap.start(), found.start() + gap.end()), "")


def _compact_date(text: str, found: re.Match[str]) -> Iterator[Repair]:
    """20201231日, 2020年1231日 → 2020年12月31日, only where one reading is possible (2020111日 has two and stays)."""
    rest, start = found["rest"], found.start("rest")
    readings = [
        width
        for width in (1, 2)
        if width < len(rest) <= width + 2
        and 1 <= int(rest[:width]) <= 12
        and 1 <= int(rest[width:]) <= 31
        and (rest[width] != "0" or len(rest) - width == 2)
        and (rest[0] != "0" or width == 2)
    ]
    if len(readings) != 1:
        return
    if len(rest) == 2 and not (
        BEFORE_START.search(text[: found.start()][-6:]) and AFTER_START.match(text, found.end() - 1)
    ):
        return
    if not found["year_mark"]:
        yield _insert("lost_character", start, "年")
    yield _insert("lost_character", start + readings[0], "月")


def _insert(kind: RepairKind, at: int, character: str) -> Repair:
    return Repair(kind, Span(at, at), character)


@cache
def _mojibake_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    entry = load("spam")["mojibake"]
    return tuple((re.compile(p), r) for p, r in zip(entry["patterns"], entry["replacements"], strict=True))


def _mojibake(text: str) -> Iterator[Repair]:
    for pattern, replacement in _mojibake_patterns():
        for found in pattern.finditer(text):
            yield Repair("undecodable", Span(*found.span()), replacement)


# Of Chinese characters; some 40% in converted pages, under 1% in a simplified text that quotes some.
MIN_TRADITIONAL_SHARE = 0.1
HAN = re.compile("[一-龥]+")
SCRIPT_SAMPLE_CHARS = 3_000
CONVERTED_PIECE_CHARS = 200_000
MAX_SINGLE_REPAIRS = 20_000  # characters in one line; a real paragraph has at most some 3,000


@cache
def _converter() -> Any:
    import opencc  # 20 ms to load, needed for one report in a thousand

    return opencc.OpenCC("t2s")


def _script(text: str) -> Iterator[Repair]:
    sample = text[:SCRIPT_SAMPLE_CHARS]
    if sample.isascii():
        return
    if not _is_traditional(sample):
        for at in explained_characters(text):  # 主要問(wèn)题: a conversion that went halfway
            yield from _changed(at, text[at], _converter().convert(text[at]), "script")
        return
    converter = _converter()
    at = 0
    for line in text.splitlines(keepends=True):
        for piece in range(0, len(line), CONVERTED_PIECE_CHARS):
            before = line[piece : piece + CONVERTED_PIECE_CHARS]
            # A lone surrogate is nothing that opencc can read; one character for one keeps the places.
            after = _of_the_mainland(converter.convert(before.encode("utf-8", "replace").decode("utf-8")))
            if len(before) == len(after):  # else the places of the line would be lost
                yield from _changed(at + piece, before, after, "script")
        at += len(line)


def _of_the_mainland(text: str) -> str:
    """``text`` with the words of Taiwan as the mainland has them, as long as it was."""
    for taiwan, mainland in load("characters")["taiwan"]["words"]:
        text = text.replace(taiwan, mainland)
    return text


def _is_traditional(sample: str) -> bool:
    """Whether a text is in traditional script: by characters beyond GB 2312, which has nearly all that simplified texts print."""
    han = "".join(HAN.findall(sample))
    least = max(3, MIN_TRADITIONAL_SHARE * len(han))
    if len(han) - len(han.encode("gb2312", "ignore")) // 2 < least:
        return False
    simple = _converter().convert(han)  # rare and scrambled characters are beyond it too, and stay as they are
    pairs = zip(han, simple, strict=False)
    return sum(old != new and not old.encode("gb2312", "ignore") for old, new in pairs) >= least


def _changed(at: int, before: str, after: str, kind: RepairKind) -> Iterator[Repair]:
    """One repair a character, so that every position keeps its way back; one for a run in a piece that is no report."""
    if len(before) > MAX_SINGLE_REPAIRS:
        if before != after:
            yield Repair(kind, Span(at, at + len(before)), after)
        return
    for offset, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and not "\ud800" <= old <= "\udfff":
            yield Repair(kind, Span(at + offset, at + offset + 1), new)
