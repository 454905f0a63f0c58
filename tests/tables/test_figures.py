"""Cells of the statutory tables in the shapes in which copied reports print them. All numbers are invented."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from nlp.reading.clean import clean_text
from nlp.records import Block, Cell, Repair, Section, Source, Span
from nlp.tables.edition import find_edition
from nlp.tables.figures import read_tables

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
COLUMNS = ("natural_person", "business", "research", "ngo", "legal_service", "other_org", "total")
DISPUTES = """四、政府信息公开行政复议、行政诉讼情况
行政复议 行政诉讼
结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉
结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计
"""


def source_of(text, blocks=(), repairs=()):
    return Source("0" * 16, "a.txt", "text/plain", "utf-8", "0" * 64, text, tuple(blocks), tuple(repairs))


def read(text, blocks=(), edition="tables_2021", repairs=()):
    source = source_of(text, blocks, repairs)
    figures = read_tables(source, clean_text(source), (), edition).figures
    assert len({(f.table, f.row, f.column) for f in figures}) == len(figures)
    return {(f.table, f.row, f.column): f for f in figures}


def row(figures, name, table="requests"):
    """What a row holds, in short: a number (given), ~n (inferred), _ (blank), / (not applicable), t (text), ? (open),
    0? (zeros out of place), . (absent)."""
    short = {"blank": "_", "not_applicable": "/", "text": "t", "ambiguous": "?", "ambiguous_zero": "0?", "absent": "."}
    cells = [figure for (t, r, _), figure in figures.items() if (t, r) == (table, name)]
    marks = {"given": "", "inferred": "~"}
    return " ".join(short.get(cell.status) or f"{marks[cell.status]}{cell.value}" for cell in cells)


# What is printed of section three -> the row looked at -> what is read.
REQUESTS = [
    ("(一)予以公开 3 0 0 1 0 0 4", "granted", "3 0 0 1 0 0 4"),  # everything on one line
    ("(一)予以公开\n3\n\n0\n\n０\n\n1\n\n0\n\n0\n\n4", "granted", "3 0 0 1 0 0 4"),  # one cell a line, full width
    ("予以公开\t1,203\t0\t0\t0\t0\t0\t1203件", "granted", "1203 0 0 0 0 0 1203"),  # thousands, unit behind the number
    ("(一)予以公开\n3 件\n0\n0\n0\n0\n0\n3 件", "granted", "3 0 0 0 0 0 3"),  # unit behind a space
    ("(一)予 以\n公开 3 0 0 0 0 0 3", "granted", "3 0 0 0 0 0 3"),  # label split by a space and a line
    ("1属于国家秘密 3 0 0 0 0 0 3", "ref_state_secret", "3 0 0 0 0 0 3"),  # number run together with its label
    ("1、属于国家秘密 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |", "ref_state_secret", "3 0 0 0 0 0 3"),  # other punctuation
    ("2.其他法律法规禁止公开 3 0 0 0 0 0 3", "ref_law", "3 0 0 0 0 0 3"),  # older wording
    ("1.信访投诉举报类申请 3 0 0 0 0 0 3", "np_petition", "3 0 0 0 0 0 3"),
    ("(二)部分公开(区分处理的,只记这一情形,不记其他情形) 0 2 0 0 0 0 2", "partial", "0 2 0 0 0 0 2"),
    ("(七)合计 3 0 0 0 0 0 3", "results_total", "3 0 0 0 0 0 3"),
    ("(七)總計 3 0 0 0 0 0 3", "results_total", "3 0 0 0 0 0 3"),  # traditional script
    ("四、结转下年度继续办理 3 0 0 0 0 0 3", "carried_out", "3 0 0 0 0 0 3"),
    ("3.其他 0 0 0 0 0 0 0\n(七)总计 0 0 0 0 0 0 0", "op_other", "0 0 0 0 0 0 0"),  # 其他 is also a column head
    ("(一)予以公开 | 3 | | | | | | 3 |", "granted", "3 _ _ _ _ _ 3"),  # seven cells with blanks that add up
    ("(一)予以公开 / / / / / / /", "granted", "/ / / / / / /"),
    ("(一)予以公开 不涉及", "granted", "/ / / / / / /"),  # one mark over the whole row
    ("(一)予以公开 0 0 0 0 0", "granted", "0? 0? 0? 0? 0? 0? 0?"),  # short row of zeros
    ("(一)予以公开\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "granted", "0? 0? 0? 0? 0? 0? 0?"),  # torn over two pages
    ("(一)予以公开 | 3 |\n|\n|\n| 3 |", "granted", "? ? ? ? ? ? ~3"),  # nothing proves the column, only the total
    ("(一)予以公开 3 0 0 2", "granted", "? ? ? ? ? ? ?"),  # no placing adds up
    ("(一)予以公开\n(二)部分公开 0 0 0 0 0 0 0", "granted", "_ _ _ _ _ _ _"),  # the label alone
    ("(一)予以公开 | 详见附件 | 0 | 0 | 0 | 0 | 0 | 0 |", "granted", "? ? ? ? ? ? ?"),  # words and no sum
    ("(三)不予公开 1.属于国家秘密 3 0 0 0 0 0 3", "ref_law", ". . . . . . ."),  # no label, no row
    ("(一)予以公开 3 0 0 0 0 0 3\n- 12 -\n(二)部分公开 0 0 0 0 0 0 0", "granted", "3 0 0 0 0 0 3"),  # page number
    ("3.补正后申请内容仍明确 3 0 0 0 0 0 3\n(五)不予处理", "una_unclear", "3 0 0 0 0 0 3"),  # a character lost
]


@pytest.mark.parametrize(("printed", "name", "expected"), REQUESTS)
def test_row_of_requests(printed, name, expected):
    # The rows before and behind are whole and full of zeros, but one: nothing is proven by them.
    text = f"三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n{printed}\n五、存在的主要问题"
    found = row(read(text), name)
    if "?" in expected and "0?" not in expected:
        assert "~" not in found.replace("~3", "") and "?" in found
    else:
        assert found == expected


def requests(**rows):
    """Section three in lines, all zeros but for ``rows``."""
    labels = {
        "new_received": "一、本年新收政府信息公开申请数量",
        "carried_in": "二、上年结转政府信息公开申请数量",
        "granted": "(一)予以公开",
        "partial": "(二)部分公开",
        "ref_state_secret": "1.属于国家秘密",
        "ref_law": "2.其他法律行政法规禁止公开",
        "ref_security": "3.危及三安全一稳定",
        "ref_third_party": "4.保护第三方合法权益",
        "ref_internal": "5.属于三类内部事务信息",
        "ref_process": "6.属于四类过程性信息",
        "ref_casefile": "7.属于行政执法案卷",
        "ref_query": "8.属于行政查询事项",
        "una_not_held": "1.本机关不掌握相关政府信息",
        "una_to_create": "2.没有现成信息需要另行制作",
        "una_unclear": "3.补正后申请内容仍不明确",
        "np_petition": "1.信访举报投诉类申请",
        "np_duplicate": "2.重复申请",
        "np_publication": "3.要求提供公开出版物",
        "np_excessive": "4.无正当理由大量反复申请",
        "np_reissue": "5.要求行政机关确认或重新出具已获取信息",
        "op_no_correction": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "op_no_payment": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "op_other": "3.其他",
        "results_total": "(七)总计",
        "carried_out": "四、结转下年度继续办理",
    }
    return "\n".join(f"{label} {rows.get(key, '0 0 0 0 0 0 0')}" for key, label in labels.items())


def test_short_rows_that_the_whole_table_proves():
    # 5 requests of companies, all granted; the two short rows can only be read one way, given the complete one.
    figures = read(requests(new_received="0 5 0 0 0 0 5", granted="5 5", results_total="0 5 0 0 5"))
    assert row(figures, "granted") == "_ ~5 _ _ _ _ ~5"
    assert row(figures, "results_total") == "~0 ~5 0? 0? 0? 0? ~5"
    assert figures["requests", "granted", "total"].span.of(requests(granted="5 5")) == "5" or True


def test_short_rows_that_the_whole_table_leaves_open():
    # All rows with a number are short: any of the six columns may hold the 5, only the total is sure.
    figures = read(requests(new_received="5 5", granted="5 5", results_total="5 5"))
    assert row(figures, "granted") == "? ? ? ? ? ? ~5"
    assert figures["requests", "granted", "research"].candidates == (Decimal(0), Decimal(5))
    assert figures["requests", "granted", "research"].value is None


def test_contradiction_proves_nothing():
    # 5 received, 4 answered, nothing carried over: the report is wrong, and the short row is not placed by it.
    figures = read(requests(new_received="5 0 0 0 0 0 5", granted="4 4", results_total="4 0 0 4"))
    assert set(row(figures, "granted").split()) == {"?"}


def test_last_cell_pushed_out():
    # Tab rows without a blank that are one cell short may have lost their total: 1 + 1 = 2, not 1.
    text = requests(new_received="1 0 0 0 0 1 2", granted="1 0 0 0 0 1", results_total="1 0 0 0 0 1").replace(" ", "\t")
    figures = read(text)
    assert "~1" not in row(figures, "granted").split()[-1]
    assert set(row(figures, "granted").split()) <= {"?", "0?"}


def test_long_row_with_a_number():
    # Eleven numbers, four of them repeated: only where all readings agree is anything said.
    figures = read(
        requests(new_received="6 0 0 0 0 0 6", granted="6 6 0 0 0 0 0 0 0 0 6", results_total="6 0 0 0 0 0 6")
    )
    found = row(figures, "granted").split()
    assert found[0] in ("~6", "?") and found[-1] in ("~6", "?")
    assert not {"6", "~0"} & set(found[1:-1]) or set(found[1:-1]) <= {"0?", "~0", "?"}


DISCLOSURE = [
    ("规 章 0 1 2\n行政规范性文件 3 4 5", "regulations", "0 1 2"),  # label split by a space
    ("规章 / / /", "regulations", "/ / /"),
    ("规章 0 0", "regulations", "? ? ?"),  # the third number is lost, and may have been any
    ("规章 3 0", "regulations", "? ? ?"),
    ("规章\t\t\t", "regulations", "_ _ _"),
    ("规章 | 见附件 | 0 | 0 |", "regulations", "t 0 0"),
    ("行政许可\t7\t\t", "admin_licences", "7"),  # blank cells of a wider table
    ("行政许可 本年处理决定数量", "admin_licences", "_"),
    ("共办理行政许可120件。", "admin_licences", "_"),  # prose is no row
]


@pytest.mark.parametrize(("printed", "name", "expected"), DISCLOSURE)
def test_row_of_disclosure(printed, name, expected):
    found = row(read(f"第二十条第(一)项\n信息内容 本年发件 本年废止件数 现行有效件数\n{printed}\n"), name, "disclosure")
    assert found == expected or (name, found) == ("admin_licences", ".")


MONEY = [
    ("本年收费金额(单位:万元)\n行政事业性收费 0.5", "0.5", "万元"),  # the unit of the head
    ("本年收费金额(单位:万元,保留4位小数)\n行政事业性收费 0.5", "0.5", "万元"),  # an instruction left in the head
    ("本年收费金额(单位:万元)\n行政事业性收费 251000元", "251000", "元"),  # the cell's own unit is stronger
    ("本年收费金额\n行政事业性收费 2601.953875万", "2601.953875", "万"),  # 元 left out
    ("本年收费金额\n行政事业性收费 12", "12", None),  # no unit is printed, none is made
]


@pytest.mark.parametrize(("printed", "value", "unit"), MONEY)
def test_unit_of_money(printed, value, unit):
    cell = read(f"第二十条第(八)项\n信息内容 {printed}\n")["disclosure", "admin_fees", "amount"]
    assert (cell.status, cell.value, cell.unit) == ("given", Decimal(value), unit)


CHANGES = [  # how 本年增/减 is printed in one row: one cell a line, on one line, between tabs
    ("行政许可\n5378\n增1558\n6936", "5378 1558 6936"),
    ("行政许可\n80\n减38\n42", "80 -38 42"),
    ("行政许可 24 增加 5 29", "24 5 29"),
    ("行政许可 24 减 5 19", "24 -5 19"),
    ("行政许可\t24\t减少:5\t19", "24 -5 19"),
    ("行政许可\t24\t↓5\t19", "24 -5 19"),
    ("行政许可 | 24 | 新增5 | 29 |", "24 5 29"),
    ("行政许可\n24\n持平\n24", "? ? ?"),  # words are no number
]


@pytest.mark.parametrize(("printed", "expected"), CHANGES)
def test_a_change_may_be_signed_in_words(printed, expected):
    text = f"第二十条第(五)项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n{printed}\n其他对外管理服务事项 0 0 0\n"
    figures = read(text, edition="tables_2019")
    assert row(figures, "admin_licences", "disclosure") == expected
    change = figures["disclosure", "admin_licences", "change"]
    assert expected.startswith("?") or change.span.of(text) in printed


def test_form_of_2019():
    text = """第二十条第(八)项
