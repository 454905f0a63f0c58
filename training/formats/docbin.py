"""spaCy's DocBin: texts with ``doc.cats``."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from training.columns import ROLE_MARK, Columns, as_text, from_marks
from training.records import Example, Findings
from training.tasks import ID, Tasks


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """One example a document: its labels are the categories of 0.5 or more. The whole file must be in memory.

    Group, role, heading and other columns are read from ``doc.user_data`` where it was stored with the documents.
    """
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = DocBin().from_bytes(path.read_bytes())
    except (ValueError, KeyError, TypeError, OSError, zlib.error) as error:
        findings.fatal("docbin", f"no DocBin ({type(error).__name__}). Write it again with DocBin.to_disk.")
    for row, doc in enumerate(docs.get_docs(spacy.blank("zh").vocab), start=1):
        if not doc.cats:
            message = "the document has no cats. Set doc.cats = {label: 0 or 1} before adding it."
            findings.bad_row("no_labels", message, row=row)
            continue
        extra = {key: as_text(value) for key, value in doc.user_data.items() if isinstance(key, str)}
        role, group, heading = (extra.get(columns.find(p, extra) or "", "") for p in ("role", "group", "heading"))
        marked, labels = from_marks(label for label, score in doc.cats.items() if score >= 0.5)
        if doc.ents or doc.spans:
            spans = [
                (s.start_char, s.end_char, s.label_) for s in (*doc.ents, *(s for g in doc.spans.values() for s in g))
            ]
            extra["spans"] = json.dumps(spans, ensure_ascii=False)
        who, skipped = extra.get("annotator", ""), extra.get("skipped") == "True"
        yield Example(doc.text, labels, role or marked, group or None, heading, extra, path.name, row, who, skipped)


def write(path: Path, tasks: Tasks) -> list[Path]:
    """Write documents whose ``cats`` hold 1 for each accepted label and 0 for the others; scores are in ``user_data``."""
    import spacy
    from spacy.tokens import DocBin

    language, box = spacy.blank("zh"), DocBin(store_user_data=True)
    marks = [*(f"{ROLE_MARK}{role}" for role in tasks.roles), *tasks.labels]
    for task in tasks.tasks:
        doc = language.make_doc(task.text)
        chosen = set(task.marks())
        doc.cats = {mark: float(mark in chosen) for mark in marks}
        doc.user_data |= {**task.data, ID: task.id, "heading": task.heading, "model": tasks.origin}
        doc.user_data |= {"certainty": task.certainty, "scores": json.dumps(dict(task.scores), ensure_ascii=False)}
        box.add(doc)
    box.to_disk(path)
    return [path]
