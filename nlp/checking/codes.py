"""The codes of issues: what each means, and whether one that a user names exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from nlp.checking.parts import PARTS
from nlp.checking.settings import fits
from nlp.checking.tables import TABLE_NAMES
from nlp.claims.names import metric_name
from nlp.vocabulary.load import load

PLACE = re.compile(r"\{(\w+)\}")
NUMBER = re.compile(r"^[一二三四五六七八九十]、")


@cache
def codes() -> Mapping[str, tuple[str, str]]:
    """Every code that an issue can bear, in the order of the alphabet, with its meaning in Chinese and English.

    >>> codes()["sections.empty"]
    ('规定部分没有内容', 'A prescribed part has a heading and no text')
    """
    forms = load("forms")
    found = {rule["id"]: (rule["zh"], rule["en"]) for rule in (*forms["inequalities"], *forms["identities"])}
    for code, entry in load("issues").items():
        kind = PLACE.search(code)
        if kind is None:
            found[code] = entry["zh"], entry["en"]
            continue
        for key, name in _members(kind[1]).items():
            place = kind[0]
            found[code.replace(place, key)] = entry["zh"].replace(place, name), entry["en"].replace(place, key)
    return dict(sorted(found.items()))


def _members(kind: str) -> dict[str, str]:
    """What a code with a place in braces is made for: ids with their Chinese names."""
    if kind == "part":
        return {key: NUMBER.sub("", zh) for key, (zh, _) in PARTS.items()}
    if kind == "table":
        return {key: zh for key, (zh, _) in TABLE_NAMES.items()}
    if kind == "document":
        return {"regulations": "规章", "normative_docs": "行政规范性文件"}
    targets = load("claims")["targets"]
    repeated = {**targets["indicators"], **targets["local"]}
    for table in targets["tables"].values():
        repeated |= table if isinstance(table, dict) else {}
    return {key: metric_name(key) for key in repeated}


def unknown(patterns: Iterable[str]) -> str:
    """A sentence on the codes, families or patterns that name nothing; empty when each names something.

    >>> unknown(["requests", "*.reviews"]), unknown(["requests.row_totl"])
    ('', 'unknown code requests.row_totl (did you mean requests.row_total?)')
    """
    said = []
    for pattern in patterns:
        if any(fits(code, [pattern]) for code in codes()):
            continue
        families = {code.partition(".")[0] for code in codes()}
        near = get_close_matches(pattern, [*codes(), *sorted(families)], n=1)
        said.append(f"unknown code {pattern}" + (f" (did you mean {near[0]}?)" if near else ""))
    return ", ".join(said)
