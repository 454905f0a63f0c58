"""Telephones and postcodes of the wrong length, and nobody to ask."""

from __future__ import annotations

import pytest

import nlp

HEAD = "云溪县财政局2023年政府信息公开工作年度报告\n一、总体情况\n"

CASES = [
    ("联系电话:0486-855501。", [("contact.telephone", "0486-855501")]),
    ("联系电话:0486-8555016277。", [("contact.telephone", "0486-8555016277")]),
    ("传真:138000123。", [("contact.telephone", "138000123")]),
    ("电话:0486-8555016;传真:0486-85550163。", []),
    ("电话:13800000000。", []),
    ("监督电话:12345。", []),
    ("联系电话:138****0000。", []),  # masked
    ("电话:(0486)8555016转802。", []),
    ("电话:400-700-1234。", []),
    ("邮编:28010。", [("contact.postcode", "28010")]),
    ("邮政编码:2801005。", [("contact.postcode", "2801005")]),
    ("邮编:280105。", []),
    ("办理电话咨询:126人次。", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_lengths(text, expected):
    issues = nlp.analyse_text(HEAD + text).issues
    assert [(issue.code, issue.found) for issue in issues if issue.code.startswith("contact.")] == expected


def test_nobody_to_ask_is_told_of_a_whole_report_only():
    long = "一是对照目录逐项补齐内容,按季度检查。" * 60
    (found,) = [i for i in nlp.analyse_text(HEAD + long).issues if i.code == "contact.none"]
    assert found.severity == "info"
    for text in (HEAD + "公开100条。", HEAD + long + "\n联系电话:0486-8555016"):
        assert not [i for i in nlp.analyse_text(text).issues if i.code == "contact.none"]
