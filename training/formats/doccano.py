"""JSON lines with a text and its labels: what doccano exports for text classification, and most scripts write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp.conclusions.sheet import NONE
from nlp.output.names import names
from training.columns import ROLE_MARK, Columns, as_text, extras, from_marks, split_labels
from training.formats.lines import read_objects
from training.records import Example, Findings
from training.tasks import ID, Tasks

ANNOTATORS = ("annotator", "user", "username", "annotation_approver")


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """One example a line, from keys ``text`` and ``label`` (or their other names); one line in memory at a time."""
    for row, value in read_objects(path, encoding, findings):
        example = example_of(value, columns, findings, file=path.name, row=row)
        if example is not None:
            yield example


def example_of(value: dict[str, Any], columns: Columns, findings: Findings, *, file: str, row: int) -> Example | None:
    """The example in one object, ``None`` (and a finding) when it has no text or its labels are spans."""
    named = {purpose: columns.find(purpose, value) for purpose in ("text", "label", "role", "group", "heading")}
    for purpose in ("text", "label"):
        if named[purpose] is None:
            option = getattr(columns, purpose) or purpose
            message = f"no key {option}; there are {', '.join(value)}. Name the right one with --{purpose}."
            findings.bad_row("unknown_column", message, row=row, column=option)
            return None
    if columns.group and named["group"] is None:
        message = f"no key {columns.group}; there are {', '.join(value)}. Name another with --group."
        findings.bad_row("unknown_column", message, row=row, column=columns.group)
        return None
    labels = value[named["label"] or ""]
    if isinstance(value.get("annotations"), list) and labels is None:
        labels = []
    if isinstance(labels, list) and any(isinstance(label, (list, dict)) for label in labels):
        message = "labels are spans of the text. Export a project of text classification."
        findings.bad_row("span_labels", message, row=row, column=named["label"])
        return None
    role, group, heading = (as_text(value[n]) if (n := named[p]) else "" for p in ("role", "group", "heading"))
    text = as_text(value[named["text"] or ""])
    marked, found = from_marks(split_labels(labels))
    if "sample_id" in value:  # of `gongkai sample`: the role is one of the labels
        marked = next((label for label in found if label in names("roles")), None)
        found = tuple(label for label in found if label not in names("roles") and label != NONE)
    kept = {k: json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for k, v in value.items()}
    extra = extras(kept, (named["text"], named["label"]))
    who = next((extra[name] for name in ANNOTATORS if extra.get(name)), "")
    return Example(text, found, role or marked, group or None, heading, extra, file, row, who)


COLOURS = ("#2a7de1", "#d9480f", "#2b8a3e", "#862e9c", "#c92a2a", "#0b7285", "#e67700", "#5f3dc4")


def write(path: Path, tasks: Tasks) -> list[Path]:
    """Write lines with the labels that the model accepts, and the labels to import (``NAME.labels.json``); the paths come back.

    doccano has one list of labels: a role is one of them, as ``role:problem``. It takes them for an annotation: read them all.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for task in tasks.tasks:
            line = {
                "text": task.text, "label": task.marks(), **task.data, ID: task.id, "heading": task.heading,
                "model": tasks.origin, "certainty": task.certainty, "scores": dict(task.scores),
            }  # fmt: skip
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    marks = [*(f"{ROLE_MARK}{role}" for role in tasks.roles), *tasks.labels]
    labels = [
        {"text": mark, "suffix_key": None, "prefix_key": None, "text_color": "#ffffff",
         "background_color": COLOURS[at % len(COLOURS)]}
        for at, mark in enumerate(marks)
    ]  # fmt: skip
    config = path.with_suffix(".labels.json")
    config.write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [path, config]
