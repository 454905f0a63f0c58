"""One labelled text of any corpus, and what is found wrong with a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NoReturn

KEPT_PER_CODE = 20


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text and where it came from.

    ``group`` is what must not be split between folds (a document, a family of passages); ``extra`` holds the columns
    that mean nothing to training, for slices. ``row`` is the line of a JSONL file, the row of a sheet (its head is row
    1), the item of a JSON list or the document of a DocBin, counted from 1.
    ``annotator`` is who labelled it, where the form says so; ``skipped`` that somebody saw it and chose not to answer: nothing
    is learnt from it.
    """

    text: str
    labels: tuple[str, ...]
    role: str | None = None
    group: str | None = None
    heading: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    row: int = 0
    annotator: str = ""
    skipped: bool = False

    def value(self, column: str) -> str:
        """What the example holds under a column name, "" when it has no such column.

        >>> Example("更新慢", ("timeliness_poor",), role="problem", extra={"year": "2021"}).value("year")
        '2021'
        """
        if column in self.extra:
            return self.extra[column]
        if column in ("role", "group", "heading", "file", "annotator"):
            return getattr(self, column) or ""
        return "|".join(self.labels) if column == "label" else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a corpus: what was found, where, and what to do."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    file: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = self.file + (f":{self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.message}"


class CorpusUnusable(Exception):
    """A corpus that cannot be learnt from or measured on; ``findings`` says why, row by row."""

    def __init__(self, findings: list[Finding], left_out: int = 0) -> None:
        lines = [str(finding) for finding in findings]
        if left_out:
            lines.append(f"… and {left_out} more of the same kinds")
        super().__init__("\n".join(lines))
        self.findings = tuple(findings)


@dataclass(slots=True)
class Findings:
    """Collects what is wrong while a file is read. The first of each kind are kept, all are counted.

    With ``lenient`` a bad row is a warning, and whoever reads leaves the row out.
    """

    file: str
    lenient: bool = False
    kept: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def warn(self, code: str, message: str, *, row: int | None = None, column: str | None = None) -> None:
        """Something that the reader has put right or can live with."""
        self._add(Finding("warning", code, message, self.file, row, column))

    def bad_row(self, code: str, message: str, *, row: int, column: str | None = None) -> None:
        """A row that cannot be used."""
        severity: Literal["error", "warning"] = "warning" if self.lenient else "error"
        left_out = " Row left out." if self.lenient else ""
        self._add(Finding(severity, code, message + left_out, self.file, row, column))

    def fatal(self, code: str, message: str, *, row: int | None = None, column: str | None = None) -> NoReturn:
        """The whole corpus cannot be used: raises ``CorpusUnusable`` with the errors so far."""
        self._add(Finding("error", code, message, self.file, row, column))
        self.stop_if_errors()
        raise AssertionError("an error was just added")

    def stop_if_errors(self) -> None:
        """Raise ``CorpusUnusable`` when an error was found."""
        errors = [finding for finding in self.kept if finding.severity == "error"]
        if errors:
            total = sum(n for (severity, _), n in self.counts.items() if severity == "error")
            raise CorpusUnusable(errors, total - len(errors))

    def warnings(self) -> list[str]:
        """The warnings as lines; where more than the kept ones were found, a line says how many."""
        lines = [str(finding) for finding in self.kept if finding.severity == "warning"]
        for (severity, code), count in self.counts.items():
            if severity == "warning" and count > KEPT_PER_CODE:
                lines.append(f"{self.file}: … and {count - KEPT_PER_CODE} more of kind {code}")
        return lines

    def _add(self, finding: Finding) -> None:
        key = (finding.severity, finding.code)
        self.counts[key] += 1
        if self.counts[key] <= KEPT_PER_CODE:
            self.kept.append(finding)
