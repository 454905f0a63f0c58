"""Numbers that have lost the white space between them, as crawlers leave them that drop the cells of a table."""

from collections import Counter

import pytest

import nlp
from nlp.tables.glued import parted
from nlp.tables.values import read_cell

WIDTH = 7


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("1000001", [1, 0, 0, 0, 0, 0, 1]),
        ("0000000", [0] * 7),
        ("120000012", [12, 0, 0, 0, 0, 0, 12]),
        ("93101014", [9, 3, 1, 0, 1, 0, 14]),
        ("1000002", None),  # adds up nowhere
        ("00000000", None),  # one zero too many
        ("11", None),
        ("1,000,001", None),  # a number with separators is one
        ("-1000001", None),
    ],
)
def test_one_reading_adds_up(printed, numbers):
    parts = parted([read_cell(printed, 10)], WIDTH)
    assert (parts and [int(part.value) for part in parts]) == numbers
    if parts:
        assert "".join(printed[part.start - 10 : part.end - 10] for part in parts) == printed


def test_two_readings_prove_nothing():
    """110213 in four cells: 1 + 10 + 2 = 13, and 11 + 0 + 2 = 13."""
    assert parted([read_cell("110213", 0)], 4) is None
    assert parted([read_cell("112", 0), read_cell("3", 4)], 3) is None


def test_fifteen_cells_in_three_rows():
    parts = parted([read_cell("100010000000000", 0)], 15, group=5)
    assert [int(part.value) for part in parts] == [1, 0, 0, 0, 1] + [0] * 10


REPORT = """云岭县渡口镇2023年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第(一)项
信息内容本年制发件数本年废止件数现行有效件数
规章000
行政规范性文件112
第二十条第(五)项
信息内容本年处理决定数量
行政许可0
三、收到和处理政府信息公开申请情况
申请人情况
自然人法人或其他组织总计
商业企业科研机构社会公益组织法律服务机构其他
一、本年新收政府信息公开申请数量2100003
二、上年结转政府信息公开申请数量0000000
三、本年度办理结果(一)予以公开2100003
(七)总计2100003
四、结转下年度继续办理0000000
四、政府信息公开行政复议、行政诉讼情况
行政复议行政诉讼
结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉
结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计
100010000000000
五、存在的主要问题及改进情况
公开内容不够全面。
"""


def test_a_report_without_white_space():
    analysis = nlp.analyse_text(REPORT)
    cells = {(f.table, f.row, f.column): f for f in analysis.figures}
    received = [f for f in analysis.figures if f.row == "new_received"]
    assert [(f.status, f.value) for f in received] == [("given", n) for n in (2, 1, 0, 0, 0, 0, 3)]
    assert [f.span.of(REPORT) for f in received] == list("2100003")
    assert Counter(f.status for f in analysis.figures if f.table == "disputes") == {"given": 15}
    assert cells["disputes", "review", "upheld"].value == cells["disputes", "review", "total"].value == 1
    assert cells["disclosure", "regulations", "issued"].status == "given"
    # No sum tells how the three numbers of normative documents are to be parted.
    assert cells["disclosure", "normative_docs", "issued"].status == "ambiguous"
