"""The labels that a model gives: their names, their definitions, from which score they are accepted, and how well they do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.labelling.aspects import SCHEMES, Aspect, Scheme
from nlp.labelling.choice import NAME, find_model, load_labeller
from nlp.labelling.classifier import Head
from nlp.labelling.label import OWN_SCHEME
from nlp.labelling.label_set import LabelSet, OwnLabel
from nlp.labelling.store import read_card


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


def taxonomy(
    model: str | Path | None = None, scheme: str | None = None, *, allow_changed_vocabulary: bool = False
) -> tuple[LabelName, ...]:
    """The labels that tags made with ``model`` can bear, in the order of the model.

    Parameters
    ----------
    model : folder of a trained model, or the name of a packaged one; the package's unless given
    scheme : only the labels of problems, or of measures
    allow_changed_vocabulary : as for ``choose_labeller``

    Raises
    ------
    ModelUnusable : there is no such model, or it is damaged

    >>> [label.zh for label in taxonomy() if label.key == "timeliness_poor"]
    ['公开不及时']
    """
    folder = find_model(model or NAME)
    labeller, card = load_labeller(folder, allow_changed_vocabulary), read_card(folder)
    head, known = labeller.head, labeller.labels
    if head is None:
        return ()
    if labeller.own:
        return tuple(_own(card, head, known, key) for key in head.classes)
    wanted = [which for which in SCHEMES if scheme in (which, None)]
    return tuple(_aspect(card, head, known.aspects[name], which) for which in wanted for name in head.classes)


def _own(card: dict[str, Any], head: Head, known: LabelSet, key: str) -> LabelName:
    label = known.own.get(key, OwnLabel(key))
    return LabelName(OWN_SCHEME, key, label.zh, label.en, label.definition, *_measured(card, head, "label", key))


def _aspect(card: dict[str, Any], head: Head | None, aspect: Aspect, scheme: Scheme) -> LabelName:
    measured = _measured(card, head, "aspect", aspect.name)
    return LabelName(scheme, aspect.key(scheme), aspect.zh[scheme], aspect.en[scheme], aspect.definition, *measured)


def _measured(
    card: dict[str, Any], head: Head | None, name: str, key: str
) -> tuple[float | None, float | None, int | None]:
    """Threshold, F1 and support of a class; an exclusive head takes the most probable class and has no threshold."""
    threshold = None
    if head is not None and not head.exclusive:
        threshold = round(float(head.thresholds[head.classes.index(key)]), 4)
    scores = card.get("scores", {}).get(name, {}).get("labels", {}).get(key, {})
    return threshold, scores.get("f1"), scores.get("support")
