"""A folder that `gongkai tag` wrote, opened for questions: DuckDB scans the files in place, so memory stays small."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import msgspec

from nlp.labelling.aspects import SCHEMES
from nlp.labelling.taxonomy import LabelName
from nlp.output.database import SQL_TYPES
from nlp.output.files import FORMULA
from nlp.vocabulary.load import load

MEMORY = "1GB"  # what DuckDB may hold before it spills to disk
# How the tables may lie in a folder, the first that is there is read: file or pattern, and the function that scans it.
LAYOUTS = (
    ("{name}.parquet", "read_parquet('{path}')"),
    ("{name}.parquet/*.parquet", "read_parquet('{path}')"),
    ("{name}/*/part-*.parquet", "read_parquet('{path}', hive_partitioning = true)"),
    ("{name}/part-*.parquet", "read_parquet('{path}')"),
    ("{name}.csv", "read_csv('{path}', header = true, all_varchar = true, quote = '\"', escape = '\"')"),
    ("{name}.jsonl", "read_json('{path}', format = 'newline_delimited', columns = {{{columns}}})"),
)
GLOB = re.compile(r"[*?\[]")


class TagsUnusable(Exception):
    """A folder that holds no tags, damaged ones, or tags of another version. The message says which and what to do."""


class Tags:
    """The tables of a run. ``db`` has a view for each table asked for with ``need``, named as in the codebook.

    Use as a context: what DuckDB spills goes to a temporary folder that is removed at the end.

    Raises
    ------
    TagsUnusable : ``folder`` is no folder of tags
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise TagsUnusable(f"{self.folder}: no such folder. Name the folder that `gongkai tag --out` wrote.")
        self._spill = tempfile.TemporaryDirectory(prefix="gongkai-")
        self.db = duckdb.connect()
        self.db.execute(f"SET memory_limit = '{MEMORY}'")
        self.db.execute(f"SET temp_directory = {_quoted(self._spill.name)}")
        self.db.execute("SET threads = 2")
        self.db.execute("SET TimeZone = 'UTC'")
        self._attached = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self.db.close()
        self._spill.cleanup()

    def need(self, *tables: str) -> Self:
        """Make views of the tables, with the columns of the codebook and their types.

        Raises
        ------
        TagsUnusable : a table or one of its columns is missing, a file is damaged, or there is no report
        """
        for name in tables:
            self._view(name)
        if "reports" in tables and not self.one("SELECT count(*) FROM reports"):
            raise TagsUnusable(f"{self.folder}: holds no report. Tag reports with `gongkai tag … --out {self.folder}`.")
        return self

    def _view(self, name: str) -> None:
        source = self._source(name)
        columns = load("codebook")[name]["columns"]
        try:
            there = {row[0] for row in self.db.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
            if missing := [column for column, *_ in columns if column not in there]:
                raise TagsUnusable(
                    f"{self.folder}: its table {name} has no column {', '.join(missing)}: written by "
                    f"{self._written_by()}. Tag the reports again with this version."
                )
            wanted = ", ".join(f'{_cell(column, kind, source)} AS "{column}"' for column, kind, *_ in _sql(columns))
            self.db.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT {wanted} FROM {source}')
            self.db.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchall()
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise TagsUnusable(
                f"{self.folder}: its table {name} cannot be read ({reason}). Tag the reports again."
            ) from None

    def _source(self, name: str) -> str:
        """What stands behind FROM for a table."""
        columns = ", ".join(f'"{column}": {_quoted(kind)}' for column, kind in _sql(load("codebook")[name]["columns"]))
        for pattern, scan in LAYOUTS:
            pattern = pattern.format(name=name)
            if next(self.folder.glob(pattern), None) is not None:
                path = (GLOB.sub(r"[\g<0>]", str(self.folder)) + "/" + pattern).replace("'", "''")
                return scan.format(path=path, columns=columns)
        database = self.folder / "gongkai.duckdb"
        if database.is_file():
            if not self._attached:
                try:
                    self.db.execute(f"ATTACH {_quoted(str(database))} AS run (READ_ONLY)")
                except duckdb.Error as error:
                    reason = str(error).splitlines()[0]
                    raise TagsUnusable(f"{database}: cannot be opened ({reason}). Tag the reports again.") from None
                self._attached = True
            return f'run."{name}"'
        if (self.folder / "gongkai.xlsx").is_file():
            raise TagsUnusable(
                f"{self.folder}: holds a workbook only, whose long texts are cut. Tag the reports again with "
                "--format parquet (or parquet,xlsx for both)."
            )
        raise TagsUnusable(
            f"{self.folder}: has no table {name}. Name the folder that `gongkai tag --out` wrote, in one of the formats "
            "parquet, csv, jsonl, duckdb."
        )

    def _written_by(self) -> str:
        return f"gongkai {self.run.get('versions', {}).get('gongkai', 'of an older version')}"

    @cached_property
    def run(self) -> dict[str, Any]:
        """What ``run.json`` says, for the tables of a release what its ``provenance.json`` does; empty without either."""
        for path, part in ((self.folder / "run.json", None), (self.folder.parent / "provenance.json", "run")):
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
                found = found[part] if part else found
            except FileNotFoundError:
                continue
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise TagsUnusable(f"{path}: cannot be read ({error}). Tag the reports again.") from None
            return found if isinstance(found, dict) else {}
        return {}

    @cached_property
    def labels(self) -> tuple[LabelName, ...]:
        """The labels of the run: those of its model, in the model's order, then others that the table holds."""
        self.need("labels")
        known = [msgspec.convert(entry, LabelName) for entry in self.run.get("taxonomy", [])]
        names = {(label.scheme, label.key) for label in known}
        rows = self.rows("SELECT DISTINCT scheme, label FROM labels ORDER BY ALL")
        others = [(scheme, key) for scheme, key in rows if (scheme, key) not in names]
        told = {
            (scheme, entry[scheme]): LabelName(scheme, entry[scheme], entry["zh"][scheme], entry["en"][scheme])
            for entry in load("aspects").values()
            for scheme in SCHEMES
        }
        return (*known, *(told.get(pair, LabelName(*pair)) for pair in others))

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query: for answers that are small whatever the number of reports."""
        return self.db.execute(query, list(parameters)).fetchall()

    def one(self, query: str, parameters: Sequence[object] = ()) -> Any:
        """The first value of a query."""
        row = self.db.execute(query, list(parameters)).fetchone()
        return None if row is None else row[0]

    def stream(self, query: str, size: int = 10_000) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one: memory holds ``size`` of them."""
        # A cursor of its own: another query on this connection would end the reading.
        with self.db.cursor() as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(size):
                yield from rows


def _sql(columns: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(column, SQL_TYPES[kind]) for column, kind, *_ in columns]


def _cell(column: str, kind: str, source: str) -> str:
    """The expression for a column. Text of CSV loses the quotation mark that keeps a spreadsheet from taking it as a formula."""
    if not source.startswith("read_csv"):
        return f'CAST("{column}" AS {kind})'
    if kind != "VARCHAR":
        return f"""CAST(nullif("{column}", '') AS {kind})"""
    escaped = _quoted("^'" + FORMULA.removeprefix("^"))
    return f"""nullif(CASE WHEN regexp_matches("{column}", {escaped}) THEN "{column}"[2:] ELSE "{column}" END, '')"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
