"""Whose report it is, where that body stands, and which year the report covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from nlp.reading.clean import CleanText
from nlp.records import Identity, Section, SectionKey, Source, Span
from nlp.records.report import Edition
from nlp.structure.dates import YEAR, year_of
from nlp.structure.genre import find_genre
from nlp.structure.issuer import find_issuer
from nlp.structure.period import find_period, find_publication
from nlp.structure.region import find_region
from nlp.structure.sections import report_title
from nlp.vocabulary.load import load

PREAMBLE_CHARS = 1_500
MAX_TITLE_LINE_CHARS = 120
TITLE_YEAR = re.compile(rf"(?P<year>{YEAR})(?!\d| ?年 ?第)")  # 2024年第2号 is the number of an announcement
SECTION_YEAR = re.compile(r"(?P<year>20[0-3]\d) ?年(?!\d{0,2}月|以来|起)")
SECTION_CHARS = 120
# What these parts begin with may be the year to come.
NOT_OF_THE_YEAR: frozenset[SectionKey] = frozenset({"preamble", "problems", "problem_list", "measure_list", "other"})
EARLIEST_YEAR, LATEST_YEAR = 2003, 2039  # the first local rules are of 2002


def read_identity(source: Source, clean: CleanText, sections: Sequence[Section], edition: Edition) -> Identity:
    """Whose report it is and what it covers; what the report does not say is ``None``.

    The year is that of the title; without one there, of the period, then of the first sentences: a report published in
    January 2022 is of 2021. ``spans`` has the evidence for each field that stands in the text.

    Parameters
    ----------
    source : the report
    clean : its clean text
    sections : its parts, as ``find_sections`` gives them
    edition : the generation of the form, as the tables tell it
    """
    text = clean.text
    title = report_title(text)
    spans: dict[str, Span] = {}
    if title is not None:
        spans["title"] = clean.span(title.start, title.end)
    first = next((section for section in sections if section.key != "preamble" and section.level == 1), None)
    preamble_end = clean.position(first.span.start) if first else min(len(text), PREAMBLE_CHARS)
    year = _title_year(text, title)
    period = find_period(clean, year[0] if year else None)
    if year is None:
        year = _other_year(clean, period, title.end if title else 0, preamble_end, sections)
        period = period or find_period(clean, year[0] if year else None)
    found_year = year[0] if year else None
    if year is not None:
        spans["year"] = year[1] if isinstance(year[1], Span) and year[2] else clean.span(year[1].start, year[1].end)
    published = find_publication(source, clean, spans.get("title"), found_year)
    issuer = find_issuer(source, clean, title, preamble_end)
    region = find_region(clean, issuer[0], preamble_end, found_year) if issuer else None
    for name, value in period.items():
        spans[name] = value[1]
    if published:
        spans["published_on"] = published[1]
    if issuer:
        spans["issuer"] = issuer[1]
        if region is not None and region.code is not None:
            spans["region"] = region.span or issuer[1]
    printed, named = _one_line(source, clean, title, spans.get("title")), issuer[0] if issuer else None
    return Identity(
        title=printed,
        issuer=named,
        level=region.level if region else None,
        region=region.code if region else None,
        year=found_year,
        published_on=published[0] if published else None,
        period_start=_day(period, "period_start"),
        period_end=_day(period, "period_end"),
        edition=edition,
        genre=find_genre(text, _lines_of(source.text, spans.get("title")), named, sections, edition),
        spans=spans,
    )


def _day(period: dict[str, tuple[date, Span]], name: str) -> date | None:
    return period[name][0] if name in period else None


def _lines_of(text: str, title: Span | None) -> str | None:
    """The whole line or lines of the source that the title stands on: 一图读懂|…年度报告 is no report."""
    if title is None:
        return None
    end = text.find("\n", title.end)
    return text[text.rfind("\n", 0, title.start) + 1 : end if end >= 0 else len(text)][:MAX_TITLE_LINE_CHARS]


def _one_line(source: Source, clean: CleanText, title: Span | None, span: Span | None) -> str | None:
    """The title as printed, or as mended where it was damaged."""
    if title is None or span is None:
        return None
    damaged = any(span.start <= repair.span.start < span.end for repair in source.repairs)
    return "".join(
        map(str.strip, (clean.text[title.start : title.end] if damaged else span.of(source.text)).split("\n"))
    )


# A year with its place; the last field says that the place counts in the source, not in the clean text.
FoundYear = tuple[int, Span, bool]


def _title_year(text: str, title: Span | None) -> FoundYear | None:
    if title is None:
        return None
    for found in TITLE_YEAR.finditer(text, title.start, title.end):
        value = year_of(found["year"])
        if EARLIEST_YEAR <= value <= LATEST_YEAR:
            return value, Span(*found.span("year")), False
    return None


@cache
def _year_patterns(entry: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load("identity")[entry]["patterns"])


def _other_year(
    clean: CleanText,
    period: dict[str, tuple[date, Span]],
    start: int,
    preamble_end: int,
    sections: Sequence[Section],
) -> FoundYear | None:
    """The year by what the first lines say; without a word there, by the first sentence of a part."""
    head = min(preamble_end, start + PREAMBLE_CHARS)
    if (found := _first_year(_year_patterns("academic_year"), clean.text, start, head)) is not None:
        return found
    if (school := _school_year(period)) is not None:
        return school
    for name in ("period_end", "period_start"):
        if name in period:
            return period[name][0].year, period[name][1], True
    if (found := _first_year(_year_patterns("year"), clean.text, start, head)) is not None:
        return found
    for section in sections:
        if section.key not in NOT_OF_THE_YEAR:
            body, stop = clean.position(section.title.end), clean.position(section.span.end)
            if (found := _first_year((SECTION_YEAR,), clean.text, body, min(stop, body + SECTION_CHARS))) is not None:
                return found
    return None


def _first_year(patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int) -> FoundYear | None:
    for pattern in patterns:
        found = pattern.search(text, start, end)
        if found is not None:
            return int(found["year"]), Span(*found.span("year")), False
    return None


def _school_year(period: dict[str, tuple[date, Span]]) -> FoundYear | None:
    """The first year of a period from autumn to summer."""
    if "period_start" not in period or "period_end" not in period:
        return None
    (start, span), (end, _) = period["period_start"], period["period_end"]
    return (start.year, span, True) if start.month >= 7 and end.year == start.year + 1 and end.month >= 7 else None
