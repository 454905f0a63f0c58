"""The frame of a study: the statements or reports of a run that can be drawn, with strata and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.conclusions.design import SampleUnusable, Unit
from nlp.conclusions.tags import Tags
from nlp.vocabulary.load import load

# A unit's share of the sample is at least this part of the mean share: what the model is sure of is looked at, too.
LEAST_SHARE = 1 / 3
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Frame:
    """What can be drawn. The units lie in the DuckDB table ``frame`` of the tags: report_id, statement_id, stratum, size.

    ``strata`` are the values of the stratifying columns, in order, ``None`` where a report does not tell; ``counts`` the
    units of each. ``statement_id`` is NULL in a frame of reports. ``size`` has mean 1 in each stratum.
    """

    unit: Unit
    roles: tuple[str, ...]
    by: tuple[str, ...]
    strata: tuple[tuple[str | None, ...], ...]
    counts: tuple[int, ...]
    reports: int
    fingerprint: str

    @property
    def units(self) -> int:
        """The number of units."""
        return sum(self.counts)


def report_columns() -> list[str]:
    """The columns of ``reports`` by which reports can be grouped."""
    return [column for column, *_ in load("codebook")["reports"]["columns"]]


def check_columns(by: Sequence[str]) -> None:
    """Raises ``SampleUnusable`` for a column that ``reports`` does not have."""
    known = report_columns()
    for column in by:
        if column not in known:
            raise SampleUnusable(f"--by {column}: the table reports has no such column. It has {', '.join(known)}.")


def roles_with_labels(tags: Tags) -> tuple[str, ...]:
    """The roles whose statements bear labels in this run; all roles for a model that labels every statement."""
    tags.need("statements", "labels")
    found = tags.rows("SELECT DISTINCT role FROM statements JOIN labels USING (report_id, statement_id) ORDER BY ALL")
    return tuple(row[0] for row in found)


def check_roles(tags: Tags, roles: Sequence[str]) -> None:
    """Raises ``SampleUnusable`` for a role that no statement of the run has."""
    known = [row[0] for row in tags.need("statements").rows("SELECT DISTINCT role FROM statements ORDER BY ALL")]
    for role in roles:
        if role not in known:
            raise SampleUnusable(f"--roles {role}: no statement has this role. There are {', '.join(known) or 'none'}.")


def stratum_key(by: Sequence[str]) -> str:
    """The SQL that names a report's stratum: the values as a JSON list, so that they can be told apart again."""
    return "to_json([" + ", ".join(f'CAST(r."{column}" AS VARCHAR)' for column in by) + "]::VARCHAR[])::VARCHAR"


def make_frame(
    tags: Tags, *, unit: Unit, roles: Sequence[str], by: Sequence[str] = (), uncertain: bool = False
) -> Frame:
    """Put the frame into the table ``frame`` of the tags and describe it.

    Parameters
    ----------
    uncertain : sizes grow with the model's doubt about a unit's role and labels (the standard deviation of what it
        predicts), and are never below a third of their mean; without it all sizes are 1

    Raises
    ------
    SampleUnusable : an unknown column or role, or nothing in the frame
    """
    check_columns(by)
    tags.need("reports", "statements", "labels")
    check_roles(tags, roles)
    in_frame = ", ".join(f"'{role}'" for role in roles)
    doubts = f"""
        SELECT s.report_id, s.statement_id,
               s.role_score * (1 - s.role_score) + coalesce(sum(l.score * (1 - l.score)), 0) AS doubt
        FROM statements s LEFT JOIN labels l USING (report_id, statement_id)
        WHERE s.role IN ({in_frame}) GROUP BY s.report_id, s.statement_id, s.role_score
    """
    if not uncertain:
        doubts = f"SELECT report_id, statement_id, 1.0 AS doubt FROM statements WHERE role IN ({in_frame})"
    if unit == "report":
        doubts = f"""
            SELECT r.report_id, NULL::BIGINT AS statement_id, {"coalesce(sum(doubt), 0)" if uncertain else "1.0"} AS doubt
            FROM reports r LEFT JOIN ({doubts}) USING (report_id) GROUP BY r.report_id
        """
    tags.db.execute(f"""
        CREATE OR REPLACE TABLE frame AS
        WITH units AS (
            SELECT d.report_id, d.statement_id, {stratum_key(by)} AS stratum, sqrt(greatest(d.doubt, 0)) AS doubt
            FROM ({doubts}) d JOIN reports r USING (report_id)
        )
        SELECT report_id, statement_id, stratum,
               coalesce({LEAST_SHARE} + {1 - LEAST_SHARE} * doubt / nullif(avg(doubt) OVER (PARTITION BY stratum), 0), 1)
               AS size
        FROM units
    """)
    rows = tags.rows("""
        SELECT stratum::JSON::VARCHAR[] AS found, count(*) FROM frame GROUP BY stratum
        ORDER BY found NULLS LAST
    """)
    if not rows:
        raise SampleUnusable(
            f"{tags.folder}: no statement of the roles {', '.join(roles)} in these tags. Name others with --roles."
        )
    strata = tuple(tuple(values) for values, _ in rows)
    reports = tags.one("SELECT count(DISTINCT report_id) FROM frame")
    return Frame(unit, tuple(roles), tuple(by), strata, tuple(n for _, n in rows), reports, fingerprint(tags))


def fingerprint(tags: Tags) -> str:
    """32 hexadecimal digits made of all units of the frame and their strata, whatever their order."""
    number = tags.one("""
        SELECT bit_xor(md5_number(concat_ws('|', report_id, statement_id, stratum))) FROM frame
    """)
    return f"{number % (1 << 128):032x}"
