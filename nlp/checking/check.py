"""What does not add up in a report, or is missing from it."""

from __future__ import annotations

from nlp.checking.arithmetic import check_arithmetic
from nlp.checking.parts import check_sections
from nlp.checking.period import check_period
from nlp.checking.tables import check_tables
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Issue


def check(analysis: Analysis, clean: CleanText) -> tuple[Issue, ...]:
    """Everything found, errors first; empty for a report in which everything that can be checked holds.

    Nothing is raised for a bad report. An ``error`` is a contradiction in what is printed; a ``warning`` something
    missing or unreadable; an ``info`` something that could not be checked, with the reason.
    """
    issues = (
        *check_arithmetic(analysis),
        *check_tables(analysis, clean),
        *check_sections(analysis),
        *check_period(analysis),
    )
    rank = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(issues, key=lambda issue: rank[issue.severity]))
