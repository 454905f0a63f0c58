"""The edition is told by labels, never by the year."""

from __future__ import annotations

import pytest

from nlp.reading.clean import CleanText
from nlp.tables.edition import find_edition, mixed_editions

CASES = [
    ("", "free_form"),
    ("2023年,我局主动公开信息20条,收到申请3件。", "free_form"),  # the year proves nothing
    ("一、概述 二、主动公开政府信息情况 三、依申请公开政府信息情况", "free_form"),  # headings of the older reports
    ("信息内容 本年制发件数 本年废止件数 现行有效件数", "tables_2021"),
    ("信息内容\n本年发件\n本年废止件数\n现行有效件", "tables_2021"),  # characters lost
    ("本年制 发件数 本年废止\n件数", "tables_2021"),  # labels split
    ("2023年 信息内容 本年新制作数量 本年新公开数量 对外公开总数量", "tables_2019"),  # a late report on the old form
    ("上一年项目数量 本年增/减 处理决定数量 政府集中采购", "tables_2019"),
    ("信息內容 本年製發件數 本年廢止件數 現行有效件數", "tables_2021"),  # traditional script
    ("一、本年新收政府信息公开申请数量 四、结转下年度继续办理", "tables_2021"),  # shared labels only: the form in force
    ("依据国办公开办函〔2019〕60号 三、收到和处理政府信息公开申请情况 结转下年度继续办理", "tables_2019"),
    (
        "三、收到和处理政府信息公开申请情况 四、政府信息公开行政复议、行政诉讼情况",
        "tables_2021",
    ),  # tables were pictures
    ("统计指标 单位 统计数 主动公开政府信息数(不同渠道和方式公开相同信息计1条)", "indicators_2014"),
    (
        "办结2件,结转下年度继续办理1件。 四、行政复议、行政诉讼情况",
        "free_form",
    ),  # words of the form in an old narrative
    ("五、举报投诉数量为零", "free_form"),  # one marker alone is prose
    (
        "行政复议 结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉",
        "tables_2021",
    ),  # the table of section four alone
    ("对申请的答复总数 1.同意公开答复数 2.同意部分公开答复数 (5)“免予公开范围1”数", "free_form"),  # a local table
]


@pytest.mark.parametrize(("text", "edition"), CASES)
def test_find_edition(text, edition):
    assert find_edition(CleanText(text)) == edition


MIXED = [
    ("本年制发件数 本年废止件数 现行有效件数 上一年项目数量 本年增/减 处理决定数量", {"tables_2019", "tables_2021"}),
    ("本年制发件数 现行有效件数 第二十条第(九)项 其他对外管理服务事项", {"tables_2019", "tables_2021"}),
    ("本年制发件数 现行有效件数 政务微博公开政府信息数 政务微信公开政府信息数", {"indicators_2014", "tables_2021"}),
    ("本年制发件数 现行有效件数 本年处理决定数量", set()),
    # The narrative may tell of purchases; one label alone may be a slip.
    ("本年制发件数 现行有效件数 政府集中采购12项,采购总金额300万元。上一年项目数量", set()),
]


@pytest.mark.parametrize(("text", "editions"), MIXED)
def test_mixed_editions(text, editions):
    assert set(mixed_editions(CleanText(text))) == editions
