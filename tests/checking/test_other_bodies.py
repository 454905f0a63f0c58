"""Another body's name left in a report, in whatever words; all names are invented."""

from __future__ import annotations

import pytest

import nlp

TOWN, STREET, COUNTY, BUREAU = "白石滩镇人民政府", "松漱街道办事处", "墨川县人民政府", "墨川县财政局"
LEFT_IN = [
    (TOWN, "全年柳河湾镇主动公开信息200条。", "柳河湾镇"),
    (TOWN, "柳河湾镇党委政府高度重视,成立领导小组。", "柳河湾镇"),
    (TOWN, "本年度柳河湾镇未收到申请。", "柳河湾镇"),
    (TOWN, "今后,柳河湾镇将进一步加强学习。", "柳河湾镇"),
    (TOWN, "由于柳河湾镇人员不足,更新不及时。", "柳河湾镇"),
    (TOWN, "按照要求,云桥乡健全了制度。", "云桥乡"),
    (STREET, "今年云桥街道收到申请3件。", "云桥街道"),
    (COUNTY, "今后,澄江县将加强培训。", "澄江县"),
    (BUREAU, "澄江县财政局高度重视信息公开工作。", "澄江县财政局"),
    (BUREAU, "全年澄江县财政局收到申请3件。", "澄江县财政局"),
]
RIGHTLY_THERE = [
    (TOWN, sentence) for sentence in (
        "各乡镇要加强学习。", "白石滩镇主动公开信息。", "我镇推进城乡一体化。", "赴柳河湾镇学习交流。", "与柳河湾镇联合执法。",
        "原柳河湾乡并入我镇。", "加强集镇管理。", "成立镇政务公开领导小组。", "参加镇组织的培训。", "地址:柳河湾镇中心路5号。",
        "组织科技下乡。", "推进美丽乡村建设,服务乡里。", "推进农村乡风文明。", "推进新型城镇化。",
    )
] + [
    (COUNTY, "会同县财政局核对数据。"), (COUNTY, "各县区要加强学习。"), (BUREAU, "县审计局来我局审计。"),
    (BUREAU, "霁川市财政局印发了通知。"), (STREET, "各街道要加强学习。"),
]  # fmt: skip


def found(issuer, sentence):
    head = f"{issuer}2023年政府信息公开工作年度报告\n本报告由{issuer}编制。\n"
    issues = nlp.analyse_text(f"{head}一、总体情况\n{sentence}\n二、主动公开情况\n公开100条。").issues
    return [issue.found for issue in issues if issue.code == "leftover.name"]


@pytest.mark.parametrize(("issuer", "sentence", "name"), LEFT_IN)
def test_left_in(issuer, sentence, name):
    assert found(issuer, sentence) == [name]


@pytest.mark.parametrize(("issuer", "sentence"), RIGHTLY_THERE)
def test_rightly_there(issuer, sentence):
    assert found(issuer, sentence) == []
