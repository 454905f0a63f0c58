"""--strict: what is no report on disclosure is refused by name, instead of being read for what it shares."""

import json

import pytest
from typer.testing import CliRunner

import nlp
from nlp.cli.app import app
from nlp.records import ReportUnreadable
from nlp.structure.genre import refuse_other

OTHER = "清河县2018年法治政府建设年度报告\n全年公开信息120条,办理行政复议56件,举办培训3期。\n一、主要举措\n甲。\n"
REPORT = "临溪县档案局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息9条。\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "crawl"
    made.mkdir()
    for name, text in (("other", OTHER), ("report", REPORT)):
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


def test_other_documents_are_failures(folder):
    files = sorted(folder.glob("*.txt"))
    plain, strict = nlp.tag(files), nlp.tag(files, strict=True)
    assert plain["failures"].empty and len(plain["reports"]) == 2
    assert strict["failures"]["code"].to_list() == ["other_genre"]
    assert "other.txt" in strict["failures"]["message"][0] and "rule of law" in strict["failures"]["message"][0]
    assert strict["reports"]["issuer"].to_list() == ["临溪县档案局"]


def test_a_text_that_does_not_tell_what_it_is_is_not_refused():
    refuse_other("passage", None)
    refuse_other("summary", "annual_report")
    with pytest.raises(ReportUnreadable, match="no report on disclosure"):
        refuse_other("other", "rule_of_law")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_check_refuses_them_too(folder, jobs):
    files = [str(path) for path in sorted(folder.glob("*.txt"))]
    ran = CliRunner().invoke(app, ["check", *files, "--strict", "--json", "--jobs", jobs])
    assert ran.exit_code == 1
    found = json.loads(ran.stdout)
    assert len(found["reports"]) == 1
    assert [failure["code"] for failure in found["failures"]] == ["other_genre"]


def test_the_command_tells_and_exits_with_an_error(folder, tmp_path):
    ran = CliRunner().invoke(app, ["tag", str(folder), "--out", str(tmp_path / "tags"), "--strict"])
    assert ran.exit_code == 1
    assert "1 not read" in ran.output + ran.stderr
    assert json.loads((tmp_path / "tags" / "run.json").read_text("utf-8"))["settings"]["strict"] is True
