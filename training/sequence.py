"""Roles of statements that follow each other in a passage, decided together as `tag` decides them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from nlp.labelling.classifier import Classifier, Order
from nlp.labelling.context import Context, announced_role, find_contexts
from nlp.labelling.trained import ROLES, place_roles, weigh_roles
from nlp.narrative.statements import Piece
from training.records import Example
from training.scores import Floats


def uses_order(model: Classifier) -> bool:
    """Whether the roles of a model are decided in order."""
    return model.order is not None and "role" in model.heads and model.heads["role"].classes == ROLES


def roles_in_order(
    chance: Floats, examples: Sequence[Example], texts: Sequence[str], order: Order | None, *, in_passages: bool
) -> Floats:
    """The probabilities of the roles of each example, ``n`` × roles, from those of its text and from what stands around it.

    Parameters
    ----------
    texts : the examples' texts, folded
    in_passages : whether examples of one file and row are one passage, in order; otherwise each stands alone
    """
    placed = np.zeros(chance.shape, dtype=np.float32)
    for start, stop in _runs(examples, in_passages):
        contexts = _contexts(examples[start:stop], texts[start:stop], in_passages)
        weighed = weigh_roles(chance[start:stop].astype(np.float32), texts[start:stop], contexts, order)
        placed[start:stop] = place_roles(weighed, contexts, order)
    return placed


def _runs(examples: Sequence[Example], in_passages: bool) -> Iterator[tuple[int, int]]:
    if not in_passages:
        yield 0, len(examples)
        return
    start = 0
    for _, run in groupby(examples, key=lambda example: (example.file, example.row)):
        stop = start + sum(1 for _ in run)
        yield start, stop
        start = stop


def _contexts(examples: Sequence[Example], texts: Sequence[str], in_passages: bool) -> list[Context]:
    if in_passages:
        return find_contexts(texts, [Piece("problems", example.heading, 0, len(example.text)) for example in examples])
    return [Context(heading=example.heading, expected=announced_role(example.heading)) for example in examples]
