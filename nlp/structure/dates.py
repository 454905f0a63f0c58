"""Dates as reports print them, in digits and in Chinese numerals, and the period between two of them."""

from __future__ import annotations

import re
from datetime import date

DIGITS = {
    character: str(value)
    for value, characters in enumerate(("〇○零ＯO0◯", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for character in characters
}
CHINESE_YEAR = "[一二][〇○零OＯ◯0九][〇○零OＯ◯0一二三四五六七八九]{2}"
YEAR = rf"(?:(?:19|20)\d\d|{CHINESE_YEAR})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九])"
DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
DATE = re.compile(
    rf"(?<![\d.])(?P<year>{YEAR}) ?[年\-/.] ?(?P<month>{MONTH}) ?[月\-/.] ?(?P<day>{DAY})(?!\d(?!\d:\d\d)) ?日?"
)
RUN_TOGETHER = re.compile(  # 20190307
    r"(?<![\d.])(?P<year>20[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\d.])"
)
# A whole year whose 年, 月 and 日 were lost in part: 201211日至1231日. No other period could be read from it.
WHOLE_YEAR = re.compile(
    r"(?<!\d)(?P<year>20[0-3]\d) ?年? ?0?1 ?月? ?0?1 ?日?起? ?(?:至|到|[-—–~]{1,2}) ?"
    r"(?P<to>(?:(?P=year) ?年?)? ?12 ?月? ?31(?!\d) ?日?)"
)
RANGE = re.compile(
    rf"(?=[\d一二三四五六七八九十])(?:(?P<year>{YEAR}) ?[年\-/.] ?|(?<![\d.]))"
    rf"(?P<month>{MONTH}) ?[月\-/.] ?(?P<day>{DAY})(?!\d) ?[日号]?"
    rf" ?(?:零时|0时|\([^()\n]{{0,6}}\))?(?:起算|起计|开始|起始|[起始])? ?,?(?:至|到|[-—–~一]{{1,3}}) ?"
    rf"(?P<to>(?:(?P<to_year>{YEAR}) ?[年\-/.] ?|同年|当年|本年)?"
    rf"(?P<to_month>{MONTH}) ?[月\-/.] ?(?P<to_day>{DAY})(?!\d)(?: ?[日号])?)"
)


def year_of(printed: str) -> int:
    """The year that four digits or Chinese numerals name.

    >>> year_of("二〇二一")
    2021
    """
    return int("".join(DIGITS.get(character, character) for character in printed))


def number_of(printed: str) -> int:
    """The month or day that digits or Chinese numerals name.

    >>> number_of("三十一"), number_of("08")
    (31, 8)
    """
    if printed.isdecimal():
        return int(printed)
    if printed == "元":
        return 1
    tens, ten, ones = printed.partition("十")
    if not ten:
        return int(DIGITS[printed])
    return 10 * int(DIGITS.get(tens, "1")) + int(DIGITS.get(ones, "0"))


def make_date(year: str | int, month: str, day: str) -> date | None:
    """The date; ``None`` for one that no calendar has (2月30日)."""
    try:
        return date(year if isinstance(year, int) else year_of(year), number_of(month), number_of(day))
    except ValueError:
        return None


def read_date(found: re.Match[str]) -> date | None:
    """The date of a match of ``DATE``."""
    return make_date(found["year"], found["month"], found["day"])
