"""Another year's or another body's words left in the text, and places of a template left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Issue
from nlp.vocabulary.load import load

MAX_CHARS = 20_000
MAX_PLACES = 20
SENTENCE = re.compile(r"[^。;!?\n]{1,300}")
ENUMERATOR = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.]\s?[^。,\n]{0,20}?[。:]?\s?)?")


@cache
def _joined(*path: str) -> re.Pattern[str]:
    entry = load("checking")
    for key in path:
        entry = entry[key]
    return re.compile("|".join(entry["patterns"]))


@check_for(
    Rule(
        "leftover.year",
        "warning",
        "出现其他年度",
        "Another year is told as the report's",
        INTEGRITY,
        "2023年度报告里写“2022年，我局主动公开信息120条”",
    ),
    Rule(
        "leftover.body",
        "warning",
        "出现其他机关的名称",
        "The name of another body is in the text",
        INTEGRITY,
        "镇政府的报告里写“我局”",
    ),
    Rule(
        "leftover.placeholder",
        "warning",
        "模板留空没有填写",
        "A place of a template was left open",
        INTEGRITY,
        "“公开信息XX条”没有填写",
    ),
)
def check_leftovers(report: Examined) -> Iterator[Issue]:
    """Warnings for a sentence that tells of another year's work, or in which another kind of body speaks of itself, and
    for places of a template that were left open (XX县, 202X年).
    """
    analysis, clean = report.analysis, report.clean
    body = clean.text[:MAX_CHARS]
    start = start_of_body(analysis, clean)
    yield from _years(analysis, clean, body, start)
    yield from _selves(analysis, clean, body, start)
    yield from _placeholders(clean, body)


def start_of_body(analysis: Analysis, clean: CleanText) -> int:
    """Where the report begins behind its title."""
    first = next((s for s in analysis.sections if s.key == "preamble"), None)
    return clean.position(first.title.end) if first else 0


def _years(analysis: Analysis, clean: CleanText, body: str, start: int) -> Iterator[Issue]:
    year = analysis.identity.year
    if year is None or (f"{year - 1}" not in body[start:] and f"{year - 2}" not in body[start:]):
        return
    problems = [
        (clean.position(s.span.start), clean.position(s.span.end))
        for s in analysis.sections
        if s.key in ("problems", "problem_list", "measure_list", "appendix")
    ]
    for sentence in SENTENCE.finditer(body, start):
        words = sentence.group()
        if "20" not in words or f"{year}年" in words:
            continue  # 2022年9件,2023年12件 compares
        lead = ENUMERATOR.match(words)
        at = lead.end() if lead else 0
        candidates = [_joined("stale", "title").search(words)]
        if not any(low <= sentence.start() < high for low, high in problems):
            candidates += [_joined("stale", "opening").search(words), _joined("stale", "opening").search(words[at:])]
        for found, shift in zip(candidates, (0, 0, at), strict=False):
            if found is None:
                continue
            other = next(group for group in found.groups() if group)
            begin = shift + found.start()
            around = words[max(0, begin - 12) : shift + found.end() + 16]
            if int(other) >= year or int(other) < year - 3 or _joined("stale", "compares").search(around):
                continue
            where = sentence.start() + begin
            yield Issue(
                "leftover.year",
                "warning",
                f"{year}年度报告中仍写{other}年：“{words[begin : begin + 24]}”。"
                f" Words of {other} in the report of {year}.",
                expected=str(year),
                found=other,
                spans=(clean.span(where, where + found.end() - found.start()),),
            )
            return


def kind_of_body(issuer: str) -> str | None:
    """The kind of a body by its name (``kinds`` in checking.toml); ``None`` for one that is not known."""
    for key in load("checking")["kinds"]:
        if _joined("kinds", key).search(issuer):
            return str(key)
    return None


def _selves(analysis: Analysis, clean: CleanText, body: str, start: int) -> Iterator[Issue]:
    """我局 in the report of a township, 我镇 in that of a bureau."""
    issuer = analysis.identity.issuer or ""
    kind = kind_of_body(issuer)
    kinds = load("checking")["kinds"]
    if kind is None or kind in ("school", "county"):
        return  # a county's report may quote its bureaus
    for key, entry in kinds.items():
        # A body speaks of its own county as 我县.
        if key in (kind, "county", "school"):
            continue
        for word in entry["selves"]:
            at = body.find(word, start)
            if at < 0 or (kind == "township" and key == "township"):
                continue
            if word[1:] in issuer:
                continue
            yield Issue(
                "leftover.body",
                "warning",
                f"{issuer}的报告中出现“{word}”，可能抄自其他单位。 “{word}” in the report of {issuer}.",
                expected="、".join(kinds[kind]["selves"][:2]),
                found=word,
                spans=(clean.span(at, at + len(word)),),
            )
            return


def _placeholders(clean: CleanText, body: str) -> Iterator[Issue]:
    """What a template leaves to be filled in: one warning with every place."""
    places = [found.span() for found in islice(_joined("placeholder").finditer(body), MAX_PLACES)]
    if places:
        start, end = places[0]
        yield Issue(
            "leftover.placeholder",
            "warning",
            f"模板中有{len(places)}处没有填写，如“{body[start:end]}”。"
            f" {len(places)} places of a template were not filled in, such as “{body[start:end]}”.",
            found=body[start:end],
            spans=tuple(clean.span(*place) for place in places),
        )
