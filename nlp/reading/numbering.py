"""The number in front of a heading, whole or damaged: its style, how deep the style lies, and which number it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
NUMERALS |= {numeral: value for value, numeral in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)}
NUMERALS |= dict.fromkeys("—–―ー", 1)  # what a copy makes of 一
CHINESE = "[一二三四五六七八九十]"
FORMAL = "[壹贰叁肆伍陆柒捌玖拾]"
DASH = "[—–―ー]"
ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "Ⅶ": 7, "Ⅷ": 8, "Ⅸ": 9, "Ⅹ": 10}
ROMAN |= {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
# Numbers that are one character: the first of a run, how many, and the style in which they are written out.
ENCLOSED = {"enclosed": ("㈠", 10), "circled": ("①", 20), "paren": ("⑴", 20), "dotted": ("⒈", 20)}
NUMBER = re.compile(
    rf"""
    第\ ?(?P<part>{CHINESE}{{1,2}})\ ?(?:部分|章|节|篇)[ 、:,.]{{0,2}}       # 第一部分
    |(?P<cn>{CHINESE}{{1,3}}|{FORMAL}|{DASH}(?=\ ?、))[a-zA-Z']?\ {{0,2}}[、.,:;丶·﹑](?!{CHINESE}[、.])   # 一、 一. —、
    |(?P<roman>[Ⅰ-Ⅹ]|[IVX]{{1,4}})\ ?[、.](?=\ ?(?:[\u4e00-\u9fff]|20\d\d))  # Ⅰ、 II.
    |(?P<enclosed>[㈠-㈩])[、.]?
    |[(〔\[【]\ ?(?P<digit_bracket>\d{{1,2}})\ ?[)〕\]】]                    # (1)
    |[(〔\[【]\ ?(?P<open>{CHINESE}{{1,3}})\ ?[、.](?!\ ?[)〕\]】])\ ?        # (六、
    |[(〔\[【]\ ?(?P<bracket>{CHINESE}{{1,3}}|{FORMAL}|{DASH}(?=\ ?[)〕\]】]))\ ?[、.]?\ ?[)〕\]】]?[、.]?    # (一) (一
    |(?P<half>{CHINESE}{{1,3}})\ ?[)〕】]                                    # 一)
    |\d{{1,2}}\.(?P<decimal>\d{{1,2}})[.、]?\ ?(?=[\u4e00-\u9fff])(?![万亿余多])      # 1.1
    |(?P<digit>\d{{1,2}})\ ?(?:[、,](?!\d{{3}})|\.(?!\d)|\.(?=20\d\d年))         # 1、 1.
    |(?P<circled>[①-⑳])
    |(?P<paren>[⑴-⒇])
    |(?P<dotted>[⒈-⒛])
    |(?P<empty>[(〔]\ ?[)〕]|[()〔〕])                                        # () ) ( where the number was lost
    |(?P<spaced>{CHINESE}{{1,2}})\ {{1,6}}(?![是要、])(?=[\u4e00-\u9fff])      # 一 概 述
    |(?P<bare>{CHINESE})(?![是要年级个批方])(?=[\u4e00-\u9fff]{{4}})          # 五存在的问题
    """,
    re.VERBOSE,
)
# 一是主动公开方面。 is an item of a paragraph, and may be all the heading there is.
ITEM = re.compile(rf"(?:(?P<item>{CHINESE})是|第(?P<nth>{CHINESE}),|其(?P<of>{CHINESE}),)(?=[\u4e00-\u9fff])")
# How deep each style lies in a report; what is numbered less deep contains what is numbered deeper.
DEPTHS = {
    "part": 0,
    "cn": 1,
    "roman": 1,
    "spaced": 1,
    "bare": 1,
    "open": 2,
    "bracket": 2,
    "enclosed": 2,
    "half": 2,
    "empty": 2,
    "digit": 3,
    "dotted": 3,
    "decimal": 4,
    "digit_bracket": 4,
    "paren": 4,
    "circled": 5,
    "item": 6,
}
UNNUMBERED = 9
MAX_NUMBERS = 3  # 第一篇 一、概述
# A number that is printed twice: 一、一、概述.
TWICE = re.compile(
    r"(?P<number>[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.]) ?(?=(?P=number))"
)


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
    >>> read_number("—、总体情况").ordinal
    1
    """
    found = NUMBER.match(line)
    if found is None or found.lastgroup is None:
        return None
    style, printed = found.lastgroup, found[found.lastgroup]
    if style in {"digit", "decimal", "digit_bracket"}:
        ordinal: int | None = int(printed)
    elif style in ENCLOSED:
        ordinal = ord(printed) - ord(ENCLOSED[style][0]) + 1
    elif style == "roman":
        ordinal = ROMAN.get(printed)
    elif style == "empty":
        ordinal = None
    else:
        ordinal = _value(printed)
    return Number(style, ordinal, found.end())


def read_numbers(line: str) -> Number | None:
    """The number of a heading that several stand before: ``end`` is behind all of them.

    Of 第一篇 一、概述 it is the inner one, as of 一、一、概述 and of a part in a numbered list (1. 一、总体情况); of
    一、(一)主动公开, where a part and its first sub-heading share a line, it is the sub-heading's.

    >>> read_numbers("第一篇 一、概述"), read_numbers("一、一、概述")
    (Number(style='cn', ordinal=1, end=6), Number(style='cn', ordinal=1, end=4))
    """
    twice = TWICE.match(line)
    first = twice.end() if twice else 0
    number = read_number(line[first:])
    if number is None:
        return None
    end = first + number.end
    for _ in range(MAX_NUMBERS):
        rest = line[end:]
        inner = read_number(rest.lstrip())
        if inner is None or inner.style in {"spaced", "bare", "empty"}:
            break
        end += len(rest) - len(rest.lstrip()) + inner.end
        if inner.depth >= number.depth or number.style in {"digit", "decimal", "dotted"}:
            number = inner
    return Number(number.style, number.ordinal, end)


def is_numbered_twice(line: str) -> bool:
    """Whether one and the same number stands twice before a heading.

    >>> is_numbered_twice("一、一、概述"), is_numbered_twice("第一篇 一、概述")
    (True, False)
    """
    return TWICE.match(line) is not None


def read_item(line: str) -> Number | None:
    """The number of an item of a paragraph that ``line`` begins with.

    >>> read_item("二是依申请公开方面")
    Number(style='item', ordinal=2, end=2)
    """
    found = ITEM.match(line)
    if found is None or found.lastgroup is None:
        return None
    return Number("item", NUMERALS[found[found.lastgroup]], found.end())


def _value(numeral: str) -> int:
    """十 is 10, 十二 is 12, 二十 is 20."""
    if len(numeral) == 1:
        return NUMERALS[numeral]
    if numeral.startswith("十"):
        return 10 + NUMERALS[numeral[1]]
    if numeral[1] == "十":
        return 10 * NUMERALS[numeral[0]] + (NUMERALS[numeral[2]] if len(numeral) > 2 else 0)
    return NUMERALS[numeral[0]]
