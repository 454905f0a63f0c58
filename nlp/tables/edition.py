"""Which of the four forms a report follows, told by the labels printed in it and never by its year."""

from __future__ import annotations

import re
from functools import cache

from nlp.reading.clean import CleanText
from nlp.records import Edition
from nlp.tables.labels import simplify, squeeze
from nlp.vocabulary.load import load

# A single marker may be prose about the form (采购总金额, 举报投诉数量); two different ones are a table.
MIN_MARKERS = 2
MAX_CHARS = 300_000


@cache
def _markers() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], ...]]]:
    editions = load("forms")["editions"]
    every = [pattern for entry in editions.values() for pattern in entry["patterns"]]
    return (
        re.compile("|".join(sorted(every, key=len, reverse=True))),
        {key: tuple(re.compile(pattern) for pattern in entry["patterns"]) for key, entry in editions.items()},
    )


def find_edition(clean: CleanText) -> Edition:
    """The edition whose labels the text prints; ``free_form`` when it prints none.

    When only what both fixed forms share is there (the tables were pictures), the document they cite decides, and
    ``tables_2021``, the form in force, where none is cited. Sources: 国办发〔2014〕32号, 国办公开办函〔2019〕60号,
    国办公开办函〔2021〕30号.

    >>> find_edition(CleanText("规章 本年制发件数 本年废止 件数 现行有效件数 0 0 0"))
    'tables_2021'
    >>> find_edition(CleanText("全年主动公开信息20条。"))
    'free_form'
    """
    text = simplify(squeeze(clean.text[:MAX_CHARS]))
    every, by_edition = _markers()
    found = {match.group() for match in every.finditer(text)}
    if not found:
        return "free_form"
    count = {
        key: sum(any(pattern.fullmatch(label) for label in found) for pattern in patterns)
        for key, patterns in by_edition.items()
    }
    fixed = count["tables_2021"] + count["tables_2019"] + count["shared"]
    if fixed:
        fixed += count["weak"]
    if fixed >= MIN_MARKERS:
        if count["indicators_2014"] > fixed:
            return "indicators_2014"
        return "tables_2019" if count["tables_2019"] > count["tables_2021"] else "tables_2021"
    return "indicators_2014" if count["indicators_2014"] >= MIN_MARKERS else "free_form"
