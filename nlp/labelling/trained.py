"""The trained model behind the ``Labeller`` interface: probabilities of the text, then of the order they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from nlp.labelling.aspects import OTHER
from nlp.labelling.classifier import Classifier, Head, Order
from nlp.labelling.context import REPORTING, Context
from nlp.labelling.label_set import LabelSet, packaged_labels
from nlp.labelling.labeller import Judgement, Labeller, Support
from nlp.labelling.ngrams import Floats
from nlp.records import Role
from nlp.vocabulary.load import load

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
# Even there a sentence that turns to what is lacking (但仍有…) may be a problem: what it says decides.
ADMITTED = np.array([0.0, -4.0, 0.0, 0.4])
SHIFTS = np.array([np.zeros(4), REPORTED, INTRODUCED, ADMITTED], dtype=np.float32)
BEARING = frozenset(("problem", "measure"))  # roles whose statements bear aspects

WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Scores:
    """What a model says of ``n`` texts, all its ``k`` labels with their probabilities.

    ``chances`` and ``accepted`` are ``n`` × ``k``, in the order of ``classes``; rows that are not ``bearing`` (their role bears
    no labels) have nothing accepted. ``roles`` is empty where no roles were asked for.
    """

    classes: tuple[str, ...]
    chances: Floats
    accepted: npt.NDArray[np.bool_]
    bearing: npt.NDArray[np.bool_]
    roles: tuple[str, ...] = ()
    role_scores: tuple[float, ...] = ()


class Trained:
    """A trained ``Classifier`` as a labeller, whatever its heads.

    Its head ``role`` judges roles, another labeller (``roles``) where it has none. Its head ``aspect`` labels problems and
    measures, its head ``label`` (a taxonomy of somebody's own) every statement.

    Parameters
    ----------
    labels : the labels that the model knows; this project's unless given
    best_from : how probable the best label must be to be accepted below its threshold; ``None``: that alone never suffices
    """

    def __init__(
        self,
        model: Classifier,
        labels: LabelSet | None = None,
        *,
        roles: Labeller | None = None,
        best_from: float | None = LEAST_CHANCE,
    ) -> None:
        self.model, self.other_roles, self.best_from = model, roles, best_from
        self.labels = labels or packaged_labels()
        self.name = f"model:{model.name}@{model.version}"
        self.head = model.heads.get("aspect") or model.heads.get("label")
        self.own = self.head is not None and self.head.name == "label"

    @property
    def has_roles(self) -> bool:
        """Whether the model itself judges roles."""
        return "role" in self.model.heads

    def scores(self, texts: Sequence[str], contexts: Sequence[Context], *, with_roles: bool = True) -> Scores:
        """Role and probabilities of each text, in order. Texts are folded and in simplified script."""
        chances = self.model.probabilities(texts) if texts else {}
        roles: list[str] = []
        role_scores: list[float] = []
        if with_roles and texts:
            roles, role_scores = self._roles(texts, contexts, chances.get("role"))
            for at, text in enumerate(texts):
                if not WORD.search(text) and set(roles) <= set(ROLES):
                    roles[at], role_scores[at] = "boilerplate", 1.0
        if self.head is None or not texts:
            nothing = np.zeros((len(texts), 0), dtype=bool)
            bearing = np.zeros(len(texts), dtype=bool)
            return Scores((), nothing.astype(np.float32), nothing, bearing, tuple(roles), tuple(role_scores))
        rows = chances[self.head.name]
        bearing = np.array([bool(WORD.search(text)) for text in texts])
        if not self.own and roles:
            bearing &= np.array([role in BEARING for role in roles])
        accepted = accept(self.head, rows, self.best_from) & bearing[:, None]
        return Scores(self.head.classes, rows, accepted, bearing, tuple(roles), tuple(role_scores))

    def roles_and_aspects(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[Judgement]:
        """One judgement for each text, in order."""
        if not texts:
            return []
        scores = self.scores(texts, contexts)
        found = self._supports(scores)
        if self.own:
            return [
                Judgement(role, score, {}, supports)
                for role, score, supports in zip(scores.roles, scores.role_scores, found, strict=True)
            ]
        return [
            Judgement(role, score, supports)
            for role, score, supports in zip(scores.roles, scores.role_scores, found, strict=True)
        ]

    def _roles(
        self, texts: Sequence[str], contexts: Sequence[Context], chance: Floats | None
    ) -> tuple[list[str], list[float]]:
        if chance is None:
            other = self.other_roles.roles_and_aspects(texts, contexts) if self.other_roles else []
            return [j.role for j in other], [j.role_score for j in other]
        classes = self.model.heads["role"].classes
        if not set(classes) <= set(ROLES):  # roles of one's own: no heading announces them
            best = chance.argmax(axis=1)
            return [classes[at] for at in best], chance.max(axis=1).round(4).tolist()
        known = np.zeros((len(texts), len(ROLES)), dtype=np.float32)
        known[:, [ROLES.index(name) for name in classes]] = chance
        weighed = weigh_roles(known, texts, contexts, self.model.order)
        placed = place_roles(weighed, contexts, self.model.order)
        return [ROLES[role] for role in placed.argmax(axis=1)], placed.max(axis=1).round(4).tolist()

    def _supports(self, scores: Scores) -> list[dict[str, Support]]:
        """The labels that are accepted or probable enough to name, the most probable first, for each row."""
        found: list[dict[str, Support]] = [{} for _ in scores.bearing]
        if not scores.classes:
            return found
        named = (scores.accepted | (scores.chances >= LEAST_CHANCE)) & scores.bearing[:, None]
        order = np.argsort(-scores.chances, axis=1, kind="stable")
        sorted_rows, places = np.nonzero(np.take_along_axis(named, order, axis=1))
        columns = order[sorted_rows, places]
        for row, column, chance, yes in zip(
            sorted_rows.tolist(), columns.tolist(), scores.chances[sorted_rows, columns].tolist(),
            scores.accepted[sorted_rows, columns].tolist(), strict=True,
        ):  # fmt: skip
            found[row][scores.classes[column]] = Support(round(chance, 4), self.name, yes)
        return found


def accept(head: Head, chances: Floats, best_from: float | None) -> npt.NDArray[np.bool_]:
    """What is accepted of the probabilities of a head, ``n`` texts × classes.

    Of an exclusive head the best class; else what reaches its threshold, and the best class from ``best_from`` on.
    """
    best = np.zeros(chances.shape, dtype=bool)
    best[np.arange(len(chances)), chances.argmax(axis=1)] = True
    if head.exclusive:
        return best
    accepted: npt.NDArray[np.bool_] = chances >= head.thresholds
    if best_from is not None:
        accepted |= best & (chances >= best_from)
    if head.name == "aspect" and OTHER in head.classes:
        # ``other`` is never combined (labelling guide, label 17): beside an accepted aspect it is not accepted.
        accepted[accepted.sum(axis=1) > 1, head.classes.index(OTHER)] = False
    return accepted


def weigh_roles(chances: Floats, texts: Sequence[str], contexts: Sequence[Context], order: Order | None) -> Floats:
    """The probabilities of the roles (``n`` texts × roles) with what section and heading say: rows sum to 1 again."""
    shifts = np.zeros((len(SHIFTS) + len(ROLES), len(ROLES)), dtype=np.float32)
    shifts[: len(SHIFTS)] = SHIFTS
    if order is not None:
        shifts[len(SHIFTS) :] = ANNOUNCED_WEIGHT * order.announced
    weighed: Floats = chances * np.exp(
        shifts[[_shift(text, context) for text, context in zip(texts, contexts, strict=True)]]
    )
    return weighed / weighed.sum(axis=1, keepdims=True)


def _shift(text: str, context: Context) -> int:
    """Which row of shifts a statement in its context calls for."""
    if context.section_key == "preamble":
        return 2
    if context.section_key in REPORTING:
        return 3 if _admission().search(text) else 1
    return 0 if context.expected is None else len(SHIFTS) + ROLES.index(context.expected)


def place_roles(weighed: Floats, contexts: Sequence[Context], order: Order | None) -> Floats:
    """The probabilities of the roles (``n`` × roles) when statements that follow each other are looked at together.

    Forward and backward over each run of statements, from ``weigh_roles``; rows sum to 1. A text by itself (the only one
    of its context, in no section) keeps its own.
    """
    if order is None:
        return weighed
    result = weighed.copy()
    # In lists of plain numbers: four roles are too few for arrays to pay.
    leads = np.exp(ORDER_WEIGHT * order.follows).tolist()
    comes = list(zip(*leads, strict=True))
    for start, stop in _runs(contexts):
        if stop - start == 1:
            continue
        own = (weighed[start:stop] + np.float32(1e-6)).tolist()
        before = [own[0]]
        for row in own[1:]:
            before.append(_shares(_times(row, _through(comes, before[-1]))))
        behind = [1.0] * len(ROLES)
        for at in range(stop - start - 1, -1, -1):
            result[start + at] = _shares(_times(before[at], behind))
            behind = _shares(_through(leads, _times(own[at], behind)))
    return result


def _through(steps: Sequence[Sequence[float]], chances: list[float]) -> list[float]:
    """One step along the order: the chance of each role by way of all others."""
    return [sum(_times(row, chances)) for row in steps]


def _times(these: Sequence[float], those: Sequence[float]) -> list[float]:
    return [this * that for this, that in zip(these, those, strict=True)]


def _shares(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]


@cache
def _admission() -> re.Pattern[str]:
    return re.compile("|".join(load("statements")["admission"]["patterns"]))


def _runs(contexts: Sequence[Context]) -> list[tuple[int, int]]:
    """Stretches of statements that belong together: those of one part of a report; a text by itself is a run of one."""
    starts = [
        at
        for at, context in enumerate(contexts)
        if at == 0 or (context.section_key is None and context.count == 1) or context.section_key in REPORTING
        or contexts[at - 1].section_key in REPORTING
    ]  # fmt: skip
    return list(zip(starts, [*starts[1:], len(contexts)], strict=True))
