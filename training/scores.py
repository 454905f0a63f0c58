"""How well a head does: precision, recall and F1 with intervals by group, calibration, coverage at a precision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.labelling.trained import LEAST_CHANCE

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.floating[Any]]

PRECISION_GOAL = 0.95
BINS = 10
# More groups than this are resampled in blocks of several: the interval hardly changes, the memory does.
MAX_BLOCKS = 2000
Z = 1.959964  # of 95%
DRAWS = 2000


def choose(
    chance: Floats, thresholds: Floats, *, exclusive: bool, abstains_below: float | None = LEAST_CHANCE
) -> Bools:
    """What is accepted: the best class of an exclusive head; else what reaches its threshold, and the best class if its
    probability is at least ``abstains_below`` (``None``: never for that alone, where texts without label are right).

    >>> choose(np.array([[0.3, 0.2]]), np.array([0.4, 0.4]), exclusive=False)
    array([[ True, False]])
    """
    best = np.zeros(chance.shape, dtype=bool)
    if chance.size:
        best[np.arange(len(chance)), chance.argmax(axis=1)] = True
    if exclusive:
        return best
    accepted: Bools = chance >= thresholds
    return accepted if abstains_below is None else accepted | (best & (chance >= abstains_below))


def score_head(
    truth: Bools, chosen: Bools, chance: Floats, groups: Sequence[str], classes: Sequence[str],
    *, exclusive: bool, bootstrap: int, seed: int,
) -> dict[str, Any]:  # fmt: skip
    """All figures of a head on ``n`` texts, as JSON holds them. Intervals are 95%, from resampled groups.

    ``None`` stands where there is nothing to divide by (a label neither borne nor predicted). The macro mean is over
    the labels that some text bears.
    """
    hits, extra, missed = truth & chosen, chosen & ~truth, truth & ~chosen
    counts = np.stack([part.sum(axis=0) for part in (hits, extra, missed)]).astype(float)
    samples = _resampled(hits, extra, missed, groups, bootstrap, seed)
    label_f1 = _f1(*counts)
    sample_f1 = _f1(*samples)
    borne = counts[0] + counts[2] > 0
    labels = {
        name: {
            **_precision_recall(*counts[:, at]),
            "support": int(counts[0, at] + counts[2, at]),
            "interval": _widened(_interval(sample_f1[:, at]), *counts[:, at]),
        }
        for at, name in enumerate(classes)
    }
    micro = counts.sum(axis=1)
    result: dict[str, Any] = {
        "examples": len(truth),
        "groups": len(set(groups)),
        "micro": {**_precision_recall(*micro), "interval": _widened(_interval(_f1(*samples.sum(axis=2))), *micro)},
        "macro": {
            "f1": _rounded(label_f1[borne].mean() if borne.any() else np.nan),
            "interval": _hull(_interval(_row_means(sample_f1[:, borne])), _of_few(counts[:, borne], seed)),
        },
        "labels": labels,
        "coverage_at_95": coverage(truth, chosen, chance),
        "calibration": calibration(truth, chosen, chance, exclusive=exclusive),
    }
    if exclusive:
        rows = np.flatnonzero(truth.any(axis=1))
        matrix = np.zeros((len(classes), len(classes)), dtype=int)
        np.add.at(matrix, (truth[rows].argmax(axis=1), chosen[rows].argmax(axis=1)), 1)
        result["accuracy"] = result["micro"]["f1"]
        result["confusion"] = {"classes": list(classes), "true_by_predicted": matrix.tolist()}
    return result


def coverage(truth: Bools, chosen: Bools, chance: Floats) -> dict[str, Any]:
    """How much can be taken over unread: the share of the accepted labels that stands when only those of at least
    ``score`` are kept, the smallest score from which on precision is .95; and their recall.

    >>> coverage(np.array([[True], [False]]), np.array([[True], [True]]), np.array([[0.9], [0.6]]))
    {'precision': 1.0, 'score': 0.9, 'share': 0.5, 'recall': 1.0}
    """
    scores, right = chance[chosen], truth[chosen]
    order = np.argsort(-scores, kind="stable")
    scores, right = scores[order], right[order]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    last_of_score = np.append(scores[1:] < scores[:-1], True) if len(scores) else np.zeros(0, dtype=bool)
    good = np.flatnonzero((precision >= PRECISION_GOAL) & last_of_score)
    if not len(good):
        return {"precision": None, "score": None, "share": 0.0, "recall": 0.0}
    end = good[-1]
    recall = right[: end + 1].sum() / max(1, truth.sum())
    return {
        "precision": _rounded(precision[end]), "score": _rounded(scores[end]),
        "share": _rounded((end + 1) / len(scores)), "recall": _rounded(recall),
    }  # fmt: skip


def calibration(truth: Bools, chosen: Bools, chance: Floats, *, exclusive: bool) -> dict[str, Any]:
    """Expected calibration error and the reliability curve in ten bins.

    For an exclusive head the probability of the chosen class is held against its being right; otherwise every
    probability against the label's being borne, and beside it the error over the accepted labels alone, which the many
    probabilities near 0 do not flatter.
    """
    accepted = (chance[chosen], truth[chosen])
    scores, right = accepted if exclusive else (chance.ravel(), truth.ravel())
    bins = _bins(scores, right)
    return {"error": _calibration_error(bins), "error_of_accepted": _calibration_error(_bins(*accepted)), "bins": bins}


def _bins(scores: Floats, right: Bools) -> list[dict[str, Any]]:
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    return [
        {
            "from": at / BINS, "to": (at + 1) / BINS, "count": int(here.sum()),
            "mean": _rounded(scores[here].mean()) if here.any() else None,
            "observed": _rounded(right[here].mean()) if here.any() else None,
        }
        for at in range(BINS)
        for here in [place == at]
    ]  # fmt: skip


def _calibration_error(bins: list[dict[str, Any]]) -> float | None:
    total = sum(b["count"] for b in bins)
    if not total:
        return None
    return _rounded(sum(b["count"] * abs(b["mean"] - b["observed"]) for b in bins if b["count"]) / total)


def _resampled(hits: Bools, extra: Bools, missed: Bools, groups: Sequence[str], bootstrap: int, seed: int) -> Floats:
    """Counts of samples of groups drawn with replacement: 3 (hits, extra, missed) × ``bootstrap`` × classes."""
    names = {group: at % MAX_BLOCKS for at, group in enumerate(dict.fromkeys(groups))}
    place = np.fromiter((names[group] for group in groups), dtype=np.intp, count=len(groups))
    blocks = min(len(names), MAX_BLOCKS)
    by_block = np.zeros((3, blocks, hits.shape[1]))
    for at, part in enumerate((hits, extra, missed)):
        np.add.at(by_block[at], place, part)
    draw = np.random.default_rng(seed)
    weights = (
        draw.multinomial(blocks, np.full(blocks, 1 / blocks), size=bootstrap).astype(float)
        if blocks
        else np.zeros((bootstrap, 0))
    )
    samples: Floats = np.einsum("bg,kgc->kbc", weights, by_block, optimize=True)
    return samples


def _f1(hits: Floats, extra: Floats, missed: Floats) -> Floats:
    total = 2 * hits + extra + missed
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, 2 * hits / total, np.nan)


def _precision_recall(hits: float, extra: float, missed: float) -> dict[str, float | None]:
    return {
        "precision": _rounded(hits / (hits + extra)) if hits + extra else None,
        "recall": _rounded(hits / (hits + missed)) if hits + missed else None,
        "f1": _rounded(2 * hits / (2 * hits + extra + missed)) if hits + extra + missed else None,
    }


def _row_means(values: Floats) -> Floats:
    known = ~np.isnan(values)
    return np.where(
        known.any(axis=1), np.where(known, values, 0).sum(axis=1) / np.maximum(1, known.sum(axis=1)), np.nan
    )


def _interval(values: Floats) -> list[float | None] | None:
    known = values[~np.isnan(values)]
    return [_rounded(bound) for bound in np.percentile(known, [2.5, 97.5])] if len(known) else None


def _widened(
    interval: list[float | None] | None, hits: float, extra: float, missed: float
) -> list[float | None] | None:
    """An interval of F1 at least as wide as the number of cases alone makes it.

    Resampled cases that are all right are all right again: one hit would give [1, 1]. F1 is 2J / (1 + J) of the share
    J = hits / (hits + extra + missed), of which Wilson's interval is known to hold with few cases.

    >>> _widened([1.0, 1.0], 1, 0, 0), _widened([0.0, 0.0], 0, 2, 1)
    ([0.3424, 1.0], [0.0, 0.7192])
    """
    n = hits + extra + missed
    if not n:
        return interval
    share, z2 = hits / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = (2 * j / (1 + j) for j in (max(0.0, middle - half), min(1.0, middle + half)))
    return _hull(interval, [_rounded(low), _rounded(high)])


def _of_few(counts: Floats, seed: int) -> list[float | None] | None:
    """The interval of the mean F1 of labels (3 × labels counts) when each share J is known from its few cases alone."""
    if not counts.shape[1]:
        return None
    hits, wrong = counts[0], counts[1] + counts[2]
    share = np.random.default_rng(seed).beta(hits + 0.5, wrong + 0.5, size=(DRAWS, len(hits)))
    return _interval((2 * share / (1 + share)).mean(axis=1))


def _hull(first: list[float | None] | None, second: list[float | None] | None) -> list[float | None] | None:
    if not first or not second:
        return first or second
    (a, b), (c, d) = first, second
    assert a is not None and b is not None and c is not None and d is not None
    return [min(a, c), max(b, d)]


def _rounded(value: Any) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
