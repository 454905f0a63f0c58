"""What was checked and holds, so that a report without findings is not silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.checking.rules.arithmetic import State, weigh
from nlp.checking.rules.inequalities import compare
from nlp.checking.rules.prose_table import told_again
from nlp.claims.claim import Claim
from nlp.records import Analysis


@dataclass(frozen=True, slots=True)
class Held:
    """How many comparisons of a report hold, fail, and cannot be decided because cells are blank or out of place.

    A comparison is an identity of the form in one row or column, an inequality of the form, or a number of the narrative
    that repeats cells.
    """

    holds: int = 0
    fails: int = 0
    open: int = 0

    @property
    def decided(self) -> int:
        """How many could be checked."""
        return self.holds + self.fails


def count_held(analysis: Analysis, claims: Sequence[Claim]) -> Held:
    """The comparisons of a report, counted.

    Parameters
    ----------
    claims : of the report, as ``find_claims`` gives them
    """
    states = Counter(_states(analysis, claims))
    return Held(states["holds"], states["fails"], states["open"])


def _states(analysis: Analysis, claims: Sequence[Claim]) -> Iterator[State]:
    yield from (weighed.state for weighed in weigh(analysis))
    yield from (compared.state for compared in compare(analysis))
    yield from (state for _, state in told_again(analysis, claims))
