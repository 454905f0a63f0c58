"""A batch: every file counts, none stops the others, and the number of processes changes nothing."""

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import nlp
from nlp.batch.local import tag_files, tag_into
from nlp.batch.settings import Settings
from nlp.vocabulary.load import load

SAMPLES = Path(__file__).parents[2] / "corpora" / "reports"


@pytest.fixture
def folder(tmp_path):
    """Two reports and four files that cannot be read."""
    reports = tmp_path / "in"
    (reports / "deep").mkdir(parents=True)
    for at, sample in enumerate(sorted(SAMPLES.glob("*.txt"))[:2]):
        (reports / ("deep" if at else ".") / f"{at}.txt").write_bytes(sample.read_bytes())
    (reports / "empty.txt").write_bytes(b"")
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (reports / "novel.txt").write_text("从前有座山，山里有座庙。" * 50, encoding="utf-8")
    (reports / "scan.pdf").write_bytes(b"%PDF-1.7\n...")
    (reports / "data.json").write_text("{}")
    (reports / "README.md").write_text(
        "# Reports (政府信息公开工作年度报告) of one county, as they were found on its site", encoding="utf-8"
    )
    return reports


def test_folders_are_searched_and_data_files_left_out_with_a_word(folder):
    tagged = tag_files([folder, folder / "0.txt"])
    assert tagged.run["files"] == 6 and tagged.run["skipped"] == {"no_report": 1, "table": 1}
    assert [Path(row["name"]).name for row in tagged.tables["skipped"].to_pylist()] == ["README.md", "data.json"]


def test_bad_files_become_failures_with_a_hint(folder):
    tables = tag_files([folder, folder / "missing.txt"]).tables
    failures = {Path(row["name"]).name: row for row in tables["failures"].to_pylist()}
    assert set(failures) == {"empty.txt", "binary.txt", "novel.txt", "scan.pdf", "missing.txt"}
    assert tables["reports"].num_rows == 2
    for row in failures.values():
        assert row["code"] and row["message"] and row["hint"] and row["stage"]


def test_two_processes_give_the_same_tables(folder):
    one, two = tag_files([folder], jobs=1), tag_files([folder], jobs=2)
    for name, table in one.tables.items():
        assert table.equals(two.tables[name]), name


def test_a_run_writes_every_table_the_codebook_and_what_it_did(folder, tmp_path):
    out = tmp_path / "out"
    tag_into([folder], out, formats=["parquet", "csv", "jsonl"])
    for name in load("codebook"):
        assert pq.read_table(out / f"{name}.parquet").column_names == [c[0] for c in load("codebook")[name]["columns"]]
        assert (out / f"{name}.csv").exists() and (out / f"{name}.jsonl").exists()
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["files"] == 6 and run["rows"]["reports"] == 2 and sum(run["failures"].values()) == 4
    text = (out / "codebook.md").read_text(encoding="utf-8")
    for word in ("report_id", "报告标识", "timeliness_poor", "公开不及时", "gov_website", "政府网站"):
        assert word in text


def test_an_unknown_format_is_named(folder, tmp_path):
    with pytest.raises(ValueError, match="exe"):
        tag_into([folder / "0.txt"], tmp_path, formats=["exe"])


def test_tag_gives_frames(folder, tmp_path):
    tables = nlp.tag([folder], out=tmp_path / "out")
    assert all(isinstance(frame, pd.DataFrame) for frame in tables.values())
    assert (tmp_path / "out" / "reports.parquet").exists()
    merged = tables["labels"].merge(tables["statements"], on=["report_id", "statement_id"])
    assert len(merged) == len(tables["labels"])


def test_evidence_is_the_text_at_its_place(folder):
    tables = tag_files([folder / "0.txt"]).tables
    text = nlp.analyse(folder / "0.txt").source.text
    for name in ("contacts", "channel_counts", "counts", "figures"):
        for row in tables[name].to_pylist():
            if row["raw"] is not None:
                assert text[row["start"] : row["end"]] == row["raw"]


def test_personal_data_is_masked_everywhere(tmp_path):
    report = tmp_path / "r.txt"
    report.write_text(
        "云岭乡2022年政府信息公开工作年度报告\n如有疑问，请与云岭乡党政办联系（联系人：赵小禾，手机：13900000000）。\n一、总体情况\n无。\n",
        encoding="utf-8",
    )
    plain, masked = tag_files([report]).tables, tag_files([report], settings=Settings(mask_personal=True)).tables
    assert "13900000000" in str(plain["contacts"].to_pylist())
    for table in masked.values():
        assert "13900000000" not in str(table.to_pylist()) and "赵小禾" not in str(table.to_pylist())
