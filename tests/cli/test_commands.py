"""The commands as a user types them: what is printed where, and the exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app

SAMPLES = Path(__file__).parents[2] / "corpora" / "reports"
REPORT = """青溪镇人民政府2022年政府信息公开工作年度报告
一、总体情况
本年度通过微信公众号发布信息49条。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
一是栏目更新不及时。下一步将加强业务培训。
六、其他需要报告的事项
无。
"""


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "青溪镇.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_tag_writes_tables_and_says_where(report, tmp_path):
    result = run("tag", report, "--out", tmp_path / "out", "--format", "csv,parquet")
    assert result.exit_code == 0, result.output
    assert "channel_counts" in result.stdout and str(tmp_path / "out") in result.stdout
    assert "1 files, 0 not read" in result.stderr
    assert (tmp_path / "out" / "labels.csv").exists() and (tmp_path / "out" / "labels.parquet").exists()


def test_show_loads_no_library_of_tables(report):
    """They would be half as much memory again."""
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom nlp.cli.app import app\n"
        f"assert '微信公众号' in CliRunner().invoke(app, ['show', {str(report)!r}]).output\n"
        "print([name for name in ('pyarrow', 'pandas', 'duckdb', 'sklearn', 'spacy') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.stdout == "[]\n", shown.stderr


def test_tag_goes_on_after_a_bad_file_and_exits_1(report, tmp_path):
    (tmp_path / "leer.txt").write_bytes(b"")
    result = run("tag", report, tmp_path / "leer.txt", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "leer.txt" in result.stderr and "2 files, 1 not read" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("tag", "{dir}", "--out", "{out}", "--format", "exe"),
        ("tag", "{out}", "--out", "{out}"),
        ("tag",),
        ("nonsense",),
    ],
)
def test_wrong_usage_exits_2(arguments, tmp_path):
    (tmp_path / "empty").mkdir()
    places = {"dir": str(SAMPLES), "out": str(tmp_path / "empty")}
    assert run(*(a.format(**places) for a in arguments)).exit_code == 2


def test_an_empty_path_is_no_folder(tmp_path):
    """An unset variable in a script would otherwise tag the whole working folder."""
    for arguments in (("tag", "", "--out", tmp_path / "out"), ("check", ""), ("show", "")):
        result = run(*arguments)
        assert result.exit_code in (1, 2) and "empty path" in result.stderr, result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_is_named_once(tmp_path):
    (tmp_path / "leer.txt").write_bytes(b"")
    for arguments in (
        ("show", tmp_path / "leer.txt"),
        ("check", tmp_path),
        ("tag", tmp_path, "--out", tmp_path / "out"),
    ):
        assert run(*arguments).stderr.count("leer.txt") == 1, arguments


def test_a_page_cannot_take_the_place_of_a_folder(report, tmp_path):
    for command in ("show", "check"):
        result = run(command, report, "--html", tmp_path)
        assert result.exit_code == 2 and "is a folder. Name a new file" in result.stderr, result.output


def test_tables_in_a_file_are_wide_enough(report, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    report.write_text(REPORT.replace("49条", "49条,其中动态要闻与通知公告类信息31条"), encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-c", "from nlp.cli.app import main; main()", "show", str(report)],
        capture_output=True,
        text=True,
    )
    assert "动态要闻与通知公告类信息" in shown.stdout, shown.stderr


def test_tag_into_a_file_says_so(report, tmp_path):
    (tmp_path / "taken").write_text("")
    result = run("tag", report, "--out", tmp_path / "taken")
    assert result.exit_code == 2 and "cannot write" in result.stderr


def test_show_prints_what_was_found(report):
    result = run("show", report)
    assert result.exit_code == 0, result.output
    for word in ("青溪镇人民政府", "微信公众号", "49条", "公开不及时", "改进措施"):
        assert word in result.stdout


def test_show_json_is_the_analysis(report):
    values = json.loads(run("show", report, "--json").stdout)
    assert values["identity"]["year"] == 2022
    assert [c["channel"] for c in values["channel_counts"]] == ["wechat"]


def test_show_html_is_a_page_on_its_own(report, tmp_path):
    report.write_text(REPORT.replace("49条", "49条<script>alert(1)</script>"), encoding="utf-8")
    result = run("show", report, "--html", tmp_path / "page.html")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "公开不及时" in page and "<script>" not in page and "src=" not in page and 'href="http' not in page


def test_show_of_a_missing_file_is_a_message(tmp_path):
    result = run("show", tmp_path / "nichts.txt")
    assert result.exit_code == 1 and "nichts.txt" in result.stderr and "Traceback" not in result.output


TABLES = {
    "诉求.csv": "id,text\n1,咨询社保卡办理进度\n2,投诉物业，并要求公开政府信息\n",
    "无名.csv": "编号,诉求\n1,咨询社保卡\n2,要求公开政府信息\n",
    "诉求.jsonl": '{"编号": 1, "诉求": "咨询社保卡"}\n',
    "分析.json": '[{"编号": 1, "诉求": "要求公开政府信息"}]',
}


@pytest.mark.parametrize("name", TABLES)
def test_show_refuses_a_table(tmp_path, name):
    """Its rows are texts of many persons, no problems that one report admits."""
    path = tmp_path / name
    path.write_text(TABLES[name], encoding="utf-8")
    result = run("show", path)
    assert result.exit_code == 2 and result.stdout == ""
    assert "is a table of texts" in result.stderr and "--text-column" in result.stderr


def test_show_reads_a_report_whose_name_is_that_of_a_table(tmp_path):
    path = tmp_path / "年报.csv"
    path.write_text("青溪镇2022年政府信息公开工作年度报告\n一、总体情况\n全年公开信息9条。\n", encoding="utf-8")
    result = run("show", path)
    assert result.exit_code == 0 and "青溪镇2022年" in result.stdout


def test_check_exits_1_when_sums_are_wrong(report):
    broken = REPORT.replace(
        "四、政府信息公开行政复议、行政诉讼情况\n",
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉\n"
        "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
        "1\t0\t0\t0\t3\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n",
    )
    report.write_text(broken, encoding="utf-8")
    result = run("check", report)
    assert result.exit_code == 1, result.output
    assert "disputes" in result.stdout and "错误" in result.stdout


def test_each_command_has_help():
    for command in ("tag", "show", "check"):
        assert run(command, "--help").exit_code == 0
