"""What labels statements: the seam between rules and a trained model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from nlp.labelling.context import Context
from nlp.labelling.label_set import LabelSet


@dataclass(frozen=True, slots=True)
class Support:
    """How strongly an aspect is asserted.

    ``score`` is a probability, ``origin`` is ``rule:ID`` or ``model:NAME@VERSION``.
    ``accepted`` says that the score reaches the threshold of the aspect.
    """

    score: float
    origin: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """The role of one statement and its aspects (by name, see ``LabelSet``), strongest first.

    ``own`` holds the labels of somebody's own taxonomy, by their keys. Roles are this project's, or a model's own.
    """

    role: str
    role_score: float
    aspects: Mapping[str, Support]
    own: Mapping[str, Support] = field(default_factory=dict)


class Labeller(Protocol):
    """Judges statements. Problems and measures share their aspects; the role says which of the two keys applies."""

    @property
    def name(self) -> str:
        """What ``Analysis.versions`` records under ``labels``."""
        ...

    @property
    def labels(self) -> LabelSet:
        """The labels that may be given, with their names and with what answers what."""
        ...

    def roles_and_aspects(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[Judgement]:
        """One judgement for each text, in order. Texts are folded and in simplified script."""
        ...
