"""Which labeller judges: the model of the package, somebody's own, or the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

from nlp.labelling.context import Context
from nlp.labelling.label_set import LabelSet, labels_of
from nlp.labelling.labeller import Judgement, Labeller
from nlp.labelling.store import ModelUnusable, load_model, read_card
from nlp.labelling.trained import LEAST_CHANCE, Trained
from nlp.packaged import packaged_models

NAME: Final = "statements"


def choose_labeller(
    model: str | Path | None = None,
    scheme: Literal["problem", "measure"] | None = None,
    *,
    allow_changed_vocabulary: bool = False,
) -> Labeller:
    """The labeller to use; loaded once in a process.

    Parameters
    ----------
    model : folder of a trained model, or the name of a packaged one; unless given, the one that labels statements.
        Where a model judges no roles, they are the package's.
    scheme : label only problems, or only measures
    allow_changed_vocabulary : take a model whose groups of cues have other terms now; its scores may have changed

    Raises
    ------
    ModelUnusable : there is no such model, or it is damaged
    """
    if scheme is not None:
        return OneScheme(choose_labeller(model, allow_changed_vocabulary=allow_changed_vocabulary), scheme)
    return load_labeller(find_model(model or NAME), allow_changed_vocabulary)


@cache
def load_labeller(folder: Path, allow_changed_vocabulary: bool = False) -> Trained:
    """The model in a folder as a labeller, loaded once in a process. Raises ``ModelUnusable``."""
    classifier = load_model(folder, allow_changed_vocabulary=allow_changed_vocabulary)
    card = read_card(folder)
    heads = set(classifier.heads)
    if not heads & {"role", "aspect", "label"}:
        raise ModelUnusable(f"{folder}: answers {', '.join(heads)}, not label. Train it with `gongkai train`.")
    least = card.get("accept_best_from", {})
    best_from = least.get("aspect", least.get("label")) if least else LEAST_CHANCE
    labels = labels_of(card)
    if "aspect" in heads and not set(classifier.heads["aspect"].classes) <= set(labels.aspects):
        unknown = sorted(set(classifier.heads["aspect"].classes) - set(labels.aspects))
        raise ModelUnusable(f"{folder}: has aspects without a key ({', '.join(unknown)}). Train it again.")
    roles = None if "role" in heads else choose_labeller(allow_changed_vocabulary=allow_changed_vocabulary)
    return Trained(classifier, labels, roles=roles, best_from=best_from)


def find_model(model: str | Path) -> Path:
    """The folder of a model: a folder, or the name of a packaged model.

    Raises
    ------
    ModelUnusable : there is neither

    >>> find_model("statements").name
    'statements'
    """
    folder = Path(model)
    if folder.is_dir():
        return folder
    if folder.is_file() and folder.suffix == ".joblib":
        raise ModelUnusable(
            f"{model}: reading a joblib file runs whatever code is in it, so it is not read here. Name the folder that "
            "`gongkai train` wrote; or, if you know where the file comes from, use `gongkai apply --trust-joblib`."
        )
    packaged = packaged_models()
    if str(model) in packaged:
        return packaged[str(model)]
    raise ModelUnusable(
        f"{model}: no such model. Name a folder that `gongkai train` wrote, or a packaged model: "
        f"{', '.join(packaged) or 'there is none'}."
    )


class OneScheme:
    """Another labeller, its labels kept on problems only or on measures only."""

    def __init__(self, labeller: Labeller, scheme: Literal["problem", "measure"]) -> None:
        self.labeller, self.scheme = labeller, scheme
        self.name = labeller.name

    @property
    def labels(self) -> LabelSet:
        """Those of the other labeller."""
        return self.labeller.labels

    def roles_and_aspects(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[Judgement]:
        """One judgement for each text, in order."""
        judgements = self.labeller.roles_and_aspects(texts, contexts)
        return [j if j.role == self.scheme else replace(j, aspects={}, own={}) for j in judgements]
