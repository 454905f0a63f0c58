"""Which lines are headings. Each report is invented; a row lists the keys in the order of the text.

`key` is a part, `.key` a sub-heading.
"""

import pathlib

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_report, read_text
from nlp.structure.sections import find_sections

TITLE = "云岭县财政局2021年政府信息公开工作年度报告\n"
SIX = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
SIX_KEYS = ["overview", "disclosure", "requests", "disputes", "problems", "other"]


def keys(text):
    source = read_text(text, name="a.txt")
    return ["." * (s.level == 2) + s.key for s in find_sections(source, clean_text(source))]


CASES = {
    "the form of 2021": (TITLE + "\n甲。\n".join(SIX), ["preamble", *SIX_KEYS]),
    "headings standing empty, their tables lost": ("\n".join(SIX), SIX_KEYS),
    "each printed twice": ("\n".join(f"## {t}\n### {t}\n甲。" for t in SIX), SIX_KEYS),
    "a table of contents": (
        TITLE + "目录\n" + "\n".join(SIX) + "\n" + "\n甲乙丙。\n".join(SIX),
        ["preamble", *SIX_KEYS],
    ),
    "a list of contents in a sentence": (
        TITLE + "包括:" + ";".join(SIX) + "。\n" + "\n甲。\n".join(SIX),
        ["preamble", *SIX_KEYS],
    ),
    "numbers lost": ("\n甲。\n".join(t[2:] for t in SIX), SIX_KEYS),
    "all on one line": (" 甲。 ".join(SIX), SIX_KEYS),
    "text follows without punctuation": (
        "\n".join(t + "2021年我局工作。" for t in SIX[:1]) + "\n甲。\n六、其他需要报告的事项无",
        ["overview", "other"],
    ),
    "truncated and misspelt": (
        "一、总体情\n甲\n二、主动公开政府信息情兄\n三、收到和处理政府信息公开申清情况\n四、政府信息公开行政复仪、行政诉松情况\n五存在的主要间题及改进情况\n六.其他需要报告的事项",
        SIX_KEYS,
    ),
    "row labels are no headings": (
        "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n0\n三、本年度办理结果\n(一)予以公开\n0\n(六)其他处理\n3.其他\n(七)总计\n四、结转下年度继续办理\n0",
        ["requests"],
    ),
    "sub-headings of the overview": (
        "一、总体情况\n(一)主动公开。甲。\n(二)依申请公开为做好工作,甲。\n(三)政府信息管理方面。甲。\n政府信息公开平台建设情况\n甲。\n(监督保障情况\n甲。",
        ["overview", ".proactive", ".on_request", ".management", ".platform", ".supervision"],
    ),
    "slogans have no key": ("一、工作概述\n(一)强化组织领导,明确分工。甲。\n(二)规范程序,完善制度。甲。", ["overview"]),
    "verbs before the title": (
        "一、总体情况\n(一)扎实做好主动公开\n甲。\n(二)不断加强监督保障\n甲。",
        ["overview", ".proactive", ".supervision"],
    ),
    "problems are not sub-headings": (
        "五、存在的主要问题及改进情况\n(一)主动公开意识不强。甲。\n(二)平台建设滞后。乙。\n六、其他需要报告的事项\n无。",
        ["problems", "other"],
    ),
    "problems numbered like parts": (
        "五、存在的主要问题及改进情况\n一、主动公开意识不强\n二、依申请公开答复不规范\n六、其他需要报告的事项\n无。",
        ["problems", "other"],
    ),
    "problems and measures apart": (
        "五、存在的主要问题及改进情况\n(一)存在的主要问题\n甲。\n(二)改进措施\n乙。",
        ["problems", ".problem_list", ".measure_list"],
    ),
    "labels with a colon": (
        "五、存在的主要问题及改进情况\n存在的问题:甲。\n改进措施:乙。",
        ["problems", ".problem_list", ".measure_list"],
    ),
    "a narrative of 2018": (
        "一、工作概述\n甲。\n二、2018年政府信息公开工作情况\n(一)主动公开政府信息情况。甲。\n(二)回应解读情况。乙。\n(三)依申请公开政府信息情况。丙。\n"
        "(四)政府信息公开会议和培训情况。丁。\n三、存在的问题和今后努力方向。\n戊。",
        ["overview", "work", ".disclosure", ".interpretation", ".requests", ".training", "problems"],
    ),
    "ten parts of 2011": (
        "一、概述\n甲\n二、主动公开的情况\n甲\n三、申请公开\n甲\n四、收费及减免情况\n甲\n五、复议、诉讼和申诉的情况\n甲\n六、主要问题\n甲\n七、下一步工作打算\n甲\n附件:政府信息公开情况统计表",
        ["overview", "disclosure", "requests", "fees", "disputes", "problems", "measure_list", "appendix"],
    ),
    "the table of 2014 has rows worded like parts": (
        "一、概述\n甲。\n附件:政府信息公开情况统计表\n统计指标 单位 统计数\n"
        "一、主动公开情况\n(一)主动公开政府信息数 条 3\n"
        "二、回应解读情况\n三、依申请公开情况\n(一)收到申请数 件 0\n四、行政复议数量 件 0\n"
        "五、行政诉讼数量 件 0\n六、举报投诉数量 件 0",
        ["overview", "appendix"],
    ),
    "parts named 第一部分": (
        "第一部分 概述\n甲\n第二部分 主动公开情况\n乙\n第三部分 依申请公开情况\n丙",
        ["overview", "disclosure", "requests"],
    ),
    "parts in brackets, sub-headings in digits": (
        "\n".join(
            f"({t[0]}){t[2:]}" + ("\n1.主动公开。甲。\n2.依申请公开。乙。" if i == 0 else "") for i, t in enumerate(SIX)
        ),
        ["overview", ".proactive", ".on_request", *SIX_KEYS[1:]],
    ),
    "sub-headings without a part": (
        "(三)依申请公开情况。无。\n(六)会议和培训情况。3次。",
        [".on_request", ".training"],
    ),
    "traditional script": (
        "一、總體情況\n甲為機關報告開展業務。\n六、其他需要報告的事項\n無為機關報告開展業務。",
        ["overview", "other"],
    ),
    "numbers parted from their titles by spaces": (
        "一   概  述\n甲。\n二  政府信息主动公开情况\n甲。\n三  咨询情况\n甲。\n四  复议、诉讼和申诉情况\n无。\n五  附表\n指标 单位\n甲 件",
        ["overview", "disclosure", "disputes", "appendix"],
    ),
    "一 in a sentence is no number": (
        "一、总体情况\n一 些站所还没有专人。\n二、主动公开政府信息情况\n甲。",
        ["overview", "disclosure"],
    ),
    "half a bracket before a part, misspelt overview": (
        "一、工作慨述\n甲。\n二、主动公开政府信息情况\n甲。\n(三、存在的主要问题及改进措施\n(一)存在的问题\n甲。\n(二)改进措施\n乙。",
        ["overview", "disclosure", "problems", ".problem_list", ".measure_list"],
    ),
    "half a bracket before a sub-heading": (
        "一、总体情况\n(一、主动公开情况。甲。\n(二、依申请公开情况。乙。",
        ["overview", ".proactive", ".on_request"],
    ),
    "附表 alone, and rows numbered anew below it": (
        "一、概述\n甲。\n二、存在的问题\n乙。\n附表\n统计指标 单位 统计数\n一、主动公开情况\n(一)主动公开政府信息数 条 30",
        ["overview", "problems", "appendix"],
    ),
    "a second 基本情况": (
        "一、概述\n甲。\n二、公文类信息基本情况\n乙。\n三、主动公开情况\n丙。\n四、说明与附表",
        ["overview", "disclosure", "appendix"],
    ),
    "an introduction before the first part": (
        TITLE + "一、引言 本年报由云岭县财政局编制。 一、概述 2021年,甲。 二、主动公开政府信息情况 乙。",
        ["preamble", "overview", "disclosure"],
    ),
    "the second part without 主动": (
        "一、概述\n甲。\n二、政府信息公开情况\n公开8条。\n三、依申请公开办理情况\n无。",
        ["overview", "disclosure", "requests"],
    ),
    "a table of contents with dots": (
        "目录\n一、总体情况.......... 1\n(一)主动公开……………2\n二、主动公开政府信息情况......... 3\n一、总体情况\n甲。\n二、主动公开政府信息情况\n乙。",
        ["overview", "disclosure"],
    ),
    "主动公开 on an index card is no sub-heading": (
        TITLE + "主动公开\n无\n2022.01.18\n引言 本报告由云岭县财政局编制。\n一、概述\n甲。",
        ["preamble", "overview"],
    ),
    "buttons above a report without a title": (
        "选择字号\n请输入搜索\n一、总体情况\n甲。\n二、主动公开政府信息情况\n乙。",
        ["overview", "disclosure"],
    ),
    "words that no pattern knows around a known core": (
        "一、总体情况\n(一)组织领导情况\n甲。\n(二)本单位主动公开政府信息情况\n甲。\n(三)依申请公开政府信息及咨询受理情况。无。",
        ["overview", ".proactive", ".on_request"],
    ),
    "a slogan before the title, and how it went behind": (
        "一、总体情况\n(一)抓重点,主动公开更加深入。甲。\n(二)抓规范,依申请公开更加有序。甲。",
        ["overview", ".proactive", ".on_request"],
    ),
    "items of a paragraph": (
        "一、总体情况\n(一)组织领导情况\n甲。\n一是主动公开方面。全年公开信息三十条,按月更新栏目,按季检查内容。二是依申请公开方面。乙。\n二、主动公开政府信息情况",
        ["overview", ".proactive", ".on_request", "disclosure"],
    ),
    "items that say something are no headings": (
        "一、总体情况\n一是做好主动公开工作。甲。\n二是主动公开方面还有差距。乙。",
        ["overview"],
    ),
    "a dash for 一": ("—、总体情况\n甲。\n二、主动公开政府信息情况\n甲。", ["overview", "disclosure"]),
    "a chapter before the first part": (
        "第一篇 一、概述\n甲。\n二、主动公开政府信息的情况\n乙。",
        ["overview", "disclosure"],
    ),
    "a number printed twice": ("一、一、概述\n甲。\n二、二、主动公开情况\n乙。", ["overview", "disclosure"]),
    "a number that is wrong": (
        "一、总体情况\n甲。\n三、主动公开政府信息情况\n甲。\n三、收到和处理政府信息公开申请情况\n甲。\n四、其他需要报告的事项",
        ["overview", "disclosure", "requests", "other"],
    ),
    "letters before and among the words": (
        "a一、总体情况\n甲。\n二、主动公l开政府信息情况\n甲。",
        ["overview", "disclosure"],
    ),
    "the year before the title": (
        "一、我镇2021年总体情况\n甲。\n二、本年度主动公开政府信息情况\n乙。",
        ["overview", "disclosure"],
    ),
    "公开情况 above its parts is the work of the year": (
        "一、2014年政府信息公开情况\n(一)主动公开总体情况。甲。\n(二)依申请公开情况。乙。\n二、存在的问题\n丙。",
        ["work", ".disclosure", ".requests", "problems"],
    ),
    "numbers lost where sub-headings keep theirs": (
        "\n".join(
            t[2:] + ("\n(一)主动公开。甲。\n(二)依申请公开。乙。" if i == 0 else "\n甲。") for i, t in enumerate(SIX)
        ),
        ["overview", ".proactive", ".on_request", *SIX_KEYS[1:]],
    ),
    "heads that carry their fact": (
        "一、总体情况\n1、主动公开政府信息的情况:40条。\n2、依申请公开5件,均已答复。",
        ["overview", ".proactive", ".on_request"],
    ),
    "no headings": ("全年公开信息12条。\n其他\n0", []),
}


