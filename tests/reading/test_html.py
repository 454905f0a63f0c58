"""Web pages: what is shown, where the cells are, what is chrome."""

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_report, read_text
from nlp.records import ReportUnreadable
from nlp.structure.sections import find_sections

PAGE = """<!DOCTYPE html><html><head><title>页</title>
<meta name="PubDate" content="2022-01-20"><style>p{}</style></head><body>
<div class="nav"><a>首页</a> <a>政务公开</a></div>
<h1>青石县水利局2021年政府信息公开工作年度报告</h1>
<div>来源：<a>本站</a> 浏览次数：3</div>
<div><p>本报告由青石县
水利局编制。</p><p style="display: none">隐藏</p><p><b>一、总体情况</b></p><p>公开 <i>12</i> 条。<br>换行</p>
<p>二、主动公开政府信息情况</p>BODY</div><div>上一篇：<a>青石县民政局2021年年报</a></div><script>x()</script></body></html>之后"""
TABLE = """<table><tr><td rowspan="2">名称</td><td colspan="2">数量</td></tr>
<tr><td>本年制<br>发件数</td><td>现行有效</td></tr>
<tr><td>规章</td><td></td><td>0</td></tr></table>"""


def page(body=TABLE):
    return read_text(PAGE.replace("BODY", body), name="a.html")


def test_the_page_is_rendered_one_line_a_block():
    source = page()
    assert source.media_type == "text/html"
    lines = source.text.split("\n")
    assert "本报告由青石县水利局编制。" in lines  # a line end of the file between two Chinese characters is none
    assert "公开 12 条。" in lines and "换行" in lines
    assert "隐藏" not in source.text and "x()" not in source.text
    assert lines[-1] == "之后"  # text behind the end of the page is kept


def test_spans_of_rows_and_columns_are_expanded():
    source = page()
    table = next(block for block in source.blocks if block.kind == "table")
    assert table.span.of(source.text) == "名称\t数量\t\n\t本年制发件数\t现行有效\n规章\t\t0"
    cells = {(c.row, c.column): (c.span.of(source.text), c.row_span, c.column_span) for c in table.cells}
    assert cells[0, 0] == ("名称", 2, 1) and cells[0, 1] == ("数量", 1, 2) and cells[1, 2] == ("现行有效", 1, 1)
    assert cells[2, 1] == ("", 1, 1)  # blank is a cell


def test_chrome_is_furniture_and_the_date_stays_readable():
    source = page()
    chrome = [block.span.of(source.text) for block in source.blocks if block.kind == "furniture"]
    assert {"PubDate: 2022-01-20", "首页 政务公开", "来源：本站 浏览次数：3"} <= set(chrome)
    assert "首页" not in clean_text(source).text and "民政局" not in clean_text(source).text


def test_a_table_that_lays_out_the_page_is_no_table():
    source = page(f"<table><tr><td>左</td><td><p>甲乙丙。</p>{TABLE}</td></tr></table>")
    assert [block.kind for block in source.blocks].count("table") == 1
    assert "甲乙丙。" in source.text.split("\n")


@pytest.mark.parametrize("span", ["99999999", "0", "-3", "x"])
def test_hostile_spans_are_capped(span):
    first = f"<td rowspan='{span}' colspan='{span}'>甲</td>"
    table = f"<table><tr>{first}<td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    assert len(page(table).text) < 2_000


def test_5000_nested_elements_are_read_and_absurd_depth_is_refused(tmp_path):
    assert "深处" in page("<div>" * 5_000 + "<p>深处</p>").text
    (tmp_path / "a.html").write_text(PAGE.replace("BODY", "<div>" * 100_000), encoding="utf-8")
    with pytest.raises(ReportUnreadable) as failure:
        read_report(tmp_path / "a.html")
    assert failure.value.code == "too_deep"


def test_a_wrong_charset_does_not_win_over_the_bytes(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.replace("<head>", '<head><meta charset="gb2312">').encode("utf-8"))
    source = read_report(path)
    assert source.encoding == "utf-8" and find_sections(source, clean_text(source))[0].key == "preamble"
