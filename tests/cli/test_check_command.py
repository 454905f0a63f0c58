"""gongkai check: grouped findings with evidence, JSON, page, workbook, settings, baseline."""

from __future__ import annotations

import csv
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.checking.codes import codes
from nlp.checking.settings import SettingsWrong, fits, read_settings
from nlp.cli.app import app
from training.generated.report import write_report
from training.generated.spec import make_spec

SEED = 11
DOCS = Path(__file__).parents[2] / "docs"


def run(*arguments: object):
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    spec = make_spec(SEED, "tables_2021")
    faulty = spec.put("disputes", "review", "total", number=99)
    (folder / "clean.txt").write_text(write_report(spec, "lines").text, encoding="utf-8")
    (folder / "faulty.txt").write_text(write_report(make_spec(SEED + 1, "tables_2021"), "lines").text, encoding="utf-8")
    (folder / "faulty.txt").write_text(
        write_report(faulty, "lines").text.replace("发布日期", "发布时间"), encoding="utf-8"
    )
    return folder


def test_groups_by_report_and_quotes(reports):
    result = run(reports, "--ignore", "across")
    assert result.exit_code == 1, result.output
    assert "faulty.txt" in result.stdout and "disputes.row_total" in result.stdout and "【99】" in result.stdout
    assert "clean.txt" not in result.stdout
    assert "2份报告，2处错误" in result.stderr and "disputes" not in result.stderr


@pytest.fixture
def unbalanced(tmp_path):
    report = tmp_path / "a.txt"
    spec = make_spec(SEED, "tables_2021")
    for column, number in {"upheld": 5, "corrected": 1, "other": 0, "pending": 1, "total": 8}.items():
        spec = spec.put("disputes", "review", column, number=number)
    report.write_text(write_report(spec, "pipes").text, encoding="utf-8")
    return report


def test_a_row_is_quoted_once_with_its_place_in_one_language(unbalanced):
    shown = run(unbalanced, "--only", "disputes.row_total", "--lang", "zh").stdout.splitlines()
    assert shown[1] == (
        "  错误 disputes.row_total  “行政复议”行不满足“维持、纠正、其他、尚未审结之和等于总计”："
        "结果维持 5 + 结果纠正 1 + 尚未审结 1＝7，而总计 8。"
    )
    assert shown[2].startswith("    第四部分表格“行政复议”行“结果维持”至“总计”列：")
    assert "【5 | 1 | 0 | 1 | 8】" in shown[2] and shown[3:] == [""]
    shown = run(unbalanced, "--only", "disputes.row_total", "--lang", "en").stdout.splitlines()
    assert shown[1] == (
        "  error disputes.row_total  In row 行政复议: upheld + corrected + other + pending = total fails, 7 against 8."
    )
    assert shown[2].startswith("    part 4, table, row “行政复议”, column “结果维持” to “总计”: ")


