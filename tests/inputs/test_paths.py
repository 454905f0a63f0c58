"""Which paths the inputs of a batch stand for."""

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.inputs.paths import ListUnreadable, expanded

REPORT = "云溪县财政局2021年政府信息公开工作年度报告\n一、总体情况\n全年公开信息{}条。\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(REPORT.format(number), encoding="utf-8")
    (tmp_path / "list.txt").write_text("\ufeff# two of three\nin/2.txt\n\nin/0.txt\n", encoding="utf-8")
    return tmp_path


def test_a_list_stands_for_its_paths_in_its_order(here):
    assert list(expanded(["@list.txt", "in/1.txt"])) == ["in/2.txt", "in/0.txt", "in/1.txt"]


def test_a_pattern_stands_for_its_files_sorted(here):
    assert list(expanded(["in/1.txt", "in/[01].txt", "**/2.*"])) == ["in/1.txt", "in/0.txt", "in/1.txt", "in/2.txt"]


def test_lists_hold_patterns_too(here):
    (here / "list.txt").write_text("in/*.txt\n", encoding="utf-8")
    assert list(expanded(["@list.txt"])) == ["in/0.txt", "in/1.txt", "in/2.txt"]


def test_a_name_with_marks_in_it_is_itself_and_a_pattern_without_files_is_passed_on(here):
    (here / "@2021.txt").write_text("", encoding="utf-8")
    (here / "[1].txt").write_text("", encoding="utf-8")
    assert list(expanded(["@2021.txt", "[1].txt", "in/*.pdf"])) == ["@2021.txt", "[1].txt", "in/*.pdf"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        ("云溪".encode("gb18030"), "not UTF-8"),
        (b"in/0.txt\nin/\0.txt\n", "line 2 has a zero byte"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_at_once(here, content, reason):
    if content is not None:
        (here / "bad.txt").write_bytes(content)
    with pytest.raises(ListUnreadable, match=reason):
        expanded(["in", "@bad.txt"])


@pytest.mark.parametrize("jobs", [1, 2])
def test_both_commands_read_lists(here, jobs):
    tag = CliRunner().invoke(app, ["tag", "@list.txt", "--out", "out", "--jobs", str(jobs), "--format", "jsonl"])
    assert (tag.exit_code, "2 files, 0 not read" in tag.output) == (0, True)
    assert len((here / "out" / "reports.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    check = CliRunner().invoke(app, ["check", "@list.txt", "--jobs", str(jobs), "--lang", "en"])
    assert "2 reports" in check.output


def test_a_wrong_list_ends_the_commands_and_keeps_what_was_done(here):
    assert CliRunner().invoke(app, ["tag", "in", "--out", "out"]).exit_code == 0
    before = (here / "out" / "reports.parquet").read_bytes()
    for command in (["tag", "@bad.txt", "--out", "out", "--force"], ["check", "@bad.txt"]):
        result = CliRunner().invoke(app, command)
        assert (result.exit_code, "Name a text file" in result.output) == (2, True)
    assert (here / "out" / "reports.parquet").read_bytes() == before
    assert CliRunner().invoke(app, ["tag", "in", "--out", "out", "--resume"]).exit_code == 0
