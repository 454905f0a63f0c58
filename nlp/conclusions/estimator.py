"""The estimator: a share among N units from the model's scores of all of them and the labels of a few, with its interval.

For a group of N units with scores f, of which some with labels y were drawn with probability π, the share is
``mean(λf)`` over all units plus the mean of ``y − λf`` over the labelled ones, weighted by 1/π (prediction-powered
inference with the weights of the design). λ makes the variance least. The variance is that between reports within strata,
not between statements, less what was drawn of the frame; the quantile is Student's with as many degrees of freedom as there
are labelled reports less strata. Errors too rare to have been seen are allowed for: pseudo errors are added to the
variance, between half of one and one in each direction, the more the less the scores tell about the labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LEVEL = 0.95
# A quarter of an observation in which score and label agree: it settles λ where neither was seen.
AGREEING = 0.25
PSEUDO_ERRORS = 2.0  # one in each direction, where the scores tell nothing
# What a plan adds to the errors seen so far, in units of the sample: with it predicted widths were .95 to 1.1 of those that
# simulated studies achieved, without it .85 to 1.04.
UNSEEN = 0.1


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled units: ``n`` units × ``k`` labels, and for each unit how it was drawn.

    ``labels`` lie in 0–1 (a mean where several annotators answered), ``scores`` likewise; ``chance`` is the probability
    of inclusion, ``report`` and ``stratum`` are numbers from 0.
    """

    labels: Floats
    scores: Floats
    chance: Floats
    report: npt.NDArray[np.int64]
    stratum: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.chance)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the frame: its number of units, the sum of the scores of each label over them, and which labelled ones it has."""

    units: int
    scores: Floats
    members: Bools


@dataclass(frozen=True, slots=True)
class Tuning:
    """How much the scores count for each label (λ, 0–1), and how many pseudo errors are allowed for."""

    weight: Floats
    pseudo_errors: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Estimates for each label with the ends of their intervals, standard errors and degrees of freedom."""

    value: Floats
    low: Floats
    high: Floats
    error: Floats
    freedom: int


def tune(labelled: Labelled) -> Tuning:
    """The λ of each label that makes the variance least, and the pseudo errors that the scores' worth calls for."""
    if not len(labelled):
        return Tuning(np.ones(labelled.labels.shape[1]), PSEUDO_ERRORS)
    w = (1 / labelled.chance)[:, None]
    w = w / w.sum()
    y = labelled.labels - (w * labelled.labels).sum(axis=0)
    f = labelled.scores - (w * labelled.scores).sum(axis=0)
    prior = AGREEING / len(labelled)
    weight = np.clip(((w * y * f).sum(axis=0) + prior) / ((w * f * f).sum(axis=0) + prior), 0, 1)
    before, after = (w * y * y).sum(), (w * (y - weight * f) ** 2).sum()
    told = 1 - after / before if before > 0 else 0.0
    return Tuning(weight, PSEUDO_ERRORS - float(np.clip(told, 0, 1)) * PSEUDO_ERRORS / 2)


def without_scores(count: int) -> Tuning:
    """The tuning that uses the labels alone."""
    return Tuning(np.zeros(count), PSEUDO_ERRORS)


def estimate(labelled: Labelled, group: Group, tuning: Tuning) -> Shares:
    """The share of each label in a group, with its interval, cut to 0–1.

    Where the group has fewer than two labelled reports the interval is all there is: 0 to 1.
    """
    value = _value(labelled, group, tuning)
    error, freedom = _error(labelled, [(group, 1.0)], tuning)
    return _shares(value, error, freedom, low=0.0)


def difference(labelled: Labelled, one: Group, other: Group, tuning: Tuning) -> Shares:
    """The share in ``one`` group less that in the ``other``, with its interval; reports that bear on both count once."""
    value = _value(labelled, one, tuning) - _value(labelled, other, tuning)
    error, freedom = _error(labelled, [(one, 1.0), (other, -1.0)], tuning)
    return _shares(value, error, freedom, low=-1.0)


