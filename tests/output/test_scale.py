"""The outputs of a batch opened by what people use: pandas, polars, DuckDB, readers of Excel files, Frictionless."""

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import jsonschema
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from nlp.batch.local import tag_into
from nlp.output import workbook
from nlp.output.database import VIEWS
from nlp.output.files import TableFiles, write_tables
from nlp.output.frames import arrow_table, schema
from nlp.output.package import data_package
from nlp.vocabulary.load import load

SAMPLES = Path(__file__).parents[2] / "corpora" / "reports"
CONTACT = ("0" * 16, "email", "=cmd|'/c calc'!A1", "http://a.cn", False, 1, 2)
FIGURE = ("0" * 16, "disclosure", "admin_fees", "amount", Decimal("3138.14"), "万元", "given", "3138.14", 5, 12)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The sample reports in every format, Parquet both ways."""
    folder = tmp_path_factory.mktemp("scale")
    (folder / "in").mkdir()
    for path in sorted(SAMPLES.glob("[0-9]*.*")):
        shutil.copy(path, folder / "in")
    (folder / "in" / "empty.txt").write_bytes(b"")
    tag_into([folder / "in"], folder / "files", formats=["parquet", "csv", "jsonl", "xlsx", "duckdb"])
    tag_into([folder / "in"], folder / "years", formats=["parquet"], by_year=True)
    return folder


def test_every_format_has_the_same_rows(out):
    counts = json.loads((out / "files" / "run.json").read_text(encoding="utf-8"))["rows"]
    book = openpyxl.load_workbook(out / "files" / "gongkai.xlsx", read_only=True)
    database = duckdb.connect(str(out / "files" / "gongkai.duckdb"), read_only=True)
    for name, table in load("codebook").items():
        assert pq.read_table(out / "files" / f"{name}.parquet").num_rows == counts[name]
        assert len(pd.read_csv(out / "files" / f"{name}.csv", encoding="utf-8-sig", dtype=str)) == counts[name]
        assert len((out / "files" / f"{name}.jsonl").read_bytes().splitlines()) == counts[name]
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (counts[name],)
        assert sum(1 for _ in book[table["zh"]].iter_rows()) == counts[name] + 1
        assert pq.read_table(out / "years" / name).num_rows == counts[name]


def test_schemas_are_stable_typed_and_explained(out):
    for name in load("codebook"):
        written = pq.read_schema(out / "files" / f"{name}.parquet")
        assert written.equals(schema(name), check_metadata=False)
        assert written.metadata[b"description"] and all(
            f.metadata[b"zh"] and f.metadata[b"description"] for f in written
        )
    types = {f.name: str(f.type) for f in schema("reports")} | {f.name: str(f.type) for f in schema("figures")}
    assert (types["published_on"], types["value"], types["year"]) == ("date32[day]", "decimal128(24, 6)", "int64")


def test_ids_are_dictionary_encoded(out):
    group = pq.ParquetFile(out / "files" / "figures.parquet").metadata.row_group(0)
    for at, name in enumerate(schema("figures").names):
        if name in ("report_id", "table", "row", "column", "status"):
            assert "RLE_DICTIONARY" in group.column(at).encodings


def test_pandas_and_polars_read_the_years(out):
    polars = pytest.importorskip("polars")
    reports = pd.read_parquet(out / "years" / "reports")
    figures = pd.read_parquet(out / "years" / "figures")
    assert {2009, 2021, 2025} <= set(reports["year"].astype(int)) and "year" in figures
    frame = polars.read_parquet(out / "years" / "figures" / "**" / "*.parquet", hive_partitioning=True)
    assert frame.filter(polars.col("year") == 2021).height == (figures["year"].astype(int) == 2021).sum()
    assert polars.read_parquet(out / "files" / "figures.parquet")["value"].dtype == polars.Decimal(24, 6)


def test_duckdb_has_keys_descriptions_and_views(out):
    database = duckdb.connect(str(out / "files" / "gongkai.duckdb"), read_only=True)
    keys = database.execute(
        "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    assert {name for (name,) in keys} >= {"reports", "statements"}
    assert "统计" in str(
        database.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'reports'").fetchall()
    )
    panel = database.execute("SELECT * FROM panel").df()
    reports = pd.read_parquet(out / "files" / "reports.parquet").dropna(subset=["issuer", "year"])
    assert len(panel) == len(reports.drop_duplicates(["issuer", "region", "year"]))
    figures = pd.read_parquet(out / "files" / "figures.parquet")
    tandu = panel[(panel["year"] == 2021) & panel["issuer"].str.contains("财政局")].iloc[0]
    cell = figures.query(
        "report_id == @tandu.report_id and table == 'requests' and row == 'new_received' and column == 'total'"
    )
    assert tandu["requests_new_received_total"] == cell["value"].iloc[0]
    for name in VIEWS:
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 0
    (zh,) = database.execute("SELECT DISTINCT zh FROM channels_by_year WHERE channel = 'wechat'").fetchone()
    assert zh == "微信公众号"


def test_an_absent_number_is_null_in_the_panel_and_a_printed_zero_is_zero(tmp_path, report_row):
    files = TableFiles(tmp_path, ["duckdb"])
    report = report_row("a" * 16, "tables_2021")
    files.write("reports", arrow_table("reports", [report]))
    cell = ("a" * 16, "disputes", "review")
    files.write(
        "figures",
        arrow_table(
            "figures",
            [
                (*cell, "total", Decimal(0), None, "given", "0", 1, 2),
                (*cell, "other", None, None, "blank", None, None, None),
            ],
        ),
    )
    files.close()
    database = duckdb.connect(str(tmp_path / "gongkai.duckdb"))
    assert database.execute(
        "SELECT disputes_review_total, disputes_review_other, disputes_review_upheld FROM panel"
    ).fetchall() == [(0, None, None)]


def test_the_workbook_is_made_for_reading(tmp_path):
    write_tables(
        {"contacts": arrow_table("contacts", [CONTACT]), "figures": arrow_table("figures", [FIGURE])},
        tmp_path,
        ["xlsx"],
    )
    book = openpyxl.load_workbook(tmp_path / "gongkai.xlsx")
    assert book.sheetnames == ["数据字典", "联系方式", "法定表格"]
    sheet = book["联系方式"]
    assert [cell.value for cell in sheet[1]][:3] == ["报告标识", "种类", "值"] and sheet.freeze_panes == "A2"
    assert sheet["C2"].value == "=cmd|'/c calc'!A1" and sheet["C2"].data_type in (
        "s",
        "inlineStr",
    )  # text, not a formula
    assert sheet["D2"].hyperlink is None and sheet["E2"].value is False
    assert book["法定表格"]["E2"].value == 3138.14
    text = [cell.value for row in book["数据字典"].iter_rows() for cell in row]
    assert "报告标识" in text and "公开不及时" in text


def test_excels_limits_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    long = (*CONTACT[:2], "长" * 40_000, "😀" * 20_000, *CONTACT[4:])
    write_tables({"contacts": arrow_table("contacts", [long] * 5)}, tmp_path, ["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "gongkai.xlsx")
    assert book.sheetnames[1:] == ["联系方式", "联系方式 (2)", "联系方式 (3)"]
    assert [book[name].max_row for name in book.sheetnames[1:]] == [3, 3, 2]
    value = book["联系方式"]["C2"].value
    assert len(value) == 32_767 and value.endswith("长…")
    assert len(book["联系方式"]["D2"].value.encode("utf-16-le")) <= 2 * 32_767


def test_the_same_tables_give_the_same_workbook(tmp_path):
    tables = {"figures": arrow_table("figures", [FIGURE])}
    for name in "ab":
        write_tables(tables, tmp_path / name, ["xlsx"])
    assert (tmp_path / "a" / "gongkai.xlsx").read_bytes() == (tmp_path / "b" / "gongkai.xlsx").read_bytes()


def test_rows_come_in_any_pieces(tmp_path):
    rows = [(*FIGURE[:8], n, n + 1) for n in range(200)]
    for name, pieces in (("a", [rows]), ("b", [rows[:7], rows[7:120], [], rows[120:]])):
        (tmp_path / name).mkdir()
        files = TableFiles(tmp_path / name, ["parquet", "csv"], tables=["figures"])
        for piece in pieces:
            files.write("figures", arrow_table("figures", piece))
        files.close()
    for kind in ("parquet", "csv"):
        assert (tmp_path / "a" / f"figures.{kind}").read_bytes() == (tmp_path / "b" / f"figures.{kind}").read_bytes()


def test_numbers_that_do_not_fit_are_left_out(tmp_path):
    values = [Decimal(10) ** 30, Decimal("0.12345678"), Decimal("-7")]
    table = arrow_table("figures", [(*FIGURE[:4], value, *FIGURE[5:]) for value in values])
    assert table["value"].to_pylist() == [None, Decimal("0.123457"), Decimal("-7.000000")]


def test_the_data_package_is_valid(out):
    package = json.loads((out / "files" / "datapackage.json").read_text(encoding="utf-8"))
    csv = package | {"resources": [r for r in package["resources"] if r["format"] == "csv"]}
    (out / "files" / "csv.json").write_text(json.dumps(csv, ensure_ascii=False), encoding="utf-8")
    report = frictionless.Package(str(out / "files" / "csv.json")).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]


def test_the_data_package_names_what_is_there(out):
    for formats in (["csv"], ["parquet", "csv"], ["xlsx"]):
        package = data_package(formats)
        names = [r["name"] for r in package["resources"]]
        assert len(set(names)) == len(names) == len(load("codebook")) * len(set(formats) - {"xlsx"})
        for resource in package["resources"]:
            assert (out / "files" / resource["path"]).exists()
            for key in resource["schema"].get("foreignKeys", []):
                assert key["reference"]["resource"] in names
    jsonschema.validate(data_package(["csv"]), {"type": "object", "required": ["name", "resources"]})
    assert data_package(["parquet"], by_year=True)["resources"] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(out, tmp_path):
    def convert(path, kind):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, timeout=120, capture_output=True)
        return tmp_path / f"{path.stem}.{kind.partition(':')[0]}"

    (tmp_path / "small.csv").write_text("1\n", encoding="utf-8")
    if not convert(tmp_path / "small.csv", "xlsx").exists():
        pytest.skip("LibreOffice is installed without Calc")
    utf8 = "csv:Text - txt - csv (StarCalc):44,34,76"  # whatever the locale
    assert "报告标识" in convert(out / "files" / "gongkai.xlsx", utf8).read_text(encoding="utf-8")
