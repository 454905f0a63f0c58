"""The linter of marked passages names what is wrong and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.facts.lint import lint, main
from training.facts.notation import read_passage, read_passages

RECORD = {"id": "a", "family": "f", "kind": "k", "trade": "水利", "level": "county", "year": 2020}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("公开⟦3条|no_such_metric⟧", "name"),
        ("公开⟦3条|disclosed_total=4⟧", "value"),
        ("公开⟦3条|disclosed_total⟧,召开会议2次", "unmarked"),
        ("占⟦50%|rate⟧", "of"),
        ("网站⟦3条|gov_website part=disclosed_total⟧", "part"),
        ("网站⟦3条|gov_website scope=half⟧", "key"),
    ],
)
def test_each_fault_is_named(text: str, code: str) -> None:
    assert code in [remark.code for remark in lint([read_passage({**RECORD, "text": text})])]


def test_a_sound_passage_has_no_remark() -> None:
    text = "公开⟦3条|disclosed_total⟧,其中网站⟦2条|gov_website part=disclosed_total⟧,⟦2020年|-year⟧起"
    assert lint([read_passage({**RECORD, "text": text})]) == []


def test_copies_and_equal_ids_are_errors() -> None:
    passage = read_passage({**RECORD, "text": "公开⟦3条|disclosed_total⟧"})
    assert {remark.code for remark in lint([passage, passage])} == {"id", "copy"}


def test_the_corpus_has_no_errors() -> None:
    assert [remark for remark in lint(read_passages()) if remark.severity == "error"] == []


def test_a_broken_file_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "facts.jsonl"
    broken.write_text('{"id": "a"}\n', encoding="utf-8")
    assert main([str(broken)]) == 1
    assert "facts.jsonl:1" in capsys.readouterr().out
