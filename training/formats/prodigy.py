"""Prodigy's JSON lines: choices (``accept``), single labels accepted or rejected, or ``cats``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.columns import ROLE_MARK, Columns, as_text, extras, from_marks
from training.formats.lines import read_objects
from training.records import Example, Findings
from training.tasks import ID, Tasks


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """One example a text.

    Ignored answers are left out; a rejected choice or ``cats`` is left out too, since it says only what is wrong.
    Where each line judges one label, the lines of a text are put together: all texts must then be in memory.
    """
    judged: dict[str, Example] = {}
    for row, value in read_objects(path, encoding, findings):
        name = columns.find("text", value)
        if name is None:
            findings.bad_row("unknown_column", f"no text; there are {', '.join(value)}. Name it with --text.", row=row)
            continue
        answer = value.get("answer", "accept")
        if answer == "ignore":
            yield _example(value, name, (), columns, path.name, row, skipped=True)
            continue
        one_label = isinstance(value.get("label"), str) and "accept" not in value and "cats" not in value
        if answer == "reject" and not one_label:
            findings.warn("rejected", "rejected as a whole: nothing says what is right. Left out.", row=row)
            continue
        labels = _labels(value)
        if labels is None:
            findings.bad_row(
                "no_labels", "neither accept, cats nor label. Export a textcat or choice dataset.", row=row
            )
            continue
        example = _example(value, name, labels, columns, path.name, row)
        if not one_label:
            yield example
        else:
            before = judged.get(example.text, replace(example, labels=()))
            kept = (*before.labels, *labels) if answer == "accept" else before.labels
            judged[example.text] = replace(before, labels=tuple(dict.fromkeys(kept)))
    yield from judged.values()


def _example(
    value: dict[str, Any],
    name: str,
    labels: tuple[str, ...],
    columns: Columns,
    file: str,
    row: int,
    *,
    skipped: bool = False,
) -> Example:
    marked, labels = from_marks(labels)
    meta = value["meta"] if isinstance(value.get("meta"), dict) else {}
    named = {**meta, **value}
    role, group, heading = (
        as_text(named[n]) if (n := columns.find(p, named)) else "" for p in ("role", "group", "heading")
    )
    left_out = (name, "label", "text", "accept", "cats", "options", "config", "tokens")
    kept = {k: json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for k, v in value.items()}
    extra = extras({**kept, **meta}, (*left_out, *(("meta",) if meta else ())))
    who = extra.get("_annotator_id") or extra.get("_session_id") or ""
    text = as_text(value[name])
    return Example(text, labels, role or marked, group or None, heading, extra, file, row, who, skipped)


def _labels(value: dict[str, Any]) -> tuple[str, ...] | None:
    if isinstance(value.get("accept"), list):
        return tuple(as_text(label) for label in value["accept"])
    if isinstance(value.get("cats"), dict):
        return tuple(label for label, on in value["cats"].items() if isinstance(on, (int, float)) and on >= 0.5)
    if isinstance(value.get("label"), str):
        return (value["label"],)
    return None


def write(path: Path, tasks: Tasks) -> list[Path]:
    """Write tasks for the choice interface with what the model accepts chosen, and the labels (``NAME.labels.txt``).

    ``prodigy mark DATASET tasks.jsonl --view-id choice`` shows them.
    """
    options = [{"id": f"{ROLE_MARK}{role}", "text": f"类别 {zh or role}"} for role, zh in tasks.roles.items()]
    options += [{"id": key, "text": zh or key} for key, zh in tasks.labels.items()]
    style = "single" if tasks.exclusive and not tasks.roles else "multiple"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for task in tasks.tasks:
            meta = {
                **task.data,
                ID: task.id,
                "heading": task.heading,
                "model": tasks.origin,
                "certainty": task.certainty,
            }
            line = {
                "text": task.text, "meta": meta, "options": options, "accept": task.marks(), "scores": dict(task.scores),
                "config": {"choice_style": style},
            }  # fmt: skip
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    config = path.with_suffix(".labels.txt")
    config.write_text("".join(f"{option['id']}\n" for option in options), encoding="utf-8")
    return [path, config]
