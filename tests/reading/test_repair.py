"""Damage and what is read instead: (printed, what the clean text says, kinds of repairs)."""

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_text

CASES = [
    ("自20231月1日起至202312月31日止", "自2023年1月1日起至2023年12月31日止", {"lost_character"}),
    ("自202011日起至20201231日止", "自2020年1月1日起至2020年12月31日止", {"lost_character"}),
    ("数据时限为2018年11日至2018年1231日", "数据时限为2018年1月1日至2018年12月31日", {"lost_character"}),
    ("于202011日召开", "于202011日召开", set()),  # no period: nothing proves the month
    ("于2020111日召开", "于2020111日召开", set()),  # January 11 or November 1
    ("截至2015 1 1日", "截至2015年1月1日", {"lost_character"}),
    ("在201 7 年", "在2017年", {"split_digits"}),
    ("国办公开办函〔202130号", "国办公开办函〔2021〕30号", {"lost_character"}),
    ("⼯作⼈员", "工作人员", {"radical"}),
    ("⻓期公开", "长期公开", {"radical"}),  # Unicode maps this radical to nothing
    ("２０２１年", "2021年", {"width"}),
    ("公\u200b开\x00信息", "公开信息", {"control"}),
    ("公开\ufffd信息", "公开\ufffd信息", {"undecodable"}),  # the mark stays in its place
    ("主動公開政府資訊機構職責規範", "主动公开政府信息机构职责规范", {"script"}),
    ("?。ㄈ┱畔⒐芾", "(三)┱畔⒐芾", {"undecodable"}),
    ("?。ㄒ唬?主动公开", "(一)主动公开", {"undecodable"}),
    ("村口宣传橱窗及必威体育平台,必威体育app地点张贴", "村口宣传橱窗及其他地点张贴", {"spam"}),
    ("需要报告的华体会主页事项", "需要报告的其他事项", {"spam"}),
    ("处理飞禽走兽老虎机申请情况", "处理政府信息公开申请情况", {"spam"}),
    ("《beat365手机版客户端ios政府信息公开指南》", "《政府信息公开指南》", {"spam"}),
    ("云岭县亚博体育官网工作年度报告", "云岭县政府信息公开工作年度报告", {"spam"}),
    ("uedbet体育_uedbet官网@:杏坡镇2023年政府信息公开工作年度报告", "杏坡镇2023年政府信息公开工作年度报告", {"spam"}),
    ("《县政府办公室比分直播,篮球比分直播印发要点的通知》", "《县政府办公室关于印发要点的通知》", {"spam"}),
    ("体育局公开体育场馆信息，大发展，澳门路", "体育局公开体育场馆信息,大发展,澳门路", set()),  # innocent words
    ("金沙体育局、江南体育中心、365体育公园对外开放", "金沙体育局、江南体育中心、365体育公园对外开放", set()),
    ("全年公开信息12条。", "全年公开信息12条。", set()),
]


@pytest.mark.parametrize(("printed", "read", "kinds"), CASES)
def test_damage_is_mended_and_recorded(printed, read, kinds):
    source = read_text(printed, name="a.txt")
    assert clean_text(source).text == read
    assert {repair.kind for repair in source.repairs} == kinds
    assert source.text == printed  # the text itself never changes


def test_a_foreign_phrase_is_learned_from_the_fixed_wording():
    text = "六、某某大全网需要报告的事项\n无某某大全网需要报告的事项。与某某大全网部门配合。"
    assert "与其他部门" in clean_text(read_text(text, name="a.txt")).text


def test_offsets_survive_repairs():
    source = read_text("自20231月1日起公开⼯作信息12条", name="a.txt")
    clean = clean_text(source)
    at = clean.text.index("12条")
    assert clean.span(at, at + 3).of(source.text) == "12条"
