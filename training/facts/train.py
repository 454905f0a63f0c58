"""Trains the ranker of facts from the marked passages, measures it on kinds of text that it never saw, writes its card."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from nlp.extraction.ranker import CARD, FORMAT, Ranker, load_ranker
from nlp.version import __version__
from training.corpus import fingerprint
from training.facts.card import README, readme
from training.facts.decisions import Decision, decisions_of
from training.facts.far_test import FOLDS, far_test
from training.facts.fit import Fitted, fit
from training.facts.must_hold import broken
from training.facts.notation import CORPUS, read_passages

MIN_WEIGHT = 0.02  # smaller weights change no decision
# Chosen on the far test: more trust in the rules lowers the scores there, less lowers those on text like that which the
# rules were written for (1.2: the knee of both curves).
TRUST = 1.2
PENALTY, EPOCHS = 3e-5, 8
AS_IT_IS = (1.0, 0.0)  # a line that leaves scores as they are


def train(
    out: Path, *, corpus: Path = CORPUS, progress: Callable[[str], None] = print, measured: bool = True
) -> dict[str, Any]:
    """Train the ranker on a corpus and write it to ``out``; gives back its card.

    The far test (``measured``) trains without whole families of passages and reads them: every score of the card is of
    text whose kind was not learnt from, and the scores of facts are calibrated on it. ``broken`` in the card are the
    sentences that every ranker must read and this one does not.

    Raises
    ------
    NotationError : a line of the corpus does not follow the notation
    """
    passages = read_passages(corpus)
    decisions = {passage.id: list(decisions_of(passage)) for passage in passages}
    progress(f"{len(passages)} passages, {sum(map(len, decisions.values()))} decisions")
    settings = {"penalty": PENALTY, "epochs": EPOCHS, "folds": FOLDS}
    about: dict[str, Any] = {
        "corpus": fingerprint(corpus), "passages": len(passages), "gongkai": __version__, "settings": settings,
    }  # fmt: skip
    line = AS_IT_IS
    if measured:
        about["far_test"], line = far_test(passages, decisions, _learn, progress)
    fitted = fit([d for own in decisions.values() for d in own], penalty=PENALTY, epochs=EPOCHS)
    version = about["corpus"][:8]
    save(fitted, out, line=line, version=version, about=about)
    card = save(fitted, out, line=line, version=version, about={**about, "broken": broken(load_ranker(out))})
    (out / README).write_text(readme(card), encoding="utf-8")
    return card


def _learn(decisions: Sequence[Decision]) -> Ranker:
    """A ranker of some decisions, as it would be read from its files."""
    fitted = fit(decisions, penalty=PENALTY, epochs=EPOCHS)
    with tempfile.TemporaryDirectory() as folder:
        save(fitted, Path(folder), line=AS_IT_IS, version="fold", about={})
        return load_ranker(Path(folder))


def save(
    fitted: Fitted, folder: Path, *, line: tuple[float, float], version: str, about: dict[str, Any]
) -> dict[str, Any]:
    """Write the weights, the words that they belong to and the card; gives back the card."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = np.abs(fitted.sign_weights).max(axis=1) >= MIN_WEIGHT
    signs = [sign for sign, keep in zip(fitted.signs, kept, strict=True) if keep]
    weights = np.where(np.abs(fitted.sign_weights) >= MIN_WEIGHT, fitted.sign_weights, 0)[kept]
    clues = [
        (clue, weight)
        for clue, weight in zip(fitted.clues, fitted.clue_weights, strict=True)
        if abs(weight) >= MIN_WEIGHT
    ]
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "signs": np.ascontiguousarray(weights, dtype=np.float16),
        "clues": np.array([weight for _, weight in clues], dtype=np.float32),
    }
    save_file(arrays, folder / "weights.safetensors")
    words = {"signs": signs, "descriptors": list(fitted.descriptors), "clues": [clue for clue, _ in clues]}
    (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    files = ("weights.safetensors", "words.json")
    card = {
        "format": FORMAT, "name": "facts", "version": version, "trust": TRUST,
        "calibration": {"slope": line[0], "shift": line[1]},
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}, **about,
    }  # fmt: skip
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card
