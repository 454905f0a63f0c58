"""A score for each report by weights that the evaluator sets, and its rank among its like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from nlp.checking.findings import CheckedReport, Finding
from nlp.checking.settings import Settings, fits


@dataclass(frozen=True, slots=True)
class Scored:
    """A report with its score and its rank among the ``among`` reports of its year and level.

    Equal scores share a rank, and the next ones go on as if they did not (1, 2, 2, 4).
    """

    report: CheckedReport
    score: Decimal
    rank: int
    among: int


def scored(reports: Iterable[CheckedReport], settings: Settings) -> list[Scored]:
    """The reports with their scores, the latest year first, in it level by level, the best first."""
    alike: dict[tuple[int, str], list[tuple[Decimal, CheckedReport]]] = defaultdict(list)
    for report in reports:
        alike[-(report.year or 0), report.level or ""].append((score_of(report, settings), report))
    result = []
    for _, group in sorted(alike.items(), key=lambda item: item[0]):
        for score, report in sorted(group, key=lambda pair: (-pair[0], pair[1].name)):
            rank = 1 + sum(other > score for other, _ in group)
            result.append(Scored(report, score, rank, len(group)))
    return result


def score_of(report: CheckedReport, settings: Settings) -> Decimal:
    """Full marks less the weight of each finding, never below 0. Exact: it has the decimals that the weights have."""
    lost = sum((weight_of(finding, settings.weights) for finding in report.findings), Decimal(0))
    return max(Decimal(0), settings.full_marks - lost)


def weight_of(finding: Finding, weights: dict[str, Decimal]) -> Decimal:
    """The weight of a finding: that of the last code, family or pattern that fits, else that of its severity."""
    for pattern, weight in reversed(weights.items()):
        if pattern not in ("error", "warning", "info") and fits(finding.code, [pattern]):
            return weight
    return weights.get(finding.severity, Decimal(0))
