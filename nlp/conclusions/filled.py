"""A sheet that a person filled in, as rows of cells with their places; what a spreadsheet did to it is undone or told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from nlp.conclusions.design import SampleUnusable
from nlp.conclusions.sheet import FILLED, LABEL_COLUMNS, SHOWN
from nlp.conclusions.spreadsheet import Line, read_lines
from nlp.output.names import names
from nlp.reading.decode import decode
from nlp.records import ReportUnreadable

ROLE = "role"
LABELS = tuple(f"label_{number}" for number in range(1, LABEL_COLUMNS + 1))


def read_filled(path: Path) -> list[Line]:
    """The rows of a sheet that bear anything in the columns that are read, in their order.

    ``.xlsx`` and ``.csv`` (in any encoding and with any separator that a spreadsheet saves), Label Studio's ``.json``
    and doccano's ``.jsonl``. Columns are known by their names, in any order.

    Raises
    ------
    SampleUnusable : the file is missing or damaged, lacks a column, or has merged cells there
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SampleUnusable(f"{path}: unknown kind of sheet. Give one that ends in {', '.join(READERS)}.")
    try:
        return list(reader(path))
    except FileNotFoundError:
        raise SampleUnusable(f"{path}: no such file. Give the sheet that `gongkai sample` wrote, filled in.") from None
    except OSError as error:
        raise SampleUnusable(
            f"{path}: cannot be read ({error.strerror or error}). Close it elsewhere, or copy it."
        ) from None


def _read_table(path: Path) -> Iterator[Line]:
    read = ("id", ROLE, *LABELS, "labels", "note")
    headings = {word: key for key, zh, _ in (*SHOWN, *FILLED) if key in read for word in (key, zh)}
    return read_lines(
        path,
        headings | {"labels": "labels", "标签": "labels"},
        needed=(("id",), (ROLE,), (*LABELS, "labels")),
        advice="Put back the headings that `gongkai sample` wrote.",
    )


def _read_label_studio(path: Path) -> Iterator[Line]:
    """Label Studio's export: the last annotation of each task that was not cancelled, the one marked as true first."""
    try:
        tasks = json.loads(decode(path.read_bytes())[0])
    except (ValueError, ReportUnreadable) as error:
        raise SampleUnusable(f"{path}: no readable JSON ({error}). Export the project again.") from None
    if not isinstance(tasks, list):
        raise SampleUnusable(f"{path}: not a list of tasks. Export the project as JSON.")
    for number, task in enumerate(tasks, start=1):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise SampleUnusable(f"{path.name}, row {number}: no task of a JSON export. Export the project as JSON.")
        done = [a for a in task.get("annotations") or [] if isinstance(a, dict) and not a.get("was_cancelled")]
        chosen = next((a for a in done if a.get("ground_truth")), done[-1] if done else {})
        named: dict[str, list[str]] = {}
        for part in chosen.get("result") or []:
            choices = (part.get("value") or {}).get("choices") or []
            named.setdefault(str(part.get("from_name")), []).extend(map(str, choices))
        cells = {
            "id": str(task["data"].get("id", "")),
            ROLE: "|".join(named.get("role", [])),
            "labels": "|".join(named.get("label", [])),
        }
        yield Line(path.name, number, cells, {})


def _read_doccano(path: Path) -> Iterator[Line]:
    """doccano's export: roles and labels share one list."""
    roles = {spelling: key for key, zh in names("roles").items() for spelling in (key, zh, f"{key} {zh}")}
    try:
        text, _ = decode(path.read_bytes())
    except ReportUnreadable as error:
        raise SampleUnusable(f"{path}: {error} Export the project again.") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            given = [str(label) for label in value.get("label") or value.get("labels") or []]
        except (ValueError, AttributeError, TypeError) as error:
            raise SampleUnusable(
                f"{path.name}, row {number}: no readable JSON ({error}). Export the project again."
            ) from None
        cells = {
            "id": str(value.get("sample_id", "")),
            ROLE: "|".join(roles[label] for label in given if label in roles),
            "labels": "|".join(label for label in given if label not in roles),
        }
        yield Line(path.name, number, cells, {})


READERS: dict[str, Callable[[Path], Iterator[Line]]] = {
    ".xlsx": _read_table, ".csv": _read_table, ".txt": _read_table, ".tsv": _read_table,
    ".json": _read_label_studio, ".jsonl": _read_doccano,
}  # fmt: skip
