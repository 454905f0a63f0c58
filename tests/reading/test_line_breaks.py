"""Texts broken at a fixed width are read in paragraphs; spans still point at what is printed."""

import html
import io
import unicodedata
import zipfile

import pytest

import nlp
from nlp.analyse import analyse_source
from nlp.reading.clean import clean_text, fold
from nlp.reading.files import read_bytes, read_text

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


PROSE = """云岭县粮食局2013年政府信息公开工作年度报告
一、概述
2013年，我局按照县政府的统一部署，认真抓好信息公开各项工作。全年召开专题会议3次，举办培训班1期，参训人员146人，调整了领导小组成员，明确办公室为牵头科室，各科室指定一名联络员。如有疑问，请与本局办公室联系（地址：云岭县中坝南路12号，邮编：310200，联系电话：0513-88812345，电子邮箱：lsj@yunling.gov.cn）。
二、主动公开政府信息的情况
全年主动公开政府信息1128条，其中通过县政府网站公开996条，通过微信公众号公开132条，注意听取农户和经营者的意见，每月检查一次栏目，发现错漏当天改正。访问量达126.4万次。
三、依申请公开政府信息的情况
全年收到政府信息公开申请17件，其中当面申请12件，网上申请5件，均已按时答复，没有收取费用。因信息公开被申请行政复议6件，其中结果纠正1件，尚未审结2件。
四、存在的主要问题和改进措施
一是公开内容不够全面，群众关心的粮食质量、价格信息少，离群众的要求还有不小的差距，部分栏目长期没有更新。
二是人员力量不足，我局没有专职人员，兼职人员还要承担文秘和档案工作，往往应付不过来。"""


def wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def wrapped(line: str, width: int, *, columns: bool = False, hanging: bool = True) -> list[str]:
    """A line broken where its characters, or columns, exceed ``width``; punctuation hangs over, Latin words stay whole
    where columns are counted."""
    pieces, piece = [], ""
    for at, character in enumerate(line):
        latin = (
            character.isascii() and character.isalnum() and at > 0 and line[at - 1].isascii() and line[at - 1].isalnum()
        )
        used = sum(map(wide, piece)) + wide(character) if columns else len(piece) + 1
        if used > width and not (hanging and character in "，。、：；）") and not (columns and latin):
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def as_text(width: int, *, indent: str = "", between: str = "\n", **how: bool) -> tuple[bytes, str]:
    lines = []
    for line in PROSE.split("\n"):
        first = indent if len(line) > 25 else ""
        lines += wrapped(first + line, width, **how)
    return between.join(lines).encode(), "a.txt"


def as_page(width: int, *, between: str, indent: str = "", **how: bool) -> tuple[bytes, str]:
    paragraphs = (between.join(map(html.escape, wrapped(indent + line, width, **how))) for line in PROSE.split("\n"))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs).encode(), "a.html"


def as_word(width: int, *, between: str, **how: bool) -> tuple[bytes, str]:
    def paragraph(line: str) -> str:
        return "<w:p><w:r><w:t>" + between.join(map(html.escape, wrapped(line, width, **how))) + "</w:t></w:r></w:p>"

    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(map(paragraph, PROSE.split("\n")))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
    return file.getvalue(), "a.docx"


SOFT, NEW = "</w:t><w:br/><w:t>", "</w:t></w:r></w:p><w:p><w:r><w:t>"
BROKEN = {
    **{f"text, {width} characters": as_text(width) for width in (16, 18, 22, 28, 34, 40)},
    **{f"text, {width} characters, indented": as_text(width, indent="　　") for width in (18, 28, 38)},
    **{f"text, {width} characters, marks begin lines": as_text(width, hanging=False) for width in (20, 30)},
    **{f"text, {width} columns": as_text(width, columns=True) for width in (40, 60, 76, 80)},
    "text, 72 columns, indented": as_text(72, columns=True, indent="    "),
    "text, an empty line behind each": as_text(60, columns=True, indent="　　", between="\n\n"),
    "page, <br>": as_page(30, between="<br>"),
    "page, <br> and its own line end": as_page(44, between="<br/>\n", columns=True),
    "page, each line a paragraph": as_page(34, between="</p><p>", indent="　　"),
    "page, each line a div": as_page(28, between="</p><div></div><p>"),
    "Word, soft line breaks": as_word(28, between=SOFT),
    "Word, each line a paragraph": as_word(36, between=NEW, columns=True),
}


def facts(analysis: nlp.Analysis) -> dict[str, object]:
    return {
        "title": analysis.identity.title,
        "sections": [section.key for section in analysis.sections],
        "contacts": [(contact.kind, contact.value) for contact in analysis.contacts],
        "channels": [(count.channel, count.quantity.value) for count in analysis.channel_counts],
        "counts": [(count.metric, count.quantity.value) for count in analysis.counts],
        "statements": [(statement.role, statement.labels) for statement in analysis.statements],
    }


