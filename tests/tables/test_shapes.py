"""Tables printed otherwise than their form: in halves, with columns of years, as a list. All numbers are invented."""

from __future__ import annotations

from itertools import zip_longest

import pytest

import nlp

HEAD = "云溪县2016年政府信息公开工作年度报告\n一、概述\n全年各项工作平稳开展。\n附件\n政府信息公开情况统计表\n"
# Row, its label as the form prints it, unit, number; None for a heading without a number.
ROWS = [
    ("", "一、主动公开情况", "", None),
    ("disclosed_total", "(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条)", "条", "923"),
    ("normative_docs_disclosed", "其中:主动公开规范性文件数", "条", "2"),
    ("normative_docs_issued", "制发规范性文件总数", "件", "6"),
    ("", "(二)通过不同渠道和方式公开政府信息的情况", "", None),
    ("ch_gov_gazette", "1.政府公报公开政府信息数", "条", "10"),
    ("ch_gov_website", "2.政府网站公开政府信息数", "条", "917"),
    ("ch_weibo", "3.政务微博公开政府信息数", "条", "404"),
    ("ch_wechat", "4.政务微信公开政府信息数", "条", "666"),
    ("ch_other", "5.其他方式公开政府信息数", "条", "0"),
    ("", "三、依申请公开情况", "", None),
    ("applications_received", "(一)收到申请数", "件", "24"),
    ("applications_in_person", "1.当面申请数", "件", "13"),
    ("applications_fax", "2.传真申请数", "件", "2"),
    ("applications_online", "3.网络申请数", "件", "7"),
    ("applications_letter", "4.信函申请数", "件", "2"),
    ("applications_closed", "(二)申请办结数", "件", "24"),
    ("closed_on_time", "1.按时办结数", "件", "21"),
    ("closed_extended", "2.延期办结数", "件", "3"),
]
NUMBERS = {row: number for row, _, _, number in ROWS if number}


def statuses(text):
    figures = nlp.analyse_text(text).figures
    return {f.row: (f.status, f"{f.value}") for f in figures if f.table == "indicators" and f.row in NUMBERS}


def values(text):
    """The numbers read as given, by row."""
    return {row: value for row, (status, value) in statuses(text).items() if status == "given"}


def columns(head, *cells):
    lines = ["\t".join(("统计指标", "单位", *head))]
    for _, label, unit, number in ROWS:
        shown = ["" if number is None else cell(int(number)) for cell in cells]
        lines.append("\t".join((label, unit, *shown)))
    return HEAD + "\n".join(lines) + "\n"


# Heads -> what each column prints, of the number of the year.
COLUMNS = [
    (("2015年", "2016年"), (lambda n: f"{n + 5}", str)),
    (("2016年", "2015年"), (str, lambda n: f"{n + 5}")),
    (("本年", "上年"), (str, lambda n: f"{2 * n}")),
    (("上年同期", "本年", "同比"), (lambda n: f"{n + 1}", str, lambda n: "-1")),
    (("2014年", "2015年", "2016年"), (lambda n: "3", lambda n: "4", str)),
]


@pytest.mark.parametrize(("head", "cells"), COLUMNS, ids=lambda value: "".join(map(str, value))[:12])
def test_the_column_of_the_year(head, cells):
    assert values(columns(head, *cells)) == NUMBERS


def test_two_columns_of_which_neither_is_the_year():
    found = statuses(columns(("2013年", "2014年"), lambda n: f"{n + 1}", lambda n: f"{n + 2}"))
    assert {status for status, _ in found.values()} == {"ambiguous"}


def in_halves(cut, mark="\t"):
    """The rows from ``cut`` on stand beside those before it."""
    lines = [["统计指标", "单位", "统计数"] * 2]
    for left, right in zip_longest(ROWS[:cut], ROWS[cut:], fillvalue=("", "", "", None)):
        lines.append([*left[1:3], left[3] or "", *right[1:3], right[3] or ""])
    edge = "| {} |" if mark == "|" else "{}"
    return HEAD + "\n".join(edge.format(f" {mark} ".join(line) if mark == "|" else mark.join(line)) for line in lines)


