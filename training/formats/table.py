"""Sheets: ``text,label`` with several labels joined by ``|``, or ``id,text`` and one 0/1 column a label."""

from __future__ import annotations

import csv
import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from nlp.output.files import safe_cell
from training.columns import Columns, as_text, extras, from_marks, is_bookkeeping, split_labels
from training.formats.sample_sheet import is_sample, plain
from training.records import Example, Findings
from training.tasks import ID, Tasks

PEEKED_ROWS = 1000
MARKS = ("0", "1", "0.0", "1.0")
MARKED_SHARE = 0.9
MAX_CELL_CHARS = 1 << 24
OURS = frozenset((ID, "text", "heading", "role", "label", "certainty", "scores"))  # what a sheet of tasks says itself


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """One example a row of a CSV or TSV file; one row in memory at a time (1,000 while the 0/1 columns are found)."""
    csv.field_size_limit(MAX_CELL_CHARS)
    with path.open(encoding=encoding, newline="") as file:
        head = file.readline()
        file.seek(0)
        delimiter = max("\t,;", key=head.count)
        yield from read_rows(
            _rows(csv.reader(file, delimiter=delimiter, strict=True), encoding, findings), path.name, columns, findings
        )


def _rows(reader: Any, encoding: str, findings: Findings) -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            findings.fatal(
                "csv",
                f"no readable row ({error}). Look for a quotation mark that is not closed or not doubled.",
                row=number,
            )
        except UnicodeDecodeError as error:
            findings.fatal(
                "encoding", f"not {encoding} throughout ({error.reason}). Save the file as UTF-8.", row=number
            )


def read_rows(rows: Iterable[Sequence[Any]], file: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """Examples from the rows of any sheet; the first row is its head."""
    stream = iter(rows)
    head = [as_text(name) for name in next(stream, ())]
    if is_sample(head):
        stream = plain(head, stream)
        head = [as_text(name) for name in next(stream)]
    while head and not head[-1].strip():  # sheets keep empty columns that were once used
        head.pop()
    twice = sorted({name for name in head if name and head.count(name) > 1})
    if twice:
        findings.fatal("columns", f"{', '.join(twice)} is the name of two columns. Rename one.", row=1, column=twice[0])
    text = columns.find("text", head)
    if text is None:
        message = f"no column {columns.text or 'text'}; there are {', '.join(head) or 'none'}. Name it with --text."
        findings.fatal("unknown_column", message, row=1, column=columns.text or "text")
    if columns.group and columns.group not in head:
        message = f"no such column; there are {', '.join(head)}. Name another with --group."
        findings.fatal("unknown_column", message, row=1, column=columns.group)
    label, role, group, heading = (columns.find(p, head) for p in ("label", "role", "group", "heading"))
    if columns.label and label is None:
        message = f"no such column; there are {', '.join(head)}. Name another with --label."
        findings.fatal("unknown_column", message, row=1, column=columns.label)
    peeked = list(islice(stream, PEEKED_ROWS)) if label is None else []
    marks = [] if label else _mark_columns(head, {text, role, group, heading}, peeked, columns, findings)
    for number, cells in enumerate(chain(peeked, stream), start=2):
        if not any(as_text(cell).strip() for cell in cells):
            continue
        if len([*cells]) < len(head) or any(as_text(cell).strip() for cell in cells[len(head) :]):
            message = f"{len(cells)} cells where the head has {len(head)}. Quote cells that hold the separator."
            findings.bad_row("cells", message, row=number)
            continue
        row = dict(zip(head, cells, strict=False))
        if label:
            labels = split_labels(row[label])
        else:
            wrong = next((n for n in marks if as_text(row[n]).strip() not in (*MARKS, "")), None)
            if wrong is not None:
                message = (
                    f"{as_text(row[wrong])!r} in a column of 0 and 1. Mend it, or name the label column with --label."
                )
                findings.bad_row("not_0_or_1", message, row=number, column=wrong)
                continue
            if any(not as_text(row[n]).strip() for n in marks):
                findings.warn("blank_mark", "a label cell is blank: read as 0.", row=number)
            labels = tuple(name.strip() for name in marks if as_text(row[name]).strip() in ("1", "1.0"))
        of = {
            p: as_text(row[n]).strip() if n else "" for p, n in (("role", role), ("group", group), ("heading", heading))
        }
        marked, labels = from_marks(labels)
        extra = extras(row, (text, label, *marks))
        yield Example(
            as_text(row[text]), labels, of["role"] or marked, of["group"] or None, of["heading"], extra, file, number,
            extra.get("annotator", ""), extra.get("skipped", "").lower() in ("1", "true"),
        )  # fmt: skip


def _mark_columns(
    head: list[str], used: set[str | None], peeked: list[Sequence[Any]], columns: Columns, findings: Findings
) -> list[str]:
    """The columns of labels: those the taxonomy names; without one, those that hold 0 and 1 (a slip apart)."""
    marks = []
    for at, name in enumerate(head):
        label = name.strip()
        if not label or name in used or is_bookkeeping(name):
            continue
        values = [value for row in peeked if len(row) > at and (value := as_text(row[at]).strip())]
        fitting = sum(value in MARKS for value in values)
        if label in columns.labels or (fitting and fitting >= MARKED_SHARE * len(values)):
            marks.append(name)
    if columns.labels:
        for name in [name for name in marks if name.strip() not in columns.labels]:
            marks.remove(name)
            near = difflib.get_close_matches(name.strip(), columns.labels, n=1)
            if near:
                message = (
                    f"holds 0 and 1 but is not in the taxonomy. Did you mean {near[0]}? Rename it, or add it there."
                )
                findings.fatal("unknown_column", message, row=1, column=name)
            findings.warn("unknown_column", "holds 0 and 1 but is not in the taxonomy: no label.", row=1, column=name)
    if not marks:
        message = f"no column label and no columns of 0 and 1; there are {', '.join(head)}. Name it with --label."
        findings.fatal("unknown_column", message, row=1, column="label")
    return marks


def rows_of(tasks: Tasks) -> Iterator[list[str]]:
    """A sheet of tasks: its head, then a row for each. ``label`` holds what the model accepts, to be corrected."""
    data = list(dict.fromkeys(name for task in tasks.tasks for name in task.data if name not in OURS))
    roles = ["role"] if tasks.roles else []
    yield [ID, "text", "heading", *roles, "label", "certainty", "scores", *data]
    for task in tasks.tasks:
        role = [task.role or ""] if roles else []
        scores = json.dumps(dict(task.scores), ensure_ascii=False)
        own = [task.id, task.text, task.heading, *role, "|".join(task.labels), str(task.certainty), scores]
        yield [*own, *(task.data.get(name, "") for name in data)]


def write(path: Path, tasks: Tasks) -> list[Path]:
    """Write a CSV (or TSV) file with byte order mark, safe against formulas; its path comes back."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
        writer.writerows([[safe_cell(cell) for cell in row] for row in rows_of(tasks)])
    return [path]
