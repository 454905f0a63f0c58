"""Why a statement got its role and labels, in words that a reader can find in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nlp.labelling.aspects import SCHEMES
from nlp.labelling.choice import choose_labeller
from nlp.labelling.label import clean_statement
from nlp.labelling.reasons import Reason, reasons
from nlp.labelling.trained import Trained

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Why:
    """The words that spoke most for a role or label (``key``, of the kind of names ``names``), and most against it."""

    key: str
    names: str
    score: float
    words: tuple[tuple[str, float], ...]
    against: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The reasons of the model that is at hand; ``same`` says that it is the one that gave the labels."""

    model: str
    same: bool
    why: tuple[Why, ...]


def explained(text: str, role: str, labels: Sequence[dict[str, Any]]) -> Explained:
    """Why ``text`` got its role and accepted labels, by the model of the package."""
    labeller = choose_labeller()
    assert isinstance(labeller, Trained)
    model, clean = labeller.model, clean_statement(text)
    origins = {label["origin"] for label in labels}
    found = [Why(role, "roles", 0.0, *_words(reasons(model, clean, "role", role, limit=None)))]
    aspects = {(scheme, a.key(scheme)): a.name for a in labeller.labels.aspects.values() for scheme in SCHEMES}
    for label in labels:
        aspect = aspects.get((label["scheme"], label["label"]))
        if label["accepted"] and aspect is not None and aspect in model.heads["aspect"].classes:
            told = _words(reasons(model, clean, "aspect", aspect, limit=None))
            found.append(Why(label["label"], "labels", label["score"], *told))
    return Explained(labeller.name, not origins or labeller.name in origins, tuple(found))


def _words(found: Sequence[Reason]) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]:
    """The words for and against, the weightiest first; what single characters and cues say of the same words is joined."""
    weights: dict[str, float] = {}
    for reason in found:
        if reason.words:
            weights[reason.words] = weights.get(reason.words, 0.0) + reason.weight
    ordered = sorted(weights.items(), key=lambda item: -abs(item[1]))
    words = [(word, round(weight, 2)) for word, weight in ordered if weight >= 0.05][:SHOWN]
    against = [(word, round(weight, 2)) for word, weight in ordered if weight <= -0.05][: SHOWN // 2]
    return tuple(words), tuple(against)
