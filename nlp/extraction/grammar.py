"""The patterns of counting.toml that the extractors share, compiled once."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from functools import cache
from typing import Any

from nlp.vocabulary.load import load


@cache
def reading(name: str) -> re.Pattern[str]:
    """How a sentence is read around its numbers: one table of ``[reading]`` in counting.toml as one pattern."""
    return _compiled(load("counting")["reading"][name])


@cache
def around_channels(name: str) -> re.Pattern[str]:
    """One table of ``[grammar]`` in counting.toml as one pattern."""
    entry = load("counting")["grammar"][name]
    literal = sorted(map(re.escape, entry.get("surface", ())), key=len, reverse=True)
    return re.compile("|".join([*entry.get("patterns", ()), *literal]))


@cache
def duties() -> re.Pattern[str]:
    """What in front of a number makes it a duty, not a result: 每周…, 应不少于…"""
    return _compiled(load("counting")["duties"])


def _compiled(entry: dict[str, Any]) -> re.Pattern[str]:
    patterns = "|".join(entry["patterns"])
    if "lead" not in entry:
        return re.compile(patterns)
    # One look at the character keeps the branches from being tried everywhere: a factor of four.
    return re.compile(f"(?=[{re.escape(entry['lead'])}])(?:{patterns})")


def breakdowns(text: str) -> Iterable[re.Match[str]]:
    """The words that open a breakdown (其中, 包括 …), in order."""
    if not _opening().search(text):
        return ()
    return reading("breakdown").finditer(text)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(load('counting')['reading']['breakdown']['needs'])}]")


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last place where ``pattern`` is found, ``None`` if there is none."""
    return last_of(pattern.finditer(text))


def last_of(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    """The last of ``matches``, ``None`` if there is none."""
    last = deque(matches, maxlen=1)
    return last[0] if last else None
