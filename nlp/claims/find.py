"""The claims of a report: its counts, each with scope and period checked and tied to the cells that it repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from nlp.claims.claim import Cell, Claim, Period
from nlp.claims.sentences import Places, clause_start, sentence_at
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Count
from nlp.tables.forms import form
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年(?!以来|以前|起|至今|前|度?(?:未办结)?的?(?:结转|转入|遗留|继续)))")
DIGIT = re.compile(r"\d")
# What is told in these parts is not the year's account: the tables of sections two to four are compared with it.
NO_ACCOUNT = frozenset({"problems", "problem_list", "measure_list", "appendix"})
NEAR_CHARS = 80
# Measure words of applications.
CASES = frozenset({"", "件", "份", "条", "起", "宗", "次", "个", "例", "项"})
IMPLIED = frozenset({"applications_answered", "reviews_upheld", "litigations_upheld"})
# Other readings that need a word: 予以公开(含部分公开)5件, 信息不存在2件.
LOOSE = {"applications_granted": "部分", "applications_unavailable": "不存在|不掌握"}
SUBTOTALS = frozenset(
    {
        "applications_online", "applications_letter", "applications_in_person", "applications_fax",
        "applications_by_applicant", "applications_granted", "applications_partial", "applications_refused",
        "applications_unavailable", "applications_not_processed",
    }
)  # fmt: skip


@cache
def pattern(group: str, key: str) -> re.Pattern[str]:
    """The patterns of one entry of claims.toml as one."""
    return re.compile("|".join(load("claims")[group][key]["patterns"]))


def find_claims(analysis: Analysis, clean: CleanText) -> tuple[Claim, ...]:
    """Every count of the report as a claim, in the order of the text.

    Nothing is read anew: a claim is a count of the analysis with what its sentence says about it.
    """
    places = Places(clean, analysis.sections)
    told = {count.ordinal: count.metric for count in analysis.counts}
    claims = [
        _claim(analysis, clean, places, count, within=told.get(count.part_of if count.part_of is not None else -1, ""))
        for count in analysis.counts
    ]
    claims.sort(key=lambda claim: claim.start)
    return tuple(claims)


def _claim(analysis: Analysis, clean: CleanText, places: Places, count: Count, *, within: str) -> Claim:
    """A count as a claim; ``within`` is the metric of the count that it is a part of, "" if it is of none."""
    text = clean.text
    span = count.quantity.span
    start = clean.position(span.start)
    end = max(start, clean.position(span.end))
    sentence = sentence_at(text, start, end)
    words = text[start:end]
    in_words = not DIGIT.search(words) and (count.quantity.value == 0 or count.metric in IMPLIED)
    section = places.key(start)
    clause = text[clause_start(text, start, sentence[0]) : start]
    clause = _without_issuer(clause, analysis.identity.issuer)
    period = _period(analysis, count, text, start, sentence[0])
    whole_clause = text[clause_start(text, start, sentence[0]) : start]
    kind = _litigation_kind(whole_clause) if count.metric.startswith("litigations") else None
    if within == count.metric and kind is None:
        scope: Literal["whole", "part", "unsure"] = "part"  # 收费2950元,其中甲局420元
    else:
        scope = _scope(count, section, clause, text, start, end, sentence, in_words=in_words, named=kind is not None)
    readings = tuple(_readings(analysis, count, whole_clause, kind))
    return Claim(
        count.metric,
        count.quantity,
        period,
        scope,
        start,
        end,
        sentence,
        section,
        count.category or kind,
        in_words,
        readings,
    )


def _without_issuer(clause: str, issuer: str | None) -> str:
    return clause.replace(issuer, "") if issuer else clause


def _period(analysis: Analysis, count: Count, text: str, start: int, sentence_start: int) -> Period:
    """The period of the count, or ``other_year`` when the sentence speaks of another year last."""
    if count.period != "year":
        return count.period
    before = text[sentence_start:start]
    years = YEAR.findall(before)
    if years and analysis.identity.year and int(years[-1]) != analysis.identity.year and "结转" not in before[-12:]:
        return "other_year"
    clause = text[clause_start(text, start, sentence_start) : start]
    return "other_year" if pattern("scope", "other_year").search(clause) else "year"


def _scope(
    count: Count,
    section: str | None,
    clause: str,
    text: str,
    start: int,
    end: int,
    sentence: tuple[int, int],
    *,
    in_words: bool,
    named: bool,
) -> Literal["whole", "part", "unsure"]:
    metric = count.metric
    if section in NO_ACCOUNT or count.quantity.qualifier != "exact" or count.category:
        return "part"
    if in_words and count.quantity.value == 0:
        denied = re.split("[,;]", text[start : min(sentence[1], end + 12)], maxsplit=1)[0]
        less = pattern("denies", "less").search(denied)
        if not less and metric.startswith("applications"):
            less = pattern("denies", "less_applications").search(denied)
        return "part" if less else "whole"
    if metric == "applications_by_applicant":
        near = text[max(sentence[0] - NEAR_CHARS, 0) : sentence[1]]
        if "《" in clause or count.quantity.unit not in CASES or not pattern("needs", metric).search(near):
            return "part"
    if metric in load("claims")["otherwise"] and pattern("otherwise", metric).search(text, sentence[0], sentence[1]):
        return "unsure"
    if metric.startswith(("reviews", "litigations")):
        told = text[sentence[0] : min(sentence[1], end + 20)]
        if not section and not in_words and not pattern("scope", "of_disclosure").search(told):
            return "unsure"
        # 全年办理行政复议案件350件,其中维持38件: the body's own trade
        if pattern("scope", "trade").search(told) and not pattern("scope", "of_disclosure").search(told):
            return "unsure"
    if in_words or named or metric in SUBTOTALS or metric.endswith(("_upheld", "_corrected", "_pending")):
        return "whole"  # its own words are its scope
    if metric == "applications_answered" and "结转" in clause:
        return "part"
    part = "part_dispute" if metric in ("reviews", "litigations", "complaints", "fees_charged") else "part"
    if pattern("scope", part).search(clause):
        return "part"
    if metric in ("reviews", "litigations") and pattern("scope", "trade").search(clause):
        return "unsure"
    if metric not in load("claims")["needs"]:
        return "whole"
    if pattern("needs", metric).search(clause):
        return "whole"
    if metric not in load("claims")["behind"]:
        return "unsure"
    return "whole" if pattern("behind", metric).search(f"{clause}#{text[end : end + 16]}") else "unsure"


def _litigation_kind(clause: str) -> str | None:
    """未经复议直接起诉 or 复议后起诉, when the clause names one of them."""
    own = clause[max((match.end() for match in DIGIT.finditer(clause)), default=0) :]  # behind 直接起诉9件、
    kinds = [kind for kind in load("claims")["kinds"] if pattern("kinds", kind).search(own)]
    return kinds[0] if len(kinds) == 1 else None


def _readings(analysis: Analysis, count: Count, clause: str, kind: str | None) -> Iterator[tuple[Cell, ...]]:
    targets = load("claims")["targets"]
    metric = count.metric
    # A narrative without any table is compared with itself, in the terms of the form in force.
    table = form(analysis.identity.edition).only_table if analysis.figures else None
    if table is not None:
        row = targets[table].get(metric)
        if row and kind is None:
            yield ((table, row, "value"),)
        return
    tables = targets["tables"]
    if metric in tables["rows"]:
        yield from _request_cells(metric, tables["rows"][metric], clause)
    elif metric in tables["disputes"]:
        yield from _dispute_cells(tables["disputes"][metric], kind)
    elif metric in tables["disclosure"] and "disclosure" in forms()[analysis.identity.edition].get("told_again", ()):
        for place, cells in enumerate(tables["disclosure"][metric]):
            if place and "规章" not in clause:
                continue
            yield tuple(_cell("disclosure", cell) for cell in cells)


def _request_cells(metric: str, rows: list[list[str]], clause: str) -> Iterator[tuple[Cell, ...]]:
    columns = ["total"]
    if metric == "applications_by_applicant":
        columns = _columns(clause)
        if not columns:
            return
    named = [row for row in load("claims")["rows"] if pattern("rows", row).search(clause)]
    known = [row for row in named if row in rows[0]]
    if len(known) == 1 and len(rows[0]) > 1:
        yield (("requests", known[0], "total"),)
    for place, group in enumerate(rows):
        if place and metric in LOOSE and not re.search(LOOSE[metric], clause):
            continue
        yield tuple(("requests", row, column) for row in group for column in columns)
    if metric == "applications_by_applicant" and columns == ["business"]:
        every = load("claims")["columns"]["organisations"]["cells"]
        for group in rows:  # 企业 also stands for all organisations
            yield tuple(("requests", row, column) for row in group for column in every)


def _columns(clause: str) -> list[str]:
    for key, entry in load("claims")["columns"].items():
        if pattern("columns", key).search(clause):
            return list(entry["cells"])
    return []


def _dispute_cells(groups: list[list[str]], kind: str | None) -> Iterator[tuple[Cell, ...]]:
    for group in groups:
        yield tuple(cell for cell in (_cell("disputes", name) for name in group) if kind in (None, cell[1]))


def _cell(table: str, name: str) -> Cell:
    row, _, column = name.partition(".")
    return table, row, column
