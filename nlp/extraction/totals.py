"""Whether a number is how much information was disclosed in all, in the year or since an earlier one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nlp.extraction.fields import Field, without_tail
from nlp.extraction.grammar import reading
from nlp.quantities import unit_classes
from nlp.vocabulary.load import load

DATE = re.compile(r"(?:19|20)\d{2}年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来的?)?")
SINCE = re.compile(r"((?:19|20)\d{2})年?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:以来|起(?!至\1)|至今)")
MAX_FOLLOWING_CHARS = 30


def is_total(field: Field) -> bool:
    """Whether the number is how much information was disclosed in all: 主动公开政府信息N条, 公开N条信息."""
    if "item" not in unit_classes().get(field.number.unit, frozenset({"item"} if field.number.unit == "" else ())):
        return False
    before, verbs, after, listed = _totals()
    noun = without_tail(undated(field.left))
    if any(reading(name).search(noun) for name in ("unknown_carrier", "field_of_work", "column")):
        return False
    if before.search(noun) or listed.search(field.left):
        return True
    return bool(field.number.unit and verbs.search(field.left) and after.match(field.right))


def is_cumulative(text: str, field: Field, *, latest_year: int) -> bool:
    """Whether the count began before the year of the report: 自开通至今, 2013年以来累计, 累计N条,年度新增M条.

    全年累计 and 年内累计 are this year. 2021年以来 is this year when no later year is spoken of.
    """
    this_year, patterns, followed_by = _cumulative()
    before = text[field.clause_start : field.number.start]
    summed = "累计" in before
    if summed and this_year.search(before):
        return False
    if "19" in before or "20" in before:
        for year in SINCE.findall(before):
            if int(year) < latest_year - 1:
                return True
    if patterns.search(before):
        return True
    return summed and bool(followed_by.match(text[field.number.end : field.number.end + MAX_FOLLOWING_CHARS]))


@lru_cache(maxsize=4096)
def undated(noun: str) -> str:
    """Words without the dates in them."""
    return DATE.sub("", noun)


@cache
def _cumulative() -> tuple[re.Pattern[str], ...]:
    entry = load("metrics")["disclosed_cumulative"]
    return tuple(re.compile("|".join(f"(?:{p})" for p in entry[n])) for n in ("this_year", "patterns", "followed_by"))


@cache
def _totals() -> tuple[re.Pattern[str], ...]:
    entry = load("metrics")["disclosed_total"]

    def compiled(name: str) -> re.Pattern[str]:
        return re.compile("|".join(entry[name]).replace("GENERIC", entry["generic"]))

    return compiled("patterns"), compiled("verbs_before"), compiled("noun_after"), re.compile(entry["listed"])
