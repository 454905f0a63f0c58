"""spaCy's DocBin: texts with ``doc.cats``."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from training.columns import Columns, as_text
from training.records import Example, Findings


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
        labels = tuple(label for label, score in doc.cats.items() if score >= 0.5)
        yield Example(doc.text, labels, role or None, group or None, heading, extra, path.name, row)