def _value(labelled: Labelled, group: Group, tuning: Tuning) -> Floats:
    mean = group.scores / max(1, group.units)
    if not group.members.any():
        return mean
    rest = labelled.labels - tuning.weight * labelled.scores
    w = 1 / labelled.chance[group.members]
    return np.clip(tuning.weight * mean + (w[:, None] * rest[group.members]).sum(axis=0) / w.sum(), 0, 1)


def _error(labelled: Labelled, signed: Sequence[tuple[Group, float]], tuning: Tuning) -> tuple[Floats, int]:
    """Standard error of a sum of group means with signs, and its degrees of freedom."""
    rest = labelled.labels - tuning.weight * labelled.scores
    w = 1 / labelled.chance
    unseen = np.sqrt(1 - labelled.chance)  # nothing is uncertain about a unit that is always drawn
    parts = np.zeros_like(rest)
    pseudo = 0.0
    anyone = np.zeros(len(labelled), dtype=bool)
    for group, sign in signed:
        here = group.members
        if not here.any():
            return np.full(rest.shape[1], np.inf), 0
        anyone |= here
        total = w[here].sum()
        centred = rest[here] - (w[here][:, None] * rest[here]).sum(axis=0) / total
        parts[here] += sign * (w[here] * unseen[here])[:, None] * centred / total
        pseudo += tuning.pseudo_errors * (w[here].mean() / total) ** 2 * float((unseen[here] ** 2).mean())
    # Of a stratum all labelled reports count, also those outside the group, whose part is 0: how many fall into a group is
    # chance, too.
    reports, place = np.unique(labelled.report, return_inverse=True)
    sums = np.zeros((len(reports), rest.shape[1]))
    np.add.at(sums, place, parts)
    strata = np.zeros(len(reports), dtype=np.int64)
    strata[place] = labelled.stratum
    variance = np.full(rest.shape[1], pseudo)
    for stratum in np.unique(strata):
        of = sums[strata == stratum]
        if len(of) > 1:
            variance += len(of) / (len(of) - 1) * ((of - of.mean(axis=0)) ** 2).sum(axis=0)
        else:  # a report by itself shows no variance: its distance from nothing is taken
            variance += (of**2).sum(axis=0)
    bearing = len(np.unique(labelled.report[anyone])) - len(np.unique(labelled.stratum[anyone]))
    if len(np.unique(labelled.report[anyone])) < 2 and (labelled.chance[anyone] < 1).any():
        return np.full(rest.shape[1], np.inf), 0
    return np.sqrt(variance), max(1, bearing)


def expected_half_width(labelled: Labelled, group: Group, tuning: Tuning, size: float, reports: int) -> Floats:
    """Half the width that each label's interval will have when ``size`` units of a group are labelled, drawn alike.

    What the labelled ones show of the variance is kept, with the little more that errors not seen so far will add.

    Parameters
    ----------
    reports : how many reports the group has; they limit the degrees of freedom
    """
    count = int(group.members.sum())
    seen, _ = _error(labelled, [(group, 1.0)], Tuning(tuning.weight, 0.0))
    drawn = float(labelled.chance[group.members].mean()) if count else 0.0
    variance = seen**2 * count / max(1 - drawn, 1e-9)  # of one unit
    variance = (variance * count + UNSEEN * tuning.pseudo_errors) / (count + UNSEEN)
    left = max(0.0, 1 - size / max(1, group.units))
    freedom = int(reports * (1 - (1 - 1 / max(1, reports)) ** size)) - len(np.unique(labelled.stratum[group.members]))
    return half_width(np.sqrt((variance / size + tuning.pseudo_errors / size**2) * left), freedom)


def _shares(value: Floats, error: Floats, freedom: int, *, low: float) -> Shares:
    half = half_width(error, freedom)
    return Shares(value, np.maximum(value - half, low), np.minimum(value + half, 1.0), error, freedom)


def half_width(error: Floats, freedom: int) -> Floats:
    """Half the width of the interval: the standard error times Student's quantile (1.96 and more)."""
    from scipy.special import stdtrit  # loaded for this alone

    return error * float(stdtrit(max(1, freedom), (1 + LEVEL) / 2))
