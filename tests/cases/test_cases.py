"""Failing inputs that users and readers of real reports found, a file for each origin: what holds of each today.

The number of cases that are right is pinned for each file and can only rise; kinds that are not yet right are printed
(pytest -s). ``expected.toml`` says what must hold.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import nlp
from nlp.analyse import analyse
from tests.cases.holds import Verdict, holds
from tests.cases.printed import TEXTS

HERE = Path(__file__).parent
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


def cases(file: str) -> list[dict]:
    return [json.loads(line) for line in (HERE / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()]


def read(case: dict, folder: Path) -> nlp.Analysis:
    text = TEXTS.get(case["id"], case.get("text", case.get("input")))
    kind, _, encoding = case.get("as", "").partition(", encoded as ")
    if not kind:
        return nlp.analyse_text(text)
    path = folder / f"a{kind}"
    path.write_bytes(text.encode(encoding))
    return analyse(path)


def demands(file: str, case: dict) -> list[str]:
    if file == "labels":
        if case.get("segments"):
            return [f"segments {len(case['segments'])}"]
        return [f"role {case['role']}", f"labels {'+'.join(sorted(case['labels']))}"]
    return EXPECTED[file][case["id"]]


def verdict(file: str, case: dict, folder: Path) -> Verdict:
    """The worst of what is asked of a case."""
    if file == "labels":
        return verdict_of_labels(case)
    found = {holds(read(case, folder), demand) for demand in demands(file, case)}
    return "wrong" if "wrong" in found else "open" if "open" in found else "right"


def verdict_of_labels(case: dict) -> Verdict:
    """A sentence as it is labelled alone; a passage by its statements in turn."""
    if not case.get("segments"):
        (statement,) = nlp.label([case["text"]])
        same = {label.key for label in statement.labels if label.accepted} == set(case["labels"])
        return "right" if same and statement.role == case["role"] else "wrong"
    analysis = nlp.analyse_text(case["text"])
    printed = ["".join(statement.span.of(analysis.source.text).split()) for statement in analysis.statements]
    return "right" if printed == ["".join(segment.split()) for segment in case["segments"]] else "wrong"


def test_every_case_is_asked_something():
    for file, expected in EXPECTED.items():
        assert set(expected) == {case["id"] for case in cases(file)}
        for case, asked in expected.items():
            assert asked if isinstance(asked, list) else (HERE.parents[1] / asked).is_dir(), case


@pytest.mark.parametrize("file", FLOORS)
def test_as_many_are_right_as_before(file, tmp_path, capsys):
    counted: Counter[str] = Counter()
    kinds: dict[str, list[str]] = {"wrong": [], "open": []}
    for case in cases(file):
        if file in EXPECTED and isinstance(EXPECTED[file][case["id"]], str):
            counted["elsewhere"] += 1  # files that another test makes and reads
            continue
        found = verdict(file, case, tmp_path)
        counted[found] += 1
        if found != "right":
            kinds[found].append(f"{case['id']} {case['kind']}")
    with capsys.disabled():
        print(f"\n{file}: {dict(counted)}")
        for name, lines in kinds.items():
            print(*(f"  {name}: {line}" for line in lines), sep="\n")
    assert counted["right"] >= FLOORS[file], kinds
