"""What people said of findings: confirmed, dismissed with a reason, or settled; kept in a file that lasts and can be shared.

The file holds a verdict a line (JSON Lines) and is only ever added to: of several on one finding the last by its time counts,
so that two files are merged by putting one behind the other. No words of a report are in it. A verdict is bound to the
evidence: it holds for new runs, new versions of the program and corrected drafts, until the evidence is another.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Literal

import msgspec

from nlp.checking.findings import Checked, CheckedReport, Finding, Standing

Kind = Literal["confirmed", "dismissed", "settled", "withdrawn"]
# A finding with one of these is closed until its evidence changes.
CLOSING = frozenset({"dismissed", "settled"})
# Next year's same finding was pointed out before, if it was one.
POINTED_OUT = frozenset({"confirmed", "settled"})
MAX_REASON_CHARS = 500


class VerdictsWrong(ValueError):
    """A file that holds no verdicts, or a verdict that makes no sense; the message says where and what to do."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said of a finding of the report of ``body`` on ``year``.

    ``place`` names its part, or its row and column, and ``mark`` its evidence; ``at`` is the time (UTC, ISO 8601).
    """

    body: str
    year: int | None
    code: str
    place: str
    mark: str
    verdict: Kind
    reason: str = ""
    by: str = ""
    at: str


def place_of(finding: Finding) -> str:
    """Where a finding stands, in words that do not change when a text above it does: the row and column, or the part.

    Of a sum it is the total, of a number told twice the cell: what comes last.
    """
    if not finding.quotes:
        return finding.section
    place = finding.quotes[-1].place
    return "|".join((str(place.ordinal or place.part), place.row, *place.columns))


def verdict_on(
    report: CheckedReport,
    finding: Finding,
    verdict: Kind,
    *,
    reason: str = "",
    by: str = "",
    now: datetime | None = None,
) -> Verdict:
    """A verdict on a finding.

    Raises
    ------
    VerdictsWrong : a dismissal without a reason, or a reason that is too long
    """
    if verdict == "dismissed" and not reason.strip():
        raise VerdictsWrong("判为“不成立”要写明理由。 A dismissal needs a reason.")
    if len(reason) > MAX_REASON_CHARS:
        raise VerdictsWrong(
            f"理由太长（不超过{MAX_REASON_CHARS}字）。 The reason is longer than {MAX_REASON_CHARS} characters."
        )
    return Verdict(
        body=_body(report), year=report.year, code=finding.code, place=place_of(finding), mark=finding.mark,
        verdict=verdict, reason=reason.strip(), by=by.strip(), at=(now or datetime.now(UTC)).isoformat(timespec="microseconds"),
    )  # fmt: skip


def _body(report: CheckedReport) -> str:
    """The body of a report over its years; the name of the file where the report does not tell."""
    return report.body_id or report.body or PurePath(report.name).name


def read_verdicts(path: Path) -> list[Verdict]:
    """The verdicts of a file in the order of their time; none for a file that is not there.

    Raises ``VerdictsWrong`` naming the line, or ``OSError`` when the file cannot be read.
    """
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=Verdict))
        except msgspec.MsgspecError as error:
            raise VerdictsWrong(
                f"{path}:{number}: no verdict ({error}). Correct or delete the line, or name another file."
            ) from None
    return sorted(found, key=lambda verdict: verdict.at)


def add_verdict(path: Path, verdict: Verdict) -> None:
    """Add a verdict to a file, in one piece and onto the disk: several may write to it at once. Raises ``OSError``."""
    line = msgspec.json.encode(verdict) + b"\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts to look findings up in, the last on each: by body, year, code, mark and place, and without the mark."""

    by_mark: dict[tuple[object, ...], list[Verdict]]
    by_place: dict[tuple[object, ...], Verdict]

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Verdicts:
        """Make them from verdicts in the order of their time."""
        by_mark: dict[tuple[object, ...], dict[str, Verdict]] = {}
        by_place: dict[tuple[object, ...], Verdict] = {}
        for verdict in verdicts:
            by_mark.setdefault((verdict.body, verdict.year, verdict.code, verdict.mark), {})[verdict.place] = verdict
            by_place[verdict.body, verdict.year, verdict.code, verdict.place] = verdict
        return cls({key: list(places.values()) for key, places in by_mark.items()}, by_place)

    def standings(self, report: CheckedReport) -> list[Standing]:
        """What stands of each finding of a report, in order."""
        body = _body(report)
        marks = Counter((finding.code, finding.mark) for finding in report.findings)
        return [
            self._standing(body, report.year, finding, alone=marks[finding.code, finding.mark] == 1)
            for finding in report.findings
        ]

    def _standing(self, body: str, year: int | None, finding: Finding, *, alone: bool) -> Standing:
        place = place_of(finding)
        said = self.by_mark.get((body, year, finding.code, finding.mark), [])
        # Of two rows with the same numbers each has its own; the names of parts and rows may change with the program.
        here = next((v for v in said if v.place == place), said[-1] if said and alone else None)
        before = self.by_place.get((body, year, finding.code, place)) if here is None else None
        last = self.by_place.get((body, year - 1, finding.code, place)) if year is not None else None
        return Standing(
            verdict=here.verdict if here and here.verdict != "withdrawn" else None,
            reason=here.reason if here else "",
            by=here.by if here else "",
            at=here.at if here else "",
            reopened=before.verdict
            if before and before.verdict != "withdrawn" and before.mark != finding.mark
            else None,
            pointed_out=last is not None and last.verdict in POINTED_OUT,
        )


def with_verdicts(checked: Checked, verdicts: Verdicts) -> Checked:
    """The batch with what stands of each finding; nothing is left out."""
    reports = []
    for report in checked.reports:
        pairs = zip(report.findings, verdicts.standings(report), strict=True)
        reports.append(replace(report, findings=tuple(replace(finding, standing=stands) for finding, stands in pairs)))
    return replace(checked, reports=reports)


def without_closed(checked: Checked) -> Checked:
    """The batch without the findings that are dismissed or settled; ``closed`` counts them."""
    reports, closed = [], 0
    for report in checked.reports:
        left = tuple(finding for finding in report.findings if finding.standing.verdict not in CLOSING)
        closed += len(report.findings) - len(left)
        reports.append(replace(report, findings=left))
    return replace(checked, reports=reports, closed=checked.closed + closed)


def find_marked(checked: Checked, marks: Sequence[str]) -> list[tuple[CheckedReport, Finding]]:
    """The findings whose marks begin with these; raises ``VerdictsWrong`` for a mark that names none, or several."""
    found = []
    for mark in marks:
        here = [(report, f) for report in checked.reports for f in report.findings if mark and f.mark.startswith(mark)]
        if len(here) != 1:
            raise VerdictsWrong(
                f"{mark}: {len(here)} findings have this mark. Give one that `gongkai check --verdicts` printed."
            )
        found += here
    return found
