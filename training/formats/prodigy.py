"""Prodigy's JSON lines: choices (``accept``), single labels accepted or rejected, or ``cats``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.columns import Columns, as_text, extras
from training.formats.lines import read_objects
from training.records import Example, Findings


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
        role, group, heading = (
            as_text(value[n]) if (n := columns.find(p, value)) else "" for p in ("role", "group", "heading")
        )
        extra = extras({k: v for k, v in value.items() if not isinstance(v, (dict, list))}, (name, "label", "text"))
        example = Example(as_text(value[name]), labels, role or None, group or None, heading, extra, path.name, row)
        if not one_label:
            yield example
        else:
            before = judged.get(example.text, replace(example, labels=()))
            kept = (*before.labels, *labels) if answer == "accept" else before.labels
            judged[example.text] = replace(before, labels=tuple(dict.fromkeys(kept)))
    yield from judged.values()


def _labels(value: dict[str, Any]) -> tuple[str, ...] | None:
    if isinstance(value.get("accept"), list):
        return tuple(as_text(label) for label in value["accept"])
    if isinstance(value.get("cats"), dict):
        return tuple(label for label, on in value["cats"].items() if isinstance(on, (int, float)) and on >= 0.5)
    if isinstance(value.get("label"), str):
        return (value["label"],)
    return None
