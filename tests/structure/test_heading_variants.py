"""Headings of many kinds of damage and wording, also kinds that the reader was not made on."""

from collections import Counter

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_text
from nlp.structure.sections import find_sections
from tests.structure.heading_variants import DEVELOPMENT, HELD_OUT, reports

REPORTS_A_KIND = 12
# Of what was found and what was there, half of both: every kind alone, and all kinds together.
FLOOR_OF_A_KIND, FLOOR = 0.94, 0.98


def found_and_true(kind):
    hits = extra = missed = 0
    for text, sections in reports(kind, REPORTS_A_KIND):
        source = read_text(text, name="a.txt")
        found = Counter((s.key, s.level) for s in find_sections(source, clean_text(source)) if s.key != "preamble")
        true = Counter(sections)
        hits += sum((found & true).values())
        extra += sum((found - true).values())
        missed += sum((true - found).values())
    return hits, extra, missed


def f1(hits, extra, missed):
    return 2 * hits / (2 * hits + extra + missed)


@pytest.mark.parametrize("kind", [*DEVELOPMENT, *HELD_OUT])
def test_a_kind(kind):
    assert f1(*found_and_true(kind)) >= FLOOR_OF_A_KIND


@pytest.mark.parametrize("kinds", [DEVELOPMENT, HELD_OUT], ids=["development", "held out"])
def test_all_kinds_together(kinds):
    sums = [sum(counts) for counts in zip(*map(found_and_true, kinds), strict=True)]
    assert f1(*sums) >= FLOOR
