"""The learnt ranker: which reading of a number is likeliest, and how sure that is.

A reading is scored by the signs of its number and by its own clues; each weight belongs to a pair of such a word and what
the reading is (its key or its kind). Scores become probabilities among the readings of one number.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from nlp.extraction.readings import RULE, Candidate, Reading, by_unit, unnamed

MODEL = "facts"
CARD = "ranker.json"  # no card.json: it judges no statements
FORMAT = 2
# Kinds whose clues are theirs alone; all other kinds also share what is learnt of a clue.
OWN_WORDS = frozenset(
    {"-", "channel", "channels", "shared", "both", "total", "category", "share", "denied", "implied", "scope"}
)


SURE = 1e-6  # as near to 0 and 1 as a score comes
# Of a measure word: the names of the readings without a noun and the place of each among them, the places of their
# descriptors, what their clue weighs.
_Rest = tuple[list[str], dict[str, int], np.ndarray, np.ndarray, np.ndarray]
# Of a reading: what it weighs without a clue, what each clue weighs for it, the places of its descriptors.
_Known = tuple[float, dict[str, float], int, int]


class RankerUnusable(Exception):
    """A ranker whose files are missing, damaged or not of this version. The message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The likeliest reading and its score; ``shares`` are the weights of the candidates, then of the ``unnamed``."""

    reading: Reading
    score: float
    candidates: Sequence[Candidate]
    unnamed: Sequence[str]
    shares: np.ndarray

    def candidate(self, place: int) -> Candidate:
        """The reading to which a share belongs."""
        known = len(self.candidates)
        return self.candidates[place] if place < known else unnamed(self.unnamed[place - known])


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights by word: a row of ``signs`` for each sign and a column for each descriptor; for clues, by what has them.

    ``line`` makes of the log odds of a reading those of its score, so that a score is how often such a reading is right.
    """

    signs: dict[str, int]
    descriptors: dict[str, int]
    clues: dict[str, dict[str, float]]
    weights: np.ndarray
    line: tuple[float, float]
    trust: float
    version: str
    _rest: dict[str, _Rest] = field(default_factory=dict)
    _known: dict[str, _Known] = field(default_factory=dict)

    def rank(self, signs: Sequence[str], candidates: list[Candidate], unit: str | None = None) -> Ranked:
        """The likeliest of the candidates and, with a ``unit``, of all other readings that it admits."""
        described = self.described(signs)
        known = np.array([self._score(candidate, described) for candidate in candidates])
        names: list[str] = []
        if unit is not None:
            names, places, keys, kinds, bias = self._unnamed(unit)
            rest = described[keys] + described[kinds] + bias
            for candidate in candidates:
                place = places.get(candidate.reading.key, -1)
                if place >= 0:
                    rest[place] = -np.inf
            known = np.concatenate((known, rest))
        shares = _shares(known)
        best = int(shares.argmax())
        chosen = candidates[best] if best < len(candidates) else unnamed(names[best - len(candidates)])
        return Ranked(chosen.reading, calibrated(float(shares[best]), self.line), candidates, names, shares)

    def reasons(self, signs: Sequence[str], candidate: Candidate, rival: Candidate) -> list[tuple[str, float]]:
        """What speaks for a reading against a rival: words with their weights, the weightiest first."""
        found: dict[str, float] = {}
        for sign, one in ((1, candidate), (-1, rival)):
            columns = [self.descriptors[name] for name in descriptors(one.reading) if name in self.descriptors]
            for word in set(signs):
                if word in self.signs:
                    found[word] = found.get(word, 0.0) + sign * float(self.weights[self.signs[word], columns].sum())
            for owner in owners(one.reading):
                for clue in {"", *one.clues}:
                    weight = self.clues.get(owner, {}).get(clue, 0.0)
                    found[clue] = found.get(clue, 0.0) + sign * weight
            if RULE in one.clues:
                found[RULE] = found.get(RULE, 0.0) + sign * self.trust
        return sorted(((w, v) for w, v in found.items() if w and v), key=lambda pair: -abs(pair[1]))

    def described(self, signs: Sequence[str]) -> np.ndarray:
        """What the signs say for every descriptor; the last place is for those without a name."""
        known = sorted({self.signs[sign] for sign in signs if sign in self.signs})  # sums depend on their order
        return self.weights.take(known, axis=0).sum(axis=0)

    def _score(self, candidate: Candidate, described: np.ndarray) -> float:
        key, clues = candidate.reading.key, candidate.clues
        value, weights, by_key, by_kind = self._known.get(key) or self._weigh(candidate.reading)
        for clue in clues if len(clues) == 1 else set(clues):
            value += weights.get(clue, 0.0)
        return value + float(described[by_key]) + float(described[by_kind])

    def _weigh(self, read: Reading) -> _Known:
        """What is learnt of a reading and its clues, from all that own them."""
        total: dict[str, float] = {RULE: self.trust}
        for owner in owners(read):
            for clue, weight in self.clues.get(owner, {}).items():
                total[clue] = total.get(clue, 0.0) + weight
        by_key, by_kind = (self.descriptors.get(name, -1) for name in descriptors(read))
        self._known[read.key] = known = total.pop("", 0.0), total, by_key, by_kind
        return known

    def _unnamed(self, unit: str) -> _Rest:
        if unit not in self._rest:
            candidates = [unnamed(name) for name in by_unit(unit)]
            called = [[self.descriptors.get(n, -1) for n in descriptors(c.reading)] for c in candidates]
            places = np.array(called, dtype=np.intp).reshape(-1, 2)
            nothing = np.zeros(self.weights.shape[1])
            bias = np.array([self._score(candidate, nothing) for candidate in candidates])
            names = [c.reading.key for c in candidates]
            order = {name: place for place, name in enumerate(names)}
            self._rest[unit] = names, order, places[:, 0], places[:, 1], bias
        return self._rest[unit]


