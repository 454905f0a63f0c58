"""Marks are taken out of a text with their places and facts; what does not follow the notation is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from training.facts.notation import CORPUS, NotationError, marked_text, printed_value, read_passage, read_passages

RECORD = {"id": "a", "family": "f", "kind": "k", "trade": "水利", "level": "county", "year": 2020}


def test_a_mark_gives_its_place_and_its_facts() -> None:
    passage = read_passage(
        {**RECORD, "text": "网站、微信⟦1.2万条|wechat+gov_website q=approx⟧,⟦未收到|applications_received=0⟧申请"}
    )
    assert passage.text == "网站、微信1.2万条,未收到申请"
    first, second = passage.marks
    assert (first.start, first.end, first.facts[0].name, first.facts[0].value, first.facts[0].scope) == (
        5, 10, "gov_website+wechat", Decimal(12000), "shared",
    )  # fmt: skip
    assert (second.start, second.end, second.facts[0].name, second.facts[0].value) == (
        11, 14, "applications_received", Decimal(0),
    )  # fmt: skip


def test_keys_and_numbers_that_are_no_fact() -> None:
    text = "增长⟦5%|yoy_change=-5 of=申请⟧,⟦三个部分|-structure⟧,⟦8条|?wechat scope=subset cat=动态⟧"
    change, parts, open_fact = read_passage({**RECORD, "text": text}).marks
    assert (change.facts[0].value, change.facts[0].of) == (Decimal(-5), "申请")
    assert (parts.facts, parts.nothing) == ((), "structure")
    assert (open_fact.facts[0].optional, open_fact.facts[0].scope, open_fact.facts[0].category) == (
        True,
        "subset",
        "动态",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("⟦3条|-thing⟧", "no kind of number"),
        ("⟦3条|wechat colour=red⟧", "colour=red"),
        ("⟦均已答复|applications_answered⟧", "prints no number"),
        ("公开⟦3条", "outside a mark"),
    ],
)
def test_what_does_not_follow_the_notation_is_refused(text: str, message: str) -> None:
    with pytest.raises(NotationError, match=message):
        read_passage({**RECORD, "text": text})


def test_marks_go_back_where_they_were() -> None:
    text = "公开⟦3条|disclosed_total⟧,⟦5年|-year⟧来"
    passage = read_passage({**RECORD, "text": text})
    assert marked_text(passage, ["disclosed_total", "-year"]) == text


def test_a_printed_value_is_scaled_and_single() -> None:
    assert printed_value("13万2千次") == 132_000
    assert printed_value("3至5件") is None


def test_the_corpus_of_the_project_is_read_whole() -> None:
    passages = read_passages()
    assert len(passages) == len(CORPUS.read_bytes().splitlines())
    marks = [mark for passage in passages for mark in passage.marks]
    assert sum(bool(mark.nothing) for mark in marks) > len(marks) / 4  # numbers without meaning are a good part of it
