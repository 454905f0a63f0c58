"""Label Studio's JSON: the full export (tasks with annotations), JSON-MIN (one flat object an annotation), and tasks with predictions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import chain, islice
from pathlib import Path
from typing import Any

from training.columns import Columns, as_text, extras, from_marks, is_bookkeeping
from training.records import Example, Findings
from training.tasks import ID, Task, Tasks

PEEKED_ITEMS = 1000
CHUNK_CHARS = 1 << 16
MAX_ITEM_CHARS = 1 << 25


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """One example a task. The list is read item by item, so memory holds one task (1,000 at the beginning).

    Of several annotations the one marked as ground truth counts; otherwise they must agree.
    """
    items = _items(path, encoding, findings)
    peeked = list(islice(items, PEEKED_ITEMS))
    # JSON-MIN writes one choice as a plain string: the key is known from items with several, or from the user.
    multiple = {k for value in peeked if isinstance(value, dict) for k, part in value.items() if _is_choices(part)}
    for row, value in enumerate(chain(peeked, items), start=1):
        if not isinstance(value, dict):
            findings.bad_row("json", f"holds a {type(value).__name__}, not a task in {{…}}.", row=row)
        elif "annotations" in value or "completions" in value:
            yield from _from_task(value, columns, findings, path.name, row)
        else:
            yield from _from_flat(value, multiple, columns, findings, path.name, row)


def _from_task(task: dict[str, Any], columns: Columns, findings: Findings, file: str, row: int) -> Iterator[Example]:
    data = task.get("data") or {}
    given = [a for a in task.get("annotations") or task.get("completions") or [] if isinstance(a, dict)]
    done = [a for a in given if not a.get("was_cancelled")]
    if columns.every_annotator:
        for a in given:
            found = _choices(a.get("result") or [])
            yield from _example(data, found, columns, findings, file, row, about=_about(task, a))
        return
    true = [a for a in done if a.get("ground_truth")]
    chosen = true[:1] or done
    answers = [_choices(a.get("result") or []) for a in chosen]
    if not answers and given:
        yield from _example(data, {}, columns, findings, file, row, about=_about(task, given[-1]))
        return
    if not answers:
        findings.warn("unlabelled", "no annotation. Left out.", row=row)
        return
    if any({k: set(v) for k, v in a.items()} != {k: set(v) for k, v in answers[0].items()} for a in answers):
        message = "annotators disagree. Settle it in Label Studio, or mark one annotation as ground truth."
        findings.bad_row("disagreement", message, row=row)
        return
    yield from _example(data, answers[0], columns, findings, file, row, about=_about(task, chosen[0]))


def _about(task: dict[str, Any], annotation: dict[str, Any]) -> dict[str, Any]:
    """Who answered and when, under the names that JSON-MIN uses; spans marked in the text as JSON."""
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    about = {"task_id": task.get("id"), "annotation_id": annotation.get("id"), "annotator": who}
    about |= {name: annotation.get(name) for name in ("created_at", "updated_at", "lead_time", "was_cancelled")}
    spans = [
        {name: part["value"][name] for name in ("start", "end", "labels") if name in part["value"]}
        for part in annotation.get("result") or []
        if isinstance(part.get("value"), dict) and "start" in part["value"]
    ]
    if spans:
        about["spans"] = json.dumps(spans, ensure_ascii=False)
    return {name: value for name, value in about.items() if value not in (None, False)}


def _from_flat(
    value: dict[str, Any], multiple: set[str], columns: Columns, findings: Findings, file: str, row: int
) -> Iterator[Example]:
    label, role = columns.find("label", value), columns.find("role", value)
    named = {n for n in (label, role, *multiple) if n}
    found = {
        name: _strings(part["choices"] if _is_choices(part) else part)
        for name, part in value.items()
        if name in named or _is_choices(part)
    }
    if not found:
        names = [name for name in value if not is_bookkeeping(name)]
        message = f"no choices; there are {', '.join(names)}. Name the key of the labels with --label."
        findings.bad_row("no_labels", message, row=row, column=columns.label or "label")
        return
    yield from _example({k: v for k, v in value.items() if k not in found}, found, columns, findings, file, row)


def _example(
    data: dict[str, Any],
    answers: dict[str, tuple[str, ...]],
    columns: Columns,
    findings: Findings,
    file: str,
    row: int,
    *,
    about: dict[str, Any] | None = None,
) -> Iterator[Example]:
    name = columns.find("text", data)
    if name is None:
        message = f"no text; there are {', '.join(data)}. Name the right one with --text."
        findings.bad_row("unknown_column", message, row=row, column=columns.text or "text")
        return
    role_name = columns.find("role", answers)
    labels: Sequence[str] = [label for tag, chosen in answers.items() if tag != role_name for label in chosen]
    role = answers[role_name][0] if role_name and answers[role_name] else None
    marked, labels = from_marks(labels)
    role = role or marked
    if role is None and (column := columns.find("role", data)):
        role = as_text(data[column]) or None
    group, heading = (as_text(data[n]) if (n := columns.find(p, data)) else "" for p in ("group", "heading"))
    if columns.group and columns.group not in data:
        message = f"no {columns.group}; there are {', '.join(data)}. Name another with --group."
        findings.bad_row("unknown_column", message, row=row, column=columns.group)
        return
    about = about or {}
    kept = {k: json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for k, v in data.items()}
    extra = extras({**kept, **about}, (name,))
    yield Example(
        as_text(data[name]), tuple(dict.fromkeys(labels)), role, group or None, heading, extra, file, row,
        as_text(about.get("annotator", kept.get("annotator"))), bool(about.get("was_cancelled")),
    )  # fmt: skip


def _choices(result: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The choices of each question (``from_name``)."""
    found: dict[str, tuple[str, ...]] = {}
    for part in result:
        value = part.get("value") or {}
        if "choices" in value:
            name = str(part.get("from_name", "label"))
            found[name] = (*found.get(name, ()), *_strings(value["choices"]))
    return found


