"""A trained linear classifier of statements, in plain numpy: what training makes and `tag` uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from nlp.labelling.features import cue_matrix
from nlp.labelling.ngrams import Floats, Ngrams


@dataclass(frozen=True, slots=True)
class Head:
    """One question that the classifier answers.

    ``exclusive`` heads choose exactly one class (the role), others any number (the aspects).
    A class's probability is ``sigmoid(slope · decision + offset)``; it is accepted from its threshold on.
    Arrays: ``weights`` features × classes, the others one value a class.
    """

    name: str
    classes: tuple[str, ...]
    exclusive: bool
    weights: Floats
    intercept: Floats
    slope: Floats
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
    cue_weights: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # All heads side by side: one product answers every question.
        weights = np.concatenate([head.weights for head in self.heads.values()], axis=1).astype(np.float32)
        known = len(self.ngrams.keys)
        object.__setattr__(self, "ngram_weights", weights[:known] * self.ngrams.idf[:, None])
        object.__setattr__(self, "cue_weights", weights[known:] * np.float32(self.cue_weight))

    def probabilities(self, texts: Sequence[str]) -> dict[str, Floats]:
        """For each head the calibrated probabilities, ``n`` texts × classes; those of an exclusive head sum to 1.

        Texts are folded and in simplified script, as ``CleanText`` gives them.
        """
        heads = list(self.heads.values())
        decisions = self.ngrams.project(texts, self.ngram_weights)
        if self.cue_weight and texts:
            decisions += cue_matrix(texts) @ self.cue_weights
        result: dict[str, Floats] = {}
        start = 0
        for head in heads:
            stop = start + len(head.classes)
            margin = decisions[:, start:stop] + head.intercept
            chance = (1 / (1 + np.exp(-(head.slope * margin + head.offset)))).astype(np.float32)
            if head.exclusive:
                chance /= chance.sum(axis=1, keepdims=True)
            result[head.name] = chance
            start = stop
        return result


def cue_features(texts: Sequence[str], weight: float) -> Floats:
    """The cue columns as the classifier sees them: present or not, times ``weight``."""
    return cue_matrix(texts) * np.float32(weight)