def _shares(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def log_odds(score: float) -> float:
    """The log odds of a score, which is kept a little off 0 and 1."""
    kept = min(max(score, SURE), 1 - SURE)
    return math.log(kept / (1 - kept))


def calibrated(score: float, line: tuple[float, float]) -> float:
    """A score moved along a line (slope and shift) through its log odds.

    >>> round(calibrated(0.9, (1.0, 0.0)), 2), round(calibrated(0.9, (0.5, 0.0)), 2)
    (0.9, 0.75)
    """
    slope, shift = line
    return 1 / (1 + math.exp(-slope * log_odds(score) - shift))


def descriptors(read: Reading) -> tuple[str, str]:
    """What a reading is called in the pairs of features: its key and its kind."""
    return (read.key, f"<{read.kind}>")


def owners(read: Reading) -> tuple[str, ...]:
    """Whose clues a reading has: those of its kind, of its key, and, for most kinds, of all."""
    kind = read.kind
    return (kind, read.key) if kind in OWN_WORDS else (kind, read.key, "*")


def clue_features(candidate: Candidate) -> Iterator[str]:
    """The features of a reading's clues, ``owner|clue``; without a clue for the reading itself."""
    for owner in owners(candidate.reading):
        yield f"{owner}|"
        for clue in dict.fromkeys(candidate.clues):
            yield f"{owner}|{clue}"


@cache
def default_ranker() -> Ranker:
    """The ranker that comes with the package (in a checkout, ``models/facts`` beside it)."""
    folders = [Path(__file__).parents[up] / "models" / MODEL for up in (1, 2)]
    return load_ranker(next((folder for folder in folders if folder.is_dir()), folders[-1]))


def _by_owner(words: Sequence[str], weights: np.ndarray) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for word, weight in zip(words, map(float, weights), strict=True):
        owner, _, clue = word.partition("|")
        found.setdefault(owner, {})[clue] = weight
    return found


def load_ranker(folder: Path) -> Ranker:
    """The ranker in a folder. Raises ``RankerUnusable`` when a file is missing, changed since training or foreign."""
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        for name, expected in card["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise RankerUnusable(f"{folder / name}: not the file that the card describes. Train the ranker again.")
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        arrays = load_file(folder / "weights.safetensors")
        if card["format"] != FORMAT:
            raise RankerUnusable(f"{folder}: not a ranker of format {FORMAT}. Train it again with this version.")
        weights = np.zeros((len(words["signs"]), len(words["descriptors"]) + 1), dtype=np.float32)
        weights[:, :-1] = arrays["signs"]
        return Ranker(
            signs={sign: i for i, sign in enumerate(words["signs"])},
            descriptors={name: i for i, name in enumerate(words["descriptors"])},
            clues=_by_owner(words["clues"], arrays["clues"]),
            weights=weights,
            line=(float(card["calibration"]["slope"]), float(card["calibration"]["shift"])),
            trust=float(card["trust"]),
            version=str(card["version"]),
        )
    except (OSError, KeyError, ValueError) as error:
        raise RankerUnusable(f"{folder}: no readable ranker ({error}). Train it: gongkai train-facts.") from None
