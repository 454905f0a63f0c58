"""What is struck through is no text of the report: it is kept as a repair, and what replaced it is read."""

from __future__ import annotations

import io
import zipfile

import pytest

import nlp
from nlp.analyse import analyse_source
from nlp.reading.clean import clean_text
from nlp.reading.files import read_bytes
from nlp.reading.struck import Strikes, mark, unmark

BEFORE = ["岭溪县财政局2018年政府信息公开工作年度报告", "一、概述"]
STRUCK = [  # markup of one and the same sentence: 190 was replaced by 180
    "<del>190</del>",
    "<s>190</s>",
    "<strike>190</strike>",
    "<DEL cite=x>190</DEL>",
    "<del><b>1</b>9<i>0</i></del>",
    "<s>1</s><s>90</s>",
    "<s>190 </s>",
    '<span style="text-decoration:line-through">190</span>',
    '<span style="color:red;TEXT-DECORATION: underline line-through red">190</span>',
    '<font style="text-decoration-line : line-through">190</font>',
    '<span class="big old">190</span>',
    '<i class="gone">190</i>',
]
SHEET = "<style>p.x, span.old { color: red; text-decoration: line-through } @media all{.gone{text-decoration:line-through}}</style>"
KEPT = [
    '<span style="text-decoration:underline">18</span>0',
    '<b class="old">180</b>',  # only span.old is struck through
    "<ins>180</ins>",
    '<a style="text-decoration:none">180</a>',
    "<strong>180</strong>",
    "<samp>180</samp>",
    "<del></del>180",
]


def page(*paragraphs: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (*BEFORE, *paragraphs))
    return f'<html><head><meta charset="utf-8">{SHEET}</head><body>{body}</body></html>'.encode()


