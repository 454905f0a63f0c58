"""Slips of the pen that have one reading; they are named, not mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.records import Issue
from nlp.vocabulary.load import load


@cache
def _slips() -> tuple[tuple[re.Pattern[str], str], ...]:
    entry = load("checking")["slips"]
    return tuple((re.compile(p), meant) for p, meant in zip(entry["patterns"], entry["meant"], strict=True))


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["slips"]["patterns"]))


@check_for(
    Rule(
        "wording.slip",
        "info",
        "疑为笔误",
        "A word looks like a slip of the pen",
        INTEGRITY,
        "“依申公开”应为“依申请公开”",
    ),
)
def check_slips(report: Examined) -> Iterator[Issue]:
    """An info for each slip (公安的形式 for 公开的形式), with what is meant."""
    clean = report.clean
    if not _any().search(clean.text):
        return
    for pattern, meant in _slips():
        for found in pattern.finditer(clean.text):
            yield Issue(
                "wording.slip",
                "info",
                f"“{found[0]}”疑为笔误，应为“{meant}”。 “{found[0]}” looks like a slip of the pen.",
                expected=meant,
                found=found[0],
                spans=(clean.span(*found.span()),),
            )
