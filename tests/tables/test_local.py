"""Tables that provinces and cities drew up themselves, 2008–2013, in the shapes in which they are copied.

All numbers are invented.
"""

from __future__ import annotations

import pytest

import nlp
from nlp.tables.forms import form

# Row id, unit, number: a correct table.
ROWS = [
    ("disclosed_total", "条", 1204), ("digitised", "条", 1180), ("normative_docs_new", "条", 6),
    ("service_info", "条", 210), ("page_visits", "人次", 45210), ("visitors", "人次", 320), ("web_consults", "人次", 88),
    ("phone_consults", "人次", 1406), ("applications_received", "条", 14), ("applications_in_person", "条", 5),
    ("applications_fax", "条", 1), ("applications_email", "条", 2), ("applications_online", "条", 4),
    ("applications_letter", "条", 2), ("applications_other_form", "条", 0), ("applications_answered", "条", 14),
    ("applications_granted", "条", 9), ("applications_partial", "条", 2), ("applications_refused", "条", 3),
    ("refused_not_govinfo", "条", 1), ("refused_not_exist", "条", 1), ("refused_not_held", "条", 0),
    ("refused_unclear", "条", 0), ("refused_exempt_1", "条", 0), ("refused_exempt_2", "条", 1),
    ("refused_other", "条", 0), ("reviews", "件", 1), ("litigations", "件", 0), ("appeals", "件", 0),
    ("appeals_first", "件", 0),
]  # fmt: skip
NAMES = form("free_form").names
HEADS = {
    "pipes": "指 标 名 称\n| 计量\n单位\n| 代码\n| 本期实际\n| 本年累计\n|\n甲\n| 乙\n| 丙\n| 1\n| 2\n|",
    "tabs": "指标名称\t计量单位\t代码\t数量",
    "lines": "指标名称\n计量单位\n代码\n数量",
    "no_code": "指标\t单位\t数量",
    "year_only": "指标名称\t计量单位\t代码\t本期实际\t本年累计",
    "period_and_year": "指标名称\t计量单位\t代码\t本期实际\t本年累计",
    "markdown": "| 指标名称 | 单位 | 代码 | 数量 |\n| --- | --- | --- | --- |",
    "one_line": "指标名称 单位 代码 数量",
}


def row(shape: str, number: int, name: str, unit: str, value: int | None) -> str:
    shown = "" if value is None else str(value)
    half = "" if value is None else str(value // 2)
    code = f"{number:02d}"
    return {
        "pipes": f"{name}\n| {unit}\n| {code}\n| {shown}\n| {shown}\n|",
        "tabs": f"{name}\t{unit}\t{code}\t{shown}",
        "lines": f"{name}\n{unit}\n{number}" + (f"\n{shown}" if shown else ""),
        "no_code": f"{name}\t{unit}\t{shown}",
        "year_only": f"{name}\t{unit}\t{code}\t\t{shown}",
        "period_and_year": f"{name}\t{unit}\t{code}\t{half}\t{shown}",
        "markdown": f"| {name} | {unit} | {code} | {shown} |",
        "one_line": f"{name} {unit} {code} {shown}",
    }[shape]


def report(shape: str, changed: dict[str, int | None] | None = None, *, received: int = 14) -> str:
    values = {key: value for key, _, value in ROWS} | (changed or {})
    lines = [
        row(shape, number, NAMES["local", key].partition("（")[0], unit, values[key])
        for number, (key, unit, _) in enumerate(ROWS, 1)
    ]
    return (
        "云溪县2009年政府信息公开工作年度报告\n一、概述\n全年主动公开信息1204条。\n二、依申请公开情况\n"
        f"全年收到政府信息公开申请{received}条。\n附表 云溪县政府信息公开情况统计报表\n"
        + HEADS[shape]
        + "\n"
        + (" " if shape == "one_line" else "\n").join(lines)
    )


@pytest.mark.parametrize("shape", HEADS)
def test_every_number_in_its_row(shape):
    analysis = nlp.analyse_text(report(shape))
    assert analysis.identity.edition == "free_form"
    assert [(f.table, f.row, f.column, f.status, f.value) for f in analysis.figures] == [
        ("local", key, "value", "given", value) for key, _, value in ROWS
    ]
    assert {f.row: f.unit for f in analysis.figures if f.unit} == {key: unit for key, unit, _ in ROWS}
    assert all(f.span and f.span.of(analysis.source.text).startswith(f"{f.value}") for f in analysis.figures)
    # The table is no narrative, and nothing contradicts it.
    assert [(c.metric, c.quantity.value) for c in analysis.counts] == [
        ("disclosed_total", 1204),
        ("applications_received", 14),
    ]
    assert {i.code for i in analysis.issues} <= {"contact.none"}  # there is none in it


@pytest.mark.parametrize("shape", HEADS)
def test_a_table_that_was_not_filled_gives_nothing(shape):
    # Only the codes are numbers.
    assert nlp.analyse_text(report(shape, {key: None for key, _, _ in ROWS})).figures == ()


@pytest.mark.parametrize("shape", ["pipes", "tabs", "lines", "markdown"])
def test_a_code_is_no_value(shape):
    figures = {f.row: f for f in nlp.analyse_text(report(shape, {"reviews": None})).figures}
    assert figures["reviews"].status == "blank" and figures["reviews"].value is None
    assert figures["litigations"].value == 0


def test_two_values_without_a_head_that_tells_them_apart_stay_open():
    text = report("period_and_year").replace("本期实际\t本年累计", "甲\t乙")
    figure = next(f for f in nlp.analyse_text(text).figures if f.row == "applications_received")
    assert figure.status == "ambiguous" and figure.value is None and {7, 14} <= set(figure.candidates)


def test_what_does_not_add_up_is_found():
    issues = nlp.analyse_text(report("tabs", {"applications_fax": 3}, received=16)).issues
    assert [(i.code, i.severity) for i in issues] == [
        ("local.applications_received", "error"),
        ("prose.applications_received", "error"),
    ]


def test_prose_with_the_words_of_the_table_is_no_table():
    text = (
        "云溪县2009年政府信息公开工作年度报告\n一、概述\n全文电子化的主动公开信息数1180条,提供服务类信息数210条。\n"
        "网站专栏页面访问量45210人次,现场接待人数320人次,网上咨询数88人次,咨询电话接听数1406人次。\n"
        "对申请的答复总数14条,同意公开答复数9条,同意部分公开答复数2条。"
    )
    analysis = nlp.analyse_text(text)
    assert analysis.identity.edition == "free_form" and analysis.figures == ()


def test_the_table_of_2014_is_not_taken_for_a_local_one():
    analysis = nlp.analyse_text(
        "云溪县2015年政府信息公开工作年度报告\n附表\n统计指标\t单位\t统计数\n"
        "主动公开政府信息数(不同渠道和方式公开相同信息计1条)\t条\t9\n2.同意公开答复数\t件\t1\n3.同意部分公开答复数\t件\t0\n"
        "(三)申请答复数\t件\t1\n政府微信公开政府信息数\t条\t0\n四、行政复议数量\t件\t0\n"
    )
    assert analysis.identity.edition == "indicators_2014"
