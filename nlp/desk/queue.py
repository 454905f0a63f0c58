"""Which statements are put before reviewers: those of a sample, or those of which the model is least certain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nlp.conclusions.design import design_path, read_design
from nlp.desk.reviews import Shown, Unit
from nlp.desk.views import Library

SHOWN = """
    WITH near AS (
        SELECT report_id, statement_id, role, role_score, text, start,
               lag(text) OVER report AS before, lead(text) OVER report AS after
        FROM statements WINDOW report AS (PARTITION BY report_id ORDER BY statement_id)
    ), borne AS (
        SELECT report_id, statement_id, list(label ORDER BY score DESC) FILTER (accepted) AS labels,
               sum(score * (1 - score)) AS doubt
        FROM labels GROUP BY ALL
    )
    SELECT n.report_id, n.statement_id, r.name, r.issuer, r.year, n.before, n.text, n.after, n.role, b.labels,
           (SELECT title FROM sections h WHERE h.report_id = n.report_id AND h."start" <= n.start
            ORDER BY h."start" DESC LIMIT 1) AS heading,
           n.role_score * (1 - n.role_score) + coalesce(b.doubt, 0) AS doubt
    FROM near n JOIN reports r USING (report_id) LEFT JOIN borne b USING (report_id, statement_id)
"""


def least_certain(library: Library, n: int) -> list[Unit]:
    """The ``n`` statements of whose role and labels the model is least certain, the least certain first."""
    rows = library.rows(f"SELECT * FROM ({SHOWN}) ORDER BY doubt DESC, report_id, statement_id LIMIT ?", [n])
    return [_unit(row) for row in rows]


def of_sample(library: Library, sheet: Path) -> tuple[list[Unit], bool]:
    """The statements of a sample in its order, by the design beside its sheet, and whether the sample is blind.

    Raises
    ------
    SampleUnusable : the design is missing, or is of other tags
    """
    design = read_design(sheet if sheet.name.endswith(".design.json") else design_path(sheet))
    library.tags.db.execute("CREATE OR REPLACE TABLE asked (report_id VARCHAR, statement_id BIGINT)")
    library.tags.db.executemany("INSERT INTO asked VALUES (?, ?)", [[r.report_id, r.statement_id] for r in design.rows])
    rows = library.rows(f"SELECT * FROM ({SHOWN}) SEMI JOIN asked USING (report_id, statement_id)")
    found = {(row["report_id"], row["statement_id"]): row for row in rows}
    several = any(max(drawn.sheets, default=0) for drawn in design.rows)
    units = [
        _unit(found[place], sample_id=drawn.id, sheets=drawn.sheets if several else ())
        for drawn in design.rows
        if (place := (drawn.report_id, drawn.statement_id)) in found
    ]
    return units, design.blind


def _unit(row: dict[str, Any], *, sample_id: str | None = None, sheets: tuple[int, ...] = ()) -> Unit:
    shown = Shown(
        row["text"] or "", row["name"] or "", row["issuer"] or "", row["year"], row["heading"] or "", row["before"] or "",
        row["after"] or "", row["role"], tuple(row["labels"] or ()),
    )  # fmt: skip
    return Unit(0, row["report_id"], row["statement_id"], shown, sample_id, sheets)


def reviews_path(tags: Path) -> Path:
    """Where the reviews of a run lie unless another file is named: beside its folder, which is the run's own.

    >>> reviews_path(Path("a/tags")).as_posix()
    'a/tags.reviews.sqlite'
    """
    return tags.with_name(f"{tags.name}.reviews.sqlite")
