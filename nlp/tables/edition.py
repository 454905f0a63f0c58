"""Which of the forms a report follows, told by the labels printed in it and never by its year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from nlp.reading.clean import CleanText
from nlp.records import Edition
from nlp.tables.labels import simplify, squeeze
from nlp.vocabulary.editions import families, first, forms
from nlp.vocabulary.load import load

# A single marker may be prose about the form (采购总金额, 举报投诉数量); two different ones are a table.
MIN_MARKERS = 2
MAX_CHARS = 300_000
PLAIN = re.compile(r"(?:[^\\()\[\]?*+|.{](?![?*{]))+")


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns, each with the plain words that begin it: those are looked for first."""
    found = []
    for pattern in patterns:
        plain = PLAIN.match(pattern)
        found.append((plain[0] if plain else "", re.compile(pattern)))
    return tuple(found)


def _printed(text: str, markers: Sequence[str]) -> list[str]:
    """The markers that stand in the text (without white space), each once, as they are printed first."""
    found = (
        match.group()
        for plain, pattern in _compiled(tuple(markers))
        if plain in text and (match := pattern.search(text))
    )
    return list(dict.fromkeys(found))


def _labels(text: str, edition: Edition, group: str = "patterns") -> list[str]:
    """The labels of an edition that are printed."""
    return _printed(text, forms()[edition]["markers"].get(group, ()))


def find_edition(clean: CleanText) -> Edition:
    """The edition whose labels the text prints; the first, which has no form, when it prints none of the others.

    Forms of a family share most of what they print: the one with the most labels of its own is taken, of several the one
    whose labels are printed most nearly all. When only what they share is there (the tables were pictures), the document
    they cite decides, and the newest is taken where none is cited.

    >>> find_edition(CleanText("规章 本年制发件数 本年废止 件数 现行有效件数 0 0 0"))
    'tables_2021'
    >>> find_edition(CleanText("全年主动公开信息20条。"))
    'free_form'
    """
    text = _solid(clean)
    count = {edition: len(_labels(text, edition)) for edition in forms()}
    families_of = families()
    in_family = {edition for editions in families_of.values() for edition in editions}
    single = max(
        (edition for edition in forms() if edition not in in_family and edition != first()), key=count.__getitem__
    )
    if count[first()] >= MIN_MARKERS and count[first()] > count[single]:
        return first()
    for family, editions in families_of.items():
        total = _family_count(text, family, editions, count)
        if total >= MIN_MARKERS and count[single] <= total:
            return max(
                editions, key=lambda edition: (count[edition], _share(edition, count), forms()[edition]["first_year"])
            )
    return single if count[single] >= MIN_MARKERS else first()


def _family_count(text: str, family: str, editions: Sequence[Edition], count: Mapping[Edition, int]) -> int:
    """How many labels of a family are printed: those of its forms, those that they share, and beside these the weak ones.

    A label of several forms counts once.
    """
    own = len({words for edition in editions for words in _labels(text, edition)})
    family_words = load("tables")["families"][family]
    total = own + len(_printed(text, family_words["shared"]["patterns"]))
    return total + len(_printed(text, family_words["weak"]["patterns"])) if total else 0


def _share(edition: Edition, count: Mapping[Edition, int]) -> float:
    return count[edition] / len(forms()[edition]["markers"]["patterns"]) if count[edition] else 0.0


def mixed_editions(clean: CleanText) -> dict[Edition, tuple[str, ...]]:
    """The labels of each edition that no prose uses, where two editions have at least two that the report's does not.

    Empty for a report that follows one form.

    >>> mixed_editions(CleanText("本年制发件数 本年废止件数 现行有效件数 上一年项目数量 本年增/减"))
    {'tables_2019': ('上一年项目数量', '本年增/减'), 'tables_2021': ('本年制发件数', '本年废止件数', '现行有效件数')}
    """
    text = _solid(clean)
    followed = find_edition(clean)
    known = set(_labels(text, followed))
    printed: dict[Edition, tuple[str, ...]] = {}
    for edition in forms():
        own = () if edition == first() else _labels(text, edition, "own")
        labels = tuple(words for words in own if edition == followed or words not in known)
        if len(labels) >= MIN_MARKERS:
            printed[edition] = labels
    return printed if len(printed) > 1 else {}


def _solid(clean: CleanText) -> str:
    return simplify(squeeze(clean.text[:MAX_CHARS]))
