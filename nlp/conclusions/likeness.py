"""Whether a statement of one year speaks of the same thing as one of the year before: a problem that stands, a promise told as done."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np

from nlp.labelling.choice import NAME, choose_labeller
from nlp.labelling.features import without_marker
from nlp.labelling.ngrams import bare, key_of
from nlp.narrative.linear import Linear, load_linear
from nlp.packaged import packaged
from nlp.vocabulary.load import load

Kind = Literal["promise", "recurring"]
FOLDER = "following"
# A pair of characters that the model has never met is as telling as the rarest it knows.
STEPS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8)
RUNS = (3, 4, 5, 6, 8, 10)
RARE = (5.0, 6.5)  # inverse document frequency of a pair that few statements have


@dataclass(frozen=True, slots=True)
class Described:
    """A statement as it is compared: its characters, and its pairs of characters with what each tells."""

    text: str
    pairs: dict[str, float]
    mass: float

    @property
    def length(self) -> float:
        """The length of the vector of its pairs."""
        return math.sqrt(sum(value * value for value in self.pairs.values()))


def describe(text: str) -> Described:
    """A statement without its marker (一是, 1.) and punctuation, ready to be compared."""
    plain = bare(without_marker(text))
    pairs = {pair: _telling(pair) for pair in dict.fromkeys(map("".join, pairwise(plain)))}
    return Described(plain, pairs, sum(pairs.values()))


@cache
def _frequencies() -> tuple[dict[int, float], float]:
    """Inverse document frequencies of pairs of characters in the corpus of the packaged model, and the greatest."""
    ngrams = choose_labeller(NAME).model.ngrams  # type: ignore[attr-defined]
    known = dict(zip(ngrams.keys.tolist(), ngrams.idf.tolist(), strict=True))
    return known, float(np.max(ngrams.idf))


def _telling(pair: str) -> float:
    known, most = _frequencies()
    return known.get(key_of(pair), most)


def score(kind: Kind, before: Described, after: Described, *, model: Linear | None = None) -> float:
    """The probability, 0–1, that ``after`` tells the promise ``before`` as done, or is the problem ``before`` again.

    Calibrated on written pairs (``models/following/README.md``).

    >>> promise = describe("拟聘请五名社会监督员,对公开内容进行评议。")
    >>> score("promise", promise, describe("聘请社会监督员五名,上下半年各评议一次。")) > 0.5
    True
    """
    signs = find_signs(kind, before, after)
    return 1 / (1 + math.exp(-(model or packaged_following(kind)).weigh(signs)))


@cache
def packaged_following(kind: Kind) -> Linear:
    """The weights of signs that come with the package."""
    return load_linear(following_folder() / f"{kind}.json")


def following_folder() -> Path:
    """Where the weights lie: beside the packaged model of statements."""
    return packaged(NAME).parent / FOLDER


def find_signs(kind: Kind, before: Described, after: Described) -> list[str]:
    """Everything about a pair that bears on the answer, by name; a measure is a sign for each step that it reaches."""
    common = before.pairs.keys() & after.pairs.keys()
    shared = sum(before.pairs[pair] for pair in common)
    inner = sum(before.pairs[pair] ** 2 for pair in common)
    measures = {
        "covers": shared / before.mass if before.mass else 0.0,
        "covered": shared / after.mass if after.mass else 0.0,
        "cosine": inner / (before.length * after.length) if common else 0.0,
    }
    signs = [f"{name}>={step}" for name, value in measures.items() for step in STEPS if value >= step]
    run = _longest_run(before.text, after.text)
    signs += [f"run>={step}" for step in RUNS if run >= step]
    for least in RARE:
        rare = sum(before.pairs[pair] >= least for pair in common)
        signs += [f"rare{least:g}>={number}" for number in (1, 2, 3, 5) if rare >= number]
    if kind == "promise":
        signs += [name for name in ("done", "coming", "denied") if _pattern(name).search(after.text)]
    return signs


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("following")[name]["patterns"]))


def _longest_run(one: str, other: str) -> int:
    """The length of the longest stretch of characters that both have."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best


def best_of(kind: Kind, before: Described, those: list[Described]) -> Iterator[tuple[int, float]]:
    """The place and score of the likeliest of ``those``; nothing where there are none."""
    if those:
        scores = [score(kind, before, after) for after in those]
        place = max(range(len(scores)), key=lambda at: scores[at])
        yield place, scores[place]
