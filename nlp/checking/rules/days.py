"""Days that no calendar has (11月31日), and years that a report cannot mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import islice

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.records import Issue

# A digit before it, even behind a space, may belong to it: nothing is said of 1 2月31日.
DAY = re.compile(
    r"(?<!\d)(?<!\d )(?<![\d第][-—.])(?:(?P<year>\d{4}) ?年 ?)?(?P<month>\d{1,2}) ?月(?:份)? ?(?P<day>\d{1,2}) ?[日号]"
)
LEAP = 2024  # for a day without its year: 2月29日 is one
FIRST_YEAR = 1949
YEARS_AHEAD = 30  # 到2035年, 2050年远景目标
MAX_FOUND = 5


@check_for(
    Rule(
        "date.impossible", "error", "日期不存在", "A day that no calendar has", INTEGRITY,
        "截至2023年11月31日",
    ),
    Rule(
        "date.unlikely", "warning", "日期的年份可能有误", "A date with a year that cannot be meant", INTEGRITY,
        "2023年度报告写“2203年3月5日”",
    ),
)  # fmt: skip
def check_days(report: Examined) -> Iterator[Issue]:
    """An error for each day that does not exist, a warning for each full date with a year that cannot be meant."""
    analysis, clean = report.analysis, report.clean
    year = analysis.identity.year
    impossible = (found for found in DAY.finditer(clean.text) if not _exists(found))
    for found in islice(impossible, MAX_FOUND):
        yield Issue(
            "date.impossible",
            "error",
            f"“{found[0]}”不存在，请核对日期。 There is no such day as {found[0]}.",
            found=found[0],
            spans=(clean.span(*found.span()),),
        )
    if year is None:
        return
    unlikely = (found for found in DAY.finditer(clean.text) if found["year"] and _is_unlikely(int(found["year"]), year))
    for found in islice(unlikely, MAX_FOUND):
        yield Issue(
            "date.unlikely",
            "warning",
            f"{year}年度报告中有日期“{found[0]}”，年份可能有误。"
            f" The report of {year} has the date {found[0]}, whose year may be wrong.",
            found=found[0],
            spans=(clean.span(*found.span()),),
        )


def _exists(found: re.Match[str]) -> bool:
    month, day = int(found["month"]), int(found["day"])
    if not 1 <= month <= 12:
        return False
    year = int(found["year"] or LEAP)
    return 1 <= day <= monthrange(year if 1 <= year <= 9999 else LEAP, month)[1]


def _is_unlikely(found: int, year: int) -> bool:
    return not FIRST_YEAR <= found <= year + YEARS_AHEAD
