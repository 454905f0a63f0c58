"""ID card numbers and mobiles that are printed. All numbers are made up; the cards are of a place that has no code."""

from __future__ import annotations

import pytest

import nlp
from nlp.checking.rules.privacy import CHECK_DIGITS, WEIGHTS

HEAD = "云溪县财政局2023年政府信息公开工作年度报告\n一、总体情况\n"
BEFORE_CHECK = "19990019900307001"
CARD = BEFORE_CHECK + CHECK_DIGITS[sum(int(d) * w for d, w in zip(BEFORE_CHECK, WEIGHTS, strict=True)) % 11]
WRONG = BEFORE_CHECK + CHECK_DIGITS[(CHECK_DIGITS.index(CARD[-1]) + 1) % 11]

CASES = [
    (f"申请人身份证号{CARD},要求公开。", [("privacy.id_card", "error")]),
    (f"流水号{WRONG}。", []),  # its last digit does not check: another number
    (f"账号{CARD}99。", []),
    ("申请人江某(19100000001)多次来电。", [("privacy.mobile_in_text", "warning")]),
    ("联系人:江某,手机:19100000001。", [("privacy.mobile", "info")]),
    ("全年浏览量19100000001.5次。", []),
    ("联系电话:0486-8555016。", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_privacy(text, expected):
    issues = [issue for issue in nlp.analyse_text(HEAD + text).issues if issue.code.startswith("privacy.")]
    assert [(issue.code, issue.severity) for issue in issues] == expected
    for issue in issues:  # the message does not spread what should not be there
        assert CARD not in issue.message and "19100000001" not in issue.message and "*" in (issue.found or "")
