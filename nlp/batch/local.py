"""Many reports on one machine: every file is analysed, none can stop the others."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from nlp.batch.collected import PLAIN_COLUMNS, Columns
from nlp.batch.inputs import printable
from nlp.batch.merge import Merged, merge
from nlp.batch.run import Run
from nlp.batch.settings import PLAIN, Settings
from nlp.batch.state import Start
from nlp.output.codebook import codebook
from nlp.output.files import known_formats, write_tables, write_text
from nlp.output.frames import schema
from nlp.output.package import data_package
from nlp.vocabulary.load import load

Progress = Callable[[int, int, int], None]


def silent(done: int, total: int, failed: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a batch found: Arrow tables by name (with ``failures``), and a summary of the run."""

    tables: dict[str, pa.Table]
    run: dict[str, object]


def tag_files(
    inputs: Iterable[str | Path],
    *,
    jobs: int = 1,
    settings: Settings = PLAIN,
    columns: Columns = PLAIN_COLUMNS,
    progress: Progress = silent,
) -> Tagged:
    """Tag reports and keep the tables in memory; for more than some ten thousand reports use ``tag_into``.

    The order of the rows does not depend on ``jobs``. One job works in this process, more in processes of their own.
    ``progress`` is told after each few files how many are done, how many there are, and how many failed.
    """
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-") as folder,
        Run(
            inputs, Path(folder), jobs=0 if jobs == 1 else jobs, settings=settings, columns=columns, progress=progress
        ) as run,
    ):
        run.tag()
        kept = _InMemory()
        merged = merge(run.outcomes(), run.shards(), kept)
        tables = kept.tables()
        return Tagged(tables, summary(run, merged, {name: table.num_rows for name, table in tables.items()}))


def tag_into(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    formats: Iterable[str] = ("parquet",),
    by_year: bool = False,
    jobs: int = 1,
    settings: Settings = PLAIN,
    columns: Columns = PLAIN_COLUMNS,
    start: Start = "new",
    progress: Progress = silent,
) -> dict[str, object]:
    """Tag reports into the folder ``out``, with memory that does not grow with their number; the summary comes back.

    Parameters
    ----------
    formats : of parquet, csv, jsonl, xlsx, duckdb
    by_year : Parquet in folders by year, ``TABLE/year=2022/``
    jobs : worker processes; a worker that dies costs the file it was at
    columns : which columns of tables hold the text and the name of a report; the others go into ``reports.input_columns``
    start : ``resume`` does only what is missing; ``new`` refuses to throw away an unfinished run, ``restart`` does it

    Raises
    ------
    ValueError : a format is not known
    RunRefused : the folder cannot be used, or its results may not be mixed with new ones
    RunStopped : results could not be written (a full disk); what was done is kept for ``resume``
    """
    formats = known_formats(formats)
    with Run(inputs, out, jobs=jobs, settings=settings, columns=columns, start=start, progress=progress) as run:
        if run.total == 0:
            return summary(run, Merged(), {})
        run.tag()
        merged, rows = run.write(formats, by_year=by_year)
        result = summary(run, merged, rows)
        write_beside(out, formats, result, by_year=by_year)
        run.finish()
        return result


def write_run(tagged: Tagged, out: Path, formats: Iterable[str] = ("parquet",)) -> list[Path]:
    """Write tables that are in memory, and what explains them, into the folder ``out``; the table files come back.

    Raises ``ValueError`` for a format that is not known.
    """
    formats = known_formats(formats)
    written = write_tables(tagged.tables, out, formats)
    write_beside(out, formats, tagged.run)
    return written


def write_beside(out: Path, formats: list[str], run: dict[str, object], *, by_year: bool = False) -> None:
    """Write what explains the tables: ``codebook.md``, ``datapackage.json`` and ``run.json``."""
    write_text(out / "codebook.md", codebook())
    write_text(out / "datapackage.json", _json(data_package(formats, by_year=by_year)))
    write_text(out / "run.json", _json(run))


def summary(run: Run, merged: Merged, rows: dict[str, int]) -> dict[str, object]:
    """What ``run.json`` says. Times differ from run to run; everything else depends on inputs and settings."""
    seconds = time.time() - run.began
    return {
        "versions": {name: value for name, value in run.conditions.items() if name not in run.settings.as_dict()},
        "settings": {"jobs": max(1, run.jobs), **run.settings.as_dict()},
        "taxonomy": run.settings.taxonomy(),
        "files": merged.files,
        "reports": merged.reports,
        "copies": merged.copies,
        "failures": dict(sorted(merged.failures.items())),
        "first_failures": [
            {"name": printable(f.name), "code": f.code, "message": f.message, "hint": f.hint}
            for f in merged.first_failures
        ],
        "changed_since_read": {
            "files": len(merged.changed),
            "first": [printable(name) for name in merged.changed[:20]],
        },
        "rows": rows,
        "started": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(run.began)),
        "seconds": round(seconds, 3),
        "tagged_now": run.tagged,
        "reports_per_second": round(run.tagged / max(run.seconds["tagging"], 1e-9), 1),
        "stage_seconds": run.stages(),
        "slowest": [{"name": printable(name), "seconds": took} for name, took in run.slowest()],
    }


class _InMemory:
    """Tables gathered in memory."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[pa.Table]] = {name: [schema(name).empty_table()] for name in load("codebook")}

    def write(self, name: str, rows: pa.Table) -> None:
        self._pieces[name].append(rows)

    def tables(self) -> dict[str, pa.Table]:
        return {name: pa.concat_tables(pieces).combine_chunks() for name, pieces in self._pieces.items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
