"""The folder for evaluators: what is in it, how it prints, what it never replaces."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest

from nlp.checking.findings import Checked, CheckedReport, Finding, Held, Quote
from nlp.checking.likeness import Alike
from nlp.checking.rollup import RollUp
from nlp.checking.settings import Settings
from nlp.output.evaluation import by_body, refuse_taken_folder, write_evaluation
from nlp.output.evaluation_tables import tables
from nlp.records import Failure, OutputRefused, Skipped


def report(name, body, *severities, year=2023):
    findings = tuple(
        Finding(
            name, "sections.empty", severity, "“其他”为空。 Part other is empty.", None, None, (Quote(0, 1, "<b>无"),)
        )
        for severity in severities
    )
    return CheckedReport(
        name, f"{body}{year}年报告", findings, body=body, year=year, level="township", held=Held(40, 2, 0)
    )


@pytest.fixture
def checked():
    return Checked(
        reports=[
            report("a.txt", "青石镇", "error"),
            report("b.txt", "白沙镇"),
            report("c.txt", "云桥镇", "error"),
            report("d.txt", "白沙镇", "warning", year=2022),
            CheckedReport("x/e?.txt", "", ()),
        ],
        failures=[Failure("f.pdf", "read", "damaged", "f.pdf: is damaged.", "Fetch it again.")],
        skipped=[Skipped("g.rar", "format", "Unpack it.")],
        alike=[
            Alike("a.txt", "b.txt", "problems", 0.92, 0.61),
            Alike("b.txt", "a.txt", "problems", 0.61, 0.92),
            Alike("a.txt", "c.txt", "overview", 0.55, 0.5),
            Alike("c.txt", "a.txt", "overview", 0.5, 0.55),
        ],
        rolled_up=[
            RollUp(
                "a.txt", "墨川县", 2023, "reviews", Decimal(3), (("青石镇", Decimal(4)), ("白沙镇", None)), "exceeds"
            )
        ],
    )


def table(checked, name, language="zh"):
    return next(t for t in tables(checked, Settings(), language) if t.name == name)


def test_scores_and_ranks_with_ties(checked):
    rows = [row[:4] for row in table(checked, "汇总").rows]
    assert rows == [
        (1, 100, "白沙镇", 2023), ("并列2", 95, "青石镇", 2023), ("并列2", 95, "云桥镇", 2023), (1, 98, "白沙镇", 2022),
        (1, 100, "", None),
    ]  # fmt: skip
    assert table(checked, "汇总").rows[1][6:11] == (1, 0, 0, 42, 40)


def test_counts_by_rule_and_severity(checked):
    assert [row[:6] for row in table(checked, "按规则").rows] == [("sections.empty", "规定部分没有内容", 2, 1, 0, 3)]


def test_likeness_both_ways_and_as_a_matrix(checked):
    assert next(row[:7] for row in table(checked, "雷同").rows) == (
        "第五部分", "青石镇", 2023, "92%", "白沙镇", 2023, "61%"
    )  # fmt: skip
    matrix = table(checked, "雷同矩阵 第五部分")
    assert [words for words, _ in matrix.columns] == ["机关", "青石镇 2023", "白沙镇 2023"]
    assert matrix.rows == (("青石镇 2023", "—", "92%"), ("白沙镇 2023", "61%", "—"))


def test_governments_and_those_below(checked):
    (row,) = table(checked, "上下级").rows
    assert row == (2023, "墨川县", "行政复议", 3, 4, 2, 1, "下级合计大于本级", "青石镇 4；白沙镇 —")


def test_what_was_not_read_is_told_in_one_language(checked):
    assert table(checked, "未读出或略过的文件").rows == (
        ("f.pdf", "文件已损坏", "请重新获取文件，或用原来的程序打开后另存。"),
        ("g.rar", "不能读取的格式", "请另存为文本、网页、Word或PDF；.rar和.7z请先解压。"),
    )
    assert table(checked, "Files not read or left out", "en").rows == (
        ("f.pdf", "Is damaged.", "Fetch it again."), ("g.rar", "a format that is not read", "Unpack it.")
    )  # fmt: skip


def test_every_body_has_a_page_and_a_workbook(checked, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    out = tmp_path / "out"
    write_evaluation(checked, out, settings=Settings())
    assert sorted(path.name for path in (out / "bodies").glob("*.html")) == [
        "1-e.html", "2-云桥镇.html", "3-白沙镇.html", "4-青石镇.html"
    ]  # fmt: skip
    assert len(list((out / "bodies").glob("*.xlsx"))) == 4
    page = (out / "bodies" / "3-白沙镇.html").read_text(encoding="utf-8")
    assert "已核对42项，未发现问题" in page and page.index("白沙镇2023年报告") < page.index("白沙镇2022年报告")
    index = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="bodies/3-%E7%99%BD%E6%B2%99%E9%95%87.html"' in index and "size: A4 landscape" in index
    assert "<script" not in index and "http" not in index
    book = openpyxl.load_workbook(io.BytesIO((out / "summary.xlsx").read_bytes()))
    assert book.sheetnames[0] == "汇总" and "雷同矩阵 第五部分" in book.sheetnames
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
    assert book["汇总"]["B3"].value == 95 and book["汇总"]["A3"].value == "并列2"


def test_english_pages_have_no_chinese_headings(checked, tmp_path):
    write_evaluation(checked, tmp_path / "out", settings=Settings(), language="en")
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "Summary" in index and "=2" in index and "名次" not in index and "错误" not in index


def test_a_folder_of_others_is_never_written_into(checked, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefused, match="was not written by a run of gongkai"):
        refuse_taken_folder(out, [], force=True)
    with pytest.raises(OutputRefused):
        write_evaluation(checked, out, settings=Settings())
    assert (out / "index.html").read_text(encoding="utf-8") == "mine"


def test_an_earlier_evaluation_is_replaced_when_asked_and_its_own_files_only(checked, tmp_path):
    out = tmp_path / "out"
    write_evaluation(checked, out, settings=Settings())
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefused, match="--force"):
        refuse_taken_folder(out, [], force=False)
    refuse_taken_folder(out, [], force=True)
    checked = Checked(reports=checked.reports[:1])
    write_evaluation(checked, out, settings=Settings())
    assert {path.name for path in (out / "bodies").iterdir()} == {"1-青石镇.html", "1-青石镇.xlsx"}
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    (out / "bodies" / "1-青石镇.html").write_text("changed by hand", encoding="utf-8")
    with pytest.raises(OutputRefused, match="changed since"):
        refuse_taken_folder(out, [], force=True)


def test_tables_of_a_run_are_not_replaced(tmp_path):
    (tmp_path / "run.json").write_text(
        json.dumps({"settings": {"formats": ["parquet"], "by_year": False}, "written": {}}), encoding="utf-8"
    )
    with pytest.raises(OutputRefused, match="gongkai tag"):
        refuse_taken_folder(tmp_path, [], force=True)


def test_names_of_files_are_safe_and_none_is_lost():
    reports = [
        CheckedReport(f"{n}.txt", "", (), body=body) for n, body in enumerate(("a/b:c", "a/b*c", "长" * 200, "CON"))
    ]
    stems = [body.stem for body in by_body(reports)]
    assert len(set(stems)) == 4 and not any(set(stem) & set('/:*?"<>|\\') for stem in stems)
    assert max(map(len, stems)) <= 62 and not any(stem == "CON" for stem in stems)
