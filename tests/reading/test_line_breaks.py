"""Texts broken at a fixed width are read in paragraphs; spans still point at what is printed."""

import pytest

import nlp
from nlp.reading.clean import clean_text
from nlp.reading.files import read_text

WRAPPED = """云岭县粮食局2013年政府信息公开工作年度报告

一、概述

2013年，我局按照县政府的统一部署，认真抓好信息公开各项工作。全年召开专题
会议3次，举办培训班1期，参训人员46人，调整了领导小组成员，明确办公室为牵头
科室，各科室指定一名联络员，工作中遇到疑难，由分管副局长召集会商后再作答
复。如有疑问，请与本局办公室联系（地址：云岭县中坝南路12号，联系电话：
0513-88812345）。

二、主动公开政府信息的情况

全年主动公开政府信息128条，其中通过县政府网站公开96条，通过本局公开栏公开
32条，工作中注意听取农户和经营者的意见，每月检查一次栏目，发现错漏当天改正。

三、存在的主要问题和改进措施

一是公开内容不够全面。
业务类信息多，群众关心的粮食质量、价格信息少，离群众的要求还有不小的差距，
部分栏目长期没有更新。
二是人员力量不足，我局没有专职人员，兼职人员还要承担文秘和档案工作，往往
应付不过来。
"""


def clean_lines(text):
    return [line for line in clean_text(read_text(text, name="a.txt")).text.split("\n") if line]


def test_lines_broken_at_a_fixed_width_are_joined():
    lines = clean_lines(WRAPPED)
    assert len(lines) == 9
    assert lines[2].endswith("联系电话:0513-88812345)。")
    assert lines[-3:-1] == ["一是公开内容不够全面。", lines[-2]]
    assert lines[-2].startswith("业务类信息多") and lines[-2].endswith("更新。")


def test_spans_cover_the_printed_line_ends():
    analysis = nlp.analyse_text(WRAPPED)
    last = analysis.statements[-1].span.of(WRAPPED)
    assert last.startswith("二是人员力量不足") and last.endswith("往往\n应付不过来。")
    assert [s.key for s in analysis.sections] == ["preamble", "overview", "disclosure", "problems"]


PARAGRAPHS = "\n".join(f"{n}、我局第{n}项工作按时完成，结果良好。" for n in range(1, 20))
SAME_LENGTH = "\n".join("我局认真做好信息公开工作，扎实推进各项任务，取得良好的成效。" for _ in range(20))
TABLE = "\n".join(["（四）政府信息公开专项经费（不包括用于公报编辑管理等方面的经费）", "万元", "0"] * 12)


@pytest.mark.parametrize("text", [PARAGRAPHS, SAME_LENGTH, TABLE, "", "\n\n", "公" * 1000, "公开\n" * 1000])
def test_a_line_for_each_paragraph_stays(text):
    assert not [r for r in read_text(text, name="a.txt").repairs if r.kind == "line_break"]


def test_a_comma_does_not_begin_a_line():
    text = "本报告由概述、主动公开、依申请公开情况\n，问题与打算共四部分组成。"
    assert clean_lines(text) == ["本报告由概述、主动公开、依申请公开情况,问题与打算共四部分组成。"]
    assert clean_lines("情况\n，问题") == ["情况", ",问题"]  # too short to be a sentence: cells of a table
