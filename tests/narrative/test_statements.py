"""Where statements begin and end. A bar marks each cut; text before and after it is one statement each."""

import time

import pytest

from nlp.narrative.statements import cut_statements, read_marker
from nlp.reading.clean import CleanText
from nlp.structure.paragraphs import Paragraph


def cut(text, section_key="problems"):
    clean = CleanText(text)
    paragraphs, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(section_key, "", at, at + len(line)))
        at += len(line) + 1
    return [clean.text[piece.start : piece.end] for piece in cut_statements(clean, paragraphs)]


CASES = [
    # markers of every kind
    ("一是人手少。全乡只有一名干事;|二是栏目更新慢。|三是渠道窄。", "head and explanation are one"),
    ("(一)认识不深。有的站所不上心。|(二)制度缺失。", "brackets"),
    ("1.内容少。|2.更新慢。|3.无人管。", "numbers"),
    ("1、内容少;|2、更新慢;", "numbers with 、"),
    ("首先,认识要到位。|其次,人员要到位。|最后,经费要到位。", "ordinal words"),
    ("第一,抓学习。|第二,抓检查。", "第一"),
    ("一要抓培训;|二要抓考核。", "一要"),
    ("①抓培训。|②抓考核。", "circled numbers"),
    ("●抓培训。组织两期。\n|●抓考核。", "bullets, one a paragraph"),
    ("——抓培训\n|——抓考核", "dashes"),
    # damage
    ("一是抓培训,提升群众认可度|二是拓宽公开渠道。", "the stop before a marker is lost"),
    ("一是重视不够.个别干部推着走.|二是更新慢.", "plain points for stops"),
    ("1内容少,更新慢。\n|2由于人手紧,公开不及时。", "the point after a number is lost"),
    # what is no marker
    ("数字统一是前提,这一是非问题不能回避。", "统一是, 一是非"),
    ("依据《条例》第二十条第(一)项公开。", "第(一)项"),
    ("全年公开3.5万条信息,2021.6版指南已更新。", "decimal numbers"),
    # a bare head and the paragraph below it
    (
        "一是渠道单一。\n主要靠网站,老人看不到。\n|二是更新慢。\n栏目半年未动。",
        "head and explanation in two paragraphs",
    ),
    ("1.拓宽渠道\n用好公众号。\n|2.加强培训\n全年两期。", "heads without a stop"),
    ("一是渠道单一。\n|下一步,增设电子屏。", "a transition explains no head"),
    ("一是渠道单一,老人看不到。\n|更新也慢。", "a marked paragraph that says more than a head"),
    ("(一)渠道方面。\n|1.网站少。\n|2.屏幕少。", "a head above marked items"),
    ("渠道单一。\n|(单位负责人:张三 填报人:李四)", "who filled in the form"),
    # lead-ins and transitions
    ("还存在以下不足:|一是渠道窄。", "lead-in before a marker"),
    ("工作虽有进步,但还有以下不足:|栏目更新慢。", "lead-in without a marker"),
    ("一是渠道窄。|针对上述问题,我乡将从以下方面改进:|一是增设公开栏。", "a transition ends the last item"),
    ("存在问题:|1.更新慢;|2.专栏少。| |改进措施:|1.每周查一次;|2.开设专栏。", "a heading of measures in the line"),
    # unmarked text
    ("公开渠道偏少。|更新也慢。", "a sentence each"),
    ("公开广度、形式、时效性都有待提高。", "a list under one predicate"),
    # problem and measure in one sentence
    ("一是凑数。有的站所为了过关,将旧简报改个日期当作新信息发布。", "将 for 把"),
    ("一是把关不严。有的站所图省事,将内部联系单误作文件公开。|二是更新慢。", "将 for 把"),
    ("(三)转载不严。少数账号转载不严,将差错文章接连转发,影响很坏。", "将 for 把, with the fault behind it"),
    ("一是公开形式单一,|下一步将增设电子屏;|二是人手不足,|今后将调配一名专干。", "turn inside an item"),
    ("公开范围偏窄,|明年要进一步扩大范围。", "turn in a sentence"),
    ("针对人手不足的问题,今后将充实力量。", "a frame is no problem of its own"),
    ("去年反映的空白栏目已全部补齐,|但仍有部分栏目更新慢。", "last year's problem and this year's"),
    ("工作取得一定成绩,但仍存在更新慢的问题。", "concession and problem are one statement"),
    # run-in labels are no statements, and not part of one
    ("存在问题:|渠道窄。", "label"),
]


@pytest.mark.parametrize("marked, why", CASES, ids=[why for _, why in CASES])
def test_statements_are_cut(marked, why):
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    expected = [
        part for part in expected if part not in ("存在问题:", "改进措施:", "", "(单位负责人:张三 填报人:李四)")
    ]
    assert cut(text) == expected


def test_text_without_headings_is_cut_too():
    assert cut("一是渠道窄。二是更新慢。", section_key=None) == ["一是渠道窄。", "二是更新慢。"]


def test_run_in_label_becomes_the_heading():
    text = "存在问题:渠道窄。改进措施:增设公开栏。"
    pieces = cut_statements(CleanText(text), [Paragraph("problems", "五、问题及改进", 0, len(text))])
    assert [(piece.heading, text[piece.start : piece.end]) for piece in pieces] == [
        ("存在问题", "渠道窄。"),
        ("改进措施", "增设公开栏。"),
    ]


def test_the_appended_form_gives_no_statements():
    assert cut("填报日期另附。", section_key="appendix") == []


@pytest.mark.parametrize("unit", ["下一步,", "但仍,已整改,", "下一步。", "问题:", "一是", "(一)公开。\n"])
def test_two_megabytes_of_one_phrase_take_seconds_not_minutes(unit):
    text = unit * (700_000 // len(unit))
    began = time.process_time()
    cut_statements(CleanText(text), [Paragraph("problems", "", 0, len(text))])
    assert time.process_time() - began < 4


ODD = ["", " ", "。。。", "无", "公" * 100_000, "一是" * 3_000, "(一)" * 3_000, ",;" * 3_000]


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_cut_without_loss_of_order(text):
    clean = CleanText(text)
    pieces = cut_statements(clean, [Paragraph("problems", "", 0, len(text))])
    bounds = [bound for piece in pieces for bound in (piece.start, piece.end)]
    assert bounds == sorted(bounds)
    assert all(clean.text[piece.start : piece.end].strip() == clean.text[piece.start : piece.end] for piece in pieces)


@pytest.mark.parametrize(
    "text, expected",
    [("十一是", ("counted", 11)), ("(三)", ("bracketed", 3)), ("12.", ("numbered", 12)), ("渠道", None), ("●", None)],
)
def test_markers_are_read(text, expected):
    assert read_marker(text) == expected
