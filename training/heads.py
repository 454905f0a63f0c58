"""What a classifier shall learn from a corpus: its heads, and the truth of each example under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from nlp.labelling.aspects import SCHEMES
from nlp.labelling.classifier import Head
from nlp.labelling.label_set import LabelSet, packaged_labels
from nlp.labelling.trained import LEAST_CHANCE
from training.examples import Corpus
from training.fit import Target
from training.records import Example

ROLES = ("problem", "measure", "achievement", "boilerplate")


def labels_of(corpus: Corpus) -> LabelSet:
    """The labels of a corpus: those of its taxonomy, this project's where it has none."""
    return corpus.taxonomy.labels if corpus.taxonomy else packaged_labels()


def has_aspects(corpus: Corpus) -> bool:
    """Whether roles and labels of the corpus are problems and measures of aspects, whatever form it comes in."""
    fits = _Aspects(labels_of(corpus)).fits
    return any(example.labels for example in corpus.examples) and all(map(fits, corpus.examples))


class _Aspects:
    """Which aspect a label speaks of."""

    def __init__(self, labels: LabelSet) -> None:
        self.names = {
            scheme: {aspect.key(scheme): aspect.name for aspect in labels.aspects.values()} for scheme in SCHEMES
        }

    def of(self, example: Example, label: str) -> str | None:
        """The aspect of a label under the example's role; without a role, under whichever scheme has it."""
        found = (self.names[scheme].get(label) for scheme in SCHEMES if example.role in (scheme, None))
        return next((name for name in found if name), None)

    def fits(self, example: Example) -> bool:
        """Whether an example bears labels of aspects exactly where its role allows them."""
        if example.role not in SCHEMES:
            return example.role in ROLES and not example.labels
        return bool(example.labels) and all(self.of(example, label) for label in example.labels)


def targets_of(corpus: Corpus) -> list[Target]:
    """The heads to train.

    Labels of aspects (this project's, or those of a taxonomy written like them): ``role``, and ``aspect`` on problems and
    measures together (the two keys of an aspect are one class). Other corpora: ``label`` (exclusive when every example
    bears exactly one), and ``role`` if they have roles.
    Classes without an example are left out.
    """
    known = labels_of(corpus)
    examples = corpus.examples
    targets = []
    roles = Counter(example.role for example in examples if example.role)
    if len(roles) > 1:
        classes = tuple(r for r in ROLES if r in roles) + tuple(sorted(r for r in roles if r not in ROLES))
        targets.append(truth_of(examples, "role", classes, True))
    if has_aspects(corpus):
        aspect = _Aspects(known)
        used = {aspect.of(example, label) for example in examples for label in example.labels}
        classes = tuple(name for name in known.aspects if name in used)
        targets.append(truth_of(examples, "aspect", classes, False, known))
    else:
        used = {label for example in examples for label in example.labels}
        classes = tuple(label for label in corpus.labels if label in used)
        if len(classes) > 1:
            targets.append(truth_of(examples, "label", classes, all(len(example.labels) == 1 for example in examples)))
    return targets


def truth_of(
    examples: Sequence[Example], name: str, classes: tuple[str, ...], exclusive: bool, labels: LabelSet | None = None
) -> Target:
    """Which classes of a head each example bears; its rows are the examples that say something about the head."""
    aspect = _Aspects(labels or packaged_labels())
    column = {label: at for at, label in enumerate(classes)}
    truth, rows = np.zeros((len(examples), len(classes)), dtype=bool), np.ones(len(examples), dtype=bool)
    for at, example in enumerate(examples):
        if name == "role":
            found: list[str | None] = [example.role]
            rows[at] = example.role in column
        elif name == "aspect":
            found = [aspect.of(example, label) for label in example.labels]
            rows[at] = example.role in SCHEMES or (example.role is None and bool(example.labels))
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


def truth_for(head: Head, examples: Sequence[Example], labels: LabelSet | None = None) -> Target:
    """The truth of examples under a head of a trained model; ``labels`` are the model's."""
    return truth_of(examples, head.name, head.classes, head.exclusive, labels)
