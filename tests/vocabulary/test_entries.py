"""Every entry of the vocabulary matches its own examples and none of its counter-examples."""

import re
from importlib import resources
from pathlib import Path

import pytest

from nlp.vocabulary.load import load


def entries(value, where):
    if isinstance(value, dict):
        if "patterns" in value or "surface" in value:
            yield where, value
        for key, child in value.items():
            yield from entries(child, f"{where}.{key}")
    elif isinstance(value, list):
        for at, child in enumerate(value):
            if isinstance(child, dict):
                yield from entries(child, f"{where}[{at}]")


ROOM = resources.files("nlp.vocabulary")
FILES = sorted(str(path.relative_to(str(ROOM)))[: -len(".toml")] for path in Path(str(ROOM)).rglob("*.toml"))
ENTRIES = [pytest.param(entry, id=where) for name in FILES for where, entry in entries(load(name), name)]


def found(entry, text):
    # A pattern may say DATE for the entry's own pattern of a date.
    patterns = [pattern.replace("DATE", entry.get("date", "DATE")) for pattern in entry.get("patterns", ())]
    return any(term in text for term in entry.get("surface", ())) or any(re.search(p, text) for p in patterns)


def test_the_vocabulary_has_entries():
    assert len(ENTRIES) > 100


@pytest.mark.parametrize("entry", ENTRIES)
def test_entry(entry):
    assert entry.get("source"), "name where the entry comes from: a document number, a guide section, a kind of report"
    assert entry.get("examples"), "add `examples`: texts in which the entry is found"
    for example in entry["examples"]:
        assert found(entry, example), f"no pattern or term is found in its own example {example!r}: mend one of the two"
    for example in entry.get("not", ()):
        assert not found(entry, example), f"a pattern or term is found in the counter-example {example!r}"
