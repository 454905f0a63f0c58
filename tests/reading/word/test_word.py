"""Word documents: what Word would show is what is read, each table as its grid."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

import nlp
from nlp.reading.documents import read_document
from nlp.reading.rendering import Line
from nlp.reading.word.numbering import format_number
from nlp.reading.word.read import read_word
from nlp.records import ReportUnreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(body: str, *, numbering: str = "", styles: str = "", footnotes: str = "", namespace: str = W) -> bytes:
    """A .docx file with the given XML in its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {namespace} {MC}><w:body>{body}</w:body></w:document>")
        for part, xml in (("numbering", numbering), ("styles", styles), ("footnotes", footnotes)):
            if xml:
                archive.writestr(f"word/{part}.xml", f"<w:{part} {namespace}>{xml}</w:{part}>")
    return file.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int = 0, number_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def read(data: bytes) -> list[str]:
    return [line.text for line in read_word(data, "a.docx")]


LISTS = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3.%4"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf06c;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
"""


def test_automatic_numbers_are_restored():
    body = (
        listed("总体情况") + listed("主动公开", 1) + listed("依申请公开", 1) + listed("受理", 2) + listed("答复", 2)
        + listed("细目", 3)
        + listed("存在的主要问题") + listed("更新慢", 1)  # a deeper level begins anew under each number above it
        + listed("其他事项", 0, 2)  # a list that is told to begin at 5
        + listed("圆点", 0, 3) + listed("没有编号", 0, 0) + listed("未定义", 0, 9)
    )  # fmt: skip
    assert read(docx(body, numbering=LISTS)) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "1.受理", "2.答复", "1.2.1 细目",
        "二、存在的主要问题", "（一）更新慢", "五、其他事项", "●圆点", "没有编号", "未定义",
    ]  # fmt: skip


def test_numbers_by_style():
    """WPS keeps the list in the heading's style; the level is the one that the list keeps for that style."""
    numbering = LISTS.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="3"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 2"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        p("一、总体情况 1", '<w:pStyle w:val="10"/>')
        + p("总体情况", '<w:pStyle w:val="2"/>')
        + p("主动公开", '<w:pStyle w:val="3"/>')
    )
    lines = read_word(docx(body, numbering=numbering, styles=styles), "a.docx")
    assert lines == [
        Line("一、总体情况 1", "paragraph", 0, True),
        Line("一、总体情况", "heading", 1),
        Line("（一）主动公开", "heading", 2),
    ]


