"""All tables in one DuckDB database, with keys, descriptions and views that answer the usual questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from nlp.output.names import names
from nlp.tables.forms import form
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

if TYPE_CHECKING:
    pass

SQL_TYPES = {
    "string": "VARCHAR", "integer": "BIGINT", "float": "DOUBLE", "decimal": "DECIMAL(24, 6)", "boolean": "BOOLEAN",
    "date": "DATE",
}  # fmt: skip
KEYS = {"reports": ("report_id",), "statements": ("report_id", "statement_id")}
# A key is an index that must fit into memory: some 100 bytes a row.
MAX_KEYED_ROWS = 20_000_000
NAMED = ("labels", "channels", "metrics", "contacts", "roles", "levels", "editions", "statuses", "severities", "scopes")

VIEWS = {
    "problems_by_year": (
        "Problems by year and level: statements that have the label, reports in which one does, and all reports",
        """
SELECT r.year, r.level, l.label, n.zh, count(*) AS statements, count(DISTINCT l.report_id) AS reports,
       any_value(t.reports) AS of_reports
FROM labels l JOIN reports r USING (report_id) LEFT JOIN names n ON n.kind = 'labels' AND n.key = l.label
     JOIN (SELECT year, level, count(*) AS reports FROM reports GROUP BY ALL) t
     ON t.year IS NOT DISTINCT FROM r.year AND t.level IS NOT DISTINCT FROM r.level
WHERE l.scheme = 'problem' AND l.accepted
GROUP BY r.year, r.level, l.label, n.zh ORDER BY r.year, r.level, statements DESC, l.label""",
    ),
    "channels_by_year": (
        "What went through each channel by year: only numbers of a whole year that are not shared with another channel",
        """
SELECT r.year, c.channel, n.zh, count(DISTINCT c.report_id) AS reports, count(*) AS numbers, sum(c.value) AS total,
       median(c.value) AS median
FROM channel_counts c JOIN reports r USING (report_id) LEFT JOIN names n ON n.kind = 'channels' AND n.key = c.channel
WHERE c.scope = 'year'
GROUP BY r.year, c.channel, n.zh ORDER BY r.year, reports DESC, c.channel""",
    ),
}


class Database:
    """``gongkai.duckdb``: the tables, ``codebook`` and ``names`` to explain them, and the views."""

    def __init__(self, folder: Path, tables: Iterable[str]) -> None:
        self._db = duckdb.connect(str(folder / "gongkai.duckdb"))
        self._db.execute("SET memory_limit = '2GB'")
        self._tables = list(tables)
        for name in self._tables:
            self._create(name)

    def write(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table."""
        self._db.register("new_rows", rows)
        self._db.execute(f'INSERT INTO "{name}" SELECT * FROM new_rows')
        self._db.unregister("new_rows")

    def close(self) -> None:
        """Add what explains the tables, the keys and the views, and finish the file."""
        self._explain()
        for name, columns in KEYS.items():
            if name in self._tables and self._count(name) <= MAX_KEYED_ROWS:
                self._db.execute(f"ALTER TABLE {name} ADD PRIMARY KEY ({', '.join(columns)})")
        if set(self._tables) == set(load("codebook")):
            views = VIEWS | {"panel": ("One row per body and year, with every cell of the statutory tables", _panel())}
            for name, (comment, query) in views.items():
                self._db.execute(f"CREATE VIEW {name} AS {query}")
                self._db.execute(f"COMMENT ON VIEW {name} IS {_quoted(comment)}")
        self._db.execute("CHECKPOINT")
        self._db.close()

    def _create(self, name: str) -> None:
        table = load("codebook")[name]
        columns = ", ".join(f'"{column}" {SQL_TYPES[kind]}' for column, kind, _, _ in table["columns"])
        self._db.execute(f'CREATE TABLE "{name}" ({columns})')
        self._db.execute(f'COMMENT ON TABLE "{name}" IS {_quoted(table["zh"] + ": " + table["en"])}')
        for column, _, zh, text in table["columns"]:
            self._db.execute(f'COMMENT ON COLUMN "{name}"."{column}" IS {_quoted(zh + ": " + text)}')

    def _explain(self) -> None:
        self._db.execute(
            'CREATE TABLE codebook ("table" VARCHAR, "column" VARCHAR, type VARCHAR, zh VARCHAR, description VARCHAR)'
        )
        for name in self._tables:
            rows = [(name, column, kind, zh, text) for column, kind, zh, text in load("codebook")[name]["columns"]]
            self._db.executemany("INSERT INTO codebook VALUES (?, ?, ?, ?, ?)", rows)
        self._db.execute("CREATE TABLE names (kind VARCHAR, key VARCHAR, zh VARCHAR)")
        named = [(kind, key, zh) for kind in NAMED for key, zh in names(kind).items()]
        self._db.executemany("INSERT INTO names VALUES (?, ?, ?)", named)

    def _count(self, name: str) -> int:
        row = self._db.execute(f"SELECT count(*) FROM {name}").fetchone()
        return int(row[0]) if row else 0


def _panel() -> str:
    """The query of ``panel``. Of several reports of a body for a year, the one published last is taken."""
    cells = dict.fromkeys(
        (table, row, column)
        for edition in forms()
        if form(edition).ordered
        for table, rows in form(edition).cells.items()
        for row, columns in rows.items()
        for column in columns
    )
    # Distinct by construction: a cell has one row a report. Only printed or inferred numbers have a value, so that
    # what is blank, lost or missing stays NULL.
    columns = ",\n       ".join(
        f"""any_value(f.value) FILTER (f."table" = '{t}' AND f."row" = '{r}' AND f."column" = '{c}') AS {t}_{r}_{c}"""
        for t, r, c in cells
    )
    return f"""
WITH chosen AS (
    SELECT *, count(*) OVER same AS versions
    FROM reports WHERE issuer IS NOT NULL AND year IS NOT NULL
    WINDOW same AS (PARTITION BY issuer, region, year)
    QUALIFY row_number() OVER (PARTITION BY issuer, region, year ORDER BY published_on DESC NULLS LAST, report_id) = 1
), stated AS (
    SELECT report_id, count(*) FILTER (role = 'problem') AS problems, count(*) FILTER (role = 'measure') AS measures
    FROM statements GROUP BY report_id
)
SELECT r.issuer, r.region, r.level, r.year, r.report_id, r.versions, r.edition, r.published_on,
       coalesce(any_value(s.problems), 0) AS problems, coalesce(any_value(s.measures), 0) AS measures,
       r.errors, r.warnings,
       {columns}
FROM chosen r LEFT JOIN figures f USING (report_id) LEFT JOIN stated s USING (report_id)
GROUP BY ALL ORDER BY r.issuer, r.region, r.year"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