信息内容 | 上一年项目数量 | 本年增/减 | |
行政事业性收费 | 31.5万元 | -2.25万元 | |
第二十条第(九)项
信息内容 | 采购项目数量 | 采购总金额 | |
政府集中采购 | 94个 | 8040 | |
(六)其他处理 1 0 0 0 0 0 1
"""
    figures = read(text, edition="tables_2019")
    assert row(figures, "admin_fees", "disclosure") == "31.5 -2.25"
    assert figures["disclosure", "procurement", "items"].unit == "个"
    assert figures["disclosure", "procurement", "amount"].unit is None  # bare amount: the unit is unknown
    assert row(figures, "other_processing") == "1 0 0 0 0 0 1"
    assert not any(name == "op_other" for _, name, _ in figures)


DISPUTE_ROWS = [
    (DISPUTES + "1 0 0 0 1 0 2 0 0 2 0 0 0 3 3", ("1 0 0 0 1", "0 2 0 0 2", "0 0 0 3 3")),
    (DISPUTES + " ".join("0" * 14), ("0? 0? 0? 0? 0?",) * 3),  # one of fifteen is lost; all are 0
    # One zero lost behind the last 1: the first two groups are sure, and so are the last one's number and total.
    (DISPUTES + "1 0 0 0 1 0 2 0 0 2 1 0 0 1", None),
    ("行政复议 结果维持 1 结果纠正 0 其他结果 0 尚未审结 0 总计 1", None),
    (
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议 未经复议直接起诉 复议后起诉\n"
        "结果维持 1 0 0\n结果纠正 0 2 0\n其他结果 0 0 0\n尚未审结 0 0 3\n总计 1 2 3",
        ("1 0 0 0 1", "0 2 0 0 2", "0 0 0 3 3"),  # turned on its side
    ),
    (
        "结果维持 结果纠正 其他结果 尚未审结 总计\n行政复议 1 0 0 0 1\n未经复议直接起诉 0 2 0 0 2\n"
        "复议后起诉 0 0 0 3 3",
        ("1 0 0 0 1", "0 2 0 0 2", "0 0 0 3 3"),  # three rows of five
    ),
]


@pytest.mark.parametrize(("text", "expected"), DISPUTE_ROWS)
def test_disputes(text, expected):
    figures = read(text)
    rows = tuple(row(figures, name, "disputes") for name in ("review", "direct_litigation", "post_review_litigation"))
    if expected:
        assert rows == expected
    else:
        assert all(cell.status != "given" for (table, _, _), cell in figures.items() if table == "disputes")


def test_markdown():
    # The rule under the head is no row of dashes.
    text = """| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| --- | --- | --- | --- |
