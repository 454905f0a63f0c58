"""A table printed twice in one report. All numbers are invented."""

from __future__ import annotations

import pytest

import nlp
from nlp.tables.forms import form

FORM = form("tables_2021")
ZEROS = "0 0 0 0 0 0 0"
HEAD = "云溪县水务局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息63条。\n"
HEADS = "申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"


def table(**rows):
    lines = [f"{FORM.names['requests', row]} {rows.get(row, ZEROS)}" for row in FORM.cells["requests"]]
    return "三、收到和处理政府信息公开申请情况\n" + HEADS + "\n".join(lines) + "\n"


ONE = {"new_received": "3 1 0 0 0 0 4", "granted": "3 1 0 0 0 0 4", "results_total": "3 1 0 0 0 0 4"}
TWO = {"new_received": "5 1 0 0 0 0 6", "granted": "5 1 0 0 0 0 6", "results_total": "5 1 0 0 0 0 6"}
MIDDLE = "附:区县汇总情况如下。\n"


def requests(text):
    analysis = nlp.analyse_text(text)
    figures = {(f.row, f.column): f for f in analysis.figures if f.table == "requests"}
    return figures, {issue.code: issue for issue in analysis.issues}


def test_copies_that_differ_are_both_told():
    figures, issues = requests(HEAD + table(**ONE) + MIDDLE + table(**TWO))
    cell = figures["new_received", "natural_person"]
    assert (cell.status, cell.value, cell.candidates) == ("ambiguous", None, (3, 5))
    assert figures["new_received", "business"].value == 1  # the same in both
    assert figures["np_petition", "total"].status == "given"
    issue = issues["requests.copies"]
    assert (issue.severity, issue.expected, issue.found) == ("error", "3 1 0 0 0 0 4", "5 1 0 0 0 0 6")
    assert len(issue.spans) == 6  # three rows in two places


def test_copies_that_agree_are_one():
    figures, issues = requests(HEAD + table(**ONE) + MIDDLE + table(**ONE))
    assert {cell.status for cell in figures.values()} == {"given"}
    assert not any(code.startswith("requests.") for code in issues)


@pytest.mark.parametrize("row", ["granted", "np_petition", "carried_out"])
def test_a_row_named_again_in_the_text_is_no_copy(row):
    figures, issues = requests(HEAD + table(**ONE) + f"说明:{FORM.names['requests', row]}为7件,同比下降。\n")
    assert figures["granted", "total"].value == 4
    assert "requests.copies" not in issues
