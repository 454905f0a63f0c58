"""Texts that are nearly the same, by the runs of characters that they share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.labelling.ngrams import bare

RUN_CHARS = 5
MIN_CHARS = 12  # shorter texts are alike without being copies
MAX_SHARERS = 60  # a run in more texts than this is stock wording: it does not make candidates
TEXTS_WITH_ALL_RUNS = 40_000  # beyond, only a sample of the runs makes candidates, so that memory stays below 1 GB
NOT_CHINESE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their places; ``jaccard``: the share of runs that both have; ``contained``: of the shorter's."""

    first: int
    second: int
    jaccard: float
    contained: float


def find_near_duplicates(texts: Sequence[str], *, jaccard: float = 0.6, contained: float = 0.85) -> list[Pair]:
    """The pairs of texts that share enough runs of 5 characters; marker, punctuation and white space do not count.

    Parameters
    ----------
    jaccard, contained : a pair is reported when either share is reached

    >>> find_near_duplicates(["一是部分栏目的内容更新还不够及时。", "2.部分栏目的内容更新还不够及时,"])
    [Pair(first=0, second=1, jaccard=1.0, contained=1.0)]
    """
    runs = [_runs(text) for text in texts]
    sizes = np.array([len(run) for run in runs])
    if not sizes.sum():
        return []
    grams = np.concatenate(runs)
    owners = np.repeat(np.arange(len(runs)), sizes)
    step = max(1, len(texts) // TEXTS_WITH_ALL_RUNS)
    if step > 1:
        sampled = (grams >> np.uint64(17)) % np.uint64(step) == 0
        grams, owners = grams[sampled], owners[sampled]
    order = np.lexsort((owners, grams))
    grams, owners = grams[order], owners[order]
    starts = np.flatnonzero(np.append(True, grams[1:] != grams[:-1])) if len(grams) else np.zeros(0, dtype=int)
    lengths = np.diff(np.append(starts, len(grams)))
    codes = []
    for length in range(2, MAX_SHARERS + 1):
        at = starts[lengths == length]
        if len(at):
            members = owners[at[:, None] + np.arange(length)]
            first, second = np.triu_indices(length, 1)
            codes.append((members[:, first] * np.int64(len(runs)) + members[:, second]).ravel())
    if not codes:
        return []
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    first, second = pairs // len(runs), pairs % len(runs)
    least = np.minimum(sizes[first], sizes[second])
    # Stock runs were left out of the count, so a candidate needs only a third of what it must share in the end.
    likely = shared * step >= np.minimum(jaccard, contained) / 3 * least
    found = []
    for a, b in zip(first[likely].tolist(), second[likely].tolist(), strict=True):
        both = len(np.intersect1d(runs[a], runs[b], assume_unique=True))
        share, part = both / (len(runs[a]) + len(runs[b]) - both), both / min(len(runs[a]), len(runs[b]))
        if share >= jaccard or part >= contained:
            found.append(Pair(a, b, round(share, 3), round(part, 3)))
    return found


def join_groups(groups: Sequence[str], pairs: Sequence[Pair]) -> list[str]:
    """The groups with those of near-duplicates made one, named after the first.

    >>> join_groups(["a", "b", "c"], [Pair(0, 2, 1.0, 1.0)])
    ['a', 'b', 'a']
    """
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while name in root:
            name = root[name]
        return name

    for pair in pairs:
        first, second = find(groups[pair.first]), find(groups[pair.second])
        if first != second:
            root[second] = first
    return [find(group) for group in groups]


def _runs(text: str) -> npt.NDArray[Any]:
    """Hashes of the distinct runs of a text, sorted; none when it is too short to tell."""
    kept = NOT_CHINESE.sub("", bare(text))
    if len(kept) < MIN_CHARS:
        return np.zeros(0, dtype=np.uint64)
    points = np.frombuffer(kept.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    value = np.zeros(len(points) - RUN_CHARS + 1, dtype=np.uint64)
    for offset in range(RUN_CHARS):
        value = value * np.uint64(0x9E3779B97F4A7C15) + points[offset : offset + len(value)]
    return np.unique(value ^ (value >> np.uint64(29)))
