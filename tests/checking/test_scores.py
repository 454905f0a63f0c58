"""Scores by weights, and ranks with ties."""

from __future__ import annotations

from decimal import Decimal

from nlp.checking.findings import CheckedReport, Finding
from nlp.checking.scores import score_of, scored
from nlp.checking.settings import Settings


def report(name, *found, year=2023, level="county"):
    findings = tuple(Finding(name, code, severity, "", None, None, ()) for code, severity in found)
    return CheckedReport(name, "", findings, year=year, level=level)


ERROR, WARNING, INFO = ("requests.row_total", "error"), ("sections.empty", "warning"), ("wording.slip", "info")


def test_full_marks_less_the_weights_and_never_below_nothing():
    assert score_of(report("a", ERROR, WARNING, WARNING, INFO), Settings()) == 91  # 100 - 5 - 2 - 2 - 0
    assert score_of(report("a", *[ERROR] * 21), Settings()) == 0


def test_the_last_code_family_or_pattern_that_fits_sets_the_weight():
    weights = {"error": Decimal(5), "requests": Decimal(8), "*.row_total": Decimal("0.25"), "sections": Decimal(1)}
    assert score_of(report("a", ERROR, WARNING), Settings(weights=weights)) == Decimal("98.75")


def test_equal_scores_share_a_rank_and_the_next_goes_on():
    ranked = scored([report("d", ERROR), report("b", WARNING), report("c", WARNING), report("a")], Settings())
    assert [(entry.report.name, entry.rank, entry.among) for entry in ranked] == [
        ("a", 1, 4), ("b", 2, 4), ("c", 2, 4), ("d", 4, 4)
    ]  # fmt: skip


def test_ranks_are_among_reports_of_one_year_and_level():
    reports = [
        report("old", year=2022), report("town", ERROR, level="township"), report("county", WARNING),
        report("none", year=None, level=None),
    ]  # fmt: skip
    ranked = scored(reports, Settings())
    assert [(entry.report.name, entry.rank) for entry in ranked] == [
        ("county", 1),
        ("town", 1),
        ("old", 1),
        ("none", 1),
    ]
