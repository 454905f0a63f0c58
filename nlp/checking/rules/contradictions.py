"""Words that the numbers contradict: 均已办结 beside a carry-over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.claims.claim import Claim
from nlp.claims.find import NO_ACCOUNT
from nlp.claims.sentences import sentence_at
from nlp.records import Analysis, Issue, Span
from nlp.vocabulary.load import load

# How far behind the last number of applications the sentence may stand that says what became of them.
AFTER_CHARS = 60
CARRIED_OUT = ("requests", "carried_out", "total")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["closed"][key]["patterns"]))


@check_for(
    Rule(
        "contradiction.all_closed",
        "warning",
        "称全部办结而又有结转",
        "All is said to be closed, and something is carried out",
        INTEGRITY,
        "称“均已按时办结”，而表三结转下年度2件",
    ),
)
def check_contradictions(report: Examined) -> Iterator[Issue]:
    """A warning when all applications are said to be closed and some are carried over to the next year."""
    analysis, clean, claims = report.analysis, report.clean, report.claims
    carried = _carried(analysis, claims)
    closed = _all_closed(clean.text, claims) if carried else None
    if carried is None or closed is None:
        return
    yield Issue(
        "contradiction.all_closed",
        "warning",
        f"正文称“{clean.text[slice(*closed)]}”，而{carried[0]}。"
        " All applications are said to be closed, yet some are carried over.",
        expected="0",
        found=carried[0],
        spans=tuple(span for span in (clean.span(*closed), carried[1]) if span),
    )


def _is_on_applications(sentence: str) -> bool:
    """Whether a sentence without a count of applications speaks of them, and not of 法律援助申请."""
    return "申请" in sentence and not any(
        words in sentence for words in load("counting")["neutral"]["business"]["surface"]
    )


def _carried(analysis: Analysis, claims: Sequence[Claim]) -> tuple[str, Span | None] | None:
    """What is carried over, in the table or else in the narrative, and where; ``None`` when nothing is."""
    cell = next((f for f in analysis.figures if (f.table, f.row, f.column) == CARRIED_OUT), None)
    if cell and cell.status in ("given", "inferred"):
        return (f"表三“结转下年度继续办理”总计为{cell.value}", cell.span) if cell.value else None
    for claim in claims:
        if claim.metric == "applications_carried_out" and claim.period == "year" and claim.quantity.value:
            return f"正文称结转下年{claim.quantity.value}{claim.quantity.unit}", claim.quantity.span
    return None


def _all_closed(text: str, claims: Sequence[Claim]) -> tuple[int, int] | None:
    """Where it is said that all are closed: in a sentence on applications, or right behind one."""
    for claim in claims:
        if not claim.metric.startswith("applications") or claim.section in NO_ACCOUNT or claim.period != "year":
            continue
        start, end = claim.sentence
        line_end = text.find("\n", end, end + AFTER_CHARS)
        for found in _pattern("all").finditer(text, start, line_end if line_end >= 0 else end + AFTER_CHARS):
            first, last = sentence_at(text, found.start(), found.end())
            told = text[first:last]
            if not _pattern("except").search(told) and (first == start or _is_on_applications(told)):
                return found.span()
    return None
