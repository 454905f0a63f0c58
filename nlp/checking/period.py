"""The year of the report against the period and the publication date that it prints."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.records import Analysis, Issue, Span


def check_period(analysis: Analysis) -> Iterator[Issue]:
    """A warning when the period is not the report's year, ends before it begins, or ends after publication."""
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
    stale = [day for day in (start, end) if day and year and day.year != year]
    if stale:
        yield Issue(
            "period.year",
            "warning",
            f"标题为{year}年度报告，统计期限却为{start or '?'}至{end or '?'}。"
            f" The title says {year}, the period is {start or '?'} to {end or '?'}.",
            expected=str(year),
            found=f"{start or '?'}/{end or '?'}",
            spans=spans("year", "period_start", "period_end"),
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
