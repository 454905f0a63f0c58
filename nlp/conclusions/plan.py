"""How many more units must be labelled for intervals of a wanted width, and the next sheet that brings them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from nlp.conclusions.answers import Answers
from nlp.conclusions.design import Design, Drawn, DrawnReport, SampleUnusable, Stratum
from nlp.conclusions.estimate import Progress, Question, Survey, survey
from nlp.conclusions.estimator import estimate, expected_half_width, half_width
from nlp.conclusions.frame import make_frame
from nlp.conclusions.sample import draw, numbered, shuffled, size_factors, statements_of
from nlp.conclusions.tags import Tags


@dataclass(frozen=True, slots=True)
class Plan:
    """For each label and group how many labelled units it takes; ``needed`` is the number for all labels of each group.

    ``rows`` are dicts with equal keys: the columns of the group, label, half the width now and then, units labelled,
    units needed, and how many more that is.
    """

    rows: list[dict[str, Any]]
    needed: dict[tuple[str | None, ...], int]
    labelled: dict[tuple[str | None, ...], int]


def make_plan(
    tags: Tags, question: Question, width: float, *, design: Design, answers: Answers, progress: Progress
) -> Plan:
    """What it takes to bring the interval of every label asked for to ± ``width`` (a share, 0.03 for 3 points).

    Raises
    ------
    SampleUnusable : the width lies not between 0 and 0.5, or the sample cannot answer the question
    """
    if not 0 < width < 0.5:
        raise SampleUnusable(f"--width {100 * width:g}: half the width of an interval in points, between 0 and 50.")
    if question.measure == "number":
        raise SampleUnusable("--mean: a plan is of shares. Leave it out.")
    found = survey(tags, question, design=design, answers=answers, progress=progress)
    plan = Plan([], {}, {})
    for grouped in found.groups:
        group = found.group(grouped)
        labelled = int(group.members.sum())
        if not labelled:
            raise SampleUnusable(
                f"{_named(question, grouped.values)}: nothing is labelled there, so that nothing can be foretold. Draw a "
                f"sample with `gongkai sample --by {','.join(question.by)}`."
            )
        now = estimate(found.labelled, group, found.tuning)
        half_now = half_width(now.error, now.freedom)
        needed = [_needed(found, grouped, at, width) for at in range(len(found.names))]
        for at, label in enumerate(found.names):
            then = expected_half_width(found.labelled, group, found.tuning, max(needed[at], labelled), grouped.reports)
            row: dict[str, Any] = dict(zip(question.by, grouped.values, strict=True))
            row |= {"scheme": label.scheme, "label": label.key, "zh": label.zh}
            row |= {"half_width_now": float(half_now[at]) if np.isfinite(half_now[at]) else None}
            row |= {"half_width_then": float(then[at]), "labelled": labelled, "needed": needed[at]}
            plan.rows.append(row | {"more": max(0, needed[at] - labelled)})
        plan.needed[grouped.values], plan.labelled[grouped.values] = max(needed, default=0), labelled
    return plan


def _named(question: Question, values: Sequence[str | None]) -> str:
    return ", ".join(f"{c} {v or '—'}" for c, v in zip(question.by, values, strict=True)) or "the whole"


def _needed(found: Survey, grouped: Any, at: int, width: float) -> int:
    """The least number of units of a group that brings one label's interval to the width; all units bring it to 0."""
    group = found.group(grouped)

    def wide(size: int) -> bool:
        halves = expected_half_width(found.labelled, group, found.tuning, size, grouped.reports)
        return bool(halves[at] > width)

    low, high = 1, max(2, grouped.units)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if wide(middle) else (low, middle)
    return min(high, grouped.units)


