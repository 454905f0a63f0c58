"""How far reviewers agree, on the statements that two or more of them have finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from nlp.desk.reviews import ARBITER, Decision, Reviews


@dataclass(frozen=True, slots=True)
class Agreement:
    """``n`` statements that several finished. ``alpha`` is Krippendorff's (nominal) of the roles, ``None`` where chance alone
    agrees fully; ``same_role`` and ``same_limits`` are shares (0–1) of pairs of decisions, ``labels`` the mean share of
    labels that both of a pair gave.
    """

    n: int
    alpha: float | None = None
    same_role: float | None = None
    same_limits: float | None = None
    labels: float | None = None


def agreement(reviews: Reviews) -> Agreement:
    """The agreement so far; of a statement that somebody split only the limits are compared."""
    several = []
    for here in reviews.decisions().values():
        done = {who: decision for who, decision in here.items() if decision.done and who != ARBITER}
        if len(done) > 1:
            several.append(done)
    pairs = [pair for done in several for pair in combinations(done.values(), 2)]
    if not pairs:
        return Agreement(0)
    whole = [(one, two) for one, two in pairs if len(one.parts) == len(two.parts) == 1]
    return Agreement(
        len(several),
        _alpha(several, reviews.annotators()),
        _mean([one.parts[0].role == two.parts[0].role for one, two in whole]),
        _mean([_limits(one) == _limits(two) for one, two in pairs]),
        _mean([_shared(one, two) for one, two in whole if one.parts[0].role == two.parts[0].role]),
    )


def _alpha(several: Sequence[dict[str, Decision]], annotators: Sequence[str]) -> float | None:
    import krippendorff

    roles = sorted({str(d.parts[0].role) for done in several for d in done.values() if len(d.parts) == 1})
    if len(roles) < 2:
        return None
    # A row for each reviewer, a column for each statement; "" where somebody did not say, or split it.
    table = [
        [
            roles.index(str(done[who].parts[0].role)) if who in done and len(done[who].parts) == 1 else float("nan")
            for done in several
        ]
        for who in annotators
    ]
    return round(float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")), 4)


def _limits(decision: Decision) -> tuple[object, ...]:
    return decision.joined, tuple(part.end for part in decision.parts)


def _shared(one: Decision, two: Decision) -> float:
    first, second = set(one.parts[0].labels), set(two.parts[0].labels)
    return len(first & second) / len(first | second) if first | second else 1.0


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
