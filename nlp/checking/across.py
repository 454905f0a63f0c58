"""Checks between reports: what one year hands to the next, and text that two reports share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from nlp.checking.fingerprint import COLUMNS, DOCUMENTS, Fingerprint, Stated
from nlp.checking.likeness import passages, shared
from nlp.checking.sums import fits_rounded
from nlp.claims.names import metric_name
from nlp.records import Issue, Span

# Share of section five that is the same; two reports on one template share a third of it.
COPIED_SHARE = 0.7
MIN_CHARS = 80
MIN_CLAUSES = 5
MIN_SUFFIX_CHARS = 3
MAX_PARTNERS = 5


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


def check_across(prints: Iterable[Fingerprint], *, copied_share: float = COPIED_SHARE) -> list[Across]:
    """Every finding between the reports of a batch, in the order of the reports.

    Two reports are two years of one body when their issuers have the same name, or one name ends with the other and no
    third does. A body with two different reports of one year is left out: which is which cannot be told.
    """
    kept = list(prints)
    found: list[Across] = []
    bodies = _bodies(kept)
    for group in bodies.values():
        years = _years(group)
        for year, report in years.items():
            before = years.get(year - 1)
            if before is not None:
                found += _between_years(report, before)
                found += _copied(report, before, copied_share)
    body_number = {id(report): number for number, group in enumerate(bodies.values()) for report in group}
    found += _alike(kept, body_number, copied_share)
    order = {report.name: place for place, report in enumerate(kept)}
    return sorted(found, key=lambda item: order[item.report])


def _bodies(prints: Sequence[Fingerprint]) -> dict[str, list[Fingerprint]]:
    """The reports by body."""
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


# ---- numbers that one year hands to the next


def _between_years(report: Fingerprint, before: Fingerprint) -> Iterator[Across]:
    yield from _carried(report, before)
    yield from _in_force(report, before)
    for stated in report.stated:
        last = before.totals.get(stated.metric)
        if last is not None:
            yield from _changed(report, before, stated, last)


def _carried(report: Fingerprint, before: Fingerprint) -> Iterator[Across]:
    """国办公开办函〔2021〕30号: 上年结转 is what the report before carried over, in every column."""
    wrong = []
    for column in COLUMNS:
        now, then = report.value(("requests", "carried_in", column)), before.value(("requests", "carried_out", column))
        if now is not None and then is not None and now != then:
            wrong.append((column, now, then))
    if not wrong:
        return
    column, now, then = wrong[-1]
    spans = (report.span(("requests", "carried_in", c)) for c, _, _ in wrong)
    others = (before.span(("requests", "carried_out", c)) for c, _, _ in wrong)
    yield Across(
        report.name,
        before.name,
        Issue(
            "across.carried_in",
            "error" if column == "total" else "warning",
            f"上年结转{now}件，而{before.year}年度报告结转下年度{then}件（{len(wrong)}列不符）。"
            f" Carried in {now}, the report of {before.year} carried over {then}.",
            expected=str(then),
            found=str(now),
            spans=tuple(span for span in spans if span),
        ),
        tuple(span for span in others if span),
    )


def _in_force(report: Fingerprint, before: Fingerprint) -> Iterator[Across]:
    """现行有效(t) = 现行有效(t-1) + 制发(t) - 废止(t)."""
    for row in DOCUMENTS:
        cells = [("disclosure", row, column) for column in ("issued", "repealed", "in_force")]
        issued, repealed, now = (report.value(cell) for cell in cells)
        last = before.value(("disclosure", row, "in_force"))
        if issued is None or repealed is None or now is None or last is None or now == last + issued - repealed:
            continue
        name = "规章" if row == "regulations" else "行政规范性文件"
        other = before.span(("disclosure", row, "in_force"))
        yield Across(
            report.name,
            before.name,
            Issue(
                f"across.in_force.{row}",
                "warning",
                f"{name}现行有效{now}件，而上年{last}＋制发{issued}－废止{repealed}＝{last + issued - repealed}。"
                f" In force {now}; last year {last} + issued {issued} - repealed {repealed} ="
                f" {last + issued - repealed}.",
                expected=str(last + issued - repealed),
                found=str(now),
                spans=tuple(span for span in map(report.span, cells) if span),
            ),
            (other,) if other else (),
        )


def _changed(report: Fingerprint, before: Fingerprint, stated: Stated, last: Decimal) -> Iterator[Across]:
    name = metric_name(stated.metric)
    if stated.before is not None and stated.before != last:
        yield Across(
            report.name,
            before.name,
            Issue(
                "across.previous_value",
                "warning",
                f"称上年{name}为{stated.before}，{before.year}年度报告为{last}。"
                f" The text gives {stated.before} for last year's {stated.metric}, that report {last}.",
                expected=str(last),
                found=str(stated.before),
                spans=(stated.span,),
            ),
        )
    if (
        stated.rate is not None
        and last
        and not fits_rounded((stated.now - last) * 100 / last, stated.rate, stated.places)
    ):
        right = ((stated.now - last) * 100 / last).quantize(Decimal(1).scaleb(-max(stated.places, 1)))
        yield Across(
            report.name,
            before.name,
            Issue(
                "across.change",
                "warning",
                f"称{name}变化{stated.rate}%，按{before.year}年度报告（{last}）应为{right}%。"
                f" The text states a change of {stated.rate}%, from {last} it is {right}%.",
                expected=f"{right}%",
                found=f"{stated.rate}%",
                spans=(stated.span,),
            ),
        )


# ---- text that two reports share


def _long_enough(report: Fingerprint) -> bool:
    return len(report.clauses.hashes) >= MIN_CLAUSES and report.clauses.size >= MIN_CHARS


def _copied(report: Fingerprint, before: Fingerprint, least: float) -> Iterator[Across]:
    if not _long_enough(report):
        return
    share = shared(report.clauses, before.clauses)
    if share < least:
        return
    same = passages(report.clauses, before.clauses)
    yield Across(
        report.name,
        before.name,
        Issue(
            "across.copied",
            "warning",
            f"第五部分有{share:.0%}的文字与{before.year}年度报告相同（不计数字和年份）。"
            f" {share:.0%} of section five is that of {before.year}, numbers and years left out.",
            expected=f"<{least:.0%}",
            found=f"{share:.0%}",
            spans=tuple(here for here, _ in same),
        ),
        tuple(there for _, there in same),
        same,
    )


def _alike(prints: Sequence[Fingerprint], bodies: dict[int, int], least: float) -> Iterator[Across]:
    """雷同: section five of one body in that of another. Each report is compared with its likeliest partners only."""
    numbers = [n for n, report in enumerate(prints) if _long_enough(report) and id(report) in bodies]
    if len(numbers) < 2:
        return
    owner = np.concatenate([np.full(len(prints[n].clauses.hashes), n, np.int64) for n in numbers])
    hashes = np.concatenate([np.frombuffer(prints[n].clauses.hashes, np.uint64) for n in numbers])
    sizes = np.concatenate([np.frombuffer(prints[n].clauses.sizes, np.uint16) for n in numbers]).astype(np.int64)
    order = np.lexsort((owner, hashes))
    owner, hashes, sizes = owner[order], hashes[order], sizes[order]
    keys, weights = [], []
    for step in range(1, MAX_PARTNERS + 1):
        same = hashes[step:] == hashes[:-step]
        same &= owner[step:] != owner[:-step]
        keys.append(owner[step:][same] * len(prints) + owner[:-step][same])
        weights.append(sizes[step:][same])
    pairs, place = np.unique(np.concatenate(keys), return_inverse=True)
    weight = np.bincount(place, np.concatenate(weights), len(pairs))
    best: dict[int, tuple[float, int]] = {}
    for pair, chars in zip(pairs.tolist(), weight.tolist(), strict=True):
        here, there = divmod(pair, len(prints))
        report, other = prints[here], prints[there]
        if bodies[id(report)] == bodies[id(other)] or chars < least * report.clauses.size / 2:
            continue
        share = shared(report.clauses, other.clauses)
        if share >= least and share > best.get(here, (0.0, 0))[0]:
            best[here] = (share, there)
    for here, (share, there) in best.items():
        report, other = prints[here], prints[there]
        same_text = passages(report.clauses, other.clauses)
        yield Across(
            report.name,
            other.name,
            Issue(
                "across.alike",
                "warning",
                f"第五部分有{share:.0%}的文字与{other.body}{other.year}年度报告雷同。"
                f" {share:.0%} of section five is also in the report of {other.body} for {other.year}.",
                expected=f"<{least:.0%}",
                found=f"{share:.0%}",
                spans=tuple(span for span, _ in same_text),
            ),
            tuple(span for _, span in same_text),
            same_text,
        )
