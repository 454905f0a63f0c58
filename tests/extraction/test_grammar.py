"""The shared patterns, compiled for speed, find what they find as written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from nlp.extraction.grammar import duties, reading
from nlp.reading.clean import clean_text
from nlp.reading.files import read_report
from nlp.vocabulary.load import load

REPORTS = sorted((Path(__file__).parents[2] / "corpora" / "reports").glob("*.*"))
WITH_LEAD = {name: entry for name, entry in load("counting")["reading"].items() if "lead" in entry}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Lines of the sample reports, and the examples of the vocabulary."""
    found = [line for path in REPORTS for line in clean_text(read_report(path)).text.splitlines()]
    for entry in [*WITH_LEAD.values(), load("counting")["duties"]]:
        found += [*entry["examples"], *entry.get("not", ())]
    return found


@pytest.mark.parametrize(("name", "entry"), WITH_LEAD.items(), ids=WITH_LEAD)
def test_lead_of_a_reading_leaves_nothing_out(lines: list[str], name: str, entry: dict[str, Any]) -> None:
    written = re.compile("|".join(entry["patterns"]))
    assert _found(reading(name), lines) == _found(written, lines)
    assert sum(map(len, _found(written, lines))) >= len(entry["examples"])


def test_lead_of_the_duties_leaves_nothing_out(lines: list[str]) -> None:
    written = re.compile("|".join(load("counting")["duties"]["patterns"]))
    assert _found(duties(), lines) == _found(written, lines)


def _found(pattern: re.Pattern[str], lines: list[str]) -> list[list[tuple[int, int]]]:
    return [[match.span() for match in pattern.finditer(line)] for line in lines]
