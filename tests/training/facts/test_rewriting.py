"""Passages in other writing, and how many are then read otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlp.records import Count, Quantity, Span
from training.facts.measure import Facts
from training.facts.notation import read_passage
from training.facts.rewriting import REWRITINGS, changed_by


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("semicolons", "文件3条、公告5条,规章、规划2条", "文件3条;公告5条,规章、规划2条"),
        ("verbs", "未收到申请,公布信息2条", "未接到申请,发布信息2条"),
        ("order", "公开3条。会议2次。", "会议2次。公开3条。"),
        ("order", "公开3条。其中文件2条。", "公开3条。其中文件2条。"),
        (
            "lines",
            "通过县政府门户网站向社会公开各类政府信息共计是1234条",
            "通过县政府门户网站向社会公开各类政府信息共计是\n1234条",
        ),
    ],
)
def test_a_passage_is_rewritten(name: str, text: str, other: str) -> None:
    assert REWRITINGS[name](text) == other


def test_only_passages_that_give_other_facts_are_changed() -> None:
    texts = ["收到申请2件", "收到来信3封", "举办培训"]
    passages = [
        read_passage({"id": t, "family": "f", "kind": "k", "trade": "", "level": "other", "year": 2020, "text": t})
        for t in texts
    ]

    def read(text: str) -> Facts:
        value = 2 if "申请" in text or "接到来信" in text else 3
        return (), (Count("applications_received", Quantity(Decimal(value), "件", "exact", Span(0, 1))),)

    assert changed_by(passages, read, REWRITINGS["verbs"]) == (1, 3)
