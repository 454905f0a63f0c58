"""The labels that a model knows: aspects or labels of somebody's own, roles, their names, and which answer which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from nlp.labelling.aspects import SCHEMES, Aspect, aspects, read_aspects
from nlp.records import Label


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """A label of somebody's own; ``answered_weakly_by`` names labels of measures that may answer it without being it."""

    key: str
    zh: str = ""
    en: str = ""
    definition: str = ""
    answered_weakly_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelSet:
    """What a taxonomy says of its labels.

    An aspect is borne by problems under one key and by the measures that answer them under another. A label of one's own
    has one key, whatever the role. ``roles`` holds Chinese and English names of roles.
    """

    aspects: Mapping[str, Aspect]
    own: Mapping[str, OwnLabel] = field(default_factory=dict)
    roles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    _topics: Mapping[tuple[str, str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = {(scheme, aspect.key(scheme)): aspect.name for aspect in self.aspects.values() for scheme in SCHEMES}
        object.__setattr__(self, "_topics", found)

    def topic(self, label: Label) -> str:
        """What a label is about, by which problems and measures are held together: its aspect, or the label itself."""
        return self._topics.get((label.scheme, label.key), label.key)

    def topics(self, labels: Iterable[Label]) -> frozenset[str]:
        """What the accepted labels of a statement are about."""
        return frozenset(self.topic(label) for label in labels if label.accepted)

    def weakly(self, topic: str) -> tuple[str, ...]:
        """The topics whose measures may answer a problem about ``topic`` weakly."""
        if topic in self.aspects:
            return self.aspects[topic].answered_weakly_by
        return self.own[topic].answered_weakly_by if topic in self.own else ()

    def names(self) -> dict[str, str]:
        """The Chinese name of each label that has one, by its key.

        >>> packaged_labels().names()["timeliness_poor"]
        '公开不及时'
        """
        found = {aspect.key(scheme): aspect.zh[scheme] for aspect in self.aspects.values() for scheme in SCHEMES}
        found |= {key: label.zh for key, label in self.own.items()}
        return {key: zh for key, zh in found.items() if zh}


@cache
def packaged_labels() -> LabelSet:
    """The labels of this project."""
    return LabelSet(aspects())


def labels_of(card: Mapping[str, Any]) -> LabelSet:
    """The labels of a model by its card; those of this project where it names no aspects of its own."""
    own = {
        key: OwnLabel(
            key,
            str(entry.get("zh", "")),
            str(entry.get("en", "")),
            str(entry.get("definition", "")),
            tuple(map(str, entry.get("answered_weakly_by", ()))),
        )
        for key, entry in card.get("names", {}).items()
    }
    roles = {key: (str(e.get("zh", "")), str(e.get("en", ""))) for key, e in card.get("roles", {}).items()}
    known = read_aspects(card["aspects"]) if card.get("aspects") else aspects()
    return LabelSet(known, own, roles)
