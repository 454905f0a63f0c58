"""Reports out of archives, tables and standard input are tagged like files, under the names they have there."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pyarrow.parquet
import pytest

from nlp.batch.collecting import Collector, Columns
from nlp.batch.findings import check_files
from nlp.batch.local import tag_files, tag_into

TEXT = "{}2021年政府信息公开工作年度报告\n一、总体情况\n全年公开信息{}条。\n"


def report(body: str, count: int) -> str:
    return TEXT.format(body, count)


def zipped(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """An archive with an archive in it, a bad name and a copy; a table with an empty text."""
    box = tmp_path / "in"
    box.mkdir()
    inner = zipped({"深处.txt": report("丙县", 30)})
    files = {"市/甲.txt": report("甲县", 10), "内.zip": inner, "../坏.txt": "x", "副本/甲.txt": report("甲县", 10)}
    (box / "a.zip").write_bytes(zipped(files))
    with (box / "t.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["网址", "正文", "省份"])
        rows.writerow(["http://x/1", report("丁县", 40), "某省"])
        rows.writerow(["http://x/2", "", "某省"])
        rows.writerow(["http://x/3", "<p>" + report("戊县", 50).replace("\n", "</p><p>") + "</p>", "另省"])
    (box / "单独.txt").write_text(report("乙县", 20), encoding="utf-8")
    return box


COLUMNS = Columns("正文", "网址")


def names(tables: dict[str, pyarrow.Table], box: Path) -> list[str]:
    return [name.removeprefix(f"{box}/") for name in tables["reports"]["name"].to_pylist()]


def test_names_and_columns(box: Path) -> None:
    tables = tag_files([box], columns=COLUMNS).tables
    assert names(tables, box) == [
        "a.zip/市/甲.txt", "a.zip/内.zip/深处.txt", "t.csv#http://x/1", "t.csv#http://x/3", "单独.txt",
    ]  # fmt: skip
    assert [json.loads(row) if row else None for row in tables["reports"]["input_columns"].to_pylist()] == [
        None, None, {"网址": "http://x/1", "省份": "某省"}, {"网址": "http://x/3", "省份": "另省"}, None,
    ]  # fmt: skip
    assert tables["reports"]["issuer"].to_pylist() == ["甲县", "丙县", "丁县", "戊县", "乙县"]


def test_what_cannot_be_read_is_listed_under_its_name(box: Path) -> None:
    failures = tag_files([box], columns=COLUMNS).tables["failures"].to_pylist()
    assert [(f["name"].removeprefix(f"{box}/"), f["code"]) for f in failures] == [
        ("a.zip/../坏.txt", "outside"), ("a.zip/副本/甲.txt", "duplicate"), ("t.csv#http://x/2", "empty"),
    ]  # fmt: skip
    assert "a.zip/市/甲.txt" in failures[1]["message"]


def test_tables_in_a_folder_are_data_until_a_column_is_named(box: Path) -> None:
    assert names(tag_files([box]).tables, box) == ["a.zip/市/甲.txt", "a.zip/内.zip/深处.txt", "单独.txt"]


def test_a_table_without_the_column_is_a_failure(box: Path) -> None:
    [failure] = tag_files([box / "t.csv"], columns=Columns("内容")).tables["failures"].to_pylist()
    assert failure["code"] == "no_column" and "内容" in failure["message"]


def test_standard_input(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((box / "a.zip").read_bytes())))
    tables = tag_files(["-"]).tables
    assert tables["reports"]["name"].to_pylist() == ["standard input/市/甲.txt", "standard input/内.zip/深处.txt"]


def test_the_same_bytes_with_workers_and_after_a_resume(box: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    run = tag_into([box], first, columns=COLUMNS)
    assert (run["files"], run["reports"], run["failures"]) == (8, 5, {"empty": 1, "outside": 1})
    tag_into([box / "a.zip"], second, columns=COLUMNS, jobs=2)
    resumed = tag_into([box], second, columns=COLUMNS, jobs=2, start="resume")
    assert resumed["tagged_now"] == 3
    for table in ("reports", "counts", "failures"):
        assert (first / f"{table}.parquet").read_bytes() == (second / f"{table}.parquet").read_bytes(), table
    assert not (first / ".gongkai" / "collected").exists()


def test_a_name_that_no_file_system_takes(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({f"{'长' * 200}.txt": report("甲县", 10), 'a"b?.txt': report("乙县", 10)}))
    found = list(Collector(tmp_path / "out", Columns()).collect(str(archive)))
    assert [Path(item.file).is_file() for item in found] == [True, True]
    assert Path(found[0].file).suffix == ".txt" and Path(found[1].file).name == "a_b_.txt"
    assert found[1].shown == f'{archive}/a"b?.txt'


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_member_that_is_refused_does_not_stand_for_the_file_that_has_its_name(tmp_path: Path, jobs: int) -> None:
    """``in/a.zip/../good.txt`` is a name; the file ``in/good.txt`` is another thing, before it or after it."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(report("甲县", 10), encoding="utf-8")
    for name in ("a.zip", "z.zip"):
        (folder / name).write_bytes(zipped({"../good.txt": report("乙县", 20), "same.txt": report("丙县", 30)}))
    tables = tag_files([folder], jobs=jobs).tables
    assert tables["reports"]["issuer"].to_pylist() == ["丙县", "甲县"]
    assert [row["code"] for row in tables["failures"].to_pylist()] == ["outside", "outside", "duplicate"]
    checked = check_files([folder], jobs=jobs)
    assert sorted(Path(r.name).name for r in checked.reports) == ["good.txt", "same.txt", "same.txt"]
    assert [failure.code for failure in checked.failures] == ["outside", "outside"]


def test_two_members_of_one_name_are_two(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("年报.txt", report("甲县", 10))
        archive.writestr("年报.txt", report("乙县", 20))
    (tmp_path / "a.zip").write_bytes(data.getvalue())
    tables = tag_files([tmp_path / "a.zip"]).tables
    assert [name.rpartition("/")[2] for name in tables["reports"]["name"].to_pylist()] == ["年报.txt", "年报.txt (2)"]
    assert {Path(r.name).name for r in check_files([tmp_path / "a.zip"]).reports} == {"年报.txt", "年报.txt (2)"}
