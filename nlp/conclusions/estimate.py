"""From tags and a filled-in sample to shares with intervals, for each label and group; beside them what the model alone says."""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from nlp.conclusions.answers import Answers, Key
from nlp.conclusions.design import Design, SampleUnusable
from nlp.conclusions.estimator import (
    Floats,
    Group,
    Labelled,
    Shares,
    Tuning,
    difference,
    estimate,
    tune,
    without_scores,
)
from nlp.conclusions.frame import Frame, check_columns, make_frame, roles_with_labels, stratum_key
from nlp.conclusions.labelled import label_units
from nlp.conclusions.tags import Tags
from nlp.labelling.taxonomy import LabelName

Measure = Literal["statements", "reports", "number"]
MEASURES: dict[Measure, tuple[str, str]] = {
    "statements": ("陈述中的占比", "share of statements"),
    "reports": ("提到该项的报告占比", "share of reports that have it"),
    "number": ("平均每份报告的条数", "mean number for each report"),
}
BOTH, SCORES_ONLY = "labels and scores", "scores only"
MAX_PAIRED_GROUPS = 12
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be estimated.

    Parameters
    ----------
    measure : ``statements`` (share of the frame's statements), ``reports`` (share of reports in which a statement bears
        the label), ``number`` (mean number of such statements for each report)
    by : columns of ``reports`` whose values make the groups; none for the whole
    labels : keys of the labels asked for; all unless given
    differences : also the differences between each two groups
    partial : take the rows that are filled in as a random part of those drawn, which they are when the sheet was worked
        through from the top
    """

    measure: Measure = "statements"
    by: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    differences: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """Estimates and differences as rows (dicts with equal keys), and what a reader must know about them."""

    question: Question
    rows: list[dict[str, Any]]
    differences: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grouped:
    """What the tags say of one group: units and reports, and for each label the sum of scores and the accepted units."""

    values: tuple[str | None, ...]
    units: int
    reports: int
    scores: Floats
    accepted: Floats


@dataclass(frozen=True, slots=True)
class Survey:
    """The labels asked for, what the model says of each group, and the labelled units with the group of each."""

    names: list[LabelName]
    groups: list[Grouped]
    labelled: Labelled
    values: list[tuple[str | None, ...]]
    tuning: Tuning

    def group(self, grouped: Grouped) -> Group:
        """A group as the estimator takes it."""
        members = np.array([values == grouped.values for values in self.values], dtype=bool)
        return Group(grouped.units, grouped.scores, members)


def survey(
    tags: Tags,
    question: Question,
    *,
    design: Design | None,
    answers: Answers | None,
    progress: Progress = lambda done, total: None,
) -> Survey:
    """What a question needs of tags and sample; without a sample no unit is labelled.

    Raises
    ------
    SampleUnusable : the sample is of other tags, cannot answer this question, or is not filled in far enough; an unknown
        column or label
    """
    check_columns(question.by)
    tags.need("reports", "statements", "labels")
    names = _asked(tags, question)
    keys = [(label.scheme, label.key) for label in names]
    if question.measure == "reports" and design is not None and design.unit == "statement":
        raise SampleUnusable(
            "--unit report: the sample holds single statements, which do not show whether a report admits something. "
            "Draw whole reports with `gongkai sample --unit report`."
        )
    progress(0, 3)
    if design is not None:
        check_same(tags, make_frame(tags, unit=design.unit, roles=design.roles, by=design.by), design)
    progress(1, 3)
    groups = _groups(tags, question, design.roles if design else roles_with_labels(tags), keys)
    progress(2, 3)
    if design is None or answers is None:
        none, whole_numbers = np.zeros((0, len(keys))), np.zeros(0, dtype=np.int64)
        nobody = Labelled(none, none, np.zeros(0), whole_numbers, whole_numbers)
        return Survey(names, groups, nobody, [], without_scores(len(keys)))
    whole = question.measure == "reports"
    units = label_units(tags, design, answers, keys, whole_reports=whole, partial=question.partial)
    of = dict(
        tags.rows(f"SELECT report_id, {stratum_key(question.by)} FROM reports r SEMI JOIN shown USING (report_id)")
    )
    progress(3, 3)
    return Survey(names, groups, units.labelled, [group_key(of[r]) for r in units.report_ids], tune(units.labelled))


def answer(
    tags: Tags,
    question: Question,
    *,
    design: Design | None = None,
    answers: Answers | None = None,
    progress: Progress = lambda done, total: None,
) -> Study:
    """The estimates that a question asks for.

    Without a sample nothing but the model speaks: estimates are mean scores, without an interval.

    Raises
    ------
    SampleUnusable : as ``survey`` does
    """
    study = _study(question, survey(tags, question, design=design, answers=answers, progress=progress))
    if design and answers:
        study.notes.extend(_notes(design, answers))
    elif not design:
        study.notes.append(
            "No labelled sample: nothing but the model speaks, and its errors move these shares. "
            "`gongkai sample` draws statements to be checked by hand."
        )
    return study


def _asked(tags: Tags, question: Question) -> list[LabelName]:
    known = {label.key for label in tags.labels}
    for key in question.labels:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            meant = f"Did you mean {near[0]}?" if near else f"There are {', '.join(sorted(known))}."
            raise SampleUnusable(f"--label {key}: no such label in these tags. {meant}")
    return [label for label in tags.labels if not question.labels or label.key in question.labels]


def check_same(tags: Tags, frame: Frame, design: Design) -> None:
    """Raises ``SampleUnusable`` unless the frame is the one that the sample was drawn from."""
    if frame.fingerprint != design.fingerprint:
        raise SampleUnusable(
            f"{tags.folder}: not the tags that the sample was drawn from ({design.units} units of {design.reports} reports "
            f"then, {frame.units} of {frame.reports} here). Name the folder of those tags, or draw a new sample."
        )


def group_key(values: str) -> tuple[str | None, ...]:
    """The values of a group from their JSON."""
    return tuple(json.loads(values))


def _groups(tags: Tags, question: Question, roles: Sequence[str], keys: Sequence[Key]) -> list[Grouped]:
    """What the model says of each group, by one pass over the labels."""
    key = stratum_key(question.by)
    in_frame = ", ".join(f"'{role}'" for role in roles)
    tags.db.execute(f"CREATE OR REPLACE VIEW grouped AS SELECT report_id, {key} AS values FROM reports r")
    reports = dict(tags.rows("SELECT values, count(*) FROM grouped GROUP BY values"))
    borne = f"""
        SELECT l.report_id, l.statement_id, l.scheme, l.label, l.score, l.accepted
        FROM labels l JOIN statements s USING (report_id, statement_id) WHERE s.role IN ({in_frame})
    """
    if question.measure == "reports":
        units = reports
        borne = f"""
            SELECT report_id, scheme, label, 1 - product(1 - score) AS score, bool_or(accepted) AS accepted
            FROM ({borne}) GROUP BY report_id, scheme, label
        """
    else:
        units = dict(tags.rows(f"""
            SELECT values, count(*) FROM statements JOIN grouped USING (report_id) WHERE role IN ({in_frame}) GROUP BY values
        """))  # fmt: skip
    place = {key: at for at, key in enumerate(keys)}
    scores = {values: np.zeros((2, len(keys))) for values in reports}
    for values, scheme, label, score, accepted in tags.rows(f"""
        SELECT values, scheme, label, sum(score), count(*) FILTER (accepted)
        FROM ({borne}) JOIN grouped USING (report_id) GROUP BY ALL
    """):
        if (scheme, label) in place:
            scores[values][:, place[scheme, label]] = score, accepted
    order = sorted(reports, key=lambda values: tuple((value is None, value or "") for value in group_key(values)))
    return [Grouped(group_key(values), units.get(values, 0), reports[values], *scores[values]) for values in order]


def _study(question: Question, found: Survey) -> Study:
    study = Study(question, [])
    alone_tuning = without_scores(len(found.names))
    for grouped in found.groups:
        units = max(1, grouped.units)
        scale = grouped.units / grouped.reports if question.measure == "number" else 1.0
        group = found.group(grouped)
        both = alone = None
        if group.members.any():
            both = estimate(found.labelled, group, found.tuning)
            alone = estimate(found.labelled, group, alone_tuning)
        for at, label in enumerate(found.names):
            model, naive = (float(sums[at]) / units * scale for sums in (grouped.scores, grouped.accepted))
            row = _group_columns(question, grouped.values) | _label_columns(label)
            row |= _numbers(both, at, scale, fallback=float(grouped.scores[at]) / units)
            row |= {"naive": naive, "model": model}
            of_labels = _numbers(alone, at, scale, fallback=None)
            row |= {f"labels_only_{name}": of_labels[name] for name in ("estimate", "low", "high")}
            row |= _counted(found, group, at)
            row |= {"units": grouped.units, "reports": grouped.reports, "basis": BOTH if both else SCORES_ONLY}
            study.rows.append(row)
    if question.differences and len(found.labelled):
        _add_differences(study, found)
    return study


def _group_columns(question: Question, values: Sequence[str | None]) -> dict[str, Any]:
    return {"measure": question.measure} | dict(zip(question.by, values, strict=True))


def _label_columns(label: LabelName) -> dict[str, Any]:
    return {"scheme": label.scheme, "label": label.key, "zh": label.zh}


def _numbers(shares: Shares | None, at: int, scale: float, *, fallback: float | None) -> dict[str, float | None]:
    if shares is None:
        return {"estimate": None if fallback is None else fallback * scale, "low": None, "high": None, "error": None}
    error = float(shares.error[at])
    values = (shares.value[at], shares.low[at], shares.high[at])
    return dict(zip(("estimate", "low", "high"), (float(v) * scale for v in values), strict=True)) | {
        "error": error * scale if np.isfinite(error) else None
    }


def _counted(found: Survey, group: Group, at: int) -> dict[str, Any]:
    """How many labelled units and reports stand behind a row, how many of the units bear the label, and λ."""
    members = group.members
    return {
        "labelled": int(members.sum()),
        "labelled_reports": len(np.unique(found.labelled.report[members])),
        "borne": round(float(found.labelled.labels[members, at].sum()), 2),
        "weight": round(float(found.tuning.weight[at]), 3) if len(members) else None,
    }


def _add_differences(study: Study, found: Survey) -> None:
    question = study.question
    if question.measure == "number":
        raise SampleUnusable("--differences: of shares only. Leave --mean out.")
    here = [grouped for grouped in found.groups if found.group(grouped).members.any()]
    if len(here) > MAX_PAIRED_GROUPS:
        pairs = list(itertools.pairwise(here))
        study.notes.append(f"{len(here)} groups: differences of neighbours only.")
    else:
        pairs = list(itertools.combinations(here, 2))
    for one, other in pairs:
        shares = difference(found.labelled, found.group(other), found.group(one), found.tuning)
        for at, label in enumerate(found.names):
            row: dict[str, Any] = {"measure": question.measure}
            row |= {f"{column}_from": value for column, value in zip(question.by, one.values, strict=True)}
            row |= {f"{column}_to": value for column, value in zip(question.by, other.values, strict=True)}
            study.differences.append(row | _label_columns(label) | _numbers(shares, at, 1.0, fallback=None))


def _notes(design: Design, answers: Answers) -> list[str]:
    notes = []
    if answers.open:
        notes.append(
            f"{len(answers.open)} of {len(design.rows)} drawn rows are open: the others are taken as a random part of them."
        )
    if answers.doubled:
        notes.append(f"{answers.doubled} rows were answered by several annotators: the mean of their answers counts.")
    roles = ", ".join(design.roles)
    notes.append(f"Of statements that the model takes for {roles}; what it takes for another role is not looked at.")
    return notes
