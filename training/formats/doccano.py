"""JSON lines with a text and its labels: what doccano exports for text classification, and most scripts write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.columns import Columns, as_text, extras, split_labels
from training.formats.lines import read_objects
from training.records import Example, Findings


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
    if isinstance(labels, list) and any(isinstance(label, (list, dict)) for label in labels):
        message = "labels are spans of the text. Export a project of text classification."
        findings.bad_row("span_labels", message, row=row, column=named["label"])
        return None
    role, group, heading = (as_text(value[n]) if (n := named[p]) else "" for p in ("role", "group", "heading"))
    text = as_text(value[named["text"] or ""])
    extra = extras(value, (named["text"], named["label"]))
    return Example(text, split_labels(labels), role or None, group or None, heading, extra, file, row)