@pytest.mark.parametrize("mark", ["\t", "|"])
@pytest.mark.parametrize("cut", [10, 11, 13])
def test_a_form_in_two_halves(cut, mark):
    assert values(in_halves(cut, mark)) == NUMBERS


def test_a_form_in_two_halves_of_a_page():
    rows = []
    for left, right in zip_longest(ROWS[:10], ROWS[10:], fillvalue=("", "", "", None)):
        cells = (*left[1:3], left[3] or "", *right[1:3], right[3] or "")
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    page = (
        "<html><body>"
        + "".join(f"<p>{line}</p>" for line in HEAD.split("\n"))
        + "<table>"
        + "".join(rows)
        + "</table></body></html>"
    )
    assert values(page) == NUMBERS


@pytest.mark.parametrize("mark", [":", "：", ": "])
@pytest.mark.parametrize("end", ["", ";", "。", "，"])
def test_a_list_with_colons(mark, end):
    lines = [label + ("" if number is None else f"{mark}{number}{unit}{end}") for _, label, unit, number in ROWS]
    assert values(HEAD + "\n".join(lines)) == NUMBERS


@pytest.mark.parametrize("blank", ["ch_wechat", "ch_other", "applications_closed"])
def test_serial_numbers_are_no_values(blank):
    lines = ["序号\t统计指标\t单位\t统计数"]
    for serial, (row, label, unit, number) in enumerate(ROWS, 1):
        lines.append(f"{serial}\t{label}\t{unit}\t{'' if row == blank else number or ''}")
    found = statuses(HEAD + "\n".join(lines))
    assert {row: value for row, (status, value) in found.items() if status == "given"} == {
        row: number for row, number in NUMBERS.items() if row != blank
    }
    assert found[blank][0] == "blank"


def test_a_blank_form_with_serial_numbers_has_no_value():
    lines = [f"{serial}\t{label}\t{unit}\t" for serial, (_, label, unit, _) in enumerate(ROWS, 1)]
    found = statuses(HEAD + "序号\t统计指标\t单位\t统计数\n" + "\n".join(lines))
    assert {status for status, _ in found.values()} == {"blank"}


# What a cell prints -> its number and unit.
CELLS = [
    ("1.2万", "12000", None),
    ("1.2万条", "12000", "条"),
    ("12,000余条", "12000", "条"),
    ("约120", "120", None),
    ("120条左右", "120", "条"),
    ("120(含上年结转2条)", "120", None),
    ("120注1", "120", None),
    ("120*", "120", None),
    ("共计120条", "120", "条"),
    ("零", "0", None),
]


@pytest.mark.parametrize(("printed", "value", "unit"), CELLS)
def test_words_around_a_number(printed, value, unit):
    lines = [f"{label}\t\t{printed if row == 'ch_gov_website' else number or ''}" for row, label, _, number in ROWS]
    figures = nlp.analyse_text(HEAD + "统计指标\t单位\t统计数\n" + "\n".join(lines)).figures
    figure = next(f for f in figures if f.row == "ch_gov_website")
    assert (figure.status, f"{figure.value}", figure.unit) == ("given", value, unit)


def test_wan_in_a_cell_of_money_is_its_unit():
    rows = "八、机构建设和保障经费情况\t\t\n(四)政府信息公开专项经费\t\t11.4万\n"
    text = HEAD + "统计指标\t单位\t统计数\n" + "\n".join(f"{r[1]}\t\t{r[3] or ''}" for r in ROWS) + "\n" + rows
    figures = nlp.analyse_text(text).figures
    funds = next(f for f in figures if f.row == "funds")
    assert (funds.status, f"{funds.value}", funds.unit) == ("given", "11.4", "万")
