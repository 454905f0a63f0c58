"""The labelled units of a sample as arrays: what annotators say, what the model says, and how each unit was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.conclusions.answers import Answers, Key
from nlp.conclusions.design import Design, Drawn, SampleUnusable
from nlp.conclusions.estimator import Floats, Labelled
from nlp.conclusions.frame import UNKNOWN
from nlp.conclusions.tags import Tags

IDS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LabelledUnits:
    """The labelled units, and the report of each; ``statement_ids`` is empty where the units are reports."""

    labelled: Labelled
    report_ids: list[str]
    statement_ids: list[int]


def label_units(
    tags: Tags,
    design: Design,
    answers: Answers,
    keys: Sequence[Key],
    *,
    whole_reports: bool = False,
    partial: bool = False,
) -> LabelledUnits:
    """The labelled statements, or with ``whole_reports`` the labelled reports, with one column for each key.

    A report bears a label if one of its statements does; its score is the probability of that. The table ``shown`` of
    the tags holds the drawn units afterwards.

    Raises
    ------
    SampleUnusable : rows are open and not ``partial``, or a stratum has no labelled unit
    """
    _check_open(design, answers, partial=partial)
    rows = _done(design, answers)
    units = _units(design, answers)
    place = {key: at for at, key in enumerate(keys)}
    labels = np.zeros((len(rows), len(keys)))
    for number, row in enumerate(rows):
        given = answers.by_id[row.id]
        for one in given:
            for key in one.labels & place.keys():
                labels[number, place[key]] += 1 / len(given)
    scores = _scores(tags, design, rows, place)
    if whole_reports:
        reports = [unit for unit in units if unit in {report.report_id for report in design.drawn_reports}]
        labels, scores = _by_report([row.report_id for row in rows], reports, labels, scores)
        drawn = [units[report] for report in reports]
    else:
        reports = [row.report_id for row in rows]
        drawn = [units[row.report_id if design.unit == "report" else row.id] for row in rows]
    numbers = {report: at for at, report in enumerate(dict.fromkeys(reports))}
    labelled = Labelled(
        labels,
        scores,
        np.array([chance for chance, _ in drawn], dtype=np.float64),
        np.array([numbers[report] for report in reports], dtype=np.int64),
        np.array([stratum for _, stratum in drawn], dtype=np.int64),
    )
    return LabelledUnits(labelled, reports, [] if whole_reports else [row.statement_id for row in rows])


def _check_open(design: Design, answers: Answers, *, partial: bool) -> None:
    if answers.open and not partial:
        shown = ", ".join(answers.open[:IDS_SHOWN]) + (" …" if len(answers.open) > IDS_SHOWN else "")
        raise SampleUnusable(
            f"{len(answers.open)} of {len(design.rows)} rows are not filled in ({shown}). Finish them; or take those "
            "filled in as a random part with --partial, if the sheet was worked through from the top."
        )


def _open_reports(design: Design, answers: Answers) -> set[str]:
    """Reports of a sample of reports of which a row is open: they count as a whole or not at all."""
    if design.unit == "statement":
        return set()
    return {row.report_id for row in design.rows if row.id not in answers.by_id}


def _done(design: Design, answers: Answers) -> list[Drawn]:
    unfinished = _open_reports(design, answers)
    return [row for row in design.rows if row.id in answers.by_id and row.report_id not in unfinished]


def _units(design: Design, answers: Answers) -> dict[str, tuple[float, int]]:
    """Probability and stratum of each finished unit, by id of the row or of the report; that others are open is chance, too."""
    if design.unit == "report":
        unfinished = _open_reports(design, answers)
        drawn = [(report.report_id, report.stratum, report.probability) for report in design.drawn_reports]
        done = [unit for unit in drawn if unit[0] not in unfinished]
    else:
        drawn = [(row.id, row.stratum, row.probability) for row in design.rows]
        done = [unit for unit in drawn if unit[0] in answers.by_id]
    share: dict[int, float] = {}
    for at, stratum in enumerate(design.strata):
        of, finished = (sum(unit[1] == at for unit in units) for units in (drawn, done))
        if of and not finished:
            values = zip(design.by, stratum.values, strict=True)
            named = ", ".join(f"{column} {value or UNKNOWN}" for column, value in values) or "the whole"
            raise SampleUnusable(
                f"stratum {named}: none of its {of} drawn units is labelled, so that its {stratum.units} units would be "
                "answered for by others. Label some of them."
            )
        share[at] = finished / of if of else 1.0
    return {key: (chance * share[at], at) for key, at, chance in done}


def _scores(tags: Tags, design: Design, rows: Sequence[Drawn], place: dict[Key, int]) -> Floats:
    tags.need("labels")
    tags.db.execute("CREATE OR REPLACE TABLE shown (report_id VARCHAR, statement_id BIGINT)")
    places = [(row.report_id, row.statement_id) for row in design.rows]
    tags.db.executemany(
        "INSERT INTO shown VALUES (?, ?)", places + [(report.report_id, -1) for report in design.drawn_reports]
    )
    where = {(row.report_id, row.statement_id): number for number, row in enumerate(rows)}
    scores = np.zeros((len(rows), len(place)))
    for report, statement, scheme, label, score in tags.rows("""
        SELECT report_id, statement_id, scheme, label, score FROM labels SEMI JOIN shown USING (report_id, statement_id)
    """):
        number, at = where.get((report, statement)), place.get((scheme, label))
        if number is not None and at is not None:
            scores[number, at] = score
    return scores


def _by_report(of: Sequence[str], reports: Sequence[str], labels: Floats, scores: Floats) -> tuple[Floats, Floats]:
    place = {report: at for at, report in enumerate(reports)}
    where = np.array([place[report] for report in of], dtype=np.int64)
    borne, none = np.zeros((len(reports), labels.shape[1])), np.ones((len(reports), labels.shape[1]))
    np.maximum.at(borne, where, labels)
    np.multiply.at(none, where, 1 - scores)
    return borne, 1 - none
