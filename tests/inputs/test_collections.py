"""Reports in folders, archives and tables: each comes once, with its name, and nothing harmful comes along."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from nlp.inputs.archives import Budget, read_archive
from nlp.inputs.collections import Item, open_bytes, open_collection
from nlp.inputs.inventory import look_into
from nlp.inputs.tabular import read_rows
from nlp.reading.files import read_bytes, read_report
from nlp.records import Skipped

REPORT = "云岭县2023年政府信息公开工作年度报告\n全年公开信息12条。"


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:gz", links: Mapping[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return file.getvalue()


def shown(item: Item | Skipped) -> tuple[str, str]:
    """The end of a name, with the reason why it was left out, the code of its failure, or the beginning of the text."""
    name = item.name.rpartition("in/")[2] if "/in/" in item.name else item.name
    if isinstance(item, Skipped):
        return name, f"({item.reason})"
    data = item.content.encode() if isinstance(item.content, str) else item.content
    return name, item.failure.code if item.failure else read_bytes(data, name=item.name).text[:3]


def found(folder: Path, **options: str) -> list[tuple[str, str]]:
    """Everything in a folder, collections taken apart, in the order of names."""
    result = []
    for file in sorted(
        look_into(folder, tables="text_column" in options), key=lambda file: getattr(file, "path", "") or file.name
    ):
        if isinstance(file, Skipped):
            result.append(shown(file))
        elif file.collection:
            result += [shown(item) for item in open_collection(file.path, **options)]
        else:
            result.append((file.path.rpartition("in/")[2], read_report(file.path).text[:3]))
    return result


@pytest.fixture
def box(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def test_archives(box):
    inner = zipped({"c.txt": REPORT})
    (box / "a.zip").write_bytes(
        zipped({"年报/b.txt": REPORT, "inner.zip": inner, "empty/": "", "x.txt": REPORT.encode("gb18030")})
    )
    (box / "b.tgz").write_bytes(tarred({"d.txt": REPORT.encode()}))
    (box / "e.txt.gz").write_bytes(gzip.compress(REPORT.encode()))
    (box / "f.tar").write_bytes(tarred({"g.txt": REPORT.encode()}, "w"))
    assert found(box) == [
        ("a.zip/年报/b.txt", "云岭县"), ("a.zip/inner.zip/c.txt", "云岭县"), ("a.zip/x.txt", "云岭县"),
        ("b.tgz/d.txt", "云岭县"), ("e.txt.gz/e.txt", "云岭县"), ("f.tar/g.txt", "云岭县"),
    ]  # fmt: skip


def test_names_packed_by_windows(box):
    """GBK names without a mark; zipfile reads them as cp437."""
    data = zipped({"AAAA.txt": REPORT}).replace(b"AAAA.txt", "年报".encode("gbk") + b".txt")
    (box / "a.zip").write_bytes(data)
    assert found(box) == [("a.zip/年报.txt", "云岭县")]


def test_what_archives_must_not_do(box):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO(zipped({"../outside.txt": REPORT, "/etc/x.txt": REPORT, "good.txt": REPORT}))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    (box / "a.zip").write_bytes(file.getvalue())
    (box / "b.tar").write_bytes(tarred({"../up.txt": REPORT.encode()}, "w", {"l.txt": "/etc/passwd"}))
    assert found(box) == [
        ("a.zip/../outside.txt", "outside"), ("a.zip//etc/x.txt", "outside"), ("a.zip/good.txt", "云岭县"), ("a.zip/link.txt", "link"),
        ("b.tar/../up.txt", "outside"), ("b.tar/l.txt", "link"),
    ]  # fmt: skip
    assert sorted(os.listdir(box)) == ["a.zip", "b.tar"]


def test_bombs(box):
    zeros = bytes(30 * 2**20)
    (box / "a.zip").write_bytes(zipped({"good.txt": REPORT, "bomb.txt": zeros, "after.txt": REPORT}))
    (box / "b.tgz").write_bytes(tarred({"bomb.txt": zeros}))
    (box / "c.txt.gz").write_bytes(gzip.compress(zeros))
    (box / "d.zip").write_bytes(zipped({"large.txt": bytes(65 * 2**20)}))
    (box / "e.zip").write_bytes(zipped({"inner.zip": zipped({"bomb.txt": zeros}), "after.txt": REPORT}))
    assert found(box) == [
        ("a.zip/good.txt", "云岭县"), ("a.zip", "bomb"), ("b.tgz", "bomb"), ("c.txt.gz", "bomb"), ("d.zip/large.txt", "too_large"), ("e.zip", "bomb"),
    ]  # fmt: skip


def test_archives_without_end():
    data = zipped({"a.txt": REPORT})
    for _ in range(6):
        data = zipped({"inner.zip": data})
    (member,) = read_archive(io.BytesIO(data), "a.zip", Budget(len(data)))
    assert member.failure is not None and member.failure.code == "bomb"


DAMAGED = [
    zipped({"a.txt": REPORT * 50})[:-30],
    tarred({"a.txt": REPORT.encode() * 50})[:-40],
    b"PK\x03\x04" + bytes(60),
]


@pytest.mark.parametrize("data", DAMAGED)
def test_damaged_archives(data):
    members = list(read_archive(io.BytesIO(data), "a.zip", Budget(len(data))))
    assert members[-1].failure is not None and members[-1].failure.code == "damaged"


def test_office_documents_are_no_archives(box):
    (box / "a.docx").write_bytes(zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}))
    (file,) = look_into(box, tables=False)
    assert file.path == str(box / "a.docx") and not file.collection


ROWS = [
    {"url": "u1", "正文": REPORT, "level": 2},
    {"url": "u2", "正文": "", "level": 3},
    {"url": "u3", "正文": f"<p>{REPORT}</p>" * 3, "level": None},
]


def table(path) -> None:
    """The rows as a table of the kind that the suffix says."""
    if path.suffix in {".csv", ".tsv"}:
        import csv

        with path.open("w", encoding="gb18030" if path.suffix == ".csv" else "utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(ROWS[0]), delimiter="," if path.suffix == ".csv" else "\t")
            writer.writeheader()
            writer.writerows(ROWS)
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n", encoding="utf-8")
    elif path.suffix == ".parquet":
        pyarrow.parquet.write_table(pa.Table.from_pylist(ROWS), path)
    else:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for row in ([*ROWS[0]], *([*row.values()] for row in ROWS)):
            book.active.append(row)
        book.save(path)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".parquet", ".xlsx"])
def test_tables(box, suffix):
    path = box / f"crawl{suffix}"
    table(path)
    items = list(open_collection(str(path)))
    assert [item.name.rpartition("/")[2] for item in items] == [f"crawl{suffix}#u{n}" for n in (1, 2, 3)]
    assert [item.failure.code if item.failure else "" for item in items] == ["", "empty", ""]
    assert items[0].columns["url"] == "u1" and str(items[0].columns["level"]) == "2" and "正文" not in items[0].columns
    assert "12条" in items[0].content and "<p>" in items[2].content
    assert found(box) == [(f"crawl{suffix}", "(table)")]  # a table beside reports is data,
    assert len(found(box, text_column="正文")) == 3  # unless its column is named


def test_columns_that_are_not_there(box):
    path = box / "a.csv"
    path.write_text("link,words\nx,y\n", encoding="utf-8")
    for column in (None, "text"):
        (item,) = open_collection(str(path), text_column=column)
        assert item.failure is not None and item.failure.code == "no_column" and "link, words" in item.failure.message
    assert [row.text for row in read_rows(path, text_column="words")] == ["y"]


BAD_TABLES = [
    ("a.jsonl", b'{"text": "x"}\n{broken\n[1]\n{"text": "y"}\n', ["", "damaged", "damaged", ""]),
    ("a.parquet", b"PAR1 nothing", ["damaged"]),
    ("a.xlsx", b"PK\x03\x04 nothing", ["damaged"]),
    ("a.csv", b"text\n\xff\xfe\x00\n", [""]),
    ("a.csv", b"", ["empty"]),
    ("a.csv", b"text,url\n", ["empty"]),
    ("a.jsonl", b"\n\n", ["empty"]),
    ("a.jsonl", b"[" * 100_000, ["damaged"]),
]


@pytest.mark.parametrize(("name", "data", "codes"), BAD_TABLES)
def test_damaged_tables(box, name, data, codes):
    (box / name).write_bytes(data)
    assert [item.failure.code if item.failure else "" for item in open_collection(str(box / name))] == codes


def test_standard_input():
    (item,) = open_bytes(io.BytesIO(REPORT.encode()))
    assert (item.name, item.content) == ("standard input", REPORT.encode())
    assert [shown(item) for item in open_bytes(io.BytesIO(zipped({"a.txt": REPORT})))] == [
        ("standard input/a.txt", "云岭县")
    ]
