"""Damaged or hostile text passes through; nothing is invented from headings or silence."""

from __future__ import annotations

import time

import pytest

from nlp.extraction.contacts import find_contacts
from nlp.extraction.counts import find_counts
from nlp.reading.clean import CleanText
from nlp.structure.paragraphs import Paragraph

TEXTS = {
    "empty": "",
    "control characters": "\x00\x01公开\x02信息3条\x03",
    "lone surrogate": "公开信息\udc803条,微信\ud800发布5条",
    "one character": "网" * 200_000,
    "one digit": "1" * 200_000,
    "open brackets": "(" * 100_000,
    "open quotes": "“" * 100_000,
    "channels only": "微信、" * 40_000,
    "numbers only": "12条、" * 40_000,
    "zero verbs only": "未收到" * 40_000,
    "labels only": "电话:地址:邮编:" * 10_000,
    "at signs": "a@" * 50_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_passes_through(text: str) -> None:
    clean = CleanText(text)
    paragraph = [Paragraph(None, "", 0, len(clean.text))]
    begin = time.process_time()
    find_counts(clean, paragraph)
    find_contacts(clean, paragraph)
    assert time.process_time() - begin < 10  # seconds of the processor; quadratic behaviour would take minutes


@pytest.mark.parametrize(
    "text",
    [
        "(五)因政府信息公开申请行政复议、提起行政诉讼的情况",  # a heading says nothing
        "三、收到和处理政府信息公开申请情况",
        "行政机关收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况等六个部分。",
        "附件:2020年政府信息公开工作情况统计表",
    ],
)
def test_headings_state_nothing(text: str) -> None:
    assert find_counts(CleanText(text), [Paragraph(None, "", 0, len(text))]) == ((), ())


def test_what_is_outside_the_paragraphs_is_not_read() -> None:
    text = "公开信息3条。\n公开信息5条。"
    _, counts = find_counts(CleanText(text), [Paragraph(None, "", 0, 7)])
    assert [int(c.quantity.value) for c in counts] == [3]


def test_a_zero_in_words_shows_its_cue() -> None:
    text = "全年未收到政府信息公开申请。"
    _, (count,) = find_counts(CleanText(text), [Paragraph(None, "", 0, len(text))])
    assert (count.metric, count.quantity.unit, count.quantity.span.of(text)) == (
        "applications_received", "", "未收到政府信息公开申请",
    )  # fmt: skip


def test_the_heading_says_what_is_counted() -> None:
    text = "全年共收到2件,全部办结。"
    _, counts = find_counts(CleanText(text), [Paragraph("on_request", "(二)依申请公开", 0, len(text))])
    assert [c.metric for c in counts] == ["applications_received", "applications_answered"]
