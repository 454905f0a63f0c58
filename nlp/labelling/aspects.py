"""The 17 aspects: what is said to be deficient (problem) or to be improved (measure)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from nlp.vocabulary.load import load

Scheme = Literal["problem", "measure"]
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect with its key as a problem and as a measure, and the aspects whose measures may answer it weakly."""

    name: str
    problem: str
    measure: str
    answered_weakly_by: tuple[str, ...]

    def key(self, scheme: Scheme) -> str:
        """The label of a statement of that role."""
        return self.problem if scheme == "problem" else self.measure


@cache
def aspects() -> dict[str, Aspect]:
    """The aspects by name, in the order of the labelling guide (section 4).

    >>> aspects()["staff"].key("measure")
    'staff_training'
    """
    return {
        name: Aspect(name, entry["problem"], entry["measure"], tuple(entry["answered_weakly_by"]))
        for name, entry in load("aspects").items()
    }


@cache
def aspect_of(scheme: Scheme, key: str) -> Aspect:
    """The aspect that bears the label ``key``. Raises ``KeyError`` for a key that the scheme does not have."""
    return {aspect.key(scheme): aspect for aspect in aspects().values()}[key]