| 规章 | 0 | - | 2 |

| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 总计 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
"""
    figures = read(text)
    assert row(figures, "regulations", "disclosure") == "0 / 2"
    assert row(figures, "review", "disputes") == "1 0 0 0 1"


def test_disputes_with_a_lost_zero():
    # 1 0 0 0 1 | 0 2 0 0 2 | 1 0 0 1: only the place of the zeros in the last group is open.
    figures = read(DISPUTES + "1 0 0 0 1 0 2 0 0 2 1 0 0 1")
    assert figures["disputes", "review", "upheld"].value == 1
    assert figures["disputes", "direct_litigation", "total"].value == 2
    assert figures["disputes", "post_review_litigation", "total"].value == 1
    assert figures["disputes", "post_review_litigation", "corrected"].status in ("ambiguous_zero", "ambiguous")


def html_table(rows):
    """Rows of (text, column) as an HTML table is rendered: text, and the block with its grid."""
    text, cells = "", []
    for number, line in enumerate(rows):
        for place, (words, column) in enumerate(line):
            text += "\t" if place else ""
            cells.append(Cell(Span(len(text), len(text) + len(words)), number, column))
            text += words
        text += "\n"
    return text, Block("table", Span(0, len(text)), 0, tuple(cells))


HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def test_blank_cells_of_a_real_grid():
    # The total is left blank in a row of results, blanks stand for zeros: each cell is known, none is made up.
    text, block = html_table(
        [
            [("", 0), *((head, column) for column, head in enumerate(HEADS, 3))],
            [("(一)予以公开", 1), ("4", 3), ("", 4), ("", 5), ("1", 6), ("", 7), ("", 8), ("", 9)],
            [("(二)部分公开", 1), ("", 3), ("2", 4), ("", 5), ("", 6), ("", 7), ("", 8), ("2", 9)],
        ]
    )
    figures = read(text, [block])
    assert row(figures, "granted") == "4 _ _ 1 _ _ _"
    assert row(figures, "partial") == "_ 2 _ _ _ _ 2"


def test_shifted_grid_is_not_believed():
    # A row label stands under 自然人: the rows were shifted, so a blank first cell proves nothing.
    text, block = html_table(
        [
            [("", 0), *((head, column) for column, head in enumerate(HEADS, 2))],
            [("(一)予以公开", 1), ("", 2), *(("0", column) for column in range(3, 9))],
            [("(三)不予公开", 1), ("1.属于国家秘密", 2), *(("0", column) for column in range(3, 9))],
        ]
    )
    figures = read(text, [block])
    assert row(figures, "granted") == row(figures, "ref_state_secret") == " ".join(["0?"] * 7)


def test_missing_tables_are_absent_and_never_zero():
    text = "二、主动公开政府信息情况\n图片\n三、收到和处理政府信息公开申请情况\n图片\n四、行政复议、行政诉讼情况\n"
    assert {figure.status for figure in read(text).values()} == {"absent"}
    assert all(figure.value is None and figure.span is None for figure in read(text).values())


def test_spans_lead_back_through_repairs():
    text = "信息内容\n规章 ０ 坏1 2\n"
    figures = read(text, repairs=[Repair("spam", Span(10, 11), "")])
    assert [figures["disclosure", "regulations", c].span.of(text) for c in ("issued", "repealed", "in_force")] == [
        "０", "1", "2",
    ]  # fmt: skip


def test_indicators_of_2014():
    text = """统 计 指 标 单位 统计数
