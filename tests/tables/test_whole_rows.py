"""Which rows are taken as printed: those with exactly their cells. All numbers are invented."""

from __future__ import annotations

import pytest

from nlp.analyse import analyse

HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
DISCLOSURE = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
TITLE = "云溪县财政局2022年政府信息公开工作年度报告"
SHORT = {"given": "", "inferred": "~", "ambiguous_zero": "0?"}
MARKS = {"blank": "_", "not_applicable": "/", "text": "t", "ambiguous": "?", "absent": "."}


def page(*tables):
    """A web page with tables of rows of cells; a cell may be a pair of its words and the columns that it covers."""

    def cell(one):
        words, columns = one if isinstance(one, tuple) else (one, 1)
        return f"<td colspan='{columns}'>{words}</td>"

    body = "".join(
        "<table>" + "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in table) + "</table>"
        for table in tables
    )
    return f"<html><meta charset='utf-8'><body><h1>{TITLE}</h1><h2>二、主动公开政府信息情况</h2>{body}</body></html>"


def lines(mark, table):
    """The same as text: a line a row, the cells between tabs or pipes."""
    edge = mark if mark == "|" else ""
    rows = [edge + mark.join(row) + edge for row in table]
    if mark == "|":
        rows.insert(1, "|" + "---|" * len(table[0]))
    return f"# {TITLE}\n\n## 二、主动公开政府信息情况\n\n" + "\n".join(rows) + "\n"


def read(text, folder, suffix):
    path = folder / f"report{suffix}"
    path.write_text(text, encoding="utf-8")
    return analyse(path)


def row(analysis, table, name):
    cells = [f for f in analysis.figures if (f.table, f.row) == (table, name)]
    return " ".join(MARKS.get(f.status) or SHORT[f.status] + ("" if f.value is None else f"{f.value}") for f in cells)


# A row of section two, in every grid -> what is read. What a row lost may have been any number.
ROWS = [
    (("行政规范性文件", "7", "12", "40"), "7 12 40"),
    (("行政规范性文件", "7", "12"), "? ? ?"),  # a cell is not there
    (("行政规范性文件", "7", "12", "", "40"), "? ? ?"),  # one too many
    (("行政规范性文件", "7", "7", "12", "40"), "? ? ?"),
    (("行政规范性文件", "7", "", "40"), "7 _ 40"),  # the cell is there and blank
    (("行政规范性文件", "", "", ""), "_ _ _"),
    (("行政规范性文件", "/", "/", "/"), "/ / /"),
]


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
@pytest.mark.parametrize(("cells", "expected"), ROWS)
def test_a_row_needs_exactly_its_cells(cells, expected, suffix, tmp_path):
    table = [DISCLOSURE, ("规章", "0", "0", "0"), cells]
    text = page(table) if suffix == ".html" else lines("|" if suffix == ".md" else "\t", table)
    analysis = read(text, tmp_path, suffix)
    assert row(analysis, "disclosure", "normative_docs") == expected
    assert row(analysis, "disclosure", "regulations") == "0 0 0"
    told = {issue.code for issue in analysis.issues}
    assert ("disclosure.rows_unplaced" in told) == ("?" in expected)


def requests(**changed):
    """Section three: five requests of two kinds of applicant, all granted; the rows that are left out are zeros."""
    labels = {
        "new_received": "一、本年新收政府信息公开申请数量", "carried_in": "二、上年结转政府信息公开申请数量",
        "granted": "(一)予以公开", "partial": "(二)部分公开", "ref_state_secret": "1.属于国家秘密",
        "ref_law": "2.其他法律行政法规禁止公开", "ref_security": "3.危及“三安全一稳定”",
        "ref_third_party": "4.保护第三方合法权益", "ref_internal": "5.属于三类内部事务信息",
        "ref_process": "6.属于四类过程性信息", "ref_casefile": "7.属于行政执法案卷", "ref_query": "8.属于行政查询事项",
        "una_not_held": "1.本机关不掌握相关政府信息", "una_to_create": "2.没有现成信息需要另行制作",
        "una_unclear": "3.补正后申请内容仍不明确", "np_petition": "1.信访举报投诉类申请", "np_duplicate": "2.重复申请",
        "np_publication": "3.要求提供公开出版物", "np_excessive": "4.无正当理由大量反复申请",
        "np_reissue": "5.要求行政机关确认或重新出具已获取信息",
        "op_no_correction": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "op_no_payment": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "op_other": "3.其他", "results_total": "(七)总计", "carried_out": "四、结转下年度继续办理",
    }  # fmt: skip
    whole = {"new_received": "3 2 0 0 0 0 5", "granted": "3 2 0 0 0 0 5", "results_total": "3 2 0 0 0 0 5"} | changed
    rows = [(label, *whole.get(key, "0 0 0 0 0 0 0").replace("_", "").split(" ")) for key, label in labels.items()]
    return [("", *HEADS), *rows]


