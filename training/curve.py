"""The learning curve: what a model scores on a corpus when it has seen a part of its training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nlp.labelling.label import clean_statement
from training.examples import Corpus
from training.fit import fit
from training.heads import abstains_below, labels_of, targets_of, truth_for
from training.records import Example
from training.scores import choose
from training.settings import RunSettings

SHARES = (0.125, 0.25, 0.5, 1.0)


def learning_curve(
    learnt: Corpus,
    scored: list[Example],
    settings: RunSettings,
    *,
    progress: Callable[[str], None] = lambda step: None,
) -> list[dict[str, Any]]:
    """Micro-F1 of each head on ``scored``, after training on an eighth, a quarter, half and all of ``learnt``.

    Documents are taken whole, in an order drawn by the seed of the settings. A share that is too small to learn from is
    left out.
    """
    texts = [clean_statement(example.text) for example in learnt.examples]
    unseen = [clean_statement(example.text) for example in scored]
    groups = [example.group or f"{example.file}:{example.row}" for example in learnt.examples]
    names = list(dict.fromkeys(groups))
    order = [names[at] for at in np.random.default_rng(settings.fit.seed).permutation(len(names))]
    found: list[dict[str, Any]] = []
    for share in SHARES:
        kept = set(order[: max(1, round(share * len(order)))])
        rows = [at for at, group in enumerate(groups) if group in kept]
        part = Corpus(learnt.name, learnt.format, "", tuple(learnt.examples[at] for at in rows), learnt.labels)
        targets = [
            t for t in targets_of(part) if t.truth[t.rows].any(axis=0).all() and not t.truth[t.rows].all(axis=0).any()
        ]
        progress(f"learning from {len(rows)} texts")
        try:
            fitted = fit(
                [texts[at] for at in rows], targets, [groups[at] for at in rows], settings.fit, name="", version=""
            )
        except ValueError:
            continue
        chances = fitted.classifier.probabilities(unseen)
        row: dict[str, Any] = {"share": share, "examples": len(rows)}
        for target in targets:
            head = fitted.classifier.heads[target.name]
            truth = truth_for(head, scored, labels_of(learnt))
            least = abstains_below(target)
            chosen = choose(chances[head.name], head.thresholds, exclusive=head.exclusive, abstains_below=least)
            right, said = truth.truth[truth.rows], chosen[truth.rows]
            row[target.name] = round(float(2 * (right & said).sum() / max(1, right.sum() + said.sum())), 4)
        found.append(row)
    return found
