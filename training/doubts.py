"""What makes the scores of a training run doubtful, told to whoever runs it."""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.model_selection import GroupKFold

from training.examples import Corpus
from training.fit import Target
from training.near import Pair
from training.settings import RunSettings

SHOWN_CHARS = 20


def find_doubts(
    corpus: Corpus, targets: Sequence[Target], pairs: Sequence[Pair], groups: Sequence[str], settings: RunSettings
) -> list[str]:
    """Labels with few examples, texts without group or label, and near-duplicates in different folds, a line each.

    Parameters
    ----------
    pairs : near-duplicates, by their places in the corpus
    groups : what was kept together in the folds, one an example
    """
    few = settings.report.few_examples
    found = [
        f"{target.name} {label}: {number} examples; a score from fewer than {few} is unstable"
        for target in targets
        for label, number in zip(target.classes, target.truth[target.rows].sum(axis=0), strict=True)
        if number < few
    ]
    if not corpus.grouped:
        found.append(
            "not every example names its group: near-duplicates were kept together, "
            "but other texts of one document may be both learnt from and scored. Name its column with --group."
        )
    unlabelled = sum(not example.labels for example in corpus.examples)
    if unlabelled and any(target.name == "label" for target in targets):
        found.append(f"{unlabelled} examples bear no label: they teach that no label fits")
    fold_of = {}
    for fold, (_, test) in enumerate(GroupKFold(settings.fit.folds).split(groups, groups=groups)):
        fold_of.update(dict.fromkeys(test.tolist(), fold))
    split = [pair for pair in pairs if fold_of[pair.first] != fold_of[pair.second]]
    if split:
        a, b = corpus.examples[split[0].first], corpus.examples[split[0].second]
        found.append(
            f"{len(split)} pairs of near-duplicates fall into different folds and flatter the scores, such as "
            f"{a.file}:{a.row} and {b.file}:{b.row} {a.text.strip()[:SHOWN_CHARS]!r}. Give them one group."
        )
    return found