def extend_sample(tags: Tags, design: Design, plan: Plan, question: Question, *, seed: int) -> tuple[Design, int]:
    """The sample with the units that the plan lacks; the design of all rows and the number of the new sheet come back.

    A unit's probability is now that of being in either draw: those of one draw of the whole number. Strata within the
    groups of the plan grow as their group must; where groups and strata cross, all grow alike.

    Raises
    ------
    SampleUnusable : nothing is lacking, or the tags are not those of the sample
    """
    growth = _growth(design, plan, question)
    if all(factor <= 1 for factor in growth):
        raise SampleUnusable("Nothing is lacking: every interval is as narrow as wished. Ask for a smaller --width.")
    frame = make_frame(tags, unit=design.unit, roles=design.roles, by=design.by, uncertain=design.uncertain)
    numbers = [
        min(stratum.units, math.ceil(stratum.drawn * factor - 1e-9))
        for stratum, factor in zip(design.strata, growth, strict=True)
    ]
    factors = [
        max(new, stratum.factor) for new, stratum in zip(size_factors(tags, frame, numbers), design.strata, strict=True)
    ]
    old = {(row.report_id, row.statement_id) for row in design.rows} if design.unit == "statement" else {
        (report.report_id, -1) for report in design.drawn_reports
    }  # fmt: skip

    def chance(unit: tuple[str, int], at: int, size: float) -> float:
        before, now = min(1.0, size * design.strata[at].factor), min(1.0, size * factors[at])
        return 0.0 if unit in old or before >= 1 else (now - before) / (1 - before)

    dice = random.Random(f"{seed} next {len(design.rows)}")
    new = list(draw(tags, frame, chance, dice))
    return _joined(tags, design, factors, new, dice)


def _growth(design: Design, plan: Plan, question: Question) -> list[float]:
    """How many times as many units each stratum needs."""
    ratio = {values: plan.needed[values] / max(1, plan.labelled[values]) for values in plan.needed}
    if not all(column in design.by for column in question.by):
        return [max(ratio.values(), default=1.0)] * len(design.strata)
    places = [design.by.index(column) for column in question.by]
    return [ratio.get(tuple(stratum.values[at] for at in places), 1.0) for stratum in design.strata]


def _joined(
    tags: Tags, design: Design, factors: Sequence[float], new: Sequence[Drawn], dice: random.Random
) -> tuple[Design, int]:
    """Old and new units as one sample, with the probability of each to be in it."""
    grown = [factor / stratum.factor for factor, stratum in zip(factors, design.strata, strict=True)]
    new = [msgspec.structs.replace(unit, probability=_joint(unit, design, factors)) for unit in new]

    def raised(probability: float, stratum: int) -> float:
        return probability if probability >= 1 else min(1.0, probability * grown[stratum])

    number = 1 + max((sheet for row in design.rows for sheet in row.sheets), default=-1)
    rows = statements_of(tags, design.roles, new) if design.unit == "report" else new
    dealt = [row for unit in shuffled(rows, design.unit, dice) for row in unit]
    dealt = [msgspec.structs.replace(row, sheets=(number,)) for row in dealt]
    kept = [msgspec.structs.replace(row, probability=raised(row.probability, row.stratum)) for row in design.rows]
    reports = [
        *(DrawnReport(r.report_id, r.stratum, raised(r.probability, r.stratum)) for r in design.drawn_reports),
        *(DrawnReport(unit.report_id, unit.stratum, unit.probability) for unit in new if design.unit == "report"),
    ]
    strata = tuple(
        Stratum(stratum.values, stratum.units, stratum.drawn + sum(unit.stratum == at for unit in new), factors[at])
        for at, stratum in enumerate(design.strata)
    )
    joined = msgspec.structs.replace(
        design, strata=strata, rows=(*kept, *numbered(dealt, len(kept) + 1)), drawn_reports=tuple(reports), sheets=()
    )
    return joined, number


def _joint(unit: Drawn, design: Design, factors: Sequence[float]) -> float:
    """The probability of a unit to be in one of two draws, from that of being in the second if not in the first.

    With size s and factors a, then b, it is min(1, s × b), and the second draw's is q = (s × b - s × a) / (1 - s × a).
    """
    a, b, q = design.strata[unit.stratum].factor, factors[unit.stratum], unit.probability
    return min(1.0, b * q / (b - a + q * a))
