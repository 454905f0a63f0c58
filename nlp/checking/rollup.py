"""A county against the sum of its towns, a city against that of its counties, as far as their reports are in the batch."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlp.checking.fingerprint import COMPARED, Fingerprint
from nlp.structure.bodies import GOVERNMENT, STREET

# Codes of provinces that have no cities between them and their districts, and the digits of counties right below a province.
MUNICIPALITIES = ("11", "12", "31", "50")
DIRECT = "90"
PLACE = re.compile(r"(\d{6})(.*)")

State = Literal["equal", "exceeds", "open"]


@dataclass(frozen=True, slots=True)
class RollUp:
    """What a report tells of a metric, and what those below it add up to.

    ``value`` is ``None`` where the report does not tell it. ``children`` are the bodies below that have a report of the
    year, with their values (``None``: not told). ``state``: ``equal``; ``exceeds`` when those that are known already add up
    to more than the whole; ``open`` otherwise, since departments, and reports or values that are missing, may make up the
    rest.
    """

    report: str
    body: str
    year: int
    metric: str
    value: Decimal | None
    children: tuple[tuple[str, Decimal | None], ...]
    state: State

    @property
    def known(self) -> Decimal:
        """The sum of the values that are told."""
        return sum((value for _, value in self.children if value is not None), Decimal(0))

    @property
    def untold(self) -> int:
        """How many of those below do not tell."""
        return sum(value is None for _, value in self.children)


@dataclass(frozen=True, slots=True)
class _Government:
    """A government: the code of its place, "" or its town, and its report."""

    code: str
    town: str
    report: Fingerprint


def roll_up(prints: Iterable[Fingerprint]) -> list[RollUp]:
    """One entry for each metric of each government that has reports of governments right below it, in their order.

    Governments are known by their ``body_id``; a body whose place has no code takes no part.
    """
    by_year: dict[int, list[_Government]] = defaultdict(list)
    for report in prints:
        government = _government(report)
        if government is not None and report.year is not None:
            by_year[report.year].append(government)
    return [
        rolled for year, there in by_year.items() for parent in there if not parent.town
        for rolled in _rolled(year, parent, [child.report for child in there if _is_below(child, parent)])
    ]  # fmt: skip


def _government(report: Fingerprint) -> _Government | None:
    place, _, line = report.body_id.partition("/")
    match = PLACE.fullmatch(place)
    return _Government(match[1], match[2], report) if match and line in (GOVERNMENT, STREET) else None


def _is_below(child: _Government, parent: _Government) -> bool:
    """Whether a government is right below another: a town of the county, a county of the city, a city of the province."""
    if child.town:
        return child.code == parent.code and not parent.code.endswith("00")
    if child.code == parent.code:
        return False
    if parent.code.endswith("0000"):
        in_between = child.code.endswith("00") or child.code[:2] in MUNICIPALITIES or child.code[2:4] == DIRECT
        return child.code[:2] == parent.code[:2] and in_between
    return parent.code.endswith("00") and child.code[:4] == parent.code[:4]


def _rolled(year: int, parent: _Government, below: Sequence[Fingerprint]) -> Iterator[RollUp]:
    whole = parent.report
    for metric in COMPARED:
        if not any(metric in child.totals for child in below):
            continue
        children = tuple((child.body, child.totals.get(metric)) for child in below)
        entry = RollUp(whole.name, whole.body, year, metric, whole.totals.get(metric), children, "open")
        yield RollUp(whole.name, whole.body, year, metric, entry.value, children, _state(entry))


def _state(entry: RollUp) -> State:
    if entry.value is None:
        return "open"
    if entry.known > entry.value:
        return "exceeds"
    return "equal" if entry.known == entry.value and not entry.untold else "open"
