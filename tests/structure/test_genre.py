"""What kind of document a file is. Bodies are invented; each row gives the genre and what is counted."""

import re

import pytest

import nlp
from nlp.structure.genre import genres
from nlp.vocabulary.load import load_folder

REPORT = "\n一、总体情况\n全年公开信息30条。\n二、依申请公开情况\n收到申请3件。"

DOCUMENTS = [
    ("云岭县财政局2021年政府信息公开工作年度报告" + REPORT, "annual_report", {"disclosed_total", "applications_received"}),
    ("根据条例编制本报告。统计期限自2021年1月1日起。" + REPORT, "annual_report", {"disclosed_total", "applications_received"}),
    ("云岭县水务局关于报送2021年政府信息公开工作年度报告的报告" + REPORT, "annual_report", {"disclosed_total", "applications_received"}),
    ("清溪大学2015-2016学年信息公开年度报告" + REPORT, "university", {"disclosed_total", "applications_received"}),
    ("国网清河县供电公司2020年度信息公开年度报告" + REPORT, "public_utility", {"disclosed_total", "applications_received"}),
    ("清河县医疗保障局2020年政府信息公开年度报告" + REPORT, "annual_report", {"disclosed_total", "applications_received"}),
    ("白河镇2020年政务公开工作总结\n全年公开信息30条。", "summary", {"disclosed_total"}),
    (
        "清河县2018年法治政府建设年度报告\n全年公开信息120条,办理行政复议56件,举办培训3期。\n一、主要举措\n甲。",
        "rule_of_law",
        {"trainings_held"},
    ),
    ("云岭县司法局关于2020年度推进法治政府建设情况的报告\n收到行政诉讼12件。", "rule_of_law", set()),
    (
        "政府网站工作年度报表\n填报单位:云岭县人民政府\n独立用户访问总量 120000个\n网站总访问量45万次,公开信息300条。",
        "website",
        {"views"},
    ),
    ("云岭县2021年政务公开工作要点\n各单位每月公开信息8条。责任单位:县政府办。", "plan", set()),
    ("云岭县发布2021年政府信息公开工作年度报告\n近日,云岭县公布了年度报告。年报显示,全年主动公开信息1200条。", "news", set()),
    ("一图读懂 云岭县2021年政府信息公开工作年度报告\n全年主动公开信息1200条。", "news", set()),
    ("关于做好年度报告编制工作的通知\n现就有关事项通知如下:\n请于1月20日前报送。特此通知。", "other", set()),
    ("云岭县财政局2021年部门预算\n“三公”经费预算合计12万元。", "other", set()),
    # A passage need not be a document.
    ("全年公开信息30条,收到申请3件。", None, {"disclosed_total", "applications_received"}),
    ("举办培训2期,发布会1场,记者到场12人。", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "genre", "metrics"), DOCUMENTS)
def test_genre_and_what_is_counted(text, genre, metrics):
    analysis = nlp.analyse_text(text)
    assert analysis.identity.genre == genre
    if metrics is not None:
        assert {count.metric for count in analysis.counts} == metrics


def test_another_document_is_told_and_read_for_what_it_shares():
    text = (
        "清河县2018年法治政府建设年度报告\n通过网站公开信息120条,联系电话0319-8123456。\n一、存在问题\n队伍力量不足。"
    )
    analysis = nlp.analyse_text(text)
    assert [(issue.code, issue.severity, issue.found) for issue in analysis.issues] == [
        ("genre.other", "warning", "rule_of_law")
    ]
    assert analysis.identity.title == "清河县2018年法治政府建设年度报告"
    assert (analysis.identity.issuer, analysis.identity.year) == ("清河县", 2018)
    assert [contact.value for contact in analysis.contacts] == ["0319-8123456"]
    assert analysis.statements and not analysis.channel_counts and not analysis.counts


def test_a_summary_is_told_and_no_error():
    issues = nlp.analyse_text("白河镇2020年政务公开工作总结\n全年公开信息30条。").issues
    assert [(issue.code, issue.severity) for issue in issues] == [("genre.summary", "info")]


def test_a_statutory_table_proves_the_report_whatever_its_title():
    rows = "统计指标 单位 统计数\n(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条) 条 3\n制发规范性文件总数 件 1\n1.政府公报公开政府信息数 条 0"
    assert nlp.analyse_text("白河镇2016年政务公开工作总结\n" + rows).identity.genre == "annual_report"


@pytest.mark.parametrize("key", genres())
def test_every_pattern_has_an_example_and_no_counter_example(key):
    entry = load_folder("genres")[key]
    patterns = [pattern for field in ("title", "issuer", "text") for pattern in entry.get(field, ())]
    for pattern in patterns:
        assert any(re.search(pattern, example) for example in entry["examples"]), pattern
    for example in entry["examples"]:
        assert any(re.search(pattern, example) for pattern in patterns), example
    for example in entry["not"]:
        assert not any(re.search(pattern, example) for pattern in patterns), example
    assert entry["source"] and isinstance(entry["disclosure"], bool)
    assert entry.get("of", "annual_report") in genres() and (entry["disclosure"] or "metrics" in entry)
