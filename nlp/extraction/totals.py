"""Whether a number is how much information was disclosed in all, in the year or since an earlier one."""

from __future__ import annotations

import re
from functools import cache

from nlp.extraction.fields import Field
from nlp.extraction.grammar import reading
from nlp.quantities import unit_classes
from nlp.vocabulary.load import load

DATE = re.compile(r"(?:19|20)\d{2}年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来的?)?")


def is_total(field: Field) -> bool:
    """Whether the number is how much information was disclosed in all: 主动公开政府信息N条, 公开N条信息."""
    if "item" not in unit_classes().get(field.number.unit, frozenset({"item"} if field.number.unit == "" else ())):
        return False
    before, verbs, after, listed = _totals()
    noun = reading("tail").sub("", DATE.sub("", field.left))
    if any(reading(name).search(noun) for name in ("unknown_carrier", "field_of_work", "column")):
        return False
    if before.search(noun) or listed.search(field.left):
        return True
    return bool(field.number.unit and verbs.search(field.left) and after.match(field.right))


def is_cumulative(text: str, field: Field, *, latest_year: int) -> bool:
    """Whether the count began before the year of the report: 自开通至今, 2013年以来累计, 累计N条,年度新增M条.

    全年累计 and 年内累计 are this year. 2021年以来 is this year when no later year is spoken of.
    """
    entry = load("metrics")["disclosed_cumulative"]
    before = text[field.clause_start : field.number.start]
    if "累计" in before and any(re.search(p, before) for p in entry["this_year"]):
        return False
    for year in re.findall(r"((?:19|20)\d{2})年?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:以来|起(?!至\1)|至今)", before):
        if int(year) < latest_year - 1:
            return True
    if any(re.search(p, before) for p in entry["patterns"]):
        return True
    following = text[field.number.end : field.number.end + 30]
    return "累计" in before and any(re.match(p, following) for p in entry["followed_by"])


@cache
def _totals() -> tuple[re.Pattern[str], ...]:
    entry = load("metrics")["disclosed_total"]

    def compiled(name: str) -> re.Pattern[str]:
        return re.compile("|".join(entry[name]).replace("GENERIC", entry["generic"]))

    return compiled("patterns"), compiled("verbs_before"), compiled("noun_after"), re.compile(entry["listed"])
