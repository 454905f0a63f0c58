"""Tables as office programs, pandas and crawlers write them: read, or told what is wrong with which row."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from nlp.inputs.collections import open_collection
from nlp.records import Skipped

ROWS = [
    {"编号": "u1", "正文": "甲县公开12条。", "省": "某省"},
    {"编号": "u2", "正文": "乙县公开3条,\n申请1件。", "省": None},
]
READ = [("#u1", "甲县公开12条。"), ("#u2", "乙县公开3条,\n申请1件。")]


def read(path: Path, column: str | None = "正文") -> list[tuple[str, str]]:
    """Name (without the path) and text of each row, or the code of its failure, or why a sheet was left out."""
    result = []
    for item in open_collection(str(path), text_column=column):
        name = item.name.removeprefix(str(path))
        if isinstance(item, Skipped):
            result.append((name, f"({item.reason})"))
        else:
            result.append((name, item.failure.code if item.failure else item.content))
    return result


CSV_FORMS = {
    "as pandas writes it": ",编号,正文,省\n0,u1,甲县公开12条。,某省\n1,u2,\"乙县公开3条,\n申请1件。\",\n",
    "with semicolons": "编号;正文;省\nu1;甲县公开12条。;某省\nu2;\"乙县公开3条,\n申请1件。\";\n",
    "with tabs": "编号\t正文\t省\nu1\t甲县公开12条。\t某省\nu2\t\"乙县公开3条,\n申请1件。\"\t\n",
    "with Excel's line for the separator": "sep=;\n编号;正文;省\nu1;甲县公开12条。;某省\nu2;\"乙县公开3条,\n申请1件。\";\n",
    "with a title and blank rows above": "\n某市年报汇总,,\n,,\n编号, 正文 ,省\nu1,甲县公开12条。,某省\n,,\nu2,\"乙县公开3条,\n申请1件。\",\n",
    "with merged headings above": "基本信息,,内容\n,,\n编号,省,正文\nu1,某省,甲县公开12条。\nu2,,\"乙县公开3条,\n申请1件。\"\n",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("text", CSV_FORMS.values(), ids=CSV_FORMS)
def test_csv(text, encoding, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert [(name, text.replace("\r\n", "\n")) for name, text in read(path)] == READ


def test_a_quotation_mark_that_is_not_closed_makes_no_reports_of_the_rest(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('id,text\nu1,甲\nu2,"乙\n丙\n丁\nu3,戊\n', encoding="utf-8")
    assert read(path, "text") == [("#u1", "甲"), ("#2", "damaged")]
    failure = list(open_collection(str(path), text_column="text"))[1].failure
    assert "line 3: a quotation mark is not closed" in failure.message
    path.write_text('id,text\nu1,"甲" 乙"丙\n丁"\nu2,甲,乙\nu3,他说"好"。\nu4,"他说"好"。"\n', encoding="utf-8")
    assert read(path, "text")[0] == ("#1", "damaged")


def test_a_row_with_another_number_of_cells_is_no_report(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,text\nu1,甲\nu2,乙,丙\n丁\nu3,戊\n", encoding="utf-8")
    assert read(path, "text") == [("#u1", "甲"), ("#2", "damaged"), ("#3", "damaged"), ("#u3", "戊")]


JSON_FORMS = {
    "an array": json.dumps(ROWS, ensure_ascii=False),
    "an array, indented": json.dumps(ROWS, ensure_ascii=False, indent=2),
    "one object a line": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS),
    "an array in an object": json.dumps({"count": 2, "rows": ROWS}, ensure_ascii=False),
    "an answer of a web service": json.dumps({"code": 0, "data": ROWS, "log": []}, ensure_ascii=False, indent=1),
    **{f"pandas, {orient}": pd.DataFrame(ROWS).to_json(orient=orient, force_ascii=False) for orient in ("records", "split", "index", "columns", "table")},
    "pandas, lines": pd.DataFrame(ROWS).to_json(orient="records", lines=True),
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@pytest.mark.parametrize("text", JSON_FORMS.values(), ids=JSON_FORMS)
def test_json(text, suffix, tmp_path):
    path = tmp_path / f"t{suffix}"
    path.write_text(text, encoding="utf-8")
    assert read(path) == READ


def test_one_object_is_one_row(tmp_path):
    path = tmp_path / "t.json"
    path.write_text(json.dumps({**ROWS[0], "tags": ["a"]}, ensure_ascii=False), encoding="utf-8")
    assert read(path) == READ[:1]


NO_TABLES = ['"text"', "12", "[1, 2]", '{"a": {"b": {"c": 1}}}', "[" * 50_000, '{"正文": ', "NaN"]


@pytest.mark.parametrize("text", NO_TABLES)
def test_json_that_is_no_table_says_so(text, tmp_path):
    path = tmp_path / "t.json"
    path.write_text(text, encoding="utf-8")
    assert {code for _, code in read(path)} <= {"damaged", "no_column"} and read(path)


def test_objects_without_the_column_cost_themselves(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "甲"}\n{"texts": "乙"}\n{"text": "丙"}\n', encoding="utf-8")
    assert read(path, "text") == [("#1", "甲"), ("#2", "no_column"), ("#3", "丙")]


def test_numbers_beyond_bounds_and_texts_that_are_none(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text(
        '{"text": "a\\ud800b", "id": "x\\udc00", "n": NaN, "m": 1e999, "k": ' + "9" * 400 + ', "\\ud800": 1}\n'
        '{"text": "b", "k": ' + "9" * 5_000 + "}\n", encoding="utf-8",
    )  # fmt: skip
    first, second = open_collection(str(path))
    assert (first.name, first.content) == (f"{path}#x\ufffd", "a\ufffdb") and second.failure.code == "damaged"
    assert first.columns == {"id": "x\ufffd", "n": None, "m": "inf", "k": "9" * 400, "\ufffd": 1}
    json.dumps(dict(first.columns), allow_nan=False)


def workbook(path: Path, sheets: dict[str, list[list[object]]], merged: str | None = None) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    book.save(path)


PLAIN = [[*ROWS[0]], *([*row.values()] for row in ROWS)]


def test_workbooks_with_headings_below_titles(tmp_path):
    path = tmp_path / "t.xlsx"
    workbook(path, {"Sheet1": [[], ["某市年报汇总"], ["基本", None, "地区"], *PLAIN]}, merged="A2:C2")
    assert read(path) == READ


def test_workbooks_with_several_sheets(tmp_path):
    path = tmp_path / "t.xlsx"
    workbook(path, {"2022": PLAIN, "说明": [["本表由某市汇总"]], "空": [], "2023": PLAIN})
    assert read(path) == [
        ("[2022]#u1", READ[0][1]),
        ("[2022]#u2", READ[1][1]),
        ("[2023]#u1", READ[0][1]),
        ("[2023]#u2", READ[1][1]),
        ("[说明]", "(table)"),
    ]
    workbook(path, {"2022": PLAIN, "空": []})
    assert read(path) == READ  # an empty sheet beside it changes no names
    workbook(path, {"a": [["x"]], "b": [["y"]]})
    assert read(path) == [("", "no_column")]


def test_a_workbook_is_one_whatever_its_name(tmp_path):
    workbook(tmp_path / "t.xlsx", {"Sheet1": PLAIN})
    path = (tmp_path / "t.xlsx").rename(tmp_path / "t.csv")
    assert read(path) == READ


def test_an_old_or_locked_workbook_says_so(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (item,) = open_collection(str(path))
    assert item.failure.code == "damaged" and "password" in item.failure.message


def test_dates_that_no_calendar_has(tmp_path):
    path = tmp_path / "t.parquet"
    columns = {
        "正文": ["甲", "乙"], "日期": pa.array([0, 2**31 - 1], pa.int32()).cast(pa.date32()),
        "时刻": pa.array([0, 2**50], pa.int64()).cast(pa.timestamp("s")), "纳秒": pa.array([1, 2], pa.timestamp("ns")),
    }  # fmt: skip
    pyarrow.parquet.write_table(pa.table(columns), path)
    first, second = open_collection(str(path), text_column="正文")
    assert first.columns["日期"] == "1970-01-01" and "2147483647" in str(second.columns["日期"])
    assert (first.content, second.content) == ("甲", "乙")
