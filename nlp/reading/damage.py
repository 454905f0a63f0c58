"""Damage that is mended or flagged besides spam and characters: masks, pinyin in brackets, doubled words and marks, lost bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.records import Repair, Span
from nlp.vocabulary.load import load

CHINESE = "\u3400-\u9fff"
TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
TONE = re.compile(f"[{TONES}]")
PINYIN = re.compile(rf"(?<=[{CHINESE}])[（(]([a-zü{TONES}]{{1,6}})[）)]")
MIN_PINYIN = 3  # syllables with tones, before one without (规(gui)范) is taken for pinyin too
# 张**, 违****法, 138****0001; a pair of ** in a line is bold type of Markdown.
MASK = re.compile(rf"(?<=[{CHINESE}\d])(\*{{2,12}}|＊{{2,12}})(?=[{CHINESE}\d，。、；,.;）)\s]|$)")
BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
DOUBLED_MARK = re.compile(r"[，,、]{2,4}|([。；：])\1{1,3}")


def find_damage(text: str) -> Iterator[Repair]:
    """The repairs of ``text``; a flag is a repair whose replacement is what stands there already.

    - a mask (``***``): kind ``lost_character``, flagged
    - pinyin in brackets behind its character: kind ``control``, removed
    - marks and words that stand twice: kind ``control``, one of them removed
    - what two wrong conversions have left (锟斤拷): kind ``undecodable``, read as U+FFFD

    >>> [(repair.kind, repair.replacement) for repair in find_damage("規(guī)范公开公开，，共***条。。")]
    [('control', ''), ('control', ''), ('control', ''), ('control', ''), ('lost_character', '***')]
    """
    for found in _pinyin(text):
        yield Repair("control", Span(*found.span()), "")
    for found in DOUBLED_MARK.finditer(text):
        if not found[0].isascii():  # 1,,2 has an empty place in it
            yield Repair("control", Span(found.start() + 1, found.end()), "")
    yield from _doubled_words(text)
    if "**" in text or "＊＊" in text:
        yield from _masks(text)
    if _any(text, "garbled", "signs"):
        for found in _garbled().finditer(text):
            yield Repair("undecodable", Span(*found.span()), "\ufffd")


def explained_characters(text: str) -> list[int]:
    """Where the characters stand whose pinyin follows in brackets.

    >>> explained_characters("規(guī)范")
    [0]
    """
    return [found.start() - 1 for found in _pinyin(text)]


def _pinyin(text: str) -> list[re.Match[str]]:
    if not TONE.search(text):
        return []
    rubies = list(PINYIN.finditer(text))
    toned = [found for found in rubies if TONE.search(found[1])]
    return rubies if len(toned) >= MIN_PINYIN else toned


def _masks(text: str) -> Iterator[Repair]:
    for found in MASK.finditer(text):
        if found[1] == "**":
            start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
            if len(BOLD.findall(text, start, end if end >= 0 else len(text))) % 2 == 0:
                continue
        yield Repair("lost_character", Span(*found.span(1)), found[1])


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(load("damage")["doubled_word"]["surface"]))


@cache
def _linked() -> tuple[tuple[re.Pattern[str], str], ...]:
    entry = load("damage")["doubled_with_link"]
    return tuple((re.compile(p), r) for p, r in zip(entry["patterns"], entry["replacements"], strict=True))


@cache
def _garbled() -> re.Pattern[str]:
    return re.compile("|".join(load("damage")["garbled"]["patterns"]))


def _doubled_words(text: str) -> Iterator[Repair]:
    if _any(text, "doubled_word", "surface"):
        yield from _twice(text)
    if _any(text, "doubled_with_link", "signs"):
        for pattern, replacement in _linked():
            for found in pattern.finditer(text):
                yield Repair("control", Span(*found.span()), replacement)


def _any(text: str, entry: str, field: str) -> bool:
    """Whether a word of the vocabulary stands in the text: looking for each is a tenth of what the patterns cost."""
    return any(word in text for word in load("damage")[entry][field])


def _twice(text: str) -> Iterator[Repair]:
    for found in _words().finditer(text):
        half = found.start() + len(found[0]) // 2
        yield Repair("control", Span(half, found.end()), "")  # the first stays where it was
