"""Numbers of headings. Each report is invented; a row gives what the wrong number should be and is."""

import pytest

import nlp

SIX = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
FORM = "\n本年度工作平稳开展。\n".join(SIX)
OLD = "一、概述\n甲。\n二、主动公开情况\n甲。\n三、依申请公开情况\n无。\n四、存在的问题\n甲。"

NUMBERS = [
    (FORM, []),
    (FORM.replace("五、存在", "四、存在"), [("5", "4")]),
    (FORM.replace("三、收到", "七、收到"), [("3", "7")]),
    (FORM.replace("二、主动", "二、二、主动"), [(None, "1")]),  # printed twice
    (FORM.replace("二、主动", "第二部分 主动"), []),  # another style, the right number
    (OLD, []),
    (OLD.replace("三、", "二、"), [("3", "2")]),  # no form says which number is right: it follows the one before
    (OLD.replace("三、", "四、").replace("四、存在", "五、存在"), []),  # one may have been left out
    ("一、总体情况\n(一)主动公开\n甲。\n(一)依申请公开\n甲。\n二、主动公开政府信息情况\n甲。", [("2", "1")]),
    (
        "一、总体情况\n(一)主动公开\n甲。\n五、存在的主要问题及改进情况\n(一)存在的主要问题\n甲。\n(二)改进措施\n乙。",
        [],
    ),
    ("第一篇 一、概述\n甲。\n二、主动公开情况\n甲。", []),
]


@pytest.mark.parametrize(("text", "wrong"), NUMBERS)
def test_numbers(text, wrong):
    issues = nlp.analyse_text(text).issues
    assert [(issue.expected, issue.found) for issue in issues if issue.code == "sections.number"] == wrong
