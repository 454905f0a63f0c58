"""The year of the report against the period and the publication date that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from nlp.checking.rule import CONTENT, TIME, Examined, Rule, check_for
from nlp.records import Analysis, Identity, Issue, Span
from nlp.vocabulary.editions import forms, in_force
from nlp.vocabulary.load import load

# 条例 as revised (国务院令第711号, from 2019-05-15).
FIRST_YEAR_OF_NEW_LAW = 2019


@check_for(
    Rule(
        "period.reversed",
        "warning",
        "统计期限起止颠倒",
        "The period begins after its end",
        CONTENT,
        "统计期限为2023年12月31日至2023年1月1日",
    ),
    Rule(
        "period.year",
        "warning",
        "统计期限与报告年度不一致",
        "The period is of another year than the title",
        CONTENT,
        "标题为2023年，统计期限为2022年",
    ),
    Rule(
        "period.calendar",
        "warning",
        "统计期限不是完整的公历年度",
        "The period is no whole calendar year",
        CONTENT,
        "统计期限为2023年1月1日至2023年11月30日",
    ),
    Rule(
        "period.published",
        "warning",
        "发布日期早于报告年度",
        "Published before the year reported on",
        TIME,
        "2023年度报告的发布日期为2022年1月5日",
    ),
)
def check_period(report: Examined) -> Iterator[Issue]:
    """Warnings when the period is not the report's year, no calendar year, reversed, or ends after publication."""
    analysis = report.analysis
    identity = analysis.identity

    def spans(*names: str) -> tuple[Span, ...]:
        return tuple(identity.spans[name] for name in names if name in identity.spans)

    start, end, year = identity.period_start, identity.period_end, identity.year
    if start and end and start > end:
        yield Issue(
            "period.reversed",
            "warning",
            f"统计期限的起始日{start}晚于截止日{end}。 The period begins after its end.",
            found=f"{start}/{end}",
            spans=spans("period_start", "period_end"),
        )
        return
    academic = is_school(analysis)
    stale = [day for day in (start, end) if day and year and day.year != year]
    if stale and not academic:
        yield Issue(
            "period.year",
            "warning",
            f"标题为{year}年度报告，统计期限却为{start or '?'}至{end or '?'}。"
            f" The title says {year}, the period is {start or '?'} to {end or '?'}.",
            expected=str(year),
            found=f"{start or '?'}/{end or '?'}",
            spans=spans("year", "period_start", "period_end"),
        )
    elif not academic and (
        (start and (start.month, start.day) != (1, 1)) or (end and (end.month, end.day) != (12, 31))
    ):
        yield Issue(
            "period.calendar",
            "warning",
            f"统计期限{start or '?'}至{end or '?'}不是完整的公历年度。"
            f" The period {start or '?'} to {end or '?'} is no calendar year.",
            expected="01-01/12-31",
            found=f"{start or '?'}/{end or '?'}",
            spans=spans("period_start", "period_end"),
        )
    published = identity.published_on
    if published and year and published.year < year:
        yield Issue(
            "period.published",
            "warning",
            f"发布日期{published}早于报告年度{year}年。 Published on {published}, before the report's year {year}.",
            expected=str(year),
            found=str(published),
            spans=spans("published_on", "year"),
        )


def is_school(analysis: Analysis) -> bool:
    """Whether the body reports by academic year: a school, by its name, or a period from September to August."""
    identity = analysis.identity
    named = f"{identity.issuer or ''} {identity.title or ''}"
    if _school().search(named):
        return True
    start, end = identity.period_start, identity.period_end
    return bool(start and end and end.year == start.year + 1 and start.month in (8, 9) and end.month in (7, 8))


@cache
def _school() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["kinds"]["school"]["patterns"]))


def deadline(identity: Identity, *, townships: tuple[int, int] | None = None) -> date | None:
    """The last day on which the report may be published; ``None`` when no law sets one or the body's kind is not known.

    Parameters
    ----------
    townships : month and day for townships and street offices, for which the law of 2019 sets none
    """
    if identity.year is None:
        return None
    days = forms()[in_force(identity.year)]["deadline"]
    if "every_body" in days:
        return _day(identity.year, days["every_body"])
    issuer = identity.issuer or ""
    if issuer.endswith(("街道办事处", "街道", "镇人民政府", "乡人民政府", "镇", "乡")):
        return date(identity.year + 1, *townships) if townships else None
    if issuer.endswith(("人民政府", "人民政府办公室", "人民政府办公厅", "政府办公室", "政府办公厅")):
        return _day(identity.year, days["governments"])
    if issuer.endswith(("局", "委员会", "委", "厅", "办公室")):
        return _day(identity.year, days["departments"])
    return None


def _day(year: int, day: str) -> date:
    """A month and day of the year after the report's."""
    month, number = map(int, day.split("-"))
    return date(year + 1, month, number)


@check_for(
    Rule(
        "period.late",
        "warning",
        "发布晚于规定日期",
        "Published after the prescribed day",
        TIME,
        "部门报告2月20日发布，应在1月31日前",
    ),
)
def check_published(report: Examined) -> Iterator[Issue]:
    """A warning when the report was published after the day that the law sets."""
    identity = report.analysis.identity
    last = deadline(identity, townships=report.townships_by)
    if last is None or identity.published_on is None or identity.published_on <= last:
        return
    if identity.published_on.year > last.year + 1:
        return  # put on a new site years later
    yield Issue(
        "period.late",
        "warning",
        f"发布日期{identity.published_on}晚于规定的{last}。 Published on {identity.published_on}, after {last}.",
        expected=str(last),
        found=str(identity.published_on),
        spans=tuple(identity.spans[name] for name in ("published_on",) if name in identity.spans),
    )
