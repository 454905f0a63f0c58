"""What is found between reports: carry-overs, documents in force, changes, copied text. All bodies are invented."""

from __future__ import annotations

import pytest

import nlp
from nlp.checking.across import check_across, likeness
from nlp.checking.fingerprint import take_fingerprint
from nlp.reading.clean import clean_text

PROBLEMS = (
    "一是公开内容的深度不够,群众想看的办事结果少。二是栏目更新偏慢,有的链接打不开。三是经办人员常换,业务生疏。"
    "下一步,我镇将按月核对栏目,到期提醒;每季组织一次业务学习,由老同志带新同志;把办事结果逐项上网,方便群众查看。"
)
OTHER_PROBLEMS = (
    "一是解读形式呆板,只有文字稿。二是村级公示栏管理松散,张贴不规范。三是申请答复书说理少,引用条款不全。"
    "今后我镇要多用图表和短视频讲政策,统一村级公示栏样式并按月拍照留底,请法律顾问逐件审看答复书。"
)


def report(
    name="青石镇",
    year=2022,
    carried_in="0",
    carried_out="0",
    documents=("0", "0", "5"),
    problems=PROBLEMS,
    text="",
):
    """A report's text with the rows that the checks between years look at; every other row is missing."""
    issued, repealed, in_force = documents
    return f"""{name}人民政府{year}年政府信息公开工作年度报告
本报告由{name}人民政府编制,统计期限为{year}年1月1日至{year}年12月31日。
一、总体情况
{year}年,我镇主动公开政府信息200条。{text}
二、主动公开政府信息情况
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 {issued} {repealed} {in_force}
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5
二、上年结转政府信息公开申请数量 {carried_in} 0 0 0 0 0 {carried_in}
(七)总计 5 0 0 0 0 0 5
四、结转下年度继续办理 {carried_out} 0 0 0 0 0 {carried_out}
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
{problems}
六、其他需要报告的事项
本年度未收取信息处理费。
"""


def prints(*texts):
    found = []
    for number, text in enumerate(texts):
        analysis = nlp.analyse_text(text, name=f"{number}.txt")
        found.append(take_fingerprint(analysis, clean_text(analysis.source)))
    return found


def codes(*texts):
    return [(found.report, found.other, found.issue.code) for found in check_across(prints(*texts))]


CASES = [
    # last year carried two over, this year begins with two; 5 documents + 3 - 1 = 7
    (
        [
            report(carried_out="2"),
            report(year=2023, carried_in="2", documents=("3", "1", "7"), problems=OTHER_PROBLEMS),
        ],
        [],
    ),
    ([report(carried_out="2"), report(year=2023, carried_in="1", problems=OTHER_PROBLEMS)], ["across.carried_in"]),
    (
        [report(), report(year=2023, documents=("3", "1", "8"), problems=OTHER_PROBLEMS)],
        ["across.in_force.normative_docs"],
    ),
    ([report(), report(year=2023)], ["across.copied"]),  # the same words with another year
    ([report(), report(year=2024)], []),  # not the year before
    ([report(), report(name="白沙镇")], ["across.alike", "across.alike"]),  # another body: told of both
    ([report(), report(name="白沙镇", problems=OTHER_PROBLEMS)], []),
    # 5 received in both years: no change, and last year's number is 5
    (
        [report(), report(year=2023, problems=OTHER_PROBLEMS, text="收到政府信息公开申请5件,同比增长25%。")],
        ["across.change"],
    ),
    (
        [report(), report(year=2023, problems=OTHER_PROBLEMS, text="收到政府信息公开申请5件,比上年(4件)多1件。")],
        ["across.previous_value"],
    ),
    # the issuer once with its county in front
    (
        [report(name="云川县青石镇", carried_out="2"), report(year=2023, carried_in="1", problems=OTHER_PROBLEMS)],
        ["across.carried_in"],
    ),
    # two different reports of one body and year: which is which cannot be told
    (
        [
            report(carried_out="2"),
            report(carried_out="3", problems=OTHER_PROBLEMS),
            report(year=2023, carried_in="1", problems="我镇公开不够及时。"),
        ],
        [],
    ),
]


@pytest.mark.parametrize(("texts", "expected"), CASES)
def test_across(texts, expected):
    assert [code for _, _, code in codes(*texts)] == expected


def test_both_sides_are_quoted():
    texts = [report(), report(year=2023)]
    (found,) = check_across(prints(*texts))
    assert (found.report, found.other) == ("1.txt", "0.txt")
    here, there = found.passages[0]
    assert here.of(texts[1]) == there.of(texts[0]) and "公开内容的深度不够" in here.of(texts[1])


OVERVIEW = (
    "全年按季度清点目录,逐条核对发布日期。群众来电由值班员登记后转办。办公室每周抽查一次网页,发现错字当天改正。"
    "公开专栏改成按事项分类,老人也能一眼找到。村里的公开栏由驻村干部拍照回传,缺页的第二天补齐。"
)


def test_section_one_is_told_too_with_an_own_code():
    texts = [report(text=OVERVIEW), report(name="白沙镇", text=OVERVIEW, problems=OTHER_PROBLEMS)]
    found = check_across(prints(*texts))
    assert [(f.report, f.other, f.issue.code, f.issue.severity) for f in found] == [
        ("0.txt", "1.txt", "across.alike_overview", "info"), ("1.txt", "0.txt", "across.alike_overview", "info")
    ]  # fmt: skip
    here, there = found[0].passages[0]
    assert here.of(texts[0]) == there.of(texts[1]) and "逐条核对发布日期" in here.of(texts[0])


def test_the_table_of_likeness_has_every_pair_both_ways():
    more = (
        PROBLEMS + "四是解读材料偏少。五是新媒体没有专人管。六是年底集中发布,平时断档。七是档案室的旧件没有整理上网。"
    )
    texts = [
        report(),
        report(name="白沙镇"),
        report(name="云桥镇", problems=more),
        report(name="柳坪镇", problems=OTHER_PROBLEMS),
    ]
    pairs = {(pair.report, pair.other): pair for pair in likeness(prints(*texts))}
    assert set(pairs) == {(a, b) for a in ("0.txt", "1.txt", "2.txt") for b in ("0.txt", "1.txt", "2.txt") if a != b}
    assert pairs["0.txt", "1.txt"].share == 1 == pairs["0.txt", "2.txt"].share
    assert 0.5 < pairs["2.txt", "0.txt"].share < 0.9 and pairs["2.txt", "0.txt"].share_of_other == 1
    assert {pair.part for pair in pairs.values()} == {"problems"}


def test_the_one_that_holds_the_other_and_much_besides_is_told_mildly():
    more = PROBLEMS + OTHER_PROBLEMS.replace("我镇", "")
    found = {f.report: f.issue for f in check_across(prints(report(), report(name="白沙镇", problems=more)))}
    assert (found["0.txt"].severity, found["1.txt"].severity) == ("warning", "info")


def test_numbers_and_own_name_do_not_hide_a_copy():
    changed = PROBLEMS.replace("按月", "每3个月").replace("我镇", "白沙镇")
    assert [code for _, _, code in codes(report(), report(name="白沙镇", problems=changed))] == ["across.alike"] * 2


def test_a_fingerprint_keeps_no_text():
    (print_,) = prints(report())
    assert "深度" not in repr(print_) and len(repr(print_)) < 8_000
