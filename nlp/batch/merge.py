"""The end of a run: the results of all inputs, in the order of the inputs, become the tables.

What is written depends on the inputs and their results alone, not on shards, workers or interruptions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from nlp.batch.ledger import Outcome
from nlp.batch.shards import Shards
from nlp.batch.tagging import unpacked
from nlp.batch.worker import state_of
from nlp.inputs.paths import printable
from nlp.output.frames import arrow_table
from nlp.output.partitions import ParquetByYear
from nlp.output.rows import TABLES, Row
from nlp.records import Failure, Skipped

ROWS_AT_ONCE = 1024
FAILURES_SHOWN = 20


class Tables(Protocol):
    """Takes the rows of the tables in order."""

    def write(self, name: str, rows: pa.Table) -> None: ...


@dataclass(slots=True)
class Merged:
    """Numbers of inputs, failures by code, what was left out by reason, the first failures, and inputs that are no longer as they were read."""

    files: int = 0
    reports: int = 0
    copies: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    changed: list[str] = field(default_factory=list)
    first_failures: list[Failure] = field(default_factory=list)


def merge(
    outcomes: Iterator[Outcome],
    skipped: Iterator[Skipped],
    shards: Shards,
    files: Tables,
    years: ParquetByYear | None = None,
) -> Merged:
    """Hand the tables of all outcomes, and what was left out, on to ``files`` (and to ``years``), and count."""
    merged = Merged()
    while left_out := list(islice(skipped, ROWS_AT_ONCE)):
        merged.skipped.update(item.reason for item in left_out)
        table = arrow_table("skipped", [(item.name, item.reason, item.hint) for item in left_out])
        files.write("skipped", table)
        if years is not None:
            years.write("skipped", None, table)
    while group := list(islice(outcomes, ROWS_AT_ONCE)):
        failures: list[Row] = []
        for outcome in group:
            merged.files += 1
            if (failure := outcome.failure) is not None:
                merged.failures[failure.code] += 1
                failures.append(_row(failure))
                if len(merged.first_failures) < FAILURES_SHOWN:
                    merged.first_failures.append(failure)
            elif outcome.copy_of is not None:
                merged.copies += 1
                failures.append(_row(copy_failure(outcome.shown or outcome.path, outcome.copy_of)))
            else:
                merged.reports += 1
            if outcome.mtime_ns and state_of(outcome.path) != (outcome.size, outcome.mtime_ns):
                merged.changed.append(outcome.path)
        for file, same in groupby((o for o in group if o.file is not None), key=lambda o: o.file):
            assert file is not None
            those = list(same)
            batch = _told_apart(shards.rows(file, [outcome.row for outcome in those]), those)
            for name in TABLES:
                files.write(name, pa.Table.from_batches([unpacked(batch, name)]))
            if years is not None:
                _write_by_year(batch, years)
        table = arrow_table("failures", failures)
        files.write("failures", table)
        if years is not None:
            years.write("failures", None, table)
            years.relieve()
    return merged


def _told_apart(batch: pa.RecordBatch, outcomes: Sequence[Outcome]) -> pa.RecordBatch:
    """The results with the names that reports have in their collections, and the other columns of their rows."""
    if all(outcome.shown is None and outcome.columns is None for outcome in outcomes):
        return batch
    reports = batch["reports"]
    fields = {
        field.name: column for field, column in zip(reports.type.value_type, reports.flatten().flatten(), strict=True)
    }
    names = [outcome.shown or name.as_py() for outcome, name in zip(outcomes, fields["name"], strict=True)]
    fields["name"] = pa.array(names, fields["name"].type)
    fields["input_columns"] = pa.array([outcome.columns for outcome in outcomes], fields["input_columns"].type)
    structs = pa.StructArray.from_arrays(list(fields.values()), fields=list(reports.type.value_type))
    lists = pa.ListArray.from_arrays(pa.array(range(len(outcomes) + 1), pa.int32()), structs, type=reports.type)
    return batch.set_column(batch.schema.get_field_index("reports"), batch.schema.field("reports"), lists)


def copy_failure(path: str, original: str) -> Failure:
    """How a file with the same bytes as another is listed: the report counts once."""
    name = printable(path)
    message = f"{name}: the same bytes as {printable(original)}."
    return Failure(name, "read", "duplicate", message, "Nothing: the report is in the tables once.")


def _write_by_year(batch: pa.RecordBatch, years: ParquetByYear) -> None:
    of_rows = [rows[0]["year"] if rows else None for rows in batch["reports"].to_pylist()]
    for year in sorted(set(of_rows), key=lambda y: (y is None, y)):
        part = batch.filter(
            pc.is_null(pa.array(of_rows, pa.int64())) if year is None else pc.equal(pa.array(of_rows), year)
        )
        for name in TABLES:
            years.write(name, year, pa.Table.from_batches([unpacked(part, name)]))


def _row(failure: Failure) -> Row:
    return printable(failure.name), failure.stage, failure.code, failure.message, failure.hint