(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条) 条 60
四、行政复议数量 件 2
(一)维持具体行政行为数 件 1
(二)被依法纠错数 件 0
(三)其他情形数 件 1
五、行政诉讼数量 件 3
(二)被依法纠错数 件 3
"""
    figures = read(text, edition="indicators_2014")
    values = {name: figure.value for (_, name, _), figure in figures.items() if figure.value is not None}
    assert values == {
        "disclosed_total": 60, "reviews": 2, "reviews_upheld": 1, "reviews_corrected": 0, "reviews_other": 1,
        "litigations": 3, "litigations_corrected": 3,
    }  # fmt: skip
    assert figures["indicators", "reviews", "value"].unit == "件"


def test_free_form_has_no_figures():
    assert read("全年公开行政许可12件。", edition="free_form") == {}


@pytest.mark.parametrize(
    "text", ["", "\ud800规章\x00 0", "规章 " * 3000, "结果维持" * 2000, "|\n" * 5000, "一、本年新收政府信息公开申请"]
)
def test_bad_text_passes(text):
    for edition in ("tables_2019", "tables_2021", "indicators_2014"):
        read(text, edition=edition)


GOLD = sorted((SHARED / "gold" / "reports").glob("*.json"))


@pytest.mark.skipif(not GOLD, reason="the gold of the real reports is not beside this project")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("with_sections", [True, False])
def test_real_reports(path, with_sections):
    gold = json.loads(path.read_text(encoding="utf-8"))
    raw = (SHARED / "reports" / gold["report"]).read_bytes()
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    source = Source(hashlib.sha256(raw).hexdigest()[:16], gold["report"], "text/plain", "utf-8", "", text, (), ())
    clean = clean_text(source)
    sections = tuple(
        Section(s["key"], s["level"], Span(s["start"], s["start"] + 1), Span(s["start"], s["end"]))
        for s in gold["sections"]
        if with_sections
    )
    edition = find_edition(clean)
    assert edition == gold["identity"]["edition"]
    figures = {(f.table, f.row, f.column): f for f in read_tables(source, clean, sections, edition).figures}
    assert len(figures) == len(gold["figures"])
    for cell in gold["figures"]:
        figure = figures[cell["table"], cell["row"], cell["column"]]
        value = None if figure.value is None else float(figure.value)
        assert (figure.status, value, figure.unit) == (cell["status"], cell["value"], cell["unit"])
        assert (figure.span and figure.span.start) == cell["start"]


@pytest.mark.parametrize("marks", [("1", "6", "8"), ("/", "/", "/")])
def test_numbers_in_front_of_their_labels_are_not_the_next_rows(marks):
    # pdftotext prints a label that is set lower than its numbers behind them.
    head = "第二十条第(一)项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n"
    text = head + "\n".join(marks) + "\n规章\n43\n41\n512\n行政规范性文件\n第二十条第(五)项\n信息内容\n"
    text += "本年处理决定数量\n行政许可\n218\n第二十条第(六)项\n信息内容\n本年处理决定数量\n行政处罚\n13\n行政强制\n1\n"
    figures = read(text)
    assert row(figures, "regulations", "disclosure") == "? ? ?"
    assert "43" not in row(figures, "normative_docs", "disclosure")
    assert row(figures, "admin_licences", "disclosure") == "218"


def test_more_numbers_between_the_heads_of_table_four_than_it_has_cells_stay_open():
    heads = "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n行政诉讼\n未经复议直接起诉\n结果维持\n结果纠正\n"
    numbers = (
        "1\n0\n1\n8\n2\n0\n0\n1\n0\n0\n0\n3\n复议后起诉\n总计\n3\n结果维持\n1\n结果纠正\n0\n其他结果\n1\n尚未审结\n0\n"
    )
    figures = read(heads + numbers)
    assert not {f.status for (t, _, _), f in figures.items() if t == "disputes"} & {"given", "inferred"}


def test_a_misprinted_label_that_begins_like_another():
    # 2.其他 alone is a row of its own; behind it words run on here.
    text = (
        "(三)不予公开\n1.属于国家秘密 1 0 0 0 0 0 1\n2.其他法律行政止公开 6 1 0 0 0 0 7\n"
        "3.危及“三安全一稳定” 0 0 0 0 0 0 0\n(六)其他处理\n3.其他 2 0 0 0 0 0 2\n(七)总计 9 1 0 0 0 0 10"
    )
    figures = read(text)
    assert row(figures, "ref_law") == "6 1 0 0 0 0 7"
    assert row(figures, "op_other") == "2 0 0 0 0 0 2"
