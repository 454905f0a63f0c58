"""What the order of a passage tells about the roles of its statements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.labelling.classifier import Order
from nlp.labelling.context import Context, find_contexts
from nlp.labelling.ngrams import Floats
from nlp.labelling.trained import ROLES
from nlp.narrative.statements import Piece
from nlp.reading.clean import fold
from training.corpus import Passage


def contexts_of(passage: Passage) -> list[Context]:
    """The context of each statement of a passage, found as ``tag`` finds it in a report."""
    pieces = [Piece("problems", passage.heading_of(s), s.start, s.end) for s in passage.statements]
    return find_contexts([fold(passage.of(s)) for s in passage.statements], pieces)


def learn_order(passages: Sequence[Passage]) -> Order:
    """How roles follow each other in the passages, and what is announced, with one observation added to each count."""
    size = len(ROLES)
    follows, announced, usual = np.ones((size, size)), np.ones((size, size)), np.ones(size)
    for passage in passages:
        roles = [ROLES.index(s.role) for s in passage.statements]
        np.add.at(usual, roles, 1)
        np.add.at(follows, (roles[:-1], roles[1:]), 1)
        for role, context in zip(roles, contexts_of(passage), strict=True):
            if context.expected is not None:
                announced[ROLES.index(context.expected), role] += 1

    def log_ratio(counts: np.ndarray) -> Floats:
        shares = counts / counts.sum(axis=1, keepdims=True)
        return (np.log(shares) - np.log(usual / usual.sum())).astype(np.float32)

    return Order(log_ratio(follows), log_ratio(announced))
