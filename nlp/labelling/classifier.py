"""A trained linear classifier of statements, in plain numpy: what training makes and `tag` uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from nlp.labelling.clauses import clauses
from nlp.labelling.features import cue_matrix
from nlp.labelling.ngrams import Floats, Ngrams


@dataclass(frozen=True, slots=True)
class Head:
    """One question that the classifier answers.

    ``exclusive`` heads choose exactly one class (the role), others any number (the aspects). What speaks for a class is
    ``slope · decision + clause_slope · best + offset``, where ``best`` is the decision for what speaks most plainly of the
    class, the whole or one of its clauses: a long statement with several aspects dilutes each of them, its clauses do not.
    Exclusive heads look at the whole alone (``clause_slope`` 0). The probabilities are the softmax of an exclusive head's
    classes, else the sigmoid of each; a class is accepted from its threshold on.
    Arrays: ``weights`` features × classes, the others one value a class.
    """

    name: str
    classes: tuple[str, ...]
    exclusive: bool
    weights: Floats
    intercept: Floats
    slope: Floats
    clause_slope: Floats
    offset: Floats
    thresholds: Floats


@dataclass(frozen=True, slots=True)
class Order:
    """How roles follow each other, and what a heading or lead-in announces.

    Both are squares over the classes of the head ``role``: logarithms of how much more often than usual a role (column)
    stands after a role (row of ``follows``), or where a role (row of ``announced``) was announced.
    """

    follows: Floats
    announced: Floats


@dataclass(frozen=True, slots=True)
class Classifier:
    """Character n-grams and cues of the vocabulary, weighted; one or more heads.

    Features are the n-grams first, then the columns of ``cue_matrix`` times ``cue_weight`` (none when that is 0).
    """

    name: str
    version: str
    ngrams: Ngrams
    cue_weight: float
    heads: Mapping[str, Head]
    order: Order | None = None
    ngram_weights: Floats = field(init=False, repr=False, compare=False)
    intercepts: Floats = field(init=False, repr=False, compare=False)
    cue_weights: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # All heads side by side: one product answers every question.
        weights = np.concatenate([head.weights for head in self.heads.values()], axis=1).astype(np.float32)
        known = len(self.ngrams.keys)
        object.__setattr__(self, "ngram_weights", weights[:known] * self.ngrams.idf[:, None])
        object.__setattr__(self, "intercepts", np.concatenate([head.intercept for head in self.heads.values()]))
        object.__setattr__(self, "cue_weights", weights[known:] * np.float32(self.cue_weight))

    def probabilities(self, texts: Sequence[str]) -> dict[str, Floats]:
        """For each head the calibrated probabilities, ``n`` texts × classes; those of an exclusive head sum to 1.

        Texts are folded and in simplified script, as ``CleanText`` gives them.
        """
        parts, owners, starts = self._clauses(texts)
        projected = self.ngrams.project([*texts, *parts], self.ngram_weights) + self.intercepts
        decisions = projected[: len(texts)]
        if self.cue_weight and texts:
            decisions += cue_matrix(texts) @ self.cue_weights
        best = decisions.copy()
        if parts:
            best[owners] = np.maximum(best[owners], np.maximum.reduceat(projected[len(texts) :], starts, axis=0))
        result: dict[str, Floats] = {}
        start = 0
        for head in self.heads.values():
            stop = start + len(head.classes)
            support = head.slope * decisions[:, start:stop] + head.clause_slope * best[:, start:stop]
            result[head.name] = chances_of(head, support + head.offset)
            start = stop
        return result

    def _clauses(self, texts: Sequence[str]) -> tuple[list[str], list[int], list[int]]:
        """The clauses of all texts, the texts that have any, and where the clauses of each begin."""
        parts: list[str] = []
        owners: list[int] = []
        starts: list[int] = []
        if not all(head.exclusive for head in self.heads.values()):
            for row, text in enumerate(texts):
                found = clauses(text)
                if found:
                    owners.append(row)
                    starts.append(len(parts))
                    parts += found
        return parts, owners, starts


def chances_of(head: Head, support: Floats) -> Floats:
    """The probabilities of a head's classes from what speaks for each, ``n`` texts × classes."""
    if not head.exclusive:
        return (1 / (1 + np.exp(-support))).astype(np.float32)
    odds = np.exp(support - support.max(axis=1, keepdims=True))
    return (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)


def cue_features(texts: Sequence[str], weight: float) -> Floats:
    """The cue columns as the classifier sees them: present or not, times ``weight``."""
    return cue_matrix(texts) * np.float32(weight)
