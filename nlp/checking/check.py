"""What does not add up in a report, or is missing from it."""

from __future__ import annotations

from nlp.checking.applicants import check_applicants
from nlp.checking.arithmetic import check_arithmetic
from nlp.checking.changes import check_changes
from nlp.checking.contradictions import check_contradictions
from nlp.checking.fees import check_fees
from nlp.checking.genre import check_genre
from nlp.checking.inequalities import check_inequalities
from nlp.checking.leftovers import check_leftovers
from nlp.checking.numbers import check_numbers
from nlp.checking.parts import check_sections
from nlp.checking.period import check_period, check_published
from nlp.checking.prose_itself import check_prose_against_itself
from nlp.checking.prose_table import check_prose_against_tables
from nlp.checking.several import check_several
from nlp.checking.slips import check_slips
from nlp.checking.sums import check_sums
from nlp.checking.tables import check_tables
from nlp.checking.unclear import check_unclear
from nlp.claims.find import find_claims
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Issue

RANK = {"error": 0, "warning": 1, "info": 2}


def check(analysis: Analysis, clean: CleanText, *, townships_by: tuple[int, int] | None = None) -> tuple[Issue, ...]:
    """Everything found, errors first; empty for a report in which everything that can be checked holds.

    Nothing is raised for a bad report. An ``error`` is a contradiction in what is printed; a ``warning`` something
    missing, unreadable or contradicted by words that may have another scope; an ``info`` something that could not be
    checked, with the reason.

    Parameters
    ----------
    townships_by : month and day by which townships must publish, for which the law sets no day
    """
    claims = find_claims(analysis, clean)
    issues = (
        *check_arithmetic(analysis),
        *check_inequalities(analysis),
        *check_tables(analysis, clean),
        *check_prose_against_tables(analysis, claims),
        *check_prose_against_itself(claims),
        *check_applicants(claims),
        *check_sums(analysis, clean, claims),
        *check_changes(clean),
        *check_contradictions(analysis, clean, claims),
        *check_fees(analysis, clean, claims),
        *check_genre(analysis),
        *check_sections(analysis, clean),
        *check_numbers(analysis),
        *check_period(analysis),
        *check_published(analysis, townships=townships_by),
        *check_leftovers(analysis, clean),
        *check_several(analysis, clean),
        *check_unclear(analysis),
        *check_slips(clean),
    )
    return tuple(sorted(issues, key=lambda issue: RANK[issue.severity]))
