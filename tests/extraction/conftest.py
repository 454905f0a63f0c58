"""What the tables of examples share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from nlp.extraction.counts import find_counts
from nlp.reading.clean import CleanText
from nlp.reading.paragraphs import Paragraph


@pytest.fixture
def read_counts() -> Callable[[str], tuple[Counter[str], Counter[str]]]:
    """A text, a line a paragraph, to its channel counts and counts: ``channel=value/scope``, ``metric=value@period``"""
    return _read


def _read(text: str) -> tuple[Counter[str], Counter[str]]:
    clean = CleanText(text)
    paragraphs, at = [], 0
    for line in clean.text.split("\n"):
        paragraphs.append(Paragraph(None, "", at, at + len(line)))
        at += len(line) + 1
    found, counts = find_counts(clean, paragraphs)
    channels = [f"{c.channel}={c.quantity.value}" + ("" if c.scope == "year" else f"/{c.scope}") for c in found]
    metrics = [f"{c.metric}={c.quantity.value}" + ("" if c.period == "year" else f"@{c.period}") for c in counts]
    return Counter(channels), Counter(metrics)
