"""Tables on disk: types, Excel's byte order mark, formulas, and no half-written file."""

import csv
import json
from decimal import Decimal

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nlp.conclusions.tags import _cell
from nlp.output.files import as_text, safe_cell, write_tables
from nlp.output.frames import arrow_table, frames, schema
from nlp.output.rows import ASIDE, TABLES
from nlp.output.whole import replace_file
from nlp.vocabulary.load import load

CONTACT = ("0" * 16, "email", "=cmd|'/c calc'!A1", "=cmd|…", False, 1, 2)
FIGURE = ("0" * 16, "disclosure", "admin_fees", "amount", Decimal("3138.14"), "万元", "given", "3138.14", 5, 12)
BLANK = ("0" * 16, "disclosure", "admin_fees", "change", None, None, "blank", None, None, None)


def test_each_table_of_the_codebook_has_rows_and_the_other_way_round():
    assert {*TABLES, *ASIDE} == set(load("codebook"))


def test_parquet_keeps_decimals_dates_and_gaps(tmp_path):
    table = arrow_table("figures", [FIGURE, BLANK])
    write_tables({"figures": table}, tmp_path, ["parquet"])
    read = pq.read_table(tmp_path / "figures.parquet")
    assert read["value"].to_pylist() == [Decimal("3138.140000"), None]
    assert read["start"].to_pylist() == [5, None]
    assert read.schema.field("value").metadata[b"zh"].decode() == "数值"
    assert str(schema("reports").field("published_on").type) == "date32[day]"


def test_csv_opens_in_excel_and_runs_no_formula(tmp_path):
    write_tables({"contacts": arrow_table("contacts", [CONTACT])}, tmp_path, ["csv"])
    data = (tmp_path / "contacts.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert row["value"] == "'=cmd|'/c calc'!A1"
    assert row["personal"] == "false"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=1+1", False), ("@SUM(A1)", False), ("+cmd", False), ("-", False), ("=5", False), ("-1+2", False),
        ("\n=1+1", False), ("\t=1+1", False), ("\r\n公开", False), (" =1+1", False), ("\u3000=1+1", False), ("\u2028=1", False),
        ("＝1+1", False), ("＋1", False), ("－1", False), ("＠SUM", False), (" ＝1", False),
        ("-5", True), ("+5.25", True), ("12", True), ("公开=1", True), ("", True), ("　公开", True), ("—", True), ("/", True),
    ],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_take_for_a_formula(cell, kept):
    assert safe_cell(cell) == (cell if kept else f"'{cell}")
    assert as_text(pa.table({"a": ["公开", cell]}))["a"].to_pylist() == ["公开", safe_cell(cell)]


@pytest.mark.parametrize("value", ["＝1+1", "\n=1+1", "=cmd", "-5", "公开", "'公开"])
def test_text_of_csv_comes_back_as_it_was(value, tmp_path):
    row = ("0" * 16, "email", value, value, False, 1, 2)
    write_tables({"contacts": arrow_table("contacts", [row])}, tmp_path, ["csv"])
    expression = _cell("value", "VARCHAR", "read_csv")
    columns = {name: "VARCHAR" for name in schema("contacts").names}
    query = f"SELECT {expression} FROM read_csv('{tmp_path / 'contacts.csv'}', header = true, columns = {columns})"
    assert duckdb.sql(query).fetchall() == [(value,)]


def test_two_databases_hold_the_same_rows_in_the_same_order(tmp_path):
    """Their bytes differ: DuckDB gives each file an identity."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write_tables({"figures": arrow_table("figures", [FIGURE, BLANK])}, tmp_path / folder, ["duckdb"])
    first, second = (duckdb.connect(str(tmp_path / f / "gongkai.duckdb"), read_only=True) for f in ("a", "b"))
    for table in ("figures", "codebook", "names"):
        rows = first.execute(f"SELECT * FROM {table}").fetchall()
        assert rows and rows == second.execute(f"SELECT * FROM {table}").fetchall()


def test_csv_shows_numbers_as_printed(tmp_path):
    write_tables({"figures": arrow_table("figures", [FIGURE, BLANK])}, tmp_path, ["csv"])
    values = [row["value"] for row in csv.DictReader((tmp_path / "figures.csv").open(encoding="utf-8-sig"))]
    assert values == ["3138.14", ""]


def test_jsonl_has_numbers_and_iso_dates(tmp_path, report_row):
    report = report_row("0" * 16, "free_form")
    write_tables(
        {"reports": arrow_table("reports", [report]), "figures": arrow_table("figures", [FIGURE])}, tmp_path, ["jsonl"]
    )
    assert json.loads((tmp_path / "reports.jsonl").read_text(encoding="utf-8"))["published_on"] == "2022-01-05"
    assert json.loads((tmp_path / "figures.jsonl").read_text(encoding="utf-8"))["value"] == 3138.14


def test_frames_compute(tmp_path):
    frame = frames({"figures": arrow_table("figures", [FIGURE, BLANK])})["figures"]
    assert frame["value"].dtype == "float64" and frame["value"].sum() == 3138.14
    assert frame["start"].dtype == pd.Int64Dtype()


def test_a_lone_surrogate_does_not_stop_the_writing(tmp_path):
    row = (*CONTACT[:2], "a\ud800b", *CONTACT[3:])
    write_tables({"contacts": arrow_table("contacts", [row])}, tmp_path, ["parquet", "csv", "jsonl"])
    assert pq.read_table(tmp_path / "contacts.parquet")["value"].to_pylist() == ["a?b"]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("old")

    def fail(temporary):
        temporary.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace_file(path, fail)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]
