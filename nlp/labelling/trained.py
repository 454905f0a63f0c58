"""The trained model behind the ``Labeller`` interface: probabilities of the text, then of the order they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from nlp.labelling.classifier import Classifier, Order
from nlp.labelling.context import REPORTING, Context
from nlp.labelling.labeller import Judgement, Support
from nlp.labelling.ngrams import Floats
from nlp.records import Role

ROLES: tuple[Role, ...] = ("problem", "measure", "achievement", "boilerplate")
# A statement whose best aspect is less probable than this gets no accepted label: the model abstains.
LEAST_CHANCE = 0.15

# How much the neighbours and the heading weigh against the text itself. Chosen by cross-validation on the corpus: accuracy
# of roles .945 from the text alone, .953 with the order, .954 with both; flat between .3 and .7.
ORDER_WEIGHT = ANNOUNCED_WEIGHT = 0.5
# In a narrative of the year's work nearly everything is work done (labelling guide, section 12). Not learned: the corpus
# holds sections on problems only. Logarithms of how much more often than in those each of ROLES occurs.
REPORTED = np.array([-4.0, -4.0, 2.0, 0.4])
# The preamble says what the report is, on what basis, and whom to ask: none of it is work done.
INTRODUCED = np.array([-4.0, -4.0, -3.0, 2.0])

WORD = re.compile(r"\w")


class Trained:
    """A ``Classifier`` with the heads ``role`` and ``aspect`` as a labeller."""

    def __init__(self, model: Classifier) -> None:
        self.model = model
        self.name = f"model:{model.name}@{model.version}"

    def roles_and_aspects(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[Judgement]:
        """One judgement for each text, in order."""
        if not texts:
            return []
        chances = self.model.probabilities(texts)
        weighed = weigh_roles(chances["role"], contexts, self.model.order)
        roles = decode_roles(weighed, contexts, self.model.order)
        head = self.model.heads["aspect"]
        judgements = []
        for text, role, role_chances, row in zip(texts, roles, weighed, chances["aspect"], strict=True):
            if not WORD.search(text):
                judgements.append(Judgement("boilerplate", 1.0, {}))
                continue
            best = int(row.argmax())
            accepted = row >= head.thresholds
            accepted[best] |= row[best] >= LEAST_CHANCE
            kept = [k for k in np.argsort(-row, kind="stable") if accepted[k] or row[k] >= LEAST_CHANCE]
            aspects = {head.classes[k]: Support(round(float(row[k]), 4), self.name, bool(accepted[k])) for k in kept}
            judgements.append(Judgement(ROLES[role], round(float(role_chances[role]), 4), aspects))
        return judgements


def weigh_roles(chances: Floats, contexts: Sequence[Context], order: Order | None) -> Floats:
    """The probabilities of the roles (``n`` texts × roles) with what section and heading say: rows sum to 1 again."""
    weighed = np.array(chances, dtype=np.float32)
    for row, context in zip(weighed, contexts, strict=True):
        if context.section_key == "preamble":
            row *= np.exp(INTRODUCED)
        elif context.section_key in REPORTING:
            row *= np.exp(REPORTED)
        elif context.expected is not None and order is not None:
            row *= np.exp(ANNOUNCED_WEIGHT * order.announced[ROLES.index(context.expected)])
    return weighed / weighed.sum(axis=1, keepdims=True)


def decode_roles(weighed: Floats, contexts: Sequence[Context], order: Order | None) -> list[int]:
    """The most probable sequence of roles (Viterbi) for statements that follow each other, from ``weigh_roles``.

    A text by itself (the only one of its context, in no section) is decided by its own probabilities.
    """
    if order is None:
        return [int(best) for best in weighed.argmax(axis=1)]
    scores = np.log(weighed + np.float32(1e-6))
    result: list[int] = []
    for start, stop in _runs(contexts):
        best = scores[start]
        came_from = []
        for row in scores[start + 1 : stop]:
            paths = best[:, None] + ORDER_WEIGHT * order.follows
            came_from.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + row
        sequence = [int(best.argmax())]
        for step in reversed(came_from):
            sequence.append(int(step[sequence[-1]]))
        result += reversed(sequence)
    return result


def _runs(contexts: Sequence[Context]) -> list[tuple[int, int]]:
    """Stretches of statements that belong together: those of one part of a report; a text by itself is a run of one."""
    starts = [
        at
        for at, context in enumerate(contexts)
        if at == 0 or (context.section_key is None and context.count == 1) or context.section_key in REPORTING
        or contexts[at - 1].section_key in REPORTING
    ]  # fmt: skip
    return list(zip(starts, [*starts[1:], len(contexts)], strict=True))
