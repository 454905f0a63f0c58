"""Character n-grams of a statement, weighted by TF-IDF: the features that need no vocabulary written by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from nlp.labelling.features import MARKER

LENGTHS = (1, 2, 3)  # four characters added nothing in cross-validation
DIGITS, SPACES = re.compile(r"\d+"), re.compile(r"\s+")

Floats = npt.NDArray[np.float32]


def bare(text: str) -> str:
    """The statement without its marker and white space, numbers as one 0: 一是 and 49条 tell nothing about the topic.

    >>> bare("(二) 发布信息 49条")
    '发布信息0条'
    """
    marker = MARKER.match(text)
    return DIGITS.sub("0", SPACES.sub("", text[marker.end() if marker else 0 :])).lower()


def ngrams(text: str) -> list[str]:
    """All n-grams of 1 to 3 characters of the bare statement, in order, with repetitions.

    >>> ngrams("一是公开")
    ['公', '开', '公开']
    """
    text = bare(text)
    return [text[at : at + n] for n in LENGTHS for at in range(len(text) - n + 1)]


@dataclass(frozen=True, slots=True)
class Ngrams:
    """The n-grams that a model knows, with their inverse document frequencies (scikit-learn's smoothed form)."""

    terms: tuple[str, ...]
    idf: Floats
    columns: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", {term: column for column, term in enumerate(self.terms)})

    def project(self, texts: Sequence[str], weights: Floats) -> Floats:
        """TF-IDF rows of the texts (1 + log tf, length 1) times ``weights``: ``n`` texts × the columns of ``weights``."""
        # None counts the n-grams that the model does not know: cheaper than asking of each.
        counts = [Counter(map(self.columns.get, ngrams(text))) for text in texts]
        for count in counts:
            count.pop(None, None)
        sizes = [len(count) for count in counts]
        if not sum(sizes):
            return np.zeros((len(texts), weights.shape[1]), dtype=np.float32)
        where = np.fromiter(chain.from_iterable(counts), dtype=np.intp, count=sum(sizes))
        values = np.fromiter(chain.from_iterable(c.values() for c in counts), dtype=np.float32, count=sum(sizes))
        values = (1 + np.log(values)) * self.idf[where]
        rows = np.repeat(np.arange(len(texts)), sizes)
        length = np.sqrt(np.bincount(rows, values * values, minlength=len(texts)))
        values /= np.where(length > 0, length, 1)[rows]
        result = np.zeros((len(texts), weights.shape[1]), dtype=np.float32)
        filled = [at for at, size in enumerate(sizes) if size]
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))[filled]
        result[filled] = np.add.reduceat(weights[where] * values[:, None].astype(np.float32), starts, axis=0)
        return result
