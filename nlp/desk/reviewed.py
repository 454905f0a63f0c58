"""Reviews as files: a corpus that `train` reads, and the filled sheet of a sample for `estimate`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.conclusions.sheet import FILLED, LABEL_COLUMNS, NONE, SHOWN
from nlp.desk.reviews import Decision, Reviews, Unit
from nlp.output.files import safe_cell

COLUMNS = ("text", "role", "label", "group", "heading", "annotator", "note")


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text as a corpus holds it. ``group`` is the report: a text and its neighbours stay on one side of a test."""

    text: str
    role: str
    labels: tuple[str, ...]
    group: str
    heading: str
    annotator: str
    note: str


def examples(reviews: Reviews) -> list[Example]:
    """What reviewers have settled, each part of a split statement by itself, joined ones as one.

    A statement on which they differ, and nobody has decided between them, is left out.
    """
    settled = reviews.settled()
    joined = {(unit.report_id, unit.statement_id + 1) for unit, _, decision in settled if decision.joined}
    return [
        example
        for unit, who, decision in settled
        if (unit.report_id, unit.statement_id) not in joined
        for example in _examples(unit, who, decision)
    ]


def _examples(unit: Unit, who: str, decision: Decision) -> Iterator[Example]:
    start = 0
    for part in decision.parts:
        text = unit.shown.text[start : part.end]
        if decision.joined and part is decision.parts[-1]:
            text += unit.shown.after
        start = part.end
        yield Example(
            text.strip(), part.role or "", part.labels, unit.report_id, unit.shown.heading, who, decision.note
        )


def as_csv(found: Sequence[Example]) -> str:
    """A corpus as CSV with a byte order mark, labels joined by ``|``; no cell is taken for a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for e in found:
        cells = (e.text, e.role, "|".join(e.labels), e.group, e.heading, e.annotator, e.note)
        writer.writerow([safe_cell(cell) for cell in cells])
    return "\ufeff" + file.getvalue()


def as_jsonl(found: Sequence[Example]) -> str:
    """A corpus as JSON Lines, one object a text."""
    return "".join(
        json.dumps(
            {"text": e.text, "role": e.role, "label": list(e.labels), "group": e.group, "heading": e.heading,
             "annotator": e.annotator, "note": e.note},
            ensure_ascii=False,
        ) + "\n"
        for e in found
    )  # fmt: skip


def sheet_of(reviews: Reviews, annotator: str) -> str:
    """The sheet of a sample as an annotator filled it in: CSV that `gongkai estimate` reads.

    A statement that was split has the role and labels of its first part, and the note says so: the sample drew one
    statement.
    """
    decisions = reviews.decisions(annotator)
    file = io.StringIO()
    writer = csv.DictWriter(file, [key for key, *_ in (*SHOWN, *FILLED)], lineterminator="\r\n")
    writer.writeheader()
    for unit in reviews.units(annotator):
        decision = decisions.get(unit.id, {}).get(annotator)
        if unit.sample_id is None:
            continue
        shown = unit.shown
        row = {"id": unit.sample_id, "report": shown.report, "heading": shown.heading, "before": shown.before,
               "text": shown.text, "after": shown.after}  # fmt: skip
        if decision and decision.done:
            part = decision.parts[0]
            labels = [*part.labels[:LABEL_COLUMNS]] or [NONE]
            note = decision.note + ("（已切分）" if len(decision.parts) > 1 else "")
            row |= {"role": part.role or "", "note": note} | {
                f"label_{n}": key for n, key in enumerate(labels, start=1)
            }
        writer.writerow({key: safe_cell(value) for key, value in row.items()})
    return "\ufeff" + file.getvalue()
