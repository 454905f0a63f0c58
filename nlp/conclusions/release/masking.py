"""Private mobiles and persons' names hidden in every table: wherever they are quoted, not in the table of contacts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from nlp.conclusions.tags import Tags

HIDDEN = "*"
LEAST_CHARS = 2


class Masks:
    """The personal strings of each report. Memory holds those alone; a report without any costs nothing."""

    def __init__(self, tags: Tags | None = None) -> None:
        self._of: dict[str, tuple[str, ...]] = {}
        if tags is None:
            return
        tags.need("contacts")
        for report, strings in tags.stream("""
            SELECT report_id, list(DISTINCT s) FROM (
                SELECT report_id, unnest([raw, value]) AS s FROM contacts WHERE personal
            ) WHERE s IS NOT NULL GROUP BY report_id
        """):
            self.add(report, strings)

    def add(self, report: str, strings: Sequence[str]) -> None:
        """Hide these strings in the rows of a report."""
        found = {s.strip() for s in strings if len(s.strip()) >= LEAST_CHARS and set(s.strip()) != {HIDDEN}}
        if found:
            # The longest first: a part of another would leave the rest of it standing.
            self._of[report] = tuple(sorted(found, key=lambda s: (-len(s), s)))

    def __len__(self) -> int:
        return len(self._of)

    def hide(self, report: str | None, text: str) -> str:
        """A text of a report with its personal strings replaced by as many ``*``."""
        for string in self._of.get(report or "", ()):
            if string in text:
                text = text.replace(string, HIDDEN * len(string))
        return text

    def batch(self, rows: pa.Table) -> pa.Table:
        """The rows of a table with a column ``report_id``, personal strings hidden in every text."""
        if not self._of or "report_id" not in rows.column_names:
            return rows
        reports = rows["report_id"].to_pylist()
        touched = [at for at, report in enumerate(reports) if report in self._of]
        if not touched:
            return rows
        for place, field in enumerate(rows.schema):
            if not pa.types.is_string(field.type) or field.name == "report_id":
                continue
            values = rows[field.name].to_pylist()
            for at in touched:
                if values[at] is not None:
                    values[at] = self.hide(reports[at], values[at])
            rows = rows.set_column(place, field, pa.array(values, field.type))
        return rows

    def row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The same for one row as a dict."""
        report = row.get("report_id")
        return {
            name: self.hide(report, value) if isinstance(value, str) and name != "report_id" else value
            for name, value in row.items()
        }
