"""Aspects: what is said to be deficient (problem) or to be improved (measure). This project's own are in aspects.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from nlp.vocabulary.load import load

Scheme = Literal["problem", "measure"]
SCHEMES: tuple[Scheme, ...] = ("problem", "measure")
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect with its key as a problem and as a measure, and the aspects whose measures may answer it weakly.

    ``zh`` and ``en`` are its names by scheme, "" where there is none.
    """

    name: str
    problem: str
    measure: str
    answered_weakly_by: tuple[str, ...]
    zh: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(SCHEMES, ""))
    en: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(SCHEMES, ""))
    definition: str = ""

    def key(self, scheme: Scheme) -> str:
        """The label of a statement of that role."""
        return self.problem if scheme == "problem" else self.measure


def read_aspects(entries: Mapping[str, Any]) -> dict[str, Aspect]:
    """Aspects from tables written like those of aspects.toml, in their order. Names may be missing."""

    def by_scheme(names: Any) -> dict[str, str]:
        return {s: str(names.get(s, "") if isinstance(names, Mapping) else names or "") for s in SCHEMES}

    return {
        name: Aspect(
            name,
            str(entry["problem"]),
            str(entry["measure"]),
            tuple(map(str, entry.get("answered_weakly_by", ()))),
            by_scheme(entry.get("zh")),
            by_scheme(entry.get("en")),
            str(entry.get("definition", "")),
        )
        for name, entry in entries.items()
    }


@cache
def aspects() -> dict[str, Aspect]:
    """The aspects of this project by name, in the order of the labelling guide (section 4).

    >>> aspects()["staff"].key("measure")
    'staff_training'
    """
    return read_aspects(load("aspects"))


@cache
def aspect_of(scheme: Scheme, key: str) -> Aspect:
    """The aspect that bears the label ``key``. Raises ``KeyError`` for a key that the scheme does not have."""
    return {aspect.key(scheme): aspect for aspect in aspects().values()}[key]
