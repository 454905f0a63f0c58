"""Days that do not exist, and years that cannot be meant."""

from __future__ import annotations

import pytest

import nlp

HEAD = "云溪县财政局2023年政府信息公开工作年度报告\n一、总体情况\n"

CASES = [
    ("截至2023年11月31日,公开100条。", [("date.impossible", "2023年11月31日")]),
    ("2月30日组织培训。", [("date.impossible", "2月30日")]),
    ("2023年2月29日召开会议。", [("date.impossible", "2023年2月29日")]),
    ("2023年13月5日召开会议。", [("date.impossible", "2023年13月5日")]),
    ("6月0日检查。", [("date.impossible", "6月0日")]),
    ("2024年2月29日公布。2月29日培训。", []),  # a leap year, and one that may be
    ("2203年3月5日召开会议。", [("date.unlikely", "2203年3月5日")]),
    ("1023年3月5日召开会议。", [("date.unlikely", "1023年3月5日")]),
    ("到2035年12月31日建成。", []),
    ("1 2月31日前完成。", []),  # the digit before the space belongs to it
    ("2023年1月1日至12月31日。", []),
    ("公开12月31件、11月31条。", []),  # counts
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_days(text, expected):
    issues = nlp.analyse_text(HEAD + text).issues
    assert [(issue.code, issue.found) for issue in issues if issue.code.startswith("date.")] == expected
    assert all(issue.spans for issue in issues if issue.code.startswith("date."))
