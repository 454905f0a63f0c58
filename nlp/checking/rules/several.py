"""Two reports in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.checking.rule import CONTENT, Examined, Rule, check_for
from nlp.records import Issue
from nlp.vocabulary.load import load

# A title is often printed twice, in the page's head and above the text; another report is a whole report away.
APART_CHARS = 1000


@cache
def _title() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["several"]["title"]["patterns"]))


@check_for(
    Rule(
        "report.several",
        "error",
        "文件中有不止一份报告",
        "Several reports are in one file",
        CONTENT,
        "一个文件里有甲镇和乙镇两份报告",
    ),
)
def check_several(report: Examined) -> Iterator[Issue]:
    """An error when a second title, of another body or year, stands far below the first: the values would be mixed."""
    clean = report.clean
    titles: dict[str, tuple[int, int]] = {}
    at = 0
    for line in clean.text.split("\n"):
        words = re.sub(r"[\s#]", "", line)
        if len(words) <= 60 and _title().fullmatch(words):
            titles.setdefault(words, (at, at + len(line)))
        at += len(line) + 1
    places = sorted(titles.items(), key=lambda item: item[1])
    others = [(words, place) for words, place in places[1:] if place[0] - places[0][1][0] > APART_CHARS]
    if not others:
        return
    first, second = places[0][0], others[0][0]
    yield Issue(
        "report.several",
        "error",
        f"文件中有不止一份报告：“{first}”之后还有“{second}”，各表和数字可能混在一起。请分成单独的文件。"
        f" The file holds more than one report; their values may be mixed. Split it into files of their own.",
        expected=first,
        found=second,
        spans=(clean.span(*places[0][1]), clean.span(*others[0][1])),
    )
