"""Checks between reports: what one year hands to the next, and text that two bodies share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nlp.checking.alike import find_alike
from nlp.checking.alike import findings as alike_found
from nlp.checking.findings import Across
from nlp.checking.fingerprint import Fingerprint
from nlp.checking.likeness import COPIED_SHARE, Alike
from nlp.checking.years import between_years, copied

MIN_SUFFIX_CHARS = 3


def check_across(prints: Iterable[Fingerprint], *, copied_share: float = COPIED_SHARE) -> list[Across]:
    """Every finding between the reports of a batch, in the order of the reports.

    Two reports are two years of one body when their issuers have the same name, or one name ends with the other and no
    third does. A body with two different reports of one year is left out: which is which cannot be told.
    """
    kept = list(prints)
    found: list[Across] = []
    bodies = by_body(kept)
    for group in bodies.values():
        years = _years(group)
        for year, report in years.items():
            before = years.get(year - 1)
            if before is not None:
                found += between_years(report, before)
                found += copied(report, before, copied_share)
    found += alike_found(kept, find_alike(kept, bodies.values(), copied_share), copied_share)
    order = {report.name: place for place, report in enumerate(kept)}
    return sorted(found, key=lambda item: order[item.report])


def likeness(prints: Iterable[Fingerprint]) -> list[Alike]:
    """The reports of different bodies that share at least half of section one or five of one of them, as ``find_alike``."""
    kept = list(prints)
    return find_alike(kept, by_body(kept).values())


def by_body(prints: Sequence[Fingerprint]) -> dict[str, list[Fingerprint]]:
    """The reports of a batch by body; those that tell no body or no year are left out."""
    names: dict[str, set[str | None]] = defaultdict(set)
    for report in prints:
        if report.body and report.year is not None:
            names[report.body].add(report.region)
    ends: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for at in range(1, len(name) - MIN_SUFFIX_CHARS + 1):
            ends[name[at:]].add(name)
    result: dict[str, list[Fingerprint]] = defaultdict(list)
    for report in prints:
        if not report.body or report.year is None:
            continue
        longer = ends.get(report.body, set())
        name = next(iter(longer)) if len(longer) == 1 else report.body
        regions = names[report.body] | names[name]
        known = {region for region in regions if region}
        result[f"{name}/{report.region}" if len(known) > 1 else name].append(report)
    return result


def _years(group: Sequence[Fingerprint]) -> dict[int, Fingerprint]:
    years: dict[int, list[Fingerprint]] = defaultdict(list)
    for report in group:
        if report.year is not None:
            years[report.year].append(report)
    return {year: same[0] for year, same in years.items() if len({report.report_id for report in same}) == 1}