GRIDS = [
    ({}, "granted", "3 2 0 0 0 0 5"),
    # Two cells left of seven: only the columns tell that they are the first, the second and the total.
    ({"granted": "3 2 5"}, "granted", "~3 ~2 _ _ _ _ ~5"),
    # The 2 is not there: its cell is the one that row and column leave open.
    ({"granted": "3 0 0 0 0 5"}, "granted", "? ? ? ? ? ? ?"),
    # Its cell is there and blank: the row leaves 2 over, and so does the column.
    ({"granted": "3 _ 0 0 0 0 5"}, "granted", "3 ~2 0 0 0 0 5"),
    # The column leaves 1 over, the row 2: it stays blank.
    ({"granted": "3 _ 0 0 0 0 5", "results_total": "3 1 0 0 0 0 4"}, "granted", "3 _ 0 0 0 0 5"),
    ({"granted": "3 2 _ 0 0 0 5"}, "granted", "3 2 _ 0 0 0 5"),
    # A cell too many that is no part of the sums, and a number that was cut in two.
    ({"granted": "3 9 2 0 0 0 0 5"}, "granted", "~3 ~2 ~0 ~0 ~0 ~0 ~5"),
    (
        {
            "granted": "1 3 2 0 0 0 0 15", "new_received": "13 2 0 0 0 0 15", "results_total": "13 2 0 0 0 0 15",
        },
        "granted",
        "~13 ~2 ~0 ~0 ~0 ~0 ~15",
    ),
    # A whole row is as it is printed, right or wrong; the sums tell the reader.
    ({"granted": "2 3 0 0 0 0 5"}, "granted", "2 3 0 0 0 0 5"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
@pytest.mark.parametrize(("changed", "name", "expected"), GRIDS)
def test_a_row_of_sums(changed, name, expected, suffix, tmp_path):
    table = requests(**changed)
    text = page(table) if suffix == ".html" else lines("|" if suffix == ".md" else "\t", table)
    assert row(read(text, tmp_path, suffix), "requests", name) == expected


FLOWS = [
    # The label of the next row is missing: the numbers may be that row's.
    ("(一)予以公开\n3\n2\n0\n0\n0\n0\n5\n1.属于国家秘密\n0\n0\n0\n0\n0\n0\n0\n", "granted", "? ? ? ? ? ? ?"),
    ("(一)予以公开\n3\n2\n0\n0\n0\n0\n5\n(二)部分公开\n0\n0\n0\n0\n0\n0\n0\n", "granted", "3 2 0 0 0 0 5"),
    ("(一)予以公开 3 2 0 0 0 0 5\n1.属于国家秘密 0 0 0 0 0 0 0\n", "granted", "3 2 0 0 0 0 5"),  # a line is a row
    # A label out of its place: between two rows that the form has the other way round.
    (
        "2.其他法律行政法规禁止公开\n0\n0\n0\n0\n0\n0\n0\n1.属于国家秘密\n1\n0\n0\n0\n0\n0\n1\n",
        "ref_state_secret",
        None,
    ),
    # Numbers stand where none belong: a row without numbers is not known to be blank.
    ("二、上年结转政府信息公开申请数量\n(一)予以公开\n3\n2\n0\n0\n0\n0\n5\n4\n", "carried_in", "? ? ? ? ? ? ?"),
    ("二、上年结转政府信息公开申请数量\n(一)予以公开\n3\n2\n0\n0\n0\n0\n5\n", "carried_in", "_ _ _ _ _ _ _"),
]


@pytest.mark.parametrize(("printed", "name", "expected"), FLOWS)
def test_rows_of_running_text(printed, name, expected, tmp_path):
    text = f"{TITLE}\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n3\n2\n0\n0\n0\n0\n5\n{printed}五、存在的主要问题\n"
    found = row(read(text, tmp_path, ".txt"), "requests", name)
    if expected is None:
        assert set(found.split()) <= {"?", "."}
    else:
        assert found == expected


def test_two_lines_of_numbers_for_section_four(tmp_path):
    # Only the second adds up: 1 + 2 = 3; of the first nothing is known, so the second is inferred.
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    other, true = "4 0 0 1 3 0 0 0 0 0 0 0 0 0 0".split(), "1 0 0 2 3 0 0 0 0 0 0 0 0 0 0".split()
    table = [
        [("行政复议", 5), ("行政诉讼", 10)],
        [*heads, "未经复议直接起诉", "复议后起诉"],
        [*heads, *heads],
        other,
        true,
    ]
    analysis = read(page(table), tmp_path, ".html")
    assert row(analysis, "disputes", "review") == "~1 ~0 ~0 ~2 ~3"
    same = read(page([*table[:3], true, true]), tmp_path, ".html")
    assert row(same, "disputes", "review") == "1 0 0 2 3"
    two = read(page([*table[:3], ["0"] * 15, true]), tmp_path, ".html")
    assert row(two, "disputes", "review") == "? ? ? ? ?"
