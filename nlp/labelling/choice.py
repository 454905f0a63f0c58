"""Which labeller judges: the model of the package, somebody's own, or the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from nlp.labelling.classifier import Classifier
from nlp.labelling.context import Context
from nlp.labelling.labeller import Judgement, Labeller, Support
from nlp.labelling.rules import Rules
from nlp.labelling.store import ModelUnusable, load_model
from nlp.labelling.trained import Trained

NAME = "statements"


@cache
def choose_labeller(model: Path | None = None, scheme: Literal["problem", "measure"] | None = None) -> Labeller:
    """The labeller to use; loaded once in a process.

    Parameters
    ----------
    model : folder of a trained model; unless given, the one that comes with the package, and in a checkout without one
        the rules. A model with a taxonomy of its own labels every statement; roles are then the package's.
    scheme : label only problems, or only measures

    Raises
    ------
    ModelUnusable : the folder holds no usable model
    """
    if scheme is not None:
        return OneScheme(choose_labeller(model), scheme)
    if model is None:
        packaged = packaged_model()
        return Trained(load_model(packaged)) if packaged else Rules()
    classifier = load_model(model)
    if {"role", "aspect"} <= set(classifier.heads):
        return Trained(classifier)
    if "label" in classifier.heads:
        return OwnTaxonomy(classifier, choose_labeller())
    raise ModelUnusable(f"{model}: answers {', '.join(classifier.heads)}, not label. Train it with `gongkai train`.")


def packaged_model() -> Path | None:
    """The folder of the model that comes with the package (in a checkout, ``models/`` beside it), if there is one."""
    folders = (Path(__file__).parents[up] / "models" / NAME for up in (1, 2))
    return next((folder for folder in folders if (folder / "card.json").is_file()), None)


class OwnTaxonomy:
    """A model with labels of its own, on every statement; roles are another labeller's."""

    def __init__(self, model: Classifier, roles: Labeller) -> None:
        self.model, self.roles = model, roles
        self.name = f"model:{model.name}@{model.version}"

    def roles_and_aspects(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[Judgement]:
        """One judgement for each text, in order, with ``own`` in place of the project's aspects."""
        judgements = self.roles.roles_and_aspects(texts, contexts)
        if not texts:
            return judgements
        head = self.model.heads["label"]
        result = []
        for judgement, row in zip(judgements, self.model.probabilities(texts)["label"], strict=True):
            accepted = row >= head.thresholds
            if head.exclusive:
                accepted = np.arange(len(row)) == row.argmax()
            own = {
                head.classes[k]: Support(round(float(row[k]), 4), self.name, bool(accepted[k]))
                for k in np.argsort(-row, kind="stable")
                if accepted[k]
            }
            result.append(replace(judgement, aspects={}, own=own))
        return result


class OneScheme:
    """Another labeller, its labels kept on problems only or on measures only."""

    def __init__(self, labeller: Labeller, scheme: Literal["problem", "measure"]) -> None:
        self.labeller, self.scheme = labeller, scheme
        self.name = labeller.name

    def roles_and_aspects(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[Judgement]:
        """One judgement for each text, in order."""
        judgements = self.labeller.roles_and_aspects(texts, contexts)
        return [j if j.role == self.scheme else replace(j, aspects={}) for j in judgements]
