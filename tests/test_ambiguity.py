"""No pattern of the package repeats what can be read in two ways, as ``(?:\\S{2,14} ?[>»] ?){2,8}`` once did."""

from collections import Counter
from itertools import pairwise

import pytest

from tests.ambiguity import findings, graphs
from tests.patterns import compiled_patterns, vocabulary_patterns

EXPONENTIAL = [
    "(?:a+)+b",
    "(?:a*)*b",
    "(?:a|a)*b",
    "(?:a|ab?)*c",
    "(?:x?y?)+z",
    "(?:共计|共|计)+$",
    "(?:[^。]*公开)+。",
    r"(?:\d{1,3},?){2,8}件",
    r"^(?:\S{2,14} ?[>»] ?){2,8}$",
    r"^(?:[ |]{0,3}\S{2,6}){0,8}$",
    "(?:(?:一|二)+、?)+。",
    "(?=(?:a+)+b)x",  # in an assertion
    "(?>(?:a+)+b)",  # inside an atomic group
    "(?:(?>ab)|a|b)*c",  # an atomic group beside what reads the same
    "(?P<name>a+)(?:b(?P=name))*(?:c+)*d",
]
POLYNOMIAL = [
    "公开[^。]*条[^。]*件",
    r"\A[|:\- \t]*-{2,}[|:\- \t]*$",
    "a*b?a*c",
    r"\s+\n?\s+x",
    r"\d+(?:\.|,)?\d+万",
]
HARMLESS = [
    "(?:a+,)+b",
    r"\s*,\s*",
    r"(?:\d{4}年){2,}",
    r"(?:\d{1,3},){2,8}件",
    "(?:a++b?)+c",  # possessive: nothing is given back
    "(?:(?>共计|共|计))+$",  # one reading a place
    "公开[^。]{0,40}条[^。]{0,40}件",  # bounded, side by side
    r"^(?:[^\s>»]{2,14} ?[>»]{1,3} ?){2,8}$",
    "(?:公开|发布|公布)+",
    "(?:(?!条)[^。])*条",
]


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_what_explodes_is_refused(pattern):
    assert "exponential" in {found.kind for found in findings(pattern)}


@pytest.mark.parametrize("pattern", POLYNOMIAL)
def test_what_grows_as_the_square_is_refused(pattern):
    assert [found.kind for found in findings(pattern)] == ["polynomial"]


@pytest.mark.parametrize("pattern", HARMLESS)
def test_what_is_harmless_passes(pattern):
    assert findings(pattern) == []


def ways(pattern, text):
    """In how many ways the places of ``pattern`` can be walked along ``text``."""
    graph = next(graphs(pattern))
    bits = [1 << graph.alphabet.index(character) for character in text]
    here = {place: count for place, count in graph.first.items() if graph.reads[place] & bits[0]}
    for bit in bits[1:]:
        there = Counter()
        for place, count in here.items():
            for after, more in graph.steps[place].items():
                if graph.reads[after] & bit:
                    there[after] += count * more
        here = there
    return sum(here.values())


@pytest.mark.parametrize("pattern", ["(?:a+)+b", "(?:共计|共|计)+$", r"^(?:\S{2,14} ?[>»] ?){2,8}$", "(?:x?y?)+z"])
def test_the_string_that_is_named_doubles_the_ways_each_time(pattern):
    (found,) = findings(pattern)
    counts = [ways(pattern, found.lead + rounds * found.pump) for rounds in range(1, 6)]
    assert all(after >= 2 * before > 0 for before, after in pairwise(counts))


@pytest.mark.parametrize("collect", [vocabulary_patterns, compiled_patterns])
def test_every_pattern_is_read_in_one_way(collect):
    patterns = {(pattern, flags): file for pattern, flags, file in collect()}
    assert len(patterns) > 500
    bad = [
        f"{file}: {pattern[:160]!r}: {found}"
        for (pattern, flags), file in patterns.items()
        for found in findings(pattern, flags)
    ]
    assert not bad, "reword them, or make what repeats possessive or atomic:\n" + "\n".join(bad)
