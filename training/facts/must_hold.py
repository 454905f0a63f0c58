"""Sentences that every ranker must read as told, whatever it was trained on."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from nlp.extraction.facts import read_facts
from nlp.extraction.ranker import Ranker
from nlp.records import ChannelCount
from training.facts.measure import opened

SENTENCES = Path(__file__).with_suffix(".toml")
MOST = 150  # more would be a test set, and hold every ranker to the last one's habits


@cache
def sentences() -> dict[str, str]:
    """Each sentence with its facts, ``name=value`` with a space between.

    >>> sentences()["全年主动公开政府信息218条。"]
    'disclosed_total=218'
    """
    return {text: entry["facts"] for text, entry in tomllib.loads(SENTENCES.read_text(encoding="utf-8")).items()}


def facts_in(text: str, ranker: Ranker) -> Counter[str]:
    """The facts that a ranker finds in a text, each as ``name=value``."""
    found = [fact for group in read_facts(*opened(text), ranker) for fact in group]
    names = [fact.channel if isinstance(fact, ChannelCount) else fact.metric for fact in found]
    return Counter(f"{name}={fact.quantity.value}" for name, fact in zip(names, found, strict=True))


def broken(ranker: Ranker) -> list[str]:
    """The sentences that a ranker reads otherwise."""
    return [text for text, facts in sentences().items() if facts_in(text, ranker) != Counter(facts.split())]
