"""What does not add up in a report, or is missing from it."""

from __future__ import annotations

from nlp.checking.registry import checks
from nlp.checking.rule import Examined
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Issue

RANK = {"error": 0, "warning": 1, "info": 2}


def check(analysis: Analysis, clean: CleanText, *, townships_by: tuple[int, int] | None = None) -> tuple[Issue, ...]:
    """Everything found by every check there is, errors first; empty where everything that can be checked holds.

    Nothing is raised for a bad report. An ``error`` is a contradiction in what is printed; a ``warning`` something
    missing, unreadable or contradicted by words that may have another scope; an ``info`` something that could not be
    checked, with the reason.

    Parameters
    ----------
    townships_by : month and day by which townships must publish, for which the law sets no day
    """
    report = Examined(analysis, clean, townships_by)
    issues = [issue for find in checks() for issue in find(report)]
    return tuple(sorted(issues, key=lambda issue: RANK[issue.severity]))
