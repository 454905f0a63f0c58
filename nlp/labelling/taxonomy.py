"""The labels that a model gives: their names, their definitions, from which score they are accepted, and how well they do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.labelling.choice import choose_labeller, packaged_model
from nlp.labelling.label import OWN_SCHEME
from nlp.labelling.store import read_card
from nlp.vocabulary.load import load

SCHEMES = ("problem", "measure")


@dataclass(frozen=True, slots=True)
class LabelName:
    """One label of a scheme.

    ``zh``, ``en`` and ``definition`` are empty where nobody wrote them down. ``threshold`` is the score from which the
    label is accepted; ``f1`` and ``support`` say how well the model did on texts it had not seen, and on how many that
    bear the label. All three are ``None`` where they were not measured.
    """

    scheme: str
    key: str
    zh: str = ""
    en: str = ""
    definition: str = ""
    threshold: float | None = None
    f1: float | None = None
    support: int | None = None


def taxonomy(model: Path | None = None, scheme: str | None = None) -> tuple[LabelName, ...]:
    """The labels that tags made with ``model`` can bear, in the order of the model.

    Parameters
    ----------
    model : folder of a trained model; the package's unless given
    scheme : only the labels of problems, or of measures

    Raises
    ------
    ModelUnusable : the folder holds no usable model

    >>> [label.zh for label in taxonomy() if label.key == "timeliness_poor"]
    ['公开不及时']
    """
    heads = getattr(getattr(choose_labeller(model), "model", None), "heads", {})
    folder = model or packaged_model()
    card = read_card(folder) if folder and heads else {}
    if "label" in heads:
        return tuple(_own(card, heads["label"], key) for key in heads["label"].classes)
    names = list(heads["aspect"].classes) if "aspect" in heads else list(load("aspects"))
    wanted = [scheme] if scheme else SCHEMES
    return tuple(_aspect(card, heads.get("aspect"), name, which) for which in wanted for name in names)


def _own(card: dict[str, Any], head: Any, key: str) -> LabelName:
    names = card.get("names", {}).get(key, {})
    return LabelName(
        OWN_SCHEME, key, names.get("zh", ""), names.get("en", ""), "", *_measured(card, head, "label", key)
    )


def _aspect(card: dict[str, Any], head: Any, name: str, scheme: str) -> LabelName:
    entry = load("aspects")[name]
    measured = _measured(card, head, "aspect", name)
    return LabelName(scheme, entry[scheme], entry["zh"][scheme], entry["en"][scheme], entry["definition"], *measured)


def _measured(card: dict[str, Any], head: Any, name: str, key: str) -> tuple[float | None, float | None, int | None]:
    """Threshold, F1 and support of a class; an exclusive head takes the most probable class and has no threshold."""
    threshold = None
    if head is not None and not head.exclusive:
        threshold = round(float(head.thresholds[head.classes.index(key)]), 4)
    scores = card.get("scores", {}).get(name, {}).get("labels", {}).get(key, {})
    return threshold, scores.get("f1"), scores.get("support")