NUMBERS = [
    (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (20, "chineseCountingThousand", "二十"),
    (105, "chineseCountingThousand", "一百零五"), (110, "japaneseCounting", "一百一十"), (12, "ideographDigital", "一二"),
    (12, "chineseLegalSimplified", "拾贰"), (3, "ideographTraditional", "丙"), (13, "ideographZodiac", "子"),
    (3, "decimalEnclosedCircleChinese", "③"), (21, "decimalEnclosedCircle", "21"), (4, "upperRoman", "IV"),
    (27, "lowerLetter", "aa"), (7, "decimalZero", "07"), (3, "decimalFullWidth", "３"), (3, "hebrew1", "3"), (0, "chineseCounting", "零"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "style", "printed"), NUMBERS)
def test_number_styles(number, style, printed):
    assert format_number(number, style) == printed


SHOWN = [
    # Tracked changes are read as accepted.
    ("<w:p><w:ins><w:r><w:t>新收12件</w:t></w:r></w:ins><w:del><w:r><w:delText>新收9件</w:delText></w:r></w:del></w:p>", ["新收12件"]),
    ("<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>", ["新处"]),
    # The end mark of the first paragraph was deleted: both are one.
    (p("公开信息", "<w:rPr><w:del/></w:rPr>") + p("12条。"), ["公开信息12条。"]),
    # A number cut into runs, with a proofing mark between, as Word leaves it.
    ("<w:p><w:r><w:t>共1</w:t></w:r><w:proofErr/><w:r><w:t>2条</w:t></w:r></w:p>", ["共12条"]),
    # The instruction of a field is not shown, its result is.
    ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>码</w:t></w:r>'
     '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>页</w:t></w:r></w:p>', ["3页"]),
    ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>可见</w:t></w:r></w:p>", ["可见"]),
    ("<w:p><w:hyperlink><w:r><w:t>网站</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>地址</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>", ["网站 地址", "下一行"]),
    ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>guī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>规</w:t></w:r></w:rubyBase></w:ruby><w:t>范</w:t></w:r></w:p>", ["规范"]),
    ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r></w:p>', ["☑是"]),
    ("<w:sdt><w:sdtContent>" + p("控件内的段落") + "</w:sdtContent></w:sdt>", ["控件内的段落"]),
    # A text box is written twice, for new and for old programs; it is read once.
    ("<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("文本框") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
     + p("文本框") + "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>", ["正文", "文本框"]),
    (p(""), []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lines"), SHOWN)
def test_shown_text(body, lines):
    assert read(docx(body)) == lines


def test_strict_documents_and_footnotes():
    note = (
        '<w:footnote w:type="separator">' + p("---") + "</w:footnote><w:footnote>" + p("含镇村信息") + "</w:footnote>"
    )
    assert read(docx(p("公开12条"), footnotes=note, namespace=STRICT)) == ["公开12条", "含镇村信息"]


def test_merged_cells():
    """A label over two rows, a head over two columns, a row that was deleted with tracking, an empty cell."""
    rows = [
        tc("申请人情况", '<w:gridSpan w:val="2"/>') + tc("总计", '<w:vMerge w:val="restart"/>'),
        tc("自然人") + tc("商业") + tc("", "<w:vMerge/>"),
        "<w:trPr><w:del/></w:trPr>" + tc("1") + tc("2") + tc("3"),
        tc("6") + tc("") + tc("6"),
    ]
    (line,) = read_word(docx(table(*rows)), "a.docx")
    assert line.text == "申请人情况\t\t总计\n自然人\t商业\t\n6\t\t6"
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in line.grid.cells] == [
        ("申请人情况", 0, 0, 1, 2), ("总计", 0, 2, 2, 1), ("自然人", 1, 0, 1, 1), ("商业", 1, 1, 1, 1),
        ("6", 2, 0, 1, 1), ("", 2, 1, 1, 1), ("6", 2, 2, 1, 1),
    ]  # fmt: skip


def test_tables_that_only_lay_out_the_page():
    inner = table(tc("信息内容") + tc("件数"), tc("规章") + tc("0"))
    outer = table(f"<w:tc>{p('二、主动公开')}{inner}{p('说明')}</w:tc>" + tc("栏"))
    lines = read_word(docx(outer), "a.docx")
    assert [(line.kind, line.text) for line in lines] == [
        ("paragraph", "二、主动公开"), ("table", "信息内容\t件数\n规章\t0"), ("paragraph", "说明"), ("paragraph", "栏"),
    ]  # fmt: skip


def test_source_is_like_that_of_a_page():
    """Every cell's span holds its text, as for HTML; the number before a row label is automatic."""
    body = p("云岭县2023年政府信息公开工作年度报告") + table(tc("信息内容") + tc("本年制发件数"), tc("规章") + tc("3"))
    source = read_document(docx(body), "a.docx")
    block = next(block for block in source.blocks if block.kind == "table")
    assert [cell.span.of(source.text) for cell in block.cells] == ["信息内容", "本年制发件数", "规章", "3"]
    assert source.media_type.endswith("wordprocessingml.document")


def test_suffix_lies(tmp_path):
    """Word documents are sent around as .doc, .wps, even .txt."""
    path = tmp_path / "report.doc"
    path.write_bytes(docx(p("云岭县2023年政府信息公开工作年度报告") + p("全年公开信息12条。")))
    assert "12条" in nlp.analyse(path).source.text


def bomb() -> bytes:
    return docx(p("公开" * 20_000_000))


DAMAGED = [
    (docx(p("公开信息12条"))[:-40], "damaged"),
    (docx("<w:p><w:r>"), "damaged"),
    (docx(p("公开"), numbering="<w:lvl").replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged"),
    (docx(""), "no_text"),
    (docx(p("公开")).replace(b"word/document.xml", b"ppt/documents.xml"), None),
]


@pytest.mark.parametrize(("data", "code"), DAMAGED)
def test_damaged_documents(data, code):
    if code is None:  # another kind of archive: not for this reader
        assert read_document(data, "a.docx") is None
        return
    with pytest.raises(ReportUnreadable) as caught:
        read_document(data, "a.docx")
    assert caught.value.code == code and caught.value.hint


def test_bomb():
    with pytest.raises(ReportUnreadable) as caught:
        read_document(bomb(), "a.docx")
    assert caught.value.code == "bomb"


def test_entities_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        laughs = '<!DOCTYPE d [<!ENTITY a "公开"><!ENTITY b SYSTEM "http://example.invalid/x">]><d>&a;&b;</d>'
        archive.writestr("word/document.xml", laughs)
    with pytest.raises(ReportUnreadable) as caught:
        read_document(file.getvalue(), "a.docx")
    assert caught.value.code == "bomb"


@pytest.mark.parametrize("depth", [100, 5_000])
def test_nested_tables_without_end(depth):
    body = "<w:tbl><w:tr><w:tc>" * depth + p("公开信息12条") + "</w:tc></w:tr></w:tbl>" * depth
    try:
        read_document(docx(body), "a.docx")
    except ReportUnreadable as error:
        assert error.code in {"no_text", "memory", "crashed", "damaged"}


def test_blank_form():
    path = Path(__file__).parents[2] / ".." / "shared" / "reports" / "blank_form_2021.docx"
    if not path.is_file():
        pytest.skip("the blank form of 2021 is kept outside the project (../shared/reports)")
    analysis = nlp.analyse(path)
    assert Counter(figure.status for figure in analysis.figures) == {"blank": 200}
    assert not (analysis.contacts or analysis.counts or analysis.channel_counts)
