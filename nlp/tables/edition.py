"""Which of the four forms a report follows, told by the labels printed in it and never by its year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.reading.clean import CleanText
from nlp.records import Edition
from nlp.tables.labels import simplify, squeeze
from nlp.vocabulary.load import load

# A single marker may be prose about the form (采购总金额, 举报投诉数量); two different ones are a table.
MIN_MARKERS = 2
MAX_CHARS = 300_000
PLAIN = re.compile(r"(?:[^\\()\[\]?*+|.{](?![?*{]))+")


@cache
def _markers(group: str, edition: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of an edition, each with the plain words that begin it: those are looked for first."""
    found = []
    for pattern in load("forms")["editions"][edition].get(group, ()):
        plain = PLAIN.match(pattern)
        found.append((plain[0] if plain else "", re.compile(pattern)))
    return tuple(found)


def _printed(text: str, group: str, edition: str) -> Iterator[str]:
    """Each marker of the edition that stands in the text (without white space), as it is printed first."""
    for plain, pattern in _markers(group, edition):
        if plain in text and (match := pattern.search(text)):
            yield match.group()


def find_edition(clean: CleanText) -> Edition:
    """The edition whose labels the text prints; ``free_form`` when it prints none of the others.

    When only what both fixed forms share is there (the tables were pictures), the document they cite decides, and
    ``tables_2021``, the form in force, where none is cited. Sources: 国办发〔2014〕32号, 国办公开办函〔2019〕60号,
    国办公开办函〔2021〕30号.

    >>> find_edition(CleanText("规章 本年制发件数 本年废止 件数 现行有效件数 0 0 0"))
    'tables_2021'
    >>> find_edition(CleanText("全年主动公开信息20条。"))
    'free_form'
    """
    text = _solid(clean)
    count = {edition: len(set(_printed(text, "patterns", edition))) for edition in load("forms")["editions"]}
    if count["free_form"] >= MIN_MARKERS and count["free_form"] > count["indicators_2014"]:
        return "free_form"
    fixed = count["tables_2021"] + count["tables_2019"] + count["shared"]
    if fixed:
        fixed += count["weak"]
    if fixed >= MIN_MARKERS:
        if count["indicators_2014"] > fixed:
            return "indicators_2014"
        return "tables_2019" if count["tables_2019"] > count["tables_2021"] else "tables_2021"
    return "indicators_2014" if count["indicators_2014"] >= MIN_MARKERS else "free_form"


def mixed_editions(clean: CleanText) -> dict[Edition, tuple[str, ...]]:
    """The labels of each edition that no other has and no prose uses, where two editions have at least two of them.

    Empty for a report that follows one form.

    >>> mixed_editions(CleanText("本年制发件数 本年废止件数 现行有效件数 上一年项目数量 本年增/减"))
    {'tables_2019': ('上一年项目数量', '本年增/减'), 'tables_2021': ('本年制发件数', '本年废止件数', '现行有效件数')}
    """
    text = _solid(clean)
    editions: tuple[Edition, ...] = ("indicators_2014", "tables_2019", "tables_2021")
    found = {edition: tuple(dict.fromkeys(_printed(text, "own", edition))) for edition in editions}
    printed = {edition: labels for edition, labels in found.items() if len(labels) >= MIN_MARKERS}
    return printed if len(printed) > 1 else {}


def _solid(clean: CleanText) -> str:
    return simplify(squeeze(clean.text[:MAX_CHARS]))
