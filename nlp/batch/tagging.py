"""The one function that both engines run: a record batch of reports in, a record batch of their tables out.

A row of the result belongs to a row of the input. Every table of the codebook is a column that holds the list of the
report's rows; a report that cannot be read has its row in ``failures`` and empty lists elsewhere. So a batch can be
cut, sent, stored and computed again anywhere, and the tables are made from it by unpacking the lists.
"""

from __future__ import annotations

import os
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath

import pyarrow as pa

from nlp.analyse import analyse_source
from nlp.batch.settings import PLAIN, Settings
from nlp.output.frames import columns, schema
from nlp.output.rows import TABLES, Row, mask_personal, rows_of
from nlp.reading.files import read_bytes, read_report, read_text
from nlp.records import Failure, ReportUnreadable, Source
from nlp.structure.genre import refuse_other

PACKAGE = Path(__file__).parents[1]
RESULTS = (*TABLES, "failures")  # the tables that a single input has rows in


@dataclass(slots=True)
class Watch:
    """Told before each row of a batch its number, and afterwards the seconds of each row and stage."""

    begins: Callable[[int], None] = lambda row: None
    rows: list[float] = field(default_factory=list)
    stages: Counter[str] = field(default_factory=Counter)

    def add(self, stage: str, since: float) -> float:
        """Count the time since ``since`` to ``stage``; the time now comes back."""
        now = time.perf_counter()
        self.stages[stage] += now - since  # type: ignore[assignment]
        return now


@cache
def result_schema() -> pa.Schema:
    """The schema of what ``tag_batch`` returns: ``name``, ``sha256`` of what was read (or null), the tables."""
    lists = [(table, pa.list_(pa.struct([(f.name, f.type) for f in schema(table)]))) for table in RESULTS]
    return pa.schema([("name", pa.string()), ("sha256", pa.string()), *lists])


def tag_batch(batch: pa.RecordBatch, settings: Settings = PLAIN, *, watch: Watch | None = None) -> pa.RecordBatch:
    """The tables of a batch of reports.

    Parameters
    ----------
    batch : with a column ``name`` (string) and one of ``path`` (binary, as the system writes it), ``content``
        (binary, the bytes
        of the file) or ``text`` (string, never refused)
    settings : which model labels, and whether persons are hidden

    Returns
    -------
    A batch with as many rows, in the same order, of the schema ``result_schema()``.
    """
    watch = watch or Watch()
    kind = next(name for name in ("path", "content", "text") if name in batch.schema.names)
    tables: dict[str, list[Row]] = {table: [] for table in RESULTS}
    ends: dict[str, list[int]] = {table: [0] for table in tables}
    digests: list[str | None] = []
    for at, (name, value) in enumerate(zip(batch["name"], batch[kind], strict=True)):
        watch.begins(at)
        started = time.perf_counter()
        found = _tables_of(name.as_py(), kind, value.as_py(), settings, watch)
        digests.append(None if isinstance(found, Failure) else found[0])
        new = {"failures": [_failure_row(found)]} if isinstance(found, Failure) else found[1]
        for table, rows in tables.items():
            rows += new.get(table, ())
            ends[table].append(len(rows))
        watch.rows.append(time.perf_counter() - started)
    started = time.perf_counter()
    lists = [_lists(table, rows, ends[table]) for table, rows in tables.items()]
    result = pa.record_batch([batch["name"], pa.array(digests, pa.string()), *lists], schema=result_schema())
    watch.add("tabulating", started)
    return result


def _tables_of(
    name: str | None, kind: str, value: bytes | str | None, settings: Settings, watch: Watch
) -> tuple[str, dict[str, list[Row]]] | Failure:
    name = name or "report"
    started = time.perf_counter()
    if value is None:
        return Failure(name, "read", "empty", f"{name}: the row holds no text.", "Fetch the report again.")
    try:
        source = _source(name, kind, value)
        started = watch.add("reading", started)
        analysis = analyse_source(source, labeller=settings.labeller())
        if settings.strict:
            refuse_other(name, analysis.identity.genre)
        started = watch.add("analysing", started)
        rows = rows_of(mask_personal(analysis) if settings.mask_personal else analysis)
        watch.add("tabulating", started)
    except ReportUnreadable as error:
        return Failure(name, error.stage, error.code, error.message, error.hint)
    except Exception as error:  # the one place where a fault of the program may not stop the others' reports
        return Failure(
            name, "analyse", "internal_error", f"{PurePath(name).name}: the program failed on it ({_place(error)}).",
            "Report the fault with the file; the other files are not affected.",
        )  # fmt: skip
    return source.sha256, rows


def _source(name: str, kind: str, value: bytes | str) -> Source:
    if isinstance(value, str):
        return read_text(value, name=name)
    if kind == "path":
        return read_report(os.fsdecode(value))
    return read_bytes(value, name=PurePath(name).name)


def _place(error: Exception) -> str:
    """Kind of the error and the line of the program; not its message, which may quote the report."""
    lines = [f for f in traceback.extract_tb(error.__traceback__) if PACKAGE in Path(f.filename).parents]
    where = f" in {Path(lines[-1].filename).relative_to(PACKAGE.parent).as_posix()}:{lines[-1].lineno}" if lines else ""
    return f"{type(error).__name__}{where}"


def _failure_row(failure: Failure) -> Row:
    return failure.name, failure.stage, failure.code, failure.message, failure.hint


def _lists(table: str, rows: list[Row], ends: list[int]) -> pa.ListArray:
    kind = result_schema().field(table).type
    structs = pa.StructArray.from_arrays(columns(table, rows), fields=list(kind.value_type))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), structs, type=kind)


def unpacked(batch: pa.RecordBatch, table: str) -> pa.RecordBatch:
    """The rows of one table in a batch that ``tag_batch`` returned, with the schema of the codebook."""
    structs = batch[table].flatten()
    return pa.RecordBatch.from_arrays(structs.flatten(), schema=schema(table))
