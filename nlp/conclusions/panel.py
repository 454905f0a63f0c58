"""The panel: one row a body and year, numbers as numbers, and why a number is missing kept apart from what it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.conclusions.answers import Answers
from nlp.conclusions.bodies import NONE, Decisions, put_bodies, put_chosen
from nlp.conclusions.design import Design
from nlp.conclusions.estimate import check_same
from nlp.conclusions.frame import make_frame
from nlp.conclusions.labelled import label_units
from nlp.conclusions.tags import Tags
from nlp.conclusions.variables import Variable, find_variables
from nlp.vocabulary.load import load

REPORTS_AT_ONCE = 10_000
Matrix = npt.NDArray[np.float64]
FIXED = ("body_id", "year", "issuer", "region", "level", "report_id", "file", "reports", "edition", "published_on", "errors", "warnings")  # fmt: skip


class Missing(str):
    """Why a cell has no value: a key of ``[missing]`` in ``vocabulary/conclusions.toml``."""

    __slots__ = ()


@cache
def missing_numbers() -> dict[str, float]:
    """The number that stands for each kind of missing value, as SPSS has it."""
    return {kind: float(entry["number"]) for kind, entry in load("conclusions")["missing"].items()}


class Panel:
    """The rows and columns of a panel.

    Parameters
    ----------
    design, answers : a labelled sample, for the columns ``adj_…`` and ``labelled``
    partial : take the rows that are filled in as a random part of those drawn

    Raises
    ------
    SampleUnusable : the sample is of other tags or not filled in far enough
    """

    def __init__(
        self,
        tags: Tags,
        *,
        decisions: Decisions = NONE,
        design: Design | None = None,
        answers: Answers | None = None,
        partial: bool = False,
    ) -> None:
        self._tags = tags
        self.variables = find_variables(tags, adjusted=answers is not None)
        self._corrections: dict[str, Matrix] = {}
        self._labelled: dict[str, int] = {}
        self._roles: tuple[str, ...] = ()
        if design is not None and answers is not None:
            self._correct(design, answers, partial=partial)
        put_bodies(tags, decisions)
        put_chosen(tags)
        self.rows_count = int(tags.one("SELECT count(*) FROM chosen"))
        self.left_out = int(tags.one("SELECT count(*) FROM bodied WHERE body IS NULL OR year IS NULL"))
        self.versions = int(tags.one("SELECT count(*) FROM bodied")) - self.left_out - self.rows_count
        tags.need("sections")
        tags.db.execute("CREATE OR REPLACE TABLE missing (kind VARCHAR, number DOUBLE)")
        tags.db.executemany("INSERT INTO missing VALUES (?, ?)", list(missing_numbers().items()))
        tags.db.execute(
            "CREATE OR REPLACE TABLE asked (place BIGINT, part VARCHAR, one VARCHAR, two VARCHAR, three VARCHAR)"
        )
        tags.db.executemany("INSERT INTO asked VALUES (?, ?, ?, ?, ?)", [
            (at, v.group if v.kind != "number" or v.group == "channels" else "figures", *v.key, *[None] * (3 - len(v.key)))
            for at, v in enumerate(self.variables)
        ])  # fmt: skip

    def _correct(self, design: Design, answers: Answers, *, partial: bool) -> None:
        """For each report with a labelled statement: the sum of (label - score) / probability, for each label."""
        frame = make_frame(self._tags, unit=design.unit, roles=design.roles, by=design.by)
        check_same(self._tags, frame, design)
        keys = [v.key for v in self.variables if v.kind == "adjusted"]
        units = label_units(self._tags, design, answers, [(k[0], k[1]) for k in keys], partial=partial)
        wrong = corrections(units.labelled.labels, units.labelled.scores, units.labelled.chance)
        for report, row in zip(units.report_ids, wrong, strict=True):
            self._corrections[report] = self._corrections.get(report, 0.0) + row
            self._labelled[report] = self._labelled.get(report, 0) + 1
        self._roles = design.roles

    def rows(self, progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[dict[str, Any]]:
        """The rows in the order of bodies and years: values, ``None`` where the form has no such cell, or ``Missing``."""
        kinds = {number: Missing(kind) for kind, number in missing_numbers().items()}
        for start in range(0, self.rows_count, REPORTS_AT_ONCE):
            progress(start, self.rows_count)
            fixed = self._tags.rows(
                f"SELECT {', '.join(FIXED)} FROM chosen WHERE n >= ? AND n < ? ORDER BY n",
                [start, start + REPORTS_AT_ONCE],
            )
            matrix = self._matrix(start, [row[FIXED.index("report_id")] for row in fixed])
            for row, values in zip(fixed, matrix, strict=True):
                yield dict(zip(FIXED, row, strict=True)) | {
                    v.name: _value(v, value, kinds) for v, value in zip(self.variables, values.tolist(), strict=True)
                }
        progress(self.rows_count, self.rows_count)

    def _matrix(self, start: int, reports: Sequence[str]) -> Matrix:
        matrix = np.full((len(reports), len(self.variables)), np.nan)
        absent = missing_numbers()["absent"]
        groups = np.array([v.group for v in self.variables])
        matrix[:, groups == "channels"] = absent
        for group in ("contacts", "findings", "sample"):
            matrix[:, groups == group] = 0
        bounds = {"low": start, "high": start + len(reports)}
        for group, query in (("roles", _TELLING), ("labels", _ON_PROBLEMS)):
            there = self._arrays(query, bounds)[0]
            columns = np.flatnonzero(groups == group)
            matrix[:, columns] = absent
            matrix[np.ix_(there, columns)] = 0
        for query in (_FIGURES, _CHANNELS, _ROLES, _LABELS, _CONTACTS, _FINDINGS):
            rows, columns, values = self._arrays(query, bounds)
            matrix[rows, columns] = values
        if self._roles:
            self._adjust(matrix, groups, reports, bounds)
        return matrix

    def _adjust(self, matrix: Matrix, groups: npt.NDArray[Any], reports: Sequence[str], bounds: dict[str, int]) -> None:
        columns = np.flatnonzero(groups == "adjusted")
        matrix[:, columns] = 0
        roles = ", ".join(f"'{role}'" for role in self._roles)
        rows, places, values = self._arrays(_SCORES.format(roles=roles), bounds)
        matrix[rows, places] = values
        sample = np.flatnonzero(groups == "sample")
        for at, report in enumerate(reports):
            if report in self._corrections:
                matrix[at, columns] += self._corrections[report]
                matrix[at, sample] = self._labelled[report]

    def _arrays(self, query: str, bounds: dict[str, int]) -> list[npt.NDArray[Any]]:
        needed = {name: value for name, value in bounds.items() if f"${name}" in query}
        found = self._tags.db.execute(query, needed).fetchnumpy()
        return [np.ma.filled(column) for column in found.values()]


def corrections(labels: Matrix, scores: Matrix, chance: Matrix) -> Matrix:
    """What each labelled unit adds to the score of its report: (label - score) / probability, n × k.

    With it the sum of scores becomes an outcome whose expectation over samples is the true number, so that ordinary
    regressions on it are right for the true number (design-based supervised learning), with standard errors by report.
    """
    result: Matrix = (labels - scores) / chance[:, None]
    return result


def _value(variable: Variable, value: float, kinds: dict[float, Missing]) -> Any:
    if math.isnan(value):
        return None
    if variable.kind == "adjusted":
        return value
    if (kind := kinds.get(value)) is not None:
        return kind
    if variable.kind == "truth":
        return value == 1
    return int(value) if value.is_integer() else value


# Every query gives row, column and value of cells of the matrix, for the reports from $low to before $high.
_HERE = "FROM chosen c JOIN {table} t USING (report_id) JOIN asked a ON a.part = '{part}' AND {on} WHERE c.n >= $low AND c.n < $high"
_COUNTED = "SELECT any_value(c.n) - $low, any_value(a.place), CAST(count(*) AS DOUBLE) {here} GROUP BY c.n, a.place"


def _here(table: str, part: str, on: str) -> str:
    return _HERE.format(table=table, part=part, on=on)


_CELL = """a.one = t."table" AND a.two = t."row" AND a.three = t."column" """
_ON_LABEL = "a.one = t.scheme AND a.two = t.label"
_FIGURES = f"""
SELECT c.n - $low, a.place, coalesce(CAST(t.value AS DOUBLE), (SELECT number FROM missing WHERE kind = t.status),
                                  (SELECT number FROM missing WHERE kind = 'ambiguous'))
{_here("figures", "figures", _CELL)}
"""
# Several different numbers for one channel and year leave open which is meant.
_CHANNELS = f"""
SELECT any_value(c.n) - $low, any_value(a.place),
       CASE WHEN count(DISTINCT t.value) = 1 THEN CAST(any_value(t.value) AS DOUBLE)
            ELSE (SELECT number FROM missing WHERE kind = 'ambiguous') END
{_here("channel_counts", "channels", "a.one = t.channel")}
AND t.scope = 'year' AND t.category IS NULL AND t.value IS NOT NULL GROUP BY c.n, a.place
"""
_ROLES = _COUNTED.format(here=_here("statements", "roles", "a.one = t.role"))
_LABELS = _COUNTED.format(here=_here("labels", "labels", _ON_LABEL) + " AND t.accepted")
_CONTACTS = f"SELECT DISTINCT c.n - $low, a.place, 1.0 {_here('contacts', 'contacts', 'a.one = t.kind')}"
_FINDINGS = _COUNTED.format(here=_here("issues", "findings", "a.one = t.code"))
_OF_ROLES = (
    "(SELECT l.* FROM labels l SEMI JOIN (FROM statements WHERE role IN ({roles})) s USING (report_id, statement_id))"
)
_SCORES = f"""
SELECT any_value(c.n) - $low, any_value(a.place), sum(t.score) {_here(_OF_ROLES, "adjusted", _ON_LABEL)} GROUP BY c.n, a.place
"""
_TELLING = """
SELECT n - $low FROM chosen c
WHERE n >= $low AND n < $high AND EXISTS (FROM statements s WHERE s.report_id = c.report_id)
"""
# Where a report has a part on problems, or tells problems or measures elsewhere, that a label lacks is a zero.
_ON_PROBLEMS = """
SELECT n - $low FROM chosen c WHERE n >= $low AND n < $high AND (
    EXISTS (FROM sections s WHERE s.report_id = c.report_id AND s.key IN ('problems', 'problem_list', 'measure_list'))
    OR EXISTS (FROM labels l WHERE l.report_id = c.report_id)
)
"""
