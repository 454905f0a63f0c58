"""`gongkai tag` over many reports: resuming, formats, and what is logged."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.batch.run import Run
from nlp.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "in"
    reports.mkdir()
    for number in range(12):
        text = f"云溪县财政局2021年政府信息公开工作年度报告\n一、总体情况\n全年公开信息{number}条,联系人赵小禾,手机13900000000。\n"
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")
    return reports


def test_resume_says_what_it_did(folder, tmp_path, monkeypatch):
    def stops(self, event):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        settle = Run._settle
        patch.setattr(Run, "_settle", lambda self, event: (settle(self, event), stops(self, event)))
        first = run("tag", folder, "--out", tmp_path / "out")
    assert first.exit_code == 1 and "--resume" in first.stderr
    refused = run("tag", folder, "--out", tmp_path / "out")
    assert refused.exit_code == 2 and "--resume" in refused.stderr and "--force" in refused.stderr
    second = run("tag", folder, "--out", tmp_path / "out", "--resume")
    assert second.exit_code == 0 and "12 files (" in second.stderr, second.output


def test_copies_are_counted_and_are_no_failure(folder, tmp_path):
    (folder / "copy.txt").write_bytes((folder / "3.txt").read_bytes())
    result = run("tag", folder, "--out", tmp_path / "out", "--format", "duckdb")
    assert result.exit_code == 0 and "1 files are copies" in result.stderr and "gongkai.duckdb" in result.stdout


def test_years(folder, tmp_path):
    result = run("tag", folder, "--out", tmp_path / "out", "--by-year")
    assert result.exit_code == 0 and (tmp_path / "out" / "reports" / "year=2021" / "part-0.parquet").exists()


def test_the_log_is_json_and_quotes_no_report(folder, tmp_path):
    (folder / "empty.txt").write_bytes(b"")
    result = run("tag", folder, "--out", tmp_path / "out", "--log-json")
    events = [json.loads(line) for line in result.stderr.splitlines() if line.startswith("{")]
    assert [e["event"] for e in events][:1] == ["started"] and events[-1]["event"] == "finished"
    assert {"file", "code"} <= next(e for e in events if e["event"] == "not read").keys()
    text = result.stderr + (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    assert "赵小禾" not in text and "13900000000" not in text


def test_run_json_tells_stages_and_slowest_files(folder, tmp_path):
    assert run("tag", folder, "--out", tmp_path / "out").exit_code == 0
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert {"reading", "analysing", "tabulating", "writing", "tagging", "merging"} <= told["stage_seconds"].keys()
    assert {Path(entry["name"]).parent for entry in told["slowest"]} == {folder}


def test_spark_that_is_not_there_is_named(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = run("tag", folder, "--out", tmp_path / "out", "--engine", "spark")
    assert result.exit_code == 2 and "gongkai[spark]" in result.stderr


def test_options_that_spark_has_not_are_refused(folder, tmp_path):
    result = run("tag", folder, "--out", tmp_path / "out", "--engine", "spark", "--by-year", "--jobs", "2")
    assert result.exit_code == 2 and "--jobs, --by-year: not with --engine spark" in result.stderr


def test_the_output_of_a_run_is_no_input_of_the_next(folder):
    assert run("tag", folder, "--out", folder).exit_code == 0
    assert run("tag", folder, "--out", folder / "sub").exit_code == 0
    result = run("tag", folder, "--out", folder, "--resume")
    assert result.exit_code == 0 and "12 files" in result.stderr, result.stderr
