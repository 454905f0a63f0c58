"""Passages as public reports word them, by what they tell: the contacts, channel counts and counts of each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = [
    pytest.param(example, id=f"{path.stem}: {name}")
    for path in sorted((Path(__file__).parent / "examples").glob("*.toml"))
    for name, example in tomllib.loads(path.read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_passage(differences: Callable[..., list[str]], example: dict[str, str]) -> None:
    wanted = {kind: example.get(kind, "") for kind in ("contacts", "channels", "counts")}
    assert differences(example["text"], **wanted) == []
