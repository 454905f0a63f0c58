"""Changes that the narrative states together with both numbers: 97件,比上年(80件)增长21.3%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.checking.rules.sums import fits_rounded
from nlp.reading.clean import CleanText
from nlp.records import Issue
from nlp.vocabulary.load import load

MAX_CHARS = 200_000
COMPARES = re.compile(r"同比|[比较与](?:上|去|20\d\d年)")
# Around a word of comparison: 12,345件, before it; the other year's number and the change behind it.
BEFORE_CHARS, AFTER_CHARS = 16, 70
UNIT = "件|条|篇|次|起|份|个|期|场|项|人次|人"
NUMBER = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,9}"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    change = load("checking")["change"]
    verb = "|".join([*change["up"]["patterns"], *change["down"]["patterns"]])
    now = rf"(?<![\d.])(?P<now>{NUMBER})(?P<unit>{UNIT})"
    last = r"(?:20\d\d年|上一?学?年度?|去年)[^,。;()\d]{0,6}"
    size = rf"(?P<verb>{verb})(?:了|幅度?为|约)?(?:(?P<rate>\d{{1,4}}(?:\.\d{{1,3}})?)%|(?P<by>{NUMBER})(?:{UNIT}))"
    return (
        re.compile(
            rf"{now}[,(]?(?:同?比|较|相比|与){last}\(?(?P<before>{NUMBER})(?:{UNIT})\)?[^,。;()\d]{{0,6}}{size}"
        ),
        re.compile(
            rf"{now}[,(]?(?:同比|比上年|较上年|比去年|较去年)[^,。;()\d]{{0,4}}{size}\((?:{last})(?P<before>{NUMBER})(?:{UNIT})"
        ),
        re.compile(
            rf"{now}[,(]?与{last}(?:\((?P<before>{NUMBER})(?:{UNIT})\))?(?P<verb>持平)(?:\((?:{last})(?P<after>{NUMBER})(?:{UNIT}))?"
        ),
    )


@check_for(
    Rule(
        "change.wrong",
        "warning",
        "所称增减与前后两个数不符",
        "A stated change does not follow from its two numbers",
        INTEGRITY,
        "收到12件，上年10件，称增长30%",
    ),
)
def check_changes(report: Examined) -> Iterator[Issue]:
    """A warning for each stated change that its own two numbers contradict."""
    clean = report.clean
    text = clean.text[:MAX_CHARS]
    done = 0
    for anchor in COMPARES.finditer(text):  # the patterns begin with a number; most numbers stand in tables
        if anchor.start() < done:
            continue
        for pattern in _patterns():
            found = pattern.search(text, max(done, anchor.start() - BEFORE_CHARS), anchor.start() + AFTER_CHARS)
            if found:
                done = found.end()
                yield from _check(clean, found)
                break


def _check(clean: CleanText, found: re.Match[str]) -> Iterator[Issue]:
    groups = found.groupdict()
    printed_before = groups.get("before") or groups.get("after")
    if printed_before is None:
        return
    now, before = (Decimal(number.replace(",", "")) for number in (found["now"], printed_before))
    difference = now - before
    if found["verb"] == "持平":
        if difference:
            yield _wrong(clean, found, f"{now}与{before}并不持平", "0", str(difference))
        return
    down = any(re.search(p, found["verb"]) for p in load("checking")["change"]["down"]["patterns"])
    sign = -1 if down else 1
    if groups.get("by"):
        stated = Decimal(found["by"].replace(",", "")) * sign
        if stated != difference:
            yield _wrong(clean, found, f"{now}与{before}相差{difference}，正文称{stated}", str(difference), str(stated))
        return
    if not before or "约" in found.group():
        return
    places = len(found["rate"].partition(".")[2])
    stated = Decimal(found["rate"]) * sign
    right = difference * 100 / before
    if not fits_rounded(right, stated, places):
        shown = right.quantize(Decimal(1).scaleb(-max(places, 1)))
        yield _wrong(clean, found, f"由{before}到{now}的变化为{shown}%，正文称{stated}%", f"{shown}%", f"{stated}%")


def _wrong(clean: CleanText, found: re.Match[str], words: str, expected: str, stated: str) -> Issue:
    return Issue(
        "change.wrong",
        "warning",
        f"{words}。 The stated change does not follow from its two numbers: {stated}, should be {expected}.",
        expected=expected,
        found=stated,
        spans=(clean.span(found.start(), found.end()),),
    )
