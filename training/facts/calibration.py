"""How far the scores of facts can be trusted: the line that makes them shares of right ones, and how well it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from nlp.extraction.ranker import calibrated, log_odds
from nlp.records import ChannelCount, Count
from nlp.vocabulary.load import load
from training.facts.measure import Facts
from training.facts.notation import MarkedPassage

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
COVERAGE = 0.9
Judged = tuple[float, bool, str]  # the score of a fact, whether it is right, channels or counts


def judge(passage: MarkedPassage, found: Facts) -> Iterator[Judged]:
    """Every fact found in a passage with its score and whether it is marked so; optional ones are left out."""
    marked: dict[tuple[str, Decimal], list[bool]] = {}
    for mark in passage.marks:
        for told in mark.facts:
            marked.setdefault((_key(told.name), told.value), []).append(told.optional)
    channels, counts = found
    facts: list[ChannelCount | Count] = [*channels, *counts]
    for fact in sorted(facts, key=attrgetter("score"), reverse=True):
        name = fact.channel if isinstance(fact, ChannelCount) else fact.metric
        left = marked.get((_key(name), fact.quantity.value), [])
        group = "channels" if name.partition("+")[0] in load("channels") else "counts"
        if not left:
            yield fact.score, False, group
        elif False in left:
            left.remove(False)
            yield fact.score, True, group
        else:
            left.remove(True)


def _key(name: str) -> str:
    return "+".join(sorted(name.split("+")))


def fit_line(judged: Iterable[Judged]) -> tuple[float, float]:
    """Slope and shift of the line through the log odds of the scores that says best how many are right (Platt)."""
    scores, right, _ = zip(*judged, strict=True)
    odds = np.array([[log_odds(score)] for score in scores])
    line = LogisticRegression(C=1e6).fit(odds, np.array(right))
    return round(float(line.coef_[0, 0]), 4), round(float(line.intercept_[0]), 4)


def reliability(folds: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    """How the scores of each fold, calibrated on the others, agree with how many are right.

    ``bands`` are scores from–to with how many facts, their mean score and the share that is right; ``error`` is the mean
    distance of the two, weighted by facts; ``precision_at_90`` that of the nine tenths of the facts that are surest.
    """
    told: list[Judged] = []
    for own, facts in enumerate(folds):
        line = fit_line([one for other, fold in enumerate(folds) if other != own for one in fold])
        told += [(calibrated(score, line), right, group) for score, right, group in facts]
    bands, error = [], 0.0
    for low, high in pairwise(EDGES):
        held = [(s, r) for s, r, _ in told if low <= s < high or (s == high == 1.0)]
        if held:
            mean, share = (sum(column) / len(held) for column in zip(*held, strict=True))
            error += abs(mean - share) * len(held) / len(told)
            bands.append({"from": low, "to": high, "n": len(held), "score": round(mean, 3), "right": round(share, 3)})
    surest = {
        group: round(_precision([one for one in told if group in ("all", one[2])]), 3)
        for group in ("all", "channels", "counts")
    }
    return {"facts": len(told), "bands": bands, "error": round(error, 4), "precision_at_90": surest}


def _precision(told: Sequence[Judged]) -> float:
    """The share of right ones among the surest nine tenths."""
    kept = sorted(told, key=lambda one: -one[0])[: round(len(told) * COVERAGE)]
    return sum(right for _, right, _ in kept) / max(1, len(kept))
