"""What is said of the print of a table: see also tests/tables/test_two_copies.py and test_arranged.py."""

from __future__ import annotations

import nlp
from nlp.tables.forms import form

FORM = form("tables_2021")
ZEROS = "0 0 0 0 0 0 0"
HEAD = "云溪县水务局2023年政府信息公开工作年度报告\n一、总体情况\n全年公开。\n三、收到和处理政府信息公开申请情况\n"


def issues(**labels):
    lines = [f"{labels.get(row, FORM.names['requests', row])} {ZEROS}" for row in FORM.cells["requests"]]
    analysis = nlp.analyse_text(HEAD + "\n".join(lines))
    assert {figure.status for figure in analysis.figures if figure.table == "requests"} == {"given"}
    return {issue.code: issue for issue in analysis.issues}


def test_a_misprinted_label_between_two_known_ones():
    issue = issues(una_not_held="1.本机关不掌握相关政务信息")["requests.label_misprinted"]
    assert (issue.severity, issue.expected, issue.found) == (
        "info",
        "1.本机关不掌握相关政府信息",
        "1.本机关不掌握相关政务信息",
    )
    assert len(issue.spans) == 1


def test_labels_of_the_form_are_in_peace():
    assert "requests.label_misprinted" not in issues()
    assert "requests.label_misprinted" not in issues(granted="(一)予以 公开", results_total="(七)合计")
