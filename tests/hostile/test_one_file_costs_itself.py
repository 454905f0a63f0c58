"""A file that is damaged, foreign or made to harm costs itself: the reports beside it are read, and it is told."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from nlp.batch.findings import check_files
from nlp.batch.local import tag_files
from nlp.inputs.archives import Budget, read_archive
from nlp.inputs.collections import open_collection
from training.examples import read_corpus
from training.records import CorpusUnusable

INPUTS = Path(__file__).parent / "inputs"
WORKBOOKS = sorted(path.name for path in INPUTS.glob("*.xlsx"))
REPORT = "青溪镇2022年政府信息公开工作年度报告\n一、总体情况\n公开9条。\n"


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_broken_workbook(name, folder):
    (folder / name).write_bytes((INPUTS / name).read_bytes())
    failures = [item.failure for item in open_collection(str(folder / name), text_column="text") if item.failure]
    assert [failure.code for failure in failures] == ["damaged"] and name in failures[0].message and failures[0].hint
    with pytest.raises(CorpusUnusable, match="no readable workbook"):
        read_corpus(folder / name)


def test_broken_workbooks_beside_reports(folder):
    from nlp.batch.collecting import Columns

    for name in WORKBOOKS:
        (folder / name).write_bytes((INPUTS / name).read_bytes())
    tagged = tag_files([folder], columns=Columns("text"))
    assert tagged.run["failures"] == {"damaged": len(WORKBOOKS)} and tagged.run["reports"] >= 3
    checked = check_files([folder], columns=Columns("text"))
    assert len(checked.failures) == len(WORKBOOKS) and len(checked.reports) >= 3


TARS = {"pax_size.tar": ["too_large", "damaged"], "sparse.tar": ["bomb"]}


@pytest.mark.parametrize(("name", "codes"), TARS.items())
def test_a_tar_with_a_false_size_or_holes_ends(name, codes):
    data = (INPUTS / name).read_bytes()
    members = read_archive(io.BytesIO(data), name, Budget(len(data)))
    assert [member.failure.code for member in members if member.failure] == codes


def test_members_without_a_name(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("AAAA", REPORT)
        archive.writestr("b.txt", REPORT.replace("9条", "8条"))
    data = data.getvalue().replace(b"\x04\x00\x00\x00AAAA", b"\x00\x00\x00\x00AAAA")  # its name has no length
    (tmp_path / "a.zip").write_bytes(data)
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        for name, count in (("", 7), ("c.txt", 6)):
            info = tarfile.TarInfo(name)
            text = REPORT.replace("9条", f"{count}条").encode()
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
    tables = tag_files([tmp_path / "a.zip", tmp_path / "b.tar"]).tables
    names = [name.rpartition("/")[2] for name in tables["reports"]["name"].to_pylist()]
    assert "c.txt" in names and "(no name)" in names


def test_a_zip_of_too_many_files_is_not_listed(monkeypatch):
    """The number of files stands at its end; the list itself would take minutes to read."""
    from nlp.inputs import archives

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", REPORT)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    data.seek(0)
    (member,) = read_archive(data, "a.zip", Budget(1000))
    assert member.failure.code == "bomb"


NAMES = [b"\xff\xfe.txt", "年报".encode("gb18030") + b".txt", b"a\x1b[31mb.txt", "x‮fdp.txt".encode()]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_names_that_are_no_utf8_or_no_print(name, folder, gongkai):
    path = os.fsencode(folder) + b"/" + name
    with open(path, "wb") as file:
        file.write(REPORT.encode())
    done = gongkai("tag", folder, "--out", "tags", "--format", "parquet,csv,jsonl,xlsx,duckdb", cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert gongkai("check", folder, "--json", cwd=folder.parent).returncode in (0, 1)
    rows = [
        json.loads(line) for line in (folder.parent / "tags" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) == 4


def test_texts_and_ids_that_are_no_unicode(folder, gongkai):
    (folder / "surrogate.jsonl").write_bytes((INPUTS / "surrogate.jsonl").read_bytes())
    (folder / "ids.jsonl").write_text(
        '{"id": "\\ud800", "text": ' + json.dumps(REPORT) + ', "\\udfff": "\\ud801"}\n', encoding="utf-8"
    )
    command = ("tag", folder, "--text-column", "text", "--out", "tags", "--format", "parquet,csv,jsonl,xlsx,duckdb")
    done = gongkai(*command, cwd=folder.parent)
    assert done.returncode == 1 and b"surrogate.jsonl#2: no column text" in done.stderr, done.stderr
    text = (folder.parent / "tags" / "reports.jsonl").read_text(encoding="utf-8")
    assert "ids.jsonl#\ufffd" in text and "青溪镇" in text