def _is_choices(value: Any) -> bool:
    return isinstance(value, dict) and "choices" in value


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(as_text(part) for part in value) if isinstance(value, list) else (as_text(value),) if value else ()


def _items(path: Path, encoding: str, findings: Findings) -> Iterator[Any]:
    """The items of a JSON list, or the one object that the file is, read piece by piece."""
    decoder, buffer, at, want, item = json.JSONDecoder(), "", 0, CHUNK_CHARS, 0
    with path.open(encoding=encoding) as file:
        listed = False
        while True:
            while at < len(buffer) and (buffer[at].isspace() or (listed and item and buffer[at] == ",")):
                at += 1
            if at == len(buffer):
                buffer, at = file.read(want), 0
                if not buffer:
                    if listed:
                        findings.fatal(
                            "json", f"ends after item {item} without ]. Export the file again.", row=item or None
                        )
                    return
                continue
            if not listed and item == 0 and buffer[at] == "[":
                listed, at = True, at + 1
                continue
            if listed and buffer[at] == "]":
                return
            try:
                value, at = decoder.raw_decode(buffer, at)
            except json.JSONDecodeError as error:
                more = file.read(want)
                if not more or len(buffer) - at > MAX_ITEM_CHARS:
                    findings.fatal("json", f"not JSON ({error.msg}). Export the file again.", row=item + 1)
                buffer, at, want = buffer[at:] + more, 0, want * 2
                continue
            except RecursionError:
                findings.fatal("json", "nested too deeply for a task. Export the file again.", row=item + 1)
            want = CHUNK_CHARS
            item += 1
            yield value


def write(path: Path, tasks: Tasks) -> list[Path]:
    """Write tasks with predictions, and the labelling configuration beside them (``.xml``); the paths come back."""
    items = [_task(task, tasks) for task in tasks.tasks]
    path.write_text(json.dumps(items, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    config = path.with_suffix(".xml")
    config.write_text(configuration(tasks), encoding="utf-8")
    return [path, config]


def _task(task: Task, tasks: Tasks) -> dict[str, Any]:
    result = []
    if task.role:
        result.append(_result("role", [task.role], task.role_score))
    if task.labels:
        result.append(_result("label", list(task.labels), min(task.scores.get(key, 0.0) for key in task.labels)))
    data = {**task.data, ID: task.id, "text": task.text, "heading": task.heading}
    return {
        "data": data | {"scores": json.dumps(dict(task.scores), ensure_ascii=False)},
        "predictions": [{"model_version": tasks.origin, "score": task.certainty, "result": result}],
    }


def _result(name: str, keys: list[str], score: float | None) -> dict[str, Any]:
    found: dict[str, Any] = {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": keys}}
    return found if score is None else {**found, "score": round(score, 4)}


def configuration(tasks: Tasks) -> str:
    """The labelling configuration of a project for these tasks. A choice shows its Chinese name and gives its key."""

    def choices(names: Mapping[str, str]) -> str:
        return "\n".join(
            f'    <Choice value="{escape(f"{key} {zh}".strip())}" alias="{escape(key)}"/>' for key, zh in names.items()
        )

    role = ""
    if tasks.roles:
        role = f"""  <Choices name="role" toName="text" choice="single" required="true">
{choices(tasks.roles)}
  </Choices>
"""
    return f'''<View>
  <Header value="$heading"/>
  <Text name="text" value="$text"/>
{role}  <Choices name="label" toName="text" choice="{"single" if tasks.exclusive else "multiple"}">
{choices(tasks.labels)}
  </Choices>
</View>
'''