@pytest.mark.parametrize(("data", "name"), BROKEN.values(), ids=BROKEN)
def test_however_a_text_was_broken_it_says_the_same(data, name):
    assert facts(analyse_source(read_bytes(data, name=name))) == facts(nlp.analyse_text(PROSE))


JOINED = [
    "通过政府网站公开信息|180条，微信公众号发布35条。",
    "通过政府网站公开信息|180|条，微信公众号发布35条。",
    "通过政府网站公开信息180|条，微信公众号发布35条。",
    "通过政府网站公开信息| 180 |余条。",
    "本区累计主动公开政府信息|3120|条,其中,本年度新增主动公开政府信息|880|条。",
    "全年主动公开政府信息共|计128条，其中网站96条。",
    "全年收到政府信息公开申请，|共3件，均已答复。",
    "其中，通过|县政府网站公开96条，发布各类信息。",
    "因信息公开被申请行政复议6件，其中结果纠|正5件，尚|未审结1件。",
    "网站访问量达12|6.4万次，有较大提高，其中十二月最多。",
    "报告按照《条例》（国务院令第711号）的要求编|制，如有疑问，请联系办公室。",
]
KEPT = [
    "（一）强化责任落实，主动公开|领导小组每季度听取一次汇报，研究解决难点。",
    "主动公开情况|2018年，我局公开信息12条。",
    "全年主动公开信息63条，其中微信公众号发布20条|收到申请3件，已经答复。",
    "1.主动公开信息12条|2.收到申请3件|3.召开会议2次，全年培训1次。",
    "联系人：张三，联系单位：办公室|联系电话：0571-85123456。",
    "政府网站公开政府信息数|条|180|政务微博公开政府信息数|条|35",
    "行政规范性文件|5|1|12|全年主动公开政府信息，共有128条。",
    "政府集中采购|204件|0件|三、收到和处理政府信息公开申请情况",
    "规章|0|0|0",
    "岭溪县财政局|2019年3月1日",
    "附件：政府信息公开情况统计表，共1页|附表",
    "工作平稳，没有问题。|全年公开信息12条，其中网站10条。",
]


@pytest.mark.parametrize("text", JOINED)
def test_a_sentence_that_goes_on_below_needs_no_width(text):
    before = ["一、概述", "我局认真做好信息公开工作，取得成效。"]
    lines = clean_lines("\n".join([*before, *text.split("|")]))
    assert len(lines) == 3 and lines[-1].replace(" ", "") == fold(text).replace("|", "").replace(" ", "")


@pytest.mark.parametrize("text", KEPT)
def test_lines_that_stand_for_themselves(text):
    lines = ["一、概述", "我局认真做好信息公开工作，取得成效。", *text.split("|")]
    assert len(clean_lines("\n".join(lines))) == len(lines)


def test_paragraphs_that_end_without_a_stop_stay_paragraphs():
    lines = [f"第{n}季度主动公开信息{n}条，其中微信公众号发布信息" for n in "一二三四"]
    assert len(clean_lines("\n".join(["一、概述", *lines]))) == 5


TITLE = "岭溪县财政局2018年政府信息公开工作年度报告"


@pytest.mark.parametrize("cut", range(6, len(TITLE)))
def test_a_title_is_whole_wherever_it_was_broken(cut):
    identity = nlp.analyse_text(f"{TITLE[:cut]}\n{TITLE[cut:]}\n一、概述\n工作平稳。").identity
    assert (identity.title, identity.issuer, identity.year) == (TITLE, "岭溪县财政局", 2018)


def test_page_numbers_and_what_a_browser_prints_are_no_text():
    pages = [
        f"{TITLE}\n一、概述\n全年主动公开政府信息共有128条，其中通过县政府网站公开的有\n\n1\n",
        "\f2023/1/19 15:30                某县年报\n96条，通过微信公众号公开的有32条，其余的在公示栏公开，\nhttps://www.example.gov.cn/a.html    2/3\n2\n",
        "\f没有收到申请。\n3\n",
    ]
    analysis = nlp.analyse_text("".join(pages))
    assert clean_lines("".join(pages))[-1].endswith("32条,其余的在公示栏公开,没有收到申请。")
    assert [(count.channel, count.quantity.value) for count in analysis.channel_counts] == [
        ("gov_website", 96),
        ("wechat", 32),
    ]


def test_the_last_cell_of_a_page_is_no_page_number():
    pages = "一、概述\n工作平稳。\n规章\n3\n\f行政规范性文件\n7\n\f合计\n10\n"
    assert {"3", "7", "10"} <= set(clean_lines(pages))
