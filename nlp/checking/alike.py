"""雷同: text of one body's report that stands in another's, in sections one and five."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from nlp.checking.findings import Across
from nlp.checking.fingerprint import Fingerprint
from nlp.checking.likeness import Alike, Clauses, Part, long_enough, passages, shared
from nlp.checking.rule import CONTENT, Rule
from nlp.records import Issue, Severity

RULES = (
    Rule(
        "across.alike",
        "warning",
        "第五部分与其他机关的报告雷同",
        "Section five is like that of another body's report",
        CONTENT,
        "甲县教育局与乙县教育局报告的第五部分有九成文字相同",
    ),
    Rule(
        "across.alike_overview",
        "info",
        "第一部分与其他机关的报告雷同",
        "Section one is like that of another body's report",
        CONTENT,
        "甲县教育局与乙县教育局报告的第一部分除数字外有九成文字相同",
    ),
)
# Code of the finding, how grave it is, and what it calls the part. The account of the year follows one form in all reports,
# and its numbers are left out of the comparison: it proves less.
PARTS: dict[Part, tuple[str, Severity, str, str]] = {
    "problems": ("across.alike", "warning", "第五部分", "section five"),
    "overview": ("across.alike_overview", "info", "第一部分", "section one"),
}
SHOWN_SHARE = 0.5  # from which two reports are in the table of likeness
ALL_PAIRS_REPORTS = 300  # up to as many, each report is compared with each
MAX_PARTNERS = 5  # beyond that, each clause with its next neighbours only: what all use costs nothing


def find_alike(
    prints: Sequence[Fingerprint], bodies: Iterable[Sequence[Fingerprint]], least: float = SHOWN_SHARE
) -> list[Alike]:
    """Pairs of reports of different bodies one of which has at least ``least`` of a part in the other.

    Each pair comes twice, once for each of the two; the most alike first, section five before section one.

    Parameters
    ----------
    bodies : the reports of each body
    """
    number_of = {id(report): number for number, group in enumerate(bodies) for report in group}
    found: list[Alike] = []
    for part in PARTS:
        known = [report for report in prints if id(report) in number_of and long_enough(clauses_of(report, part))]
        for one, two in _candidates([clauses_of(report, part) for report in known]):
            here, there = known[one], known[two]
            if number_of[id(here)] == number_of[id(there)]:
                continue
            share, back = (shared(clauses_of(a, part), clauses_of(b, part)) for a, b in ((here, there), (there, here)))
            if max(share, back) >= least:
                found += [
                    Alike(here.name, there.name, part, share, back), Alike(there.name, here.name, part, back, share)
                ]  # fmt: skip
    order = list(PARTS)
    return sorted(found, key=lambda alike: (order.index(alike.part), -alike.share, alike.report, alike.other))


def clauses_of(report: Fingerprint, part: Part) -> Clauses:
    """The clauses of a part."""
    return report.clauses if part == "problems" else report.overview


def _candidates(clauses: Sequence[Clauses]) -> Iterator[tuple[int, int]]:
    """Pairs that have a clause in common, each once."""
    if len(clauses) < 2:
        return
    once = [np.unique(np.frombuffer(each.hashes, np.uint64)) for each in clauses]
    owner = np.concatenate([np.full(len(each), number, np.int64) for number, each in enumerate(once)])
    hashes = np.concatenate(once)
    order = np.lexsort((owner, hashes))
    owner, hashes = owner[order], hashes[order]
    steps = len(clauses) if len(clauses) <= ALL_PAIRS_REPORTS else MAX_PARTNERS + 1
    pairs: set[tuple[int, int]] = set()
    for step in range(1, steps):
        same = hashes[step:] == hashes[:-step]
        if not same.any():
            break
        pairs.update(zip(owner[:-step][same].tolist(), owner[step:][same].tolist(), strict=True))
    yield from sorted(pairs)


def findings(prints: Sequence[Fingerprint], pairs: Iterable[Alike], least: float) -> Iterator[Across]:
    """What is told of the reports that are alike, of both of a pair: of several partners the likeliest.

    Parameters
    ----------
    least : share from which a part counts as copied; the report that holds the other's text and much besides is told, too,
        as an info
    """
    by_name = {report.name: report for report in prints}
    best: dict[tuple[str, Part], Alike] = {}
    for alike in pairs:  # the most alike first
        if max(alike.share, alike.share_of_other) >= least:
            best.setdefault((alike.report, alike.part), alike)
    for alike in best.values():
        yield _told(by_name[alike.report], by_name[alike.other], alike, least)


def _told(report: Fingerprint, other: Fingerprint, alike: Alike, least: float) -> Across:
    code, severity, zh, en = PARTS[alike.part]
    same = passages(clauses_of(report, alike.part), clauses_of(other, alike.part))
    return Across(
        report.name,
        other.name,
        Issue(
            code,
            severity if alike.share >= least else "info",
            f"{zh}有{alike.share:.0%}的文字与{other.body}{other.year}年度报告雷同。"
            f" {alike.share:.0%} of {en} is also in the report of {other.body} for {other.year}.",
            expected=f"<{least:.0%}",
            found=f"{alike.share:.0%}",
            spans=tuple(span for span, _ in same),
        ),
        tuple(span for _, span in same),
        same,
    )
