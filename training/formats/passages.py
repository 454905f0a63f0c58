"""The project's own corpus: passages with spans; every statement becomes an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from training.columns import Columns
from training.corpus import Passage
from training.formats.lines import read_objects
from training.records import Example, Findings


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """Each statement with its role, its family as group and its heading; one passage in memory at a time."""
    for row, value in read_objects(path, encoding, findings):
        try:
            passage = msgspec.convert(value, Passage)
        except msgspec.ValidationError as error:
            findings.bad_row("passage", f"{error}. Mend this passage, or leave it out.", row=row)
            continue
        about = {
            "id": passage.id, "family": passage.family, "body": passage.body, "level": passage.level,
            "year": str(passage.year), "type": passage.type, "trade": passage.trade,
        }  # fmt: skip
        group = about.get(columns.group or "family")
        if group is None:
            findings.fatal(
                "unknown_column",
                f"passages have no {columns.group}. Choose from {', '.join(about)}.",
                column=columns.group,
            )
        for statement in passage.statements:
            if not 0 <= statement.start < statement.end <= len(passage.text):
                where = f"{statement.start}–{statement.end} of {len(passage.text)} characters"
                findings.bad_row("span", f"{passage.id}: a statement at {where}. Mend its span.", row=row)
                continue
            heading = passage.heading_of(statement)
            yield Example(
                passage.of(statement), statement.labels, statement.role, group, heading, about, path.name, row
            )
