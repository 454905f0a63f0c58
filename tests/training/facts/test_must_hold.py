"""The sentences that every ranker must read as told: few, and read so by the ranker that comes with the project."""

from __future__ import annotations

from collections import Counter

import pytest

from nlp.extraction.ranker import default_ranker
from training.facts.must_hold import MOST, facts_in, sentences
from training.facts.notation import read_passages


@pytest.mark.parametrize(("text", "facts"), sentences().items())
def test_the_sentence_is_read_as_told(text: str, facts: str) -> None:
    assert facts_in(text, default_ranker()) == Counter(facts.split())


def test_they_are_few_and_never_trained_on() -> None:
    assert len(sentences()) <= MOST
    assert not {passage.text for passage in read_passages()} & set(sentences())
