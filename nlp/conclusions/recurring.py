"""From one year to the next: which measures that were promised are told as done, which problems stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from nlp.conclusions.likeness import Described, Kind, best_of, describe
from nlp.conclusions.tags import Tags

DONE, AGAIN, NOT_TOLD = "done", "again", "not_told"
LEAST = 0.5  # a score from which a pair counts


@dataclass(slots=True)
class Said:
    """A statement of a report; ``standing`` counts the years that its problem has been told in a row."""

    report_id: str
    statement_id: int
    text: str
    labels: tuple[str, ...]
    described: Described
    standing: int = 1


@dataclass(slots=True)
class Year:
    """What a body says in the report on a year, by role."""

    year: int
    said: dict[str, list[Said]] = field(default_factory=dict)

    def of(self, role: str) -> list[Said]:
        """The statements of a role, in the order of the report."""
        return self.said.get(role, [])


def promises(tags: Tags) -> Iterator[dict[str, Any]]:
    """One row for each measure that a body promised in a year after which it reported again, with what that report says of it.

    ``outcome`` is done (told among the year's work), again (promised once more) or not_told; ``score`` is the probability
    that the statement of the next year tells the promise as done.
    """
    for body, before, after in _pairs(tags, ("measure", "achievement")):
        achievements, measures = after.of("achievement"), after.of("measure")
        for promise in before.of("measure"):
            told = _best("promise", promise, achievements)
            again = _best("recurring", promise, _sharing(promise, measures))
            outcome, match = NOT_TOLD, None
            if told and told[1] >= LEAST:
                outcome, match = DONE, told
            elif again and again[1] >= LEAST:
                outcome, match = AGAIN, again
            row = _row(body, before, promise, after, match[0] if match else None)
            yield row | {"score": round(told[1], 4) if told else 0.0, "outcome": outcome}


def recurring(tags: Tags) -> Iterator[dict[str, Any]]:
    """One row for each problem that a body tells again the year after: same label, like content.

    ``standing`` counts the years in a row; ``score`` is the probability that it is the same problem.
    """
    for body, before, after in _pairs(tags, ("problem",)):
        for problem in before.of("problem"):
            match = _best("recurring", problem, _sharing(problem, after.of("problem")))
            if match is None or match[1] < LEAST:
                continue
            same, score = match
            same.standing = max(same.standing, problem.standing + 1)
            row = _row(body, before, problem, after, same)
            shared = [label for label in problem.labels if label in same.labels]
            yield row | {"labels": ",".join(shared), "score": round(score, 4), "standing": problem.standing + 1}


def _best(kind: Kind, before: Said, those: Sequence[Said]) -> tuple[Said, float] | None:
    for place, score in best_of(kind, before.described, [one.described for one in those]):
        return those[place], score
    return None


def _sharing(one: Said, those: Sequence[Said]) -> list[Said]:
    return [other for other in those if set(one.labels) & set(other.labels)]


def _row(body: str, before: Year, one: Said, after: Year, other: Said | None) -> dict[str, Any]:
    return {
        "body_id": body, "labels": ",".join(one.labels), "year": before.year, "report_id": one.report_id,
        "statement_id": one.statement_id, "text": one.text, "next_year": after.year,
        "next_report_id": other.report_id if other else None, "next_statement_id": other.statement_id if other else None,
        "next_text": other.text if other else None,
    }  # fmt: skip


def _pairs(tags: Tags, roles: Sequence[str]) -> Iterator[tuple[str, Year, Year]]:
    """Each body's reports on a year and on the next one, years in order. Memory holds one body."""
    tags.need("statements", "labels")
    wanted = ", ".join(f"'{role}'" for role in roles)
    rows = tags.stream(f"""
        WITH borne AS (
            SELECT report_id, statement_id, list(label ORDER BY label) AS labels FROM labels WHERE accepted GROUP BY ALL
        )
        SELECT c.body_id, c.year, s.role, s.report_id, s.statement_id, s.text, b.labels
        FROM chosen c LEFT JOIN (SELECT * FROM statements WHERE role IN ({wanted})) s USING (report_id)
             LEFT JOIN borne b USING (report_id, statement_id)
        ORDER BY c.n, s.statement_id
    """)
    for body, told in groupby(rows, key=lambda row: row[0]):
        before: Year | None = None
        for year, of_year in groupby(told, key=lambda row: row[1]):
            here = Year(year)
            for _, _, role, report, statement, text, labels in of_year:
                if role is not None:  # a report that tells none of these roles is still one
                    said = Said(report, statement, text, tuple(labels or ()), describe(text))
                    here.said.setdefault(role, []).append(said)
            if before is not None and before.year == year - 1:
                yield body, before, here
            before = here
