"""Characters, words and marks printed twice."""

from __future__ import annotations

import pytest

import nlp

HEAD = "云溪县财政局2023年政府信息公开工作年度报告\n一、总体情况\n"
CASES = [
    ("主动公开的的信息较多。", "的的"),
    ("进一步加强加强培训。", "加强加强"),
    ("政府信息政府信息公开制度。", "政府信息政府信息"),
    ("公开不够及时。。下一步改进。", "。。"),
    ("群众的的确确得到方便。", None),
    ("为了了解需求,走访群众。", None),
    ("一件一件核对,一条一条公开。", None),
    ("问题研究研究再说。", None),
    ("还有许多……", None),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_doubled(text, found):
    issues = [issue for issue in nlp.analyse_text(HEAD + text).issues if issue.code == "wording.doubled"]
    assert [issue.found for issue in issues] == ([found] if found else [])


def test_what_stands_twice_in_a_table_is_none():
    text = HEAD + "二、主动公开政府信息情况\n| 行政许可 | 行政许可行政许可 |\n| 规章 | 0 |\n"
    assert not [issue for issue in nlp.analyse_text(text).issues if issue.code == "wording.doubled"]
