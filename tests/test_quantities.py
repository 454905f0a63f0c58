"""Numbers as reports print them, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlp.quantities import MASK, Number, find_numbers, mask_negatives, read_numeral, same_class
from nlp.reading.clean import CleanText

# text → value, unit, qualifier of every number in it
NUMBERS = {
    "公开信息606条": ["606 条 exact"],
    "共1,234,567次": ["1234567 次 exact"],  # thousands separators
    "信息条数 779 件": ["779 件 exact"],  # inner space
    "公开１２条": ["12 条 exact"],  # full-width digits, folded with the text
    "阅读量7.58万次": ["75800 次 exact"],
    "经费1.19亿元": ["119000000 元 exact"],
    "收费0.4万元": ["4000 元 exact"],
    "累计100余万次": ["1000000 次 approx"],  # 余 before the scale
    "总阅读3200万余次": ["32000000 次 approx"],  # 余 after the scale
    "发布1300余条": ["1300 条 approx"],
    "咨询30多人次": ["30 人次 approx"],
    "约12万个": ["120000 个 approx"],
    "近300条": ["300 条 approx"],
    "500条左右": ["500 条 approx"],
    "超过200条": ["200 条 at_least"],
    "突破550万": ["5500000  at_least"],  # no measure word
    "不少于8条": ["8 条 at_least"],
    "不足10件": ["10 件 at_most"],
    "100条以上": ["100 条 at_least"],
    "刊登24篇(条)": ["24 篇(条) exact"],
    "解读9件次,会议92场次": ["9 件次 exact", "92 场次 exact"],
    "办结率99.5%": ["99.5 % exact"],
    "召开两次会议": ["2 次 exact"],  # Chinese numeral after a count verb
    "举办了十二期培训": ["12 期 exact"],
    "收到意见一百二十条": [],  # 意见 is no count verb: a numeral there is too often part of a name
    "三审三校、两微一端、五公开、第一解读人": [],
    "一是加强领导,三是强化培训": [],
    "39936甘肃政务": ["39936  exact"],  # measure word lost
    "3人大代表": ["3  exact"],  # 人 belongs to 人大
    "2个工作日内": [],  # deadline
    "数量为零。": ["0  exact"],
    "访问量达13万2千次": ["132000 次 exact"],  # digits and signs
    "访问量达1亿2000万次": ["120000000 次 exact"],
    "阅读量3千2百余次": ["3200 次 approx"],
    "发布两千条": ["2000 条 exact"],
    "公开信息一百〇一条": ["101 条 exact"],
    "公开一千八百万余条": ["18000000 条 approx"],
    "公开信息一万二千条": ["12000 条 exact"],
    "增长百分之一点五七": ["1.57 % exact"],
    "办结率为百分之百,满意率百分之98.5": ["100 % exact", "98.5 % exact"],
    "召开会议数十次,发布几百条": [],  # no number is said
    "4-10个工作日内答复20件": ["20 件 exact"],  # a range of days
}

NEGATIVES = [
    "2021年12月31日", "2021年度", "自20231月1日起至202312月31日止", "20101231日", "201711日", "2015 1 1日",
    "二○一一年三月二十五日", "2013年到2017年", "2020-2022年", "1-12月", "2022-01-25 10:28",
    "国办发〔2020〕17号", "国办公开办函(2019)60号", "国务院令第711号", "第三十二条", "第二十条第(八)项",
    "20个工作日", "二十日内", "15日内", "3个月", "每件10元/件", "10件以下", "《统计年鉴2023》",
    "“三公”经费", "PM2.5", "0851-35726066", "13800000000", "(一)", "保留4位小数", "22类大项", "4级栏目",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_numbers(text: str, expected: list[str]) -> None:
    found = find_numbers(mask_negatives(CleanText(text).text))
    assert [f"{n.value} {n.unit} {n.qualifier}" for n in found] == expected


@pytest.mark.parametrize("text", NEGATIVES)
def test_no_count(text: str) -> None:
    assert [n for n in find_numbers(mask_negatives(text)) if n.unit] == []


def test_hotline_is_a_name_and_what_it_received_a_number() -> None:
    numbers = list(find_numbers(mask_negatives("12345热线接到12345件")))
    assert [(n.value, n.unit) for n in numbers] == [(Decimal(12345), "件")]
    numbers = list(find_numbers(mask_negatives("受理84412电话咨询9次,接到56321服务热线来电7次")))
    assert [(n.value, n.unit) for n in numbers] == [(Decimal(9), "次"), (Decimal(7), "次")]


def test_mask_keeps_positions() -> None:
    text = "2021年公开3条"
    masked = mask_negatives(text)
    assert len(masked) == len(text)
    assert masked == MASK * 5 + "公开3条"


def test_span_covers_qualifier_and_measure_word() -> None:
    clean = CleanText("转载约710篇次")
    (number,) = find_numbers(clean.text)
    assert number.quantity(clean).span.of("转载约710篇次") == "约710篇次"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("零", 0), ("两", 2), ("十", 10), ("十五", 15), ("二十", 20), ("一百零三", 103), ("三千二百", 3200), ("百", None),
     ("百十", None), ("一二", None), ("", None)],
)  # fmt: skip
def test_numerals(numeral: str, value: int | None) -> None:
    assert read_numeral(numeral) == (None if value is None else Decimal(value))


def test_classes_of_measure_words() -> None:
    assert same_class("条", "件")
    assert not same_class("条", "人次")


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1," * 50_000, "余" * 50_000, "约" * 50_000, "一" * 50_000, "(2019" * 10_000]
)
def test_degenerate_text_passes_quickly(text: str) -> None:
    assert all(isinstance(n, Number) for n in find_numbers(mask_negatives(text)))
