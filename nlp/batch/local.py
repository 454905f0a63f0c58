"""Many reports on one machine: every file is analysed, none can stop the others."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from nlp.batch.collecting import PLAIN_COLUMNS, Columns
from nlp.batch.merge import Merged, merge
from nlp.batch.run import Run
from nlp.batch.settings import PLAIN, Settings
from nlp.batch.state import RunRefused, Start, writing
from nlp.inputs.inventory import RUN
from nlp.inputs.paths import expanded, printable
from nlp.labelling.taxonomy import LabelName
from nlp.output.codebook import codebook
from nlp.output.files import known_formats
from nlp.output.frames import schema
from nlp.output.manifest import put_in_place, read_manifest, refuse_foreign
from nlp.output.package import data_package
from nlp.vocabulary.load import load

Progress = Callable[[int, int, int], None]


def silent(done: int, total: int, failed: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a batch found: Arrow tables by name (with ``failures``), and a summary of the run."""

    tables: dict[str, pa.Table]
    run: dict[str, Any]


def tag_files(
    inputs: Iterable[str | Path],
    *,
    out: Path | None = None,
    formats: Iterable[str] = ("parquet",),
    start: Start = "new",
    jobs: int = 1,
    settings: Settings = PLAIN,
    columns: Columns = PLAIN_COLUMNS,
    progress: Progress = silent,
) -> Tagged:
    """Tag reports and keep the tables in memory; for more than some ten thousand reports use ``tag_into``.

    The order of the rows does not depend on ``jobs``, the number of worker processes.
    ``progress`` is told after each few files how many are done, how many there are, and how many failed. With ``out`` the
    tables are also written there; ``formats``, ``start`` and what is raised are those of ``tag_into``.
    """
    inputs, formats = list(inputs), known_formats(formats)
    if out is not None:
        formats = check_out(out, inputs, formats, start=start)
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-") as folder,
        Run(
            inputs, out or Path(folder), jobs=jobs, settings=settings, columns=columns, start=start,
            progress=progress,
        ) as run,
    ):  # fmt: skip
        run.tag()
        kept = _InMemory()
        merged = merge(run.outcomes(), run.skipped(), run.shards(), kept)
        tables = kept.tables()
        if out is not None:
            return Tagged(tables, _write(run, inputs, formats, by_year=False))
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
) -> dict[str, Any]:
    """Tag reports into the folder ``out``, with memory that does not grow with their number; the summary comes back.

    Nothing is written when no report could be read: ``reports`` of the summary is 0, and what was there stays. Files of an
    earlier run in other formats are removed by ``restart``, and written anew by ``resume``.

    Parameters
    ----------
    formats : of parquet, csv, jsonl, xlsx, duckdb
    by_year : Parquet in folders by year, ``TABLE/year=2022/``
    jobs : worker processes; a worker that dies costs the file it was at
    columns : which columns of tables hold the text and the name of a report; the others go into ``reports.input_columns``
    start : ``new`` refuses a folder with results of a run, ``resume`` does only what is missing in them, ``restart``
        replaces them

    Raises
    ------
    ValueError : a format is not known
    OutputRefused : the folder cannot be used, holds results of a run that may not be mixed with new ones, or files that
        no run of ours wrote stand where the new ones belong
    RunStopped : results could not be written (a full disk); what was done is kept for ``resume``
    """
    inputs, formats = list(inputs), known_formats(formats)
    formats = check_out(out, inputs, formats, by_year=by_year, start=start)
    with Run(inputs, out, jobs=jobs, settings=settings, columns=columns, start=start, progress=progress) as run:
        run.tag()
        return _write(run, inputs, formats, by_year=by_year)


def check_out(
    out: Path, inputs: list[str | Path], formats: list[str], *, by_year: bool = False, start: Start
) -> list[str]:
    """The formats to write into ``out``: those asked for, and on ``resume`` those of the run that goes on.

    Raises ``OutputRefused`` (see ``tag_into``).
    """
    manifest = read_manifest(out)
    if manifest.command != "tag":
        raise RunRefused(f"{out}: holds what `gongkai {manifest.command}` wrote. Choose another folder.")
    if start == "new" and manifest.finished:
        raise RunRefused(
            f"{out}: holds the results of a run. Go on with --resume, replace them with --force, or choose another folder."
        )
    if start == "resume":
        formats = list(dict.fromkeys([*formats, *manifest.formats]))
    earlier = {name.split("/")[0] for name in manifest.written}
    refuse_foreign(out, {*names_of(formats, by_year=by_year), *earlier}, manifest, reads=expanded(inputs))
    return formats


def names_of(formats: Iterable[str], *, by_year: bool = False) -> list[str]:
    """The files and folders that a run in these formats writes directly into its folder."""
    one_file = {"xlsx": "gongkai.xlsx", "duckdb": "gongkai.duckdb"}
    tables = [
        name if by_year and kind == "parquet" else f"{name}.{kind}"
        for kind in formats
        if kind not in one_file
        for name in load("codebook")
    ]
    return [*tables, *(one_file[kind] for kind in formats if kind in one_file), "codebook.md", "datapackage.json", RUN]


def _write(run: Run, inputs: list[str | Path], formats: list[str], *, by_year: bool) -> dict[str, Any]:
    """Write the tables of a run and what explains them; the summary comes back. Nothing, if no report was read."""
    folder, merged, rows = run.write(formats, by_year=by_year)
    if not merged.reports:
        run.discard()
        return summary(run, merged, {})
    result = summary(run, merged, rows, formats=formats, by_year=by_year)
    with writing(run.out):
        write_beside(folder, formats, run.settings.labels(), by_year=by_year)
        put_in_place(folder, run.out, result, reads=expanded(inputs))
    run.finish()
    return result


def write_beside(folder: Path, formats: list[str], labels: Iterable[LabelName], *, by_year: bool = False) -> None:
    """Write what explains the tables: ``codebook.md`` and ``datapackage.json``."""
    (folder / "codebook.md").write_text(codebook(list(labels)), encoding="utf-8")
    package = json.dumps(data_package(formats, by_year=by_year), ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(package, encoding="utf-8")


def summary(
    run: Run, merged: Merged, rows: dict[str, int], *, formats: Sequence[str] = (), by_year: bool = False
) -> dict[str, Any]:
    """What ``run.json`` says. Times differ from run to run; everything else depends on inputs and settings."""
    seconds = time.time() - run.began
    return {
        "versions": {name: value for name, value in run.conditions.items() if name not in run.settings.as_dict()},
        "settings": {
            "jobs": max(1, run.jobs),
            "formats": list(formats),
            "by_year": by_year,
            **run.settings.as_dict(),
        },
        "taxonomy": run.settings.taxonomy(),
        "files": merged.files,
        "reports": merged.reports,
        "copies": merged.copies,
        "failures": dict(sorted(merged.failures.items())),
        "skipped": dict(sorted(merged.skipped.items())),
        "first_failures": [
            {"name": printable(f.name), "code": f.code, "message": f.message, "hint": f.hint}
            for f in merged.first_failures
        ],
        "mended": run.mended,
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
