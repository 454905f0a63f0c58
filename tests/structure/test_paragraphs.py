"""What is narrative. Each row: an invented text and its paragraphs as (section key, text)."""

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_text
from nlp.structure.paragraphs import find_paragraphs
from nlp.structure.sections import find_sections

CASES = {
    "a run-in heading is cut off": ("一、总体情况\n(一)主动公开。公开12条。", [("proactive", "公开12条。")]),
    "cells one a line are no paragraphs, a sentence among them is": (
        "二、主动公开政府信息情况\n我局未制发文件\n规章\n0\n 0\n行政许可\n/\n第二十条第(一)项\n全年处理决定12件\n"
        "三、收到和处理政府信息公开申请情况\n(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)\n"
        "自然人\n商业\n企业\n1.属于国家秘密\n0",
        [("disclosure", "我局未制发文件"), ("disclosure", "全年处理决定12件")],
    ),
    "rows with tabs and pipes": (
        "四、政府信息公开行政复议、行政诉讼情况\n结果维持 | 结果纠正 |\n0 | 0 |\n0\t0\t0\n无行政复议。",
        [("disputes", "无行政复议。")],
    ),
    "无 is an answer in section six": ("六、其他需要报告的事项\n无", [("other", "无")]),
    "numbered heads stay among problems": (
        "五、存在的主要问题及改进情况\n1.公开渠道单一\n依赖网站。",
        [("problems", "1.公开渠道单一"), ("problems", "依赖网站。")],
    ),
    "numbered heads without a key go elsewhere": ("一、总体情况\n(一)主要做法\n甲乙丙。", [("overview", "甲乙丙。")]),
    "labels with a colon are text as well": (
        "五、存在的主要问题及改进情况\n存在的问题：\n一是甲。\n改进情况：二是乙。",
        [("problem_list", "存在的问题:"), ("problem_list", "一是甲。"), ("measure_list", "改进情况:二是乙。")],
    ),
    "a head that carries its fact is text as well": (
        "一、总体情况\n1、主动公开政府信息的情况：40条。\n2、依申请公开5件,均已答复。\n3、收费情况：无。\n4、政策解读情况：发布解读稿5篇。",
        [
            ("proactive", "主动公开政府信息的情况:40条。"),
            ("on_request", "依申请公开5件,均已答复。"),
            ("fees", "收费情况:无。"),
            ("interpretation", "发布解读稿5篇。"),
        ],
    ),
    "the table on the line of the text": (
        "二、主动公开政府信息情况 公开3条。 第二十条第(一)项 信息内容 本年制发件数 0 六、其他需要报告的事项 无。",
        [("disclosure", "公开3条。"), ("other", "无。")],
    ),
    "a table outside the statutory parts may say something": (
        "一、总体情况\n渠道 | 数量 |\n网站 | 12条 |",
        [("overview", "渠道 | 数量"), ("overview", "网站 | 12条")],
    ),
    "三是 begins an item, no heading": (
        "三是紧跟步伐,做好教育培训工作。甲乙。",
        [(None, "三是紧跟步伐,做好教育培训工作。甲乙。")],
    ),
    "a signature is no paragraph": (
        "五、存在的主要问题及改进情况\n渠道单一。\n云岭县财政局\n2021年1月5日",
        [("problems", "渠道单一。")],
    ),
    "nor is one with its date on the line": (
        "一、总体情况\n甲乙丙。\n云岭县财政局 2021年1月5日",
        [("overview", "甲乙丙。")],
    ),
    "a body in the middle is": (
        "一、总体情况\n牵头单位\n云岭县财政局\n甲乙丙。",
        [("overview", "牵头单位"), ("overview", "云岭县财政局"), ("overview", "甲乙丙。")],
    ),
    "a heading printed again is none": (
        "## 四、存在的问题与打算\n### 四、存在的问题与打算\n渠道单一。",
        [("problems", "渠道单一。")],
    ),
    "nor is a line of contents": ("一、总体情况\n(一)组织领导…………3\n甲乙丙。", [("overview", "甲乙丙。")]),
    "the table of 2014 on one line": (
        "一、概述 甲乙丙。\n二、存在的问题 渠道单一。 统计指标 单位 统计数 "
        + "一、主动公开情况 —— —— (一)主动公开政府信息数 条 8 " * 9,
        [("overview", "甲乙丙。"), ("problems", "渠道单一。")],
    ),
    "furniture": (
        "某县2021年政府信息公开年报\n浏览次数：3次\n一、总体情况\n甲乙丙。\n上一篇：无",
        [("overview", "甲乙丙。")],
    ),
    "after a sub-heading without a key the part goes on": (
        "一、总体情况\n(一)主动公开\n甲。\n(二)其他做法\n乙。",
        [("proactive", "甲。"), ("overview", "乙。")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_paragraphs(case):
    text, expected = CASES[case]
    source = read_text(text, name="a.txt")
    clean = clean_text(source)
    found = find_paragraphs(source, clean, find_sections(source, clean))
    assert [(p.section_key, clean.text[p.start : p.end]) for p in found] == expected


def test_heading_is_the_innermost_without_its_number():
    source = read_text("五、存在的主要问题及改进情况\n（二）改进 措施\n甲。", name="a.txt")
    clean = clean_text(source)
    (paragraph,) = find_paragraphs(source, clean, find_sections(source, clean))
    assert paragraph.heading == "改进措施"
