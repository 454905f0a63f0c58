"""What a classifier shall learn from a corpus: its heads, and the truth of each example under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from nlp.labelling.aspects import aspect_of, aspects
from nlp.labelling.classifier import Head
from nlp.labelling.trained import LEAST_CHANCE
from training.examples import Corpus
from training.fit import Target
from training.records import Example

ROLES = ("problem", "measure", "achievement", "boilerplate")


def is_ours(corpus: Corpus) -> bool:
    """Whether the corpus bears this project's roles and labels, in whatever form it comes."""
    return corpus.format == "passages" or (
        any(example.labels for example in corpus.examples) and all(_fits(example) for example in corpus.examples)
    )


def _fits(example: Example) -> bool:
    if example.role not in ROLES:
        return False
    if example.role not in ("problem", "measure"):
        return not example.labels
    return bool(example.labels) and all(_aspect(example, label) for label in example.labels)


def _aspect(example: Example, label: str) -> str | None:
    """The aspect of a label under the example's role; without a role, under whichever scheme has it."""
    for scheme in ("problem", "measure"):
        if example.role in (scheme, None):
            try:
                return aspect_of(scheme, label).name
            except KeyError:
                continue
    return None


def targets_of(corpus: Corpus) -> list[Target]:
    """The heads to train.

    This project's labels: ``role``, and ``aspect`` on problems and measures together (the two keys of an aspect are
    one class). Other corpora: ``label`` (exclusive when every example bears exactly one), and ``role`` if they have
    roles.
    Classes without an example are left out.
    """
    examples = corpus.examples
    targets = []
    roles = Counter(example.role for example in examples if example.role)
    if len(roles) > 1:
        classes = tuple(r for r in ROLES if r in roles) + tuple(sorted(r for r in roles if r not in ROLES))
        targets.append(truth_of(examples, "role", classes, True))
    if is_ours(corpus):
        used = {_aspect(example, label) for example in examples for label in example.labels}
        targets.append(truth_of(examples, "aspect", tuple(name for name in aspects() if name in used), False))
    else:
        used = {label for example in examples for label in example.labels}
        classes = tuple(label for label in corpus.labels if label in used)
        if len(classes) > 1:
            targets.append(truth_of(examples, "label", classes, all(len(example.labels) == 1 for example in examples)))
    return targets


def truth_of(examples: Sequence[Example], name: str, classes: tuple[str, ...], exclusive: bool) -> Target:
    """Which classes of a head each example bears; its rows are the examples that say something about the head."""
    column = {label: at for at, label in enumerate(classes)}
    truth, rows = np.zeros((len(examples), len(classes)), dtype=bool), np.ones(len(examples), dtype=bool)
    for at, example in enumerate(examples):
        if name == "role":
            found: list[str | None] = [example.role]
            rows[at] = example.role in column
        elif name == "aspect":
            found = [_aspect(example, label) for label in example.labels]
            rows[at] = example.role in ("problem", "measure") or (example.role is None and bool(example.labels))
        else:
            found = list(example.labels)
            rows[at] = not exclusive or len(found) == 1
        for label in found:
            if label in column:
                truth[at, column[label]] = True
    return Target(name, classes, exclusive, truth, rows)


def abstains_below(target: Target) -> float | None:
    """How probable the best class must be to be accepted below its threshold; ``None``: that alone never suffices.

    Where every example bears a label, a text without one is a worse guess than its best label (as ``tag`` does).
    """
    return LEAST_CHANCE if target.truth[target.rows].any(axis=1).all() else None


def truth_for(head: Head, examples: Sequence[Example]) -> Target:
    """The truth of examples under a head of a trained model."""
    return truth_of(examples, head.name, head.classes, head.exclusive)
