"""Scores of facts against how many are right: what counts as right, and the line that is drawn."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlp.records import ChannelCount, Count, Quantity, Span
from training.facts.calibration import fit_line, judge, reliability
from training.facts.measure import Facts
from training.facts.notation import read_passage


def _count(metric: str, value: int, score: float) -> Count:
    return Count(metric, Quantity(Decimal(value), "件", "exact", Span(0, 1)), score=score)


def test_a_fact_is_right_when_it_is_marked_and_left_out_when_it_is_optional() -> None:
    passage = read_passage({
        "id": "x", "family": "f", "kind": "k", "trade": "水利", "level": "county", "year": 2020,
        "text": "收到申请⟦4件|applications_received⟧,⟦均已答复|?applications_answered=4⟧,网站⟦9条|gov_website⟧",
    })  # fmt: skip
    site = ChannelCount("gov_website", Quantity(Decimal(9), "条", "exact", Span(0, 1)), "year", score=0.9)
    again = _count("applications_received", 4, 0.7)  # stated once, found twice: the surer one is right
    found: Facts = (
        (site,),
        (
            _count("applications_received", 4, 0.8),
            again,
            _count("applications_answered", 4, 0.6),
            _count("reviews", 0, 0.5),
        ),
    )
    assert list(judge(passage, found)) == [
        (0.9, True, "channels"), (0.8, True, "counts"), (0.7, False, "counts"), (0.5, False, "counts"),
    ]  # fmt: skip


def test_scores_that_promise_too_much_are_lowered_and_calibrated_ones_kept() -> None:
    bold = [(0.99, right, "counts") for right in [True] * 80 + [False] * 20]
    bold += [(0.6, right, "counts") for right in [True] * 50 + [False] * 50]
    told = reliability([bold, bold])
    assert [(band["n"], round(band["score"], 1), band["right"]) for band in told["bands"]] == [
        (200, 0.5, 0.5),
        (200, 0.8, 0.8),
    ]
    assert told["error"] < 0.01
    # 360 of 400: all 200 of the surer, 160 right; then 160 in their order, 50 + 50 of them right.
    assert told["precision_at_90"]["counts"] == pytest.approx(260 / 360, abs=0.001)
    honest = [(0.9, right, "counts") for right in [True] * 90 + [False] * 10]
    honest += [(0.6, right, "counts") for right in [True] * 60 + [False] * 40]
    slope, shift = fit_line(honest)
    assert (slope, shift) == (pytest.approx(1, abs=0.02), pytest.approx(0, abs=0.02))