def word(*paragraphs: str, styles: str = "") -> bytes:
    """A .docx file; a paragraph is text, or the XML of its runs."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(
        paragraph
        if paragraph.startswith("<w:tbl>")
        else f"<w:p>{paragraph if '<' in paragraph else run(paragraph)}</w:p>"
        for paragraph in (*BEFORE, *paragraphs)
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {namespace}>{styles}</w:styles>")
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def counts(data: bytes, name: str) -> list[tuple[str, int]]:
    analysis = analyse_source(read_bytes(data, name=name))
    return [(count.channel, int(count.quantity.value)) for count in analysis.channel_counts]


def struck(data: bytes, name: str) -> list[str]:
    source = read_bytes(data, name=name)
    return [repair.span.of(source.text) for repair in source.repairs if repair.kind == "struck"]


@pytest.mark.parametrize("markup", STRUCK)
def test_struck_through_in_a_page(markup):
    data = page(f"通过政府网站公开信息{markup}180条，微信公众号发布35条。")
    assert "".join(struck(data, "a.html")) == "190"
    assert counts(data, "a.html") == [("gov_website", 180), ("wechat", 35)]


@pytest.mark.parametrize("markup", KEPT)
def test_what_is_not_struck_through_in_a_page(markup):
    data = page(f"通过政府网站公开信息{markup}条。")
    assert struck(data, "a.html") == [] and counts(data, "a.html") == [("gov_website", 180)]


RUNS = [
    "<w:strike/>",
    "<w:dstrike/>",
    '<w:strike w:val="1"/>',
    '<w:strike w:val="0"/><w:dstrike w:val="true"/>',
    '<w:rStyle w:val="Gone"/>',
    '<w:rStyle w:val="GoneToo"/>',
]
STYLES = """
<w:style w:type="character" w:styleId="Gone"><w:name w:val="gone"/><w:rPr><w:dstrike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="GoneToo"><w:name w:val="too"/><w:basedOn w:val="Gone"/></w:style>
<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="old"/><w:rPr><w:strike/></w:rPr></w:style>
"""


@pytest.mark.parametrize("properties", RUNS)
def test_struck_through_in_word(properties):
    runs = run("通过政府网站公开信息") + run("190", properties) + run("180条，微信公众号发布35条。")
    data = word(runs, styles=STYLES)
    assert struck(data, "a.docx") == ["190"]
    assert counts(data, "a.docx") == [("gov_website", 180), ("wechat", 35)]


@pytest.mark.parametrize("properties", ['<w:strike w:val="0"/>', '<w:dstrike w:val="false"/>', "<w:b/>"])
def test_what_is_not_struck_through_in_word(properties):
    data = word(run("通过政府网站公开信息") + run("180", properties) + run("条。"), styles=STYLES)
    assert struck(data, "a.docx") == [] and counts(data, "a.docx") == [("gov_website", 180)]


def test_a_whole_paragraph_struck_through():
    """The line stays in the text and is furniture; no section begins with it, and no title is made of it."""
    old = "二、存在的问题"
    for data, name in (
        (page(f"<del>{old}</del>", "更新不及时。"), "a.html"),
        (word(run(old, "<w:strike/>"), "更新不及时。"), "a.docx"),
        (word(f'<w:pPr><w:pStyle w:val="Old"/></w:pPr>{run(old)}', "更新不及时。", styles=STYLES), "a.docx"),
    ):
        source = read_bytes(data, name=name)
        assert struck(data, name) == [old + "\n"] and old in source.text
        assert old not in clean_text(source).text
        assert {block.kind for block in source.blocks if block.span.of(source.text) == old} == {"furniture"}
        assert [section.key for section in analyse_source(source).sections] == ["preamble", "overview"]


def test_a_title_with_a_year_struck_through():
    title = "岭溪县财政局<s>2017</s>2018年政府信息公开工作年度报告"
    data = f"<html><body><p>{title}</p><p>一、概述</p><p>工作平稳。</p></body></html>".encode()
    identity = analyse_source(read_bytes(data, name="a.html")).identity
    assert identity.title == "岭溪县财政局2018年政府信息公开工作年度报告" and identity.year == 2018


ROWS = [("规章", "1", "0", "7"), ("行政规范性文件", "5", "1", "12")]


def test_struck_through_in_the_cells_of_a_table():
    head = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    heading = "二、主动公开政府信息情况"
    cells = [
        [f"<s>3</s>{text}" if text == "5" else f"<del>{text}</del>" if text == "7" else text for text in row]
        for row in ROWS
    ]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [head, *cells])
    of_page = page(heading, f"第二十条第（一）项</p><table>{rows}</table><p>")
    runs = [
        [
            run("3", "<w:strike/>") + run("5") if text == "5" else run(text, "<w:strike/>" if text == "7" else "")
            for text in row
        ]
        for row in ROWS
    ]
    grid = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in [[run(text) for text in head], *runs]
    )
    of_word = word(heading, "第二十条第（一）项", f"<w:tbl>{grid}</w:tbl>")
    for data, name in ((of_page, "a.html"), (of_word, "a.docx")):
        assert sorted(struck(data, name)) == ["3", "7"]
        figures = {
            (figure.row, figure.column): (figure.value and int(figure.value), figure.status)
            for figure in analyse_source(read_bytes(data, name=name)).figures
            if figure.row in {"regulations", "normative_docs"}
        }
        assert figures["normative_docs", "issued"] == (5, "given"), name
        assert figures["regulations", "in_force"] == (None, "blank"), name
        assert figures["regulations", "issued"] == (1, "given"), name


@pytest.mark.parametrize(
    "text",
    [
        "通过政府网站公开信息~~190~~180条。",
        "通过政府网站公开信息~~190条~~180条。",
        "通过政府网站公开信息1\u03369\u03360\u0336180条。",
    ],
)
def test_struck_through_in_plain_text(text):
    analysis = nlp.analyse_text("\n".join([*BEFORE, text]))
    assert [(count.channel, int(count.quantity.value)) for count in analysis.channel_counts] == [("gov_website", 180)]


def test_tildes_that_strike_nothing_through():
    text = "\n".join([*BEFORE, "1月~~6月通过政府网站公开信息180条。", "工作时间8:00~12:00,14:00~17:00,~~~"])
    assert [repair for repair in nlp.analyse_text(text).source.repairs if repair.kind == "struck"] == []


def test_marks():
    assert unmark(f"甲{mark(' 乙 ')}{mark('丙')}{mark('丁')}") == ("甲 乙 丙丁", ((2, 3), (4, 6)))
    assert unmark("甲\ufdd1乙\ufdd0丙") == ("甲乙丙", ((2, 3),))  # what a file holds of them does no harm
    assert mark("  ") == "  "


def test_selectors():
    strikes = Strikes([".a, p.b > i.c, .d:hover, .e span { text-decoration: line-through } .f { color: red }"])
    held = [(tag, name) for tag in ("i", "p") for name in "abcdef" if strikes.holds(tag, {"class": name})]
    assert held == [("i", "a"), ("i", "c"), ("p", "a")]
