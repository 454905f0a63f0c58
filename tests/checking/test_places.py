"""Places as a person finds them, by hand on a small report."""

import pytest

from nlp.analyse import analyse_text
from nlp.checking.held import count_held
from nlp.checking.places import Places
from nlp.claims.find import find_claims
from nlp.reading.clean import clean_text
from nlp.records import Span
from training.generated.report import write_report
from training.generated.spec import make_spec

TEXT = """青溪镇人民政府2023年政府信息公开工作年度报告

一、总体情况
（一）主动公开
全年公开信息120条。
其中政策文件8条。
五、存在的主要问题及改进情况
一是公开不够及时。

二是形式单一。
"""


@pytest.mark.parametrize(
    ("words", "place", "english"),
    [
        ("青溪镇", "标题", "title"),
        ("一、总体情况", "第一部分标题", "heading of part 1"),
        ("（一）主动公开", "第一部分第1段", "part 1, paragraph 1"),
        ("8条", "第一部分第3段", "part 1, paragraph 3"),
        ("及时", "第五部分第1段", "part 5, paragraph 1"),
        ("形式单一", "第五部分第2段", "part 5, paragraph 2"),
    ],
)
def test_part_and_paragraph(words, place, english):
    at = TEXT.index(words)
    found = Places(analyse_text(TEXT)).of(Span(at, at + len(words)))
    assert (found.told(), found.told("en")) == (place, english)


def test_a_passage_without_parts_has_paragraphs():
    text = "公开信息12条。\n收到申请3件。"
    assert Places(analyse_text(text)).of(Span(text.index("3件"), text.index("3件") + 2)).told() == "开头第2段"


@pytest.mark.parametrize("layout", ["pipes", "lines", "html"])
def test_row_and_column(layout):
    spec = make_spec(3, "tables_2021")
    written = write_report(spec, layout)
    analysis = analyse_text(written.text, name="a.html" if layout == "html" else "a.txt")
    places = Places(analysis)
    cell = next(f for f in analysis.figures if (f.table, f.row, f.column) == ("requests", "granted", "total"))
    assert places.of(cell.span).told() == "第三部分表格“(一)予以公开”行“总计”列"
    row = [f.span for f in analysis.figures if (f.table, f.row) == ("requests", "granted")]
    whole = Span(row[0].start, row[-1].end)
    assert places.of(whole).told() == "第三部分表格“(一)予以公开”行“自然人”至“总计”列"


def test_no_place_is_bare_whatever_the_report(tmp_path):
    for seed in range(20):
        spec = make_spec(seed, "tables_2019" if seed % 2 else "tables_2021")
        analysis = analyse_text(write_report(spec, "pipes").text)
        places = Places(analysis)
        for start in range(0, len(analysis.source.text) - 1, 37):
            assert places.of(Span(start, start + 1)).told()


def test_what_holds_is_counted():
    text = (
        "青溪镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n收到申请3件。\n四、政府信息公开行政复议、行政诉讼情况\n"
        "行政复议 未经复议直接起诉 复议后起诉\n"
        "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n"
        "1 0 0 1 2 0 0 0 0 0 2 0 0 0 1\n"
    )
    analysis = analyse_text(text)
    held = count_held(analysis, find_claims(analysis, clean_text(analysis.source)))
    # Three rows add up to a total: the first two do, the third says 2 of 1. No other table is printed.
    assert (held.holds, held.fails, held.decided) == (2, 1, 3)
