"""Fits the ranker: a conditional logit over the readings of every number of the marked passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from nlp.extraction.ranker import clue_features, descriptors
from nlp.extraction.readings import Candidate, Reading
from training.facts.decisions import Decision

MIN_SIGNS = 3  # a sign of fewer numbers is not learnt from
MIN_CLUES = 2


@dataclass(slots=True)
class Fitted:
    """Weights of signs (a row a sign, a column a descriptor) and of clues, with their names."""

    signs: dict[str, int]
    descriptors: dict[str, int]
    clues: dict[str, int]
    sign_weights: np.ndarray
    clue_weights: np.ndarray


@dataclass(slots=True)
class _Design:
    """The decisions as arrays: signs of each number; descriptors, clues and number of each candidate; which are right."""

    signs: csr_matrix
    clues: csr_matrix
    number: np.ndarray
    described: np.ndarray
    right: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def fit(
    decisions: Sequence[Decision],
    *,
    penalty: float,
    epochs: int = 12,
    rate: float = 0.15,
    batch: int = 128,
    seed: int = 0,
) -> Fitted:
    """The weights that make the right readings likeliest, by adaptive gradient steps over shuffled batches.

    Decisions without a right reading are left out. ``penalty`` is the weight of the squares, per decision.
    """
    usable = [d for d in decisions if d.right and len(d.candidates) > 1]
    sign_counts = Counter(sign for d in usable for sign in set(d.signs))
    signs = {s: i for i, s in enumerate(sorted(s for s, n in sign_counts.items() if n >= MIN_SIGNS))}
    clue_counts = Counter(f for d in usable for c in d.candidates for f in _features(c))
    clues = {f: i for i, f in enumerate(sorted(f for f, n in clue_counts.items() if n >= MIN_CLUES))}
    names = sorted({n for d in usable for c in d.candidates for n in descriptors(c.reading)})
    described = {name: i for i, name in enumerate(names)}
    design = lay_out(usable, signs, described, clues)
    weights, clue_weights = np.zeros((len(signs), len(described) + 1)), np.zeros(len(clues))
    squares, clue_squares = np.full(weights.shape, 1e-2), np.full(clue_weights.shape, 1e-2)
    mean, clue_mean = np.zeros(weights.shape), np.zeros(clue_weights.shape)
    order, chance = np.arange(len(usable)), np.random.default_rng(seed)
    for epoch in range(epochs):
        chance.shuffle(order)
        step = rate * (1 - 0.7 * epoch / epochs)
        for begin in range(0, len(order), batch):
            rows = np.sort(order[begin : begin + batch])
            slope, clue_slope = _slopes(design, rows, weights, clue_weights)
            share = 2 * penalty * len(rows)
            slope += share * weights
            clue_slope += share * clue_weights * 0.3
            squares += slope**2
            clue_squares += clue_slope**2
            weights -= step * slope / np.sqrt(squares)
            clue_weights -= step * clue_slope / np.sqrt(clue_squares)
            weights[:, -1] = 0
        if epoch >= epochs // 2:  # the mean of the later epochs is steadier than the last step
            mean += weights
            clue_mean += clue_weights
    later = epochs - epochs // 2
    return Fitted(signs, described, clues, mean[:, :-1] / later, clue_mean / later)


def _slopes(
    design: _Design, rows: np.ndarray, weights: np.ndarray, clue_weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The slopes of the loss of some decisions by the weights of signs and of clues."""
    sizes = design.ends[rows] - design.starts[rows]
    picked = np.concatenate([np.arange(a, b) for a, b in zip(design.starts[rows], design.ends[rows], strict=True)])
    number, described, right = np.repeat(np.arange(len(rows)), sizes), design.described[picked], design.right[picked]
    signs, clues = design.signs[rows], design.clues[picked]
    by_number = np.asarray(signs @ weights)
    scores = clues @ clue_weights + sum(by_number[number, described[:, c]] for c in range(described.shape[1]))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    _, all_share = _log_sum(scores, starts)
    _, right_share = _log_sum(np.where(right, scores, -np.inf), starts)
    slope = all_share - right_share
    flat = np.zeros(by_number.size)
    for column in range(described.shape[1]):
        flat += np.bincount(number * weights.shape[1] + described[:, column], weights=slope, minlength=flat.size)
    return np.asarray(signs.T @ flat.reshape(by_number.shape)), np.asarray(clues.T @ slope)


def _features(candidate: Candidate) -> tuple[str, ...]:
    if len(candidate.clues) == 1:
        return _alone(candidate.reading, candidate.clues[0])
    return tuple(clue_features(candidate))


@cache
def _alone(read: Reading, clue: str) -> tuple[str, ...]:
    return tuple(clue_features(Candidate(read, [clue])))


def lay_out(
    decisions: Sequence[Decision], signs: dict[str, int], described: dict[str, int], clues: dict[str, int]
) -> _Design:
    """The decisions as arrays by the given names; what has no name is left out."""
    sign_rows, sign_columns, clue_rows, clue_columns = list[int](), list[int](), list[int](), list[int]()
    number, names, right, starts = list[int](), list[list[int]](), list[bool](), list[int]()
    unknown, called = len(described), dict[str, list[int]]()
    for row, decision in enumerate(decisions):
        known = {signs[s] for s in decision.signs if s in signs}
        sign_rows += [row] * len(known)
        sign_columns += known
        starts.append(len(number))
        for place, candidate in enumerate(decision.candidates):
            found = {clues[f] for f in _features(candidate) if f in clues}
            clue_rows += [len(number)] * len(found)
            clue_columns += found
            key = candidate.reading.key
            if key not in called:
                called[key] = [described.get(n, unknown) for n in descriptors(candidate.reading)]
            names.append(called[key])
            number.append(row)
            right.append(place in decision.right)
    ones = np.ones
    return _Design(
        signs=csr_matrix((ones(len(sign_rows)), (sign_rows, sign_columns)), (len(decisions), len(signs))),
        clues=csr_matrix((ones(len(clue_rows)), (clue_rows, clue_columns)), (len(number), len(clues))),
        number=np.array(number), described=np.array(names), right=np.array(right), starts=np.array(starts),
        ends=np.array([*starts[1:], len(number)]),
    )  # fmt: skip


def scored(design: _Design, weights: np.ndarray, clue_weights: np.ndarray) -> np.ndarray:
    """The score of every candidate."""
    by_number = design.signs @ weights
    by_number = np.hstack([by_number, np.zeros((by_number.shape[0], 1))])  # of descriptors without a name
    scores = design.clues @ clue_weights
    for column in range(design.described.shape[1]):
        scores = scores + by_number[design.number, design.described[:, column]]
    return np.asarray(scores)


def _log_sum(scores: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The logarithm of the sum of exponentials of each number, and each candidate's share of it."""
    sizes = np.diff(np.append(starts, len(scores)))
    top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
    raised = np.exp(scores - top)
    total = np.add.reduceat(raised, starts)
    return np.log(total) + top[starts], raised / np.repeat(total, sizes)


def probabilities(fitted: Fitted, decisions: Sequence[Decision]) -> list[np.ndarray]:
    """The probability of every reading of every number."""
    design = lay_out(decisions, fitted.signs, fitted.descriptors, fitted.clues)
    _, share = _log_sum(scored(design, fitted.sign_weights, fitted.clue_weights), design.starts)
    return np.split(share, design.starts[1:])