def test_the_language_is_that_of_the_locale(unbalanced, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "fails, 7 against 8" in run(unbalanced).stdout
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "不满足" in run(unbalanced).stdout


def test_clean_report_exits_0(reports):
    result = run(reports / "clean.txt")
    assert result.exit_code == 0 and result.stdout == ""


def test_only_and_ignore(reports):
    assert run(reports, "--only", "sections,fees").exit_code == 0
    assert run(reports, "--ignore", "disputes", "--ignore", "prose.*,across").exit_code == 0


def test_json(reports):
    result = run(reports, "--json", "--only", "disputes")
    values = json.loads(result.stdout)
    assert values["errors"] == 1
    (finding,) = [f for report in values["reports"] for f in report["findings"]]
    assert finding["code"] == "disputes.row_total" and any(quote["text"] == "99" for quote in finding["quotes"])


def test_page_escapes_and_shows_evidence(reports, tmp_path):
    page = tmp_path / "found.html"
    text = (reports / "faulty.txt").read_text(encoding="utf-8")
    (reports / "faulty.txt").write_text(
        text.replace("一、总体情况", "一、总体情况\n<script>alert(1)</script>我校"), encoding="utf-8"
    )
    assert run(reports, "--html", page).exit_code == 1
    html = page.read_text(encoding="utf-8")
    assert "<mark>99</mark>" in html and "<script>" not in html and "http" not in html
    assert "第四部分表格“行政复议”行“总计”列" in html and "size: A4" in html and "已核对" in html


@pytest.mark.parametrize("options", [[], ["--sheet-per-report"]])
def test_workbook(reports, tmp_path, options):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "found.xlsx"
    assert run(reports, "--xlsx", path, "--only", "disputes", *options).exit_code == 1
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == (["faulty"] if options else ["整改清单"])
    head, row = list(book.worksheets[0].iter_rows(values_only=True))[:2]
    found = dict(zip(head, row, strict=True))
    assert found["代码"] == "disputes.row_total" and "99" in found["原文"] and found["级别"] == "错误"
    assert found["位置"].startswith("第四部分表格“行政复议”行") and found["依据"].startswith("国办公开办函〔2019〕60号")
    assert found["整改情况"] is None and book.worksheets[0].page_setup.orientation == "landscape"


def test_settings_change_severity(reports, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text('[severity]\n"*" = "info"\n"disputes.*" = "warning"\n', encoding="utf-8")
    result = run(reports, "--settings", settings)
    assert result.exit_code == 0 and "警告 disputes.row_total" in result.stdout


def test_a_code_mistyped_does_not_silence_its_check(reports, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text('[severity]\n"dispute.row_total" = "off"\n', encoding="utf-8")
    for options in (
        ("--only", "dispute.row_total"),
        ("--ignore", "sections,dispute.row_total"),
        ("--settings", settings),
    ):
        result = run(reports, *options)
        assert result.exit_code == 2 and "did you mean disputes.row_total?" in result.stderr, result.output


def test_a_workbook_that_cannot_be_written_says_so(reports, tmp_path):
    result = run(reports, "--xlsx", tmp_path / "none" / "a.xlsx")
    assert result.exit_code == 2 and "cannot write" in result.stderr and "Traceback" not in result.output
    assert run(reports, "--sheet-per-report").exit_code == 2


WRONG_SETTINGS = [
    "[severity]\na = 'fatal'", "[severty]\na = 'info'", "[days]\ntownships = '31-01'", "[days]\ntowns = '01-31'",
    "[shares]\ncopied = 2", "not toml", "severity = 3",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG_SETTINGS)
def test_wrong_settings_say_what_to_do(reports, tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsWrong, match=r"settings\.toml"):
        read_settings(path)
    assert run(reports, "--settings", path).exit_code == 2


def test_baseline_silences_until_a_finding_changes(reports, tmp_path):
    baseline = tmp_path / "known.json"
    assert run(reports, "--write-baseline", baseline).exit_code == 1
    result = run(reports, "--baseline", baseline)
    assert result.exit_code == 0 and result.stdout == "" and "处已知" in result.stderr
    path = reports / "faulty.txt"
    path.write_text("页眉\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(reports, "--baseline", baseline).exit_code == 0  # it only moved
    path.write_text(path.read_text(encoding="utf-8").replace("99", "98"), encoding="utf-8")
    assert run(reports, "--baseline", baseline).exit_code == 1  # it is another one now


def test_a_file_that_is_no_baseline(reports, tmp_path):
    path = tmp_path / "known.json"
    path.write_text("{}", encoding="utf-8")
    result = run(reports, "--baseline", path)
    assert result.exit_code == 2 and "--write-baseline" in result.stderr


def test_townships_by_a_day_that_is_set(tmp_path):
    spec = next(s for s in (make_spec(n, "tables_2021") for n in range(100)) if s.kind == "town")
    (tmp_path / "a.txt").write_text(write_report(spec, "lines").text, encoding="utf-8")
    settings = tmp_path / "s.toml"
    settings.write_text('[days]\ntownships = "01-01"\n', encoding="utf-8")
    assert "period.late" in run(tmp_path / "a.txt", "--settings", settings).stdout
    assert "period.late" not in run(tmp_path / "a.txt").stdout


def test_two_years_of_one_body(tmp_path):
    spec = make_spec(5, "tables_2021")
    text = write_report(spec, "lines").text
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace(str(spec.year), str(spec.year + 1)), encoding="utf-8")
    result = run(tmp_path, "--only", "across.copied")
    assert "across.copied" in result.stdout and "对照" in result.stdout and "a.txt" in result.stdout


def test_codes_families_and_patterns():
    assert fits("prose.conflict.reviews", ["prose"]) and fits("prose.reviews", ["prose.reviews"])
    assert not fits("prosecution", ["prose"])


def test_workers_find_the_same(reports):
    assert run(reports, "--json", "--jobs", "2").stdout == run(reports, "--json").stdout


def test_archives_and_tables_are_checked_under_the_names_they_have_there(reports, tmp_path):
    faulty = (reports / "faulty.txt").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("县/faulty.txt", faulty)
        archive.writestr("../坏.txt", "x")
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["网址", "正文"], ["http://x/1", faulty], ["http://x/2", ""]])
    result = run(tmp_path / "a.zip", tmp_path / "t.csv", "--text-column", "正文", "--id-column", "网址", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [report["name"].removeprefix(f"{tmp_path}/") for report in found["reports"]] == [
        "a.zip/县/faulty.txt",
        "t.csv#http://x/1",
    ]
    assert all(
        any(f["code"] == "disputes.row_total" and f["quotes"][0]["text"] for f in report["findings"])
        for report in found["reports"]
    )
    assert len(found["failures"]) == 2  # the name that leads out of the archive, the empty text


def test_standard_input_is_checked(reports, monkeypatch):
    text = (reports / "faulty.txt").read_bytes()
    result = CliRunner().invoke(app, ["check", "-", "--only", "disputes"], input=text)
    assert result.exit_code == 1 and "【99】" in result.stdout


def test_verdicts_are_written_used_and_kept_over_a_corrected_draft(unbalanced, tmp_path):
    kept = tmp_path / "v.jsonl"
    options = ("--only", "disputes", "--verdicts", kept)
    mark = json.loads(run(unbalanced, *options, "--json").stdout)["reports"][0]["findings"][0]["mark"]
    assert f"[{mark}]" in run(unbalanced, *options).stdout
    result = run(unbalanced, *options, "--dismiss", mark, "--reason", "原件如此", "--by", "王")
    assert result.exit_code == 0 and result.stdout == "" and "1处不成立或已整改" in result.stderr
    assert run(unbalanced, *options).exit_code == 0  # it lasts
    unbalanced.write_text(unbalanced.read_text(encoding="utf-8").replace("| 1 | 8 |", "| 1 | 9 |"), encoding="utf-8")
    result = run(unbalanced, *options)
    assert result.exit_code == 1 and "证据已变，原结论“不成立”不再适用" in result.stdout
    changed = json.loads(run(unbalanced, *options, "--json").stdout)["reports"][0]["findings"][0]["mark"]
    result = run(unbalanced, *options, "--confirm", changed[:8])
    assert result.exit_code == 1 and "已确认" in result.stdout


def test_verdicts_that_cannot_be_used_say_so(unbalanced, tmp_path):
    kept = tmp_path / "v.jsonl"
    assert run(unbalanced, "--confirm", "abc").exit_code == 2
    result = run(unbalanced, "--verdicts", kept, "--settle", "zzz")
    assert result.exit_code == 2 and "0 findings have this mark" in result.stderr and not kept.exists()
    kept.write_text("no verdict\n", encoding="utf-8")
    assert run(unbalanced, "--verdicts", kept).exit_code == 2 and kept.read_text(encoding="utf-8") == "no verdict\n"


def test_a_folder_for_evaluators(reports, tmp_path):
    out = tmp_path / "out"
    result = run(reports, "--out", out, "--lang", "zh")
    assert result.exit_code == 1, result.output
    assert result.stdout.splitlines() == [str(out / "index.html"), str(out / "summary.xlsx"), str(out / "bodies")]
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["command"] == "check"
    again = run(reports, "--out", out)
    assert again.exit_code == 2 and "--force" in again.stderr
    assert run(reports, "--out", out, "--force").exit_code == 1
    inside = run(out / "bodies", "--out", out, "--force")  # it would replace what it reads
    assert inside.exit_code == 2 and "would be replaced" in inside.stderr


def test_every_rule_is_listed_in_one_language():
    shown = run("--list-rules", "--lang", "zh")
    assert shown.exit_code == 0
    assert "period.late  警告" in shown.stdout and "    依据：《政府信息公开条例》第四十九条" in shown.stdout
    assert shown.stdout.count("    例：") == len(codes())
    assert "period.late  warning  " in run("--list-rules", "--lang", "en").stdout
    listed = json.loads(run("--list-rules", "--json").stdout)
    assert [rule["code"] for rule in listed] == list(codes()) and all(rule["example"] for rule in listed)


def test_nothing_to_check_is_said():
    result = run()
    assert result.exit_code == 2 and "Name files or folders" in result.output


def test_the_example_of_settings_can_be_used(reports):
    example = DOCS / "check-settings.toml"
    settings = read_settings(example)
    assert settings.townships_by == (1, 31) and settings.weights["requests.*"] == 8 and settings.full_marks == 100
    assert run(reports / "clean.txt", "--settings", example).exit_code == 0
    tables = set(tomllib.loads(example.read_text(encoding="utf-8")))
    assert tables == {"severity", "days", "shares", "weights", "score"}  # every table that is known


def test_failures_and_the_end_line_are_in_one_language(reports, tmp_path):
    (reports / "empty.txt").write_text("", encoding="utf-8")
    shown = run(reports, "--ignore", "across", "--lang", "zh").stderr.splitlines()
    assert shown[-2] == f"{reports / 'empty.txt'}：文件里没有内容。请重新获取报告。"
    assert shown[-1].endswith("1个文件没有读出")
    shown = run(reports, "--ignore", "across", "--lang", "en").stderr.splitlines()
    assert "empty.txt: " in shown[-2] and shown[-1].startswith(
        "2 reports, 2 errors, "
    )  # the row, and the prose that says 16
    assert shown[-1].endswith("1 files not read")