@pytest.mark.parametrize("case", CASES)
def test_headings(case):
    text, expected = CASES[case]
    assert keys(text) == expected


def test_spans_begin_at_the_title_and_end_at_the_next():
    text = "# 云岭县2021年政府信息公开工作年度报告\n## 一、总体情况\n"
    text += "(一)主动公开。甲。\n(二)其他做法。乙。\n六、其他需要报告的事项\n无。\n\n上一篇:丙\n"
    source = read_text(text, name="a.txt")
    found = {s.key: (s.title.of(text), s.span.of(text)) for s in find_sections(source, clean_text(source))}
    assert found["overview"] == ("一、总体情况", "一、总体情况\n(一)主动公开。甲。\n(二)其他做法。乙。\n")
    assert found["proactive"] == (
        "(一)主动公开",
        "(一)主动公开。甲。\n",
    )  # ends at the next sub-heading, though it has no key
    assert found["other"][1] == "六、其他需要报告的事项\n无。"  # what follows is the page's


def test_real_reports():
    import json

    shared = pathlib.Path(__file__).parents[2].parent / "shared"
    if not (shared / "gold" / "reports").is_dir():
        pytest.skip("the shared reports are not beside the project")
    for path in sorted((shared / "gold" / "reports").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = read_report(shared / "reports" / gold["report"])
        found = {(s.key, s.span.start, s.span.end) for s in find_sections(source, clean_text(source))}
        assert found == {(s["key"], s["start"], s["end"]) for s in gold["sections"]}, path.stem
