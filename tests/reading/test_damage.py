"""Damage of the text, repaired or flagged; whatever is changed, every place leads back to Source.text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading.clean import CleanText, clean_text, fold
from nlp.reading.damage import find_damage
from nlp.reading.files import read_bytes, read_text
from nlp.reading.mojibake import unscramble

READ_AS = [
    ("信息(xìn xī)公开", "信息(xìn xī)公开"),  # an explanation, no ruby: two syllables
    ("規(guī)范公開", "規范公開"),
    ("規(guī)范、程(chéng)序、更(gēng)新、部(bu)分", "規范、程序、更新、部分"),
    ("通过微信(weixin)公开", "通过微信(weixin)公开"),  # Latin without tones stays
    ("公开不及时。。更新慢，，", "公开不及时。更新慢，"),
    ("政府网站，、公告栏", "政府网站，公告栏"),
    ("等等……——", "等等……——"),
    ("网址http://www.example.gov.cn，", "网址http://www.example.gov.cn，"),
    ("主动公开公开政府信息", "主动公开政府信息"),
    ("质量有待于有待提高", "质量有待提高"),
    ("总计总计", "总计总计"),  # two cells of a table
    ("逐条逐条核对，的的确确", "逐条逐条核对，的的确确"),
    ("锟斤拷锟斤拷公开", "\ufffd公开"),
    ("共0，0，0件", "共0，0，0件"),
    ("1,,2", "1,,2"),  # an empty cell between ASCII commas
]


@pytest.mark.parametrize(("printed", "read"), READ_AS)
def test_read_as(printed, read):
    assert CleanText(printed, list(find_damage(printed))).text == fold(read)


MASKS = [
    ("联系人张**，电话138****0001。", ["**", "****"]), ("个别****单位", ["****"]),
    ("**一、总体情况**公开**12**条", []),  # bold type of Markdown
    ("公开*信息", []), ("***\n公开", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "masks"), MASKS)
def test_masks_are_flagged_and_stay(text, masks):
    repairs = [repair for repair in find_damage(text) if repair.kind == "lost_character"]
    assert [repair.replacement for repair in repairs] == masks
    assert all(repair.span.of(text) == repair.replacement for repair in repairs)


LINE = "云岭县2023年政府信息公开工作年度报告，全年主动公开政府信息12条，依申请公开3件。"
SCRAMBLED = [("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")]


@pytest.mark.parametrize(("wrong", "right"), SCRAMBLED)
def test_text_that_was_decoded_wrongly_before(wrong, right):
    scrambled = LINE.encode(right).decode(wrong, "replace")
    mended, how = unscramble(scrambled)
    source = read_bytes(scrambled.encode("utf-8"), name="a.txt")
    assert (source.text, source.encoding) == (mended, how) and how == f"{right} as {wrong}"
    if wrong == "latin-1":
        assert mended == LINE
    else:  # some characters are lost for good, and flagged
        assert "工作年度报告" in mended and "政府信息12条" in mended and "?" not in mended
        assert all(repair.kind == "undecodable" for repair in source.repairs)


@pytest.mark.parametrize(
    "text", [LINE, "", "Année déjà publiée à Genève, très bien", "縣政府資訊公開工作年度報告", "鏀"]
)
def test_text_that_is_right_stays(text):
    assert unscramble(text) is None


PIECES = st.lists(
    st.sampled_from(
        [
            "公开",
            "。。",
            "，，",
            "***",
            "規(guī)",
            "⼈",
            "ｗ２",
            "有待于有待",
            "锟斤拷",
            "20231月",
            "201 7 年",
            "\u200b",
            "\n",
            "一、",
            "必威体育",
            "资訊",
            "Page 9",
            "\ud800",
            " ",
            "12条",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(PIECES | st.text(max_size=60))
def test_every_place_leads_back(text):
    """Each clean character was read from a place of the text: in order, within it, and the same character where nothing was mended."""
    source = read_text(text, name="a.txt")
    clean = clean_text(source)
    mended = [(repair.span.start, repair.span.end) for repair in source.repairs]
    before = 0
    for place, character in enumerate(clean.text):
        span = clean.span(place, place + 1)
        assert before <= span.start <= span.end <= len(source.text)
        before = span.start
        if not any(start <= span.start and span.end <= end for start, end in mended):
            assert fold(span.of(source.text)) == character
    assert clean.span(0, len(clean.text)).end <= len(source.text)
