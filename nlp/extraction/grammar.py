"""The patterns of counting.toml that the extractors share, compiled once."""

from __future__ import annotations

import re
from functools import cache

from nlp.vocabulary.load import load


@cache
def reading(name: str) -> re.Pattern[str]:
    """How a sentence is read around its numbers: one table of ``[reading]`` in counting.toml as one pattern."""
    return re.compile("|".join(load("counting")["reading"][name]["patterns"]))


@cache
def around_channels(name: str) -> re.Pattern[str]:
    """One table of ``[grammar]`` in counting.toml as one pattern."""
    entry = load("counting")["grammar"][name]
    literal = sorted(map(re.escape, entry.get("surface", ())), key=len, reverse=True)
    return re.compile("|".join([*entry.get("patterns", ()), *literal]))


@cache
def duties() -> re.Pattern[str]:
    """What in front of a number makes it a duty, not a result: 每周…, 应不少于…"""
    return re.compile("|".join(load("counting")["duties"]["patterns"]))


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last place where ``pattern`` is found, ``None`` if there is none."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found
