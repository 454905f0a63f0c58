"""Rules register themselves: what stands in the room, in an installed package, or in a file given is applied."""

import json
import re
import textwrap

import pytest
from typer.testing import CliRunner

import nlp
from nlp.checking import registry, rule
from nlp.checking.codes import rules
from nlp.checking.registry import RulesUnusable, add_rules, checks
from nlp.cli.app import app

SHORT = "临溪县档案局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息12条，其中政策类15条。\n"
OWN = """
from nlp.checking.rule import Rule, check_for
from nlp.records import Issue

@check_for(Rule("{code}", "warning", "没有提到政务公开日", "The open day is not told of"))
def check_open_day(report):
    if "公开日" not in report.clean.text:
        yield Issue("{code}", "warning", "没有提到政务公开日。 The open day is not told of.")
"""


@pytest.fixture(autouse=True)
def _forget():
    yield
    registry.drop_added_rules()


def example_of_the_module() -> str:
    """The file that the documentation of ``nlp.checking.rule`` shows."""
    return textwrap.dedent(re.search(r"::\n\n(.+)\Z", rule.__doc__, re.S)[1])


def test_every_file_of_the_room_holds_a_check_with_rules():
    files = {path.stem for path in (nlp.__path__[0] / registry.Path("checking/rules")).glob("[a-z]*.py")}
    found = {check.find.__module__.rpartition(".")[2] for check in checks()}
    assert files == found
    assert all(check.rules() for check in checks())


def test_the_documented_file_is_a_rule_of_ones_own(tmp_path):
    (tmp_path / "own.py").write_text(example_of_the_module(), encoding="utf-8")
    report = nlp.analyse_text(SHORT)
    assert "own.too_short" not in [issue.code for issue in nlp.check(report)]
    found = nlp.check(report, rules=[tmp_path / "own.py"])
    assert [issue.severity for issue in found if issue.code == "own.too_short"] == ["info"]
    assert rules()["own.too_short"].example == "全文480字"


def test_a_report_is_checked_alike_as_file_source_and_analysis(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(SHORT, encoding="utf-8")
    analysis = nlp.analyse(path)
    assert nlp.check(path) == nlp.check(analysis.source) == nlp.check(analysis) == analysis.issues
    assert analysis.issues


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_takes_files_of_rules_into_its_workers(tmp_path, jobs):
    (tmp_path / "own.py").write_text(OWN.format(code="own.open_day"), encoding="utf-8")
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(SHORT.replace("12", str(ord(name))), encoding="utf-8")
    names = [str(tmp_path / f"{name}.txt") for name in "abc"]
    ran = CliRunner().invoke(
        app,
        ["check", *names, "--jobs", jobs, "--rules", str(tmp_path / "own.py"), "--only", "own", "--json"],
    )
    assert ran.exit_code == 0, ran.output
    reports = json.loads(ran.stdout)["reports"]
    assert [[finding["code"] for finding in report["findings"]] for report in reports] == [["own.open_day"]] * 3


def test_added_rules_are_listed(tmp_path):
    (tmp_path / "own.py").write_text(OWN.format(code="own.open_day"), encoding="utf-8")
    ran = CliRunner().invoke(app, ["check", "--list-rules", "--lang", "en", "--rules", str(tmp_path / "own.py")])
    assert "own.open_day  warning  The open day is not told of" in ran.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", "no check in it"),
        ("x = \n", "cannot be run (SyntaxError"),
        (OWN.format(code="period.late"), "the code period.late is another rule's"),
        (OWN.format(code="late"), "has no family"),
    ],
)
def test_a_file_that_is_no_rule_is_refused_with_the_reason(tmp_path, text, said):
    (tmp_path / "own.py").write_text(text, encoding="utf-8")
    with pytest.raises(RulesUnusable, match=re.escape(said)):
        add_rules([tmp_path / "own.py"])
    ran = CliRunner().invoke(app, ["check", str(tmp_path), "--rules", str(tmp_path / "own.py")])
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_an_installed_package_adds_its_rules_by_an_entry_point(tmp_path, monkeypatch):
    (tmp_path / "own_rules.py").write_text(OWN.format(code="own.open_day"), encoding="utf-8")
    about = tmp_path / "own_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: own-rules\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[gongkai.checks]\nown = own_rules\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    registry._installed.cache_clear()
    try:
        assert "own.open_day" in [issue.code for issue in nlp.analyse_text(SHORT).issues]
    finally:
        monkeypatch.undo()
        registry._installed.cache_clear()
    assert "own.open_day" not in [issue.code for issue in nlp.analyse_text(SHORT).issues]
