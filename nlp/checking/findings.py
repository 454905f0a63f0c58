"""Findings as they are handed on: each with the words that prove it, grouped by report."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import msgspec

from nlp.checking.held import Held
from nlp.checking.likeness import Alike
from nlp.checking.places import Place
from nlp.checking.rollup import RollUp
from nlp.records import Failure, Issue, Skipped, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report: ``text`` stands from ``start`` to ``end`` of its source, between ``before`` and ``after``.

    ``place`` tells a person where.
    """

    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Standing:
    """What people said of a finding, as far as it is known.

    ``verdict`` holds for this very evidence (confirmed, dismissed, settled). ``reopened`` is the verdict on the same finding
    with other evidence, which holds no longer. ``pointed_out`` says that last year's report had the same finding.
    """

    verdict: str | None = None
    reason: str = ""
    by: str = ""
    at: str = ""
    reopened: str | None = None
    pointed_out: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue with its evidence quoted. ``other`` is the file that proves it, when that is another one.

    ``section`` is the key of the part that it is about, "" for the report as a whole.
    """

    report: str
    code: str
    severity: str
    message: str
    expected: str | None
    found: str | None
    quotes: tuple[Quote, ...]
    other: str | None = None
    other_quotes: tuple[Quote, ...] = ()
    section: str = ""
    standing: Standing = field(default_factory=Standing)

    @property
    def mark(self) -> str:
        """Twelve hexadecimal digits that change when the finding does, and not when it moves in the text."""
        words = [self.code, self.expected, self.found, self.other and PurePath(self.other).name]
        words += [quote.text for quote in (*self.quotes, *self.other_quotes)]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Across:
    """A finding about the report ``report`` that another one proves. Both are names of files.

    The spans of the issue count in the report; ``evidence`` in the other. ``passages`` are spans in both, side by side.
    """

    report: str
    other: str
    issue: Issue
    evidence: tuple[Span, ...] = ()
    passages: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """One report, what was found in it, errors first, and how much was checked and holds.

    ``body`` is the issuer's name without what differs between its reports, "" when the report does not tell, ``body_id`` the
    body over the years (``nlp.structure.bodies``), "" where the name lacks its place.
    """

    name: str
    title: str
    findings: tuple[Finding, ...]
    body: str = ""
    year: int | None = None
    level: str | None = None
    region: str | None = None
    held: Held = field(default_factory=Held)
    body_id: str = ""


@dataclass(slots=True)
class Checked:
    """What the checks of a batch found, the reports of different bodies that are alike, and governments against those below."""

    reports: list[CheckedReport] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    silenced: int = 0
    closed: int = 0
    alike: list[Alike] = field(default_factory=list)
    rolled_up: list[RollUp] = field(default_factory=list)

    def count(self, severity: str) -> int:
        """How many findings have a severity."""
        return sum(finding.severity == severity for report in self.reports for finding in report.findings)

    def to_dict(self) -> dict[str, Any]:
        """Plain dictionaries and lists for JSON."""
        return {
            "reports": [_as_dict(report) for report in self.reports],
            "failures": [msgspec.to_builtins(failure) for failure in self.failures],
            "skipped": [msgspec.to_builtins(skipped) for skipped in self.skipped],
            "errors": self.count("error"),
            "warnings": self.count("warning"),
            "infos": self.count("info"),
            "silenced": self.silenced,
            "closed": self.closed,
            "alike": [msgspec.to_builtins(pair) for pair in self.alike],
            "rolled_up": [msgspec.to_builtins(entry) for entry in self.rolled_up],
        }


def _as_dict(report: CheckedReport) -> dict[str, Any]:
    """A report for JSON, each finding with its mark."""
    values: dict[str, Any] = msgspec.to_builtins(report)
    for told, finding in zip(values["findings"], report.findings, strict=True):
        told["mark"] = finding.mark
    return values
