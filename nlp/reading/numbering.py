"""The number in front of a heading, whole or damaged: its style, how deep the style lies, and which number it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
CHINESE = "[一二三四五六七八九十]"
NUMBER = re.compile(
    rf"""
    第\ ?(?P<part>{CHINESE}{{1,2}})\ ?(?:部分|章|节)[ 、:,.]{{0,2}}          # 第一部分
    |(?P<cn>{CHINESE}{{1,3}})\ {{0,2}}[、.,:;丶·﹑](?!{CHINESE}[、.])        # 一、 一. 一,
    |[(〔\[【]\ ?(?P<digit_bracket>\d{{1,2}})\ ?[)〕\]】]                    # (1)
    |[(〔\[【]\ ?(?P<open>{CHINESE}{{1,3}})\ ?[、.](?!\ ?[)〕\]】])\ ?        # (六、
    |[(〔\[【]\ ?(?P<bracket>{CHINESE}{{1,3}})\ ?[、.]?\ ?[)〕\]】]?[、.]?    # (一) (一
    |(?P<half>{CHINESE}{{1,3}})\ ?[)〕】]                                    # 一)
    |\d{{1,2}}\.(?P<decimal>\d{{1,2}})[.、]?\ ?(?=[\u4e00-\u9fff])               # 1.1
    |(?P<digit>\d{{1,2}})\ ?(?:[、,](?!\d{{3}})|\.(?!\d))                     # 1、 1.
    |(?P<circled>[①②③④⑤⑥⑦⑧⑨⑩])
    |(?P<empty>[(〔]\ ?[)〕]|[()〔〕])                                        # () ) ( where the number was lost
    |(?P<spaced>{CHINESE}{{1,2}})\ {{1,6}}(?![是要、])(?=[\u4e00-\u9fff])      # 一 概 述
    |(?P<bare>{CHINESE})(?![是要年级个批方])(?=[\u4e00-\u9fff]{{4}})          # 五存在的问题
    """,
    re.VERBOSE,
)
# How deep each style lies in a report; what is numbered less deep contains what is numbered deeper.
DEPTHS = {
    "part": 0,
    "cn": 1,
    "spaced": 1,
    "bare": 1,
    "open": 2,
    "bracket": 2,
    "half": 2,
    "empty": 2,
    "digit": 3,
    "decimal": 4,
    "digit_bracket": 4,
    "circled": 5,
}
UNNUMBERED = 9


@dataclass(frozen=True, slots=True)
class Number:
    """``style`` as in ``DEPTHS``; ``ordinal`` is ``None`` when it was lost; ``end`` is where the title begins."""

    style: str
    ordinal: int | None
    end: int

    @property
    def depth(self) -> int:
        """0 is 第一部分, 1 is 一、, 2 is (一), 3 is 1."""
        return DEPTHS[self.style]


def read_number(line: str) -> Number | None:
    """The number that ``line`` begins with; ``None`` when it begins with none.

    >>> read_number("(二)依申请公开")
    Number(style='bracket', ordinal=2, end=3)
    >>> read_number("(监督保障情况").ordinal is None
    True
    """
    found = NUMBER.match(line)
    if found is None or found.lastgroup is None:
        return None
    style, printed = found.lastgroup, found[found.lastgroup]
    if style in {"digit", "decimal", "digit_bracket"}:
        ordinal: int | None = int(printed)
    elif style == "circled":
        ordinal = ord(printed) - ord("①") + 1
    elif style == "empty":
        ordinal = None
    else:
        ordinal = _value(printed)
    return Number(style, ordinal, found.end())


def _value(numeral: str) -> int:
    """十 is 10, 十二 is 12, 二十 is 20."""
    if numeral == "十":
        return 10
    if numeral.startswith("十"):
        return 10 + NUMERALS[numeral[1]]
    if len(numeral) > 1 and numeral[1] == "十":
        return 10 * NUMERALS[numeral[0]] + (NUMERALS[numeral[2]] if len(numeral) > 2 else 0)
    return NUMERALS[numeral[0]]
