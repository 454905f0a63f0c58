"""The trained model behind the ``Labeller`` interface: probabilities of the text, then of the order they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from nlp.labelling.aspects import OTHER
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
SHIFTS = np.array([np.zeros(4), REPORTED, INTRODUCED], dtype=np.float32)
ACHIEVEMENT = ROLES.index("achievement")

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
        scores = weighed[np.arange(len(texts)), roles].round(4).tolist()
        # Only problems and measures bear aspects.
        bearing = np.flatnonzero(np.asarray(roles) < ACHIEVEMENT)
        supports = dict(zip(bearing.tolist(), self._supports(chances["aspect"][bearing]), strict=True))
        return [
            Judgement(ROLES[role], score, supports.get(at, {}))
            if WORD.search(texts[at])
            else Judgement("boilerplate", 1.0, {})
            for at, (role, score) in enumerate(zip(roles, scores, strict=True))
        ]

    def _supports(self, chances: Floats) -> list[dict[str, Support]]:
        """The aspects that are probable enough to name, the most probable first, for each row."""
        head = self.model.heads["aspect"]
        accepted = chances >= head.thresholds
        rows = np.arange(len(chances))
        best = chances.argmax(axis=1)
        likely = chances >= LEAST_CHANCE
        accepted[rows, best] |= likely[rows, best]
        named = accepted | likely
        found: list[dict[str, Support]] = [{} for _ in rows]
        order = np.argsort(-chances, axis=1, kind="stable")
        sorted_rows, places = np.nonzero(np.take_along_axis(named, order, axis=1))
        columns = order[sorted_rows, places]
        for row, column, chance, yes in zip(
            sorted_rows.tolist(), columns.tolist(), chances[sorted_rows, columns].tolist(),
            accepted[sorted_rows, columns].tolist(), strict=True,
        ):  # fmt: skip
            found[row][head.classes[column]] = Support(round(chance, 4), self.name, yes)
        for supports in found:
            _set_other_apart(supports)
        return found


def _set_other_apart(supports: dict[str, Support]) -> None:
    """``other`` is never combined (labelling guide, label 17): beside an accepted aspect it is not accepted."""
    other = supports.get(OTHER)
    if other and other.accepted and sum(support.accepted for support in supports.values()) > 1:
        supports[OTHER] = Support(other.score, other.origin, False)


def weigh_roles(chances: Floats, contexts: Sequence[Context], order: Order | None) -> Floats:
    """The probabilities of the roles (``n`` texts × roles) with what section and heading say: rows sum to 1 again."""
    shifts = np.zeros((len(SHIFTS) + len(ROLES), len(ROLES)), dtype=np.float32)
    shifts[: len(SHIFTS)] = SHIFTS
    if order is not None:
        shifts[len(SHIFTS) :] = ANNOUNCED_WEIGHT * order.announced
    weighed: Floats = chances * np.exp(shifts[[_shift(context) for context in contexts]])
    return weighed / weighed.sum(axis=1, keepdims=True)


def _shift(context: Context) -> int:
    """Which row of shifts a context calls for."""
    if context.section_key == "preamble":
        return 2
    if context.section_key in REPORTING:
        return 1
    return 0 if context.expected is None else len(SHIFTS) + ROLES.index(context.expected)


def decode_roles(weighed: Floats, contexts: Sequence[Context], order: Order | None) -> list[int]:
    """The most probable sequence of roles (Viterbi) for statements that follow each other, from ``weigh_roles``.

    A text by itself (the only one of its context, in no section) is decided by its own probabilities.
    """
    if order is None:
        return [int(best) for best in weighed.argmax(axis=1)]
    result: list[int] = weighed.argmax(axis=1).tolist()
    # In lists of plain numbers: four roles are too few for arrays to pay.
    into = (ORDER_WEIGHT * order.follows.T).tolist()
    for start, stop in _runs(contexts):
        if stop - start == 1:
            continue
        first, *others = np.log(weighed[start:stop] + np.float32(1e-6)).tolist()
        best, came_from = first, []
        for row in others:
            paths = [[so_far + step for so_far, step in zip(best, steps, strict=True)] for steps in into]
            tops = [max(path) for path in paths]
            came_from.append([path.index(top) for path, top in zip(paths, tops, strict=True)])
            best = [top + own for top, own in zip(tops, row, strict=True)]
        role = best.index(max(best))
        result[stop - 1] = role
        for at in range(stop - 2, start - 1, -1):
            role = came_from[at - start][role]
            result[at] = role
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
