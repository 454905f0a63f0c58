"""gongkai show: where a value stands is told in words."""

from __future__ import annotations

import re

from typer.testing import CliRunner

from nlp.cli.app import app
from training.generated.report import write_report
from training.generated.spec import make_spec


def test_places_are_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    report = tmp_path / "a.txt"
    report.write_text(write_report(make_spec(11, "tables_2021"), "lines").text, encoding="utf-8")
    lines = CliRunner().invoke(app, ["show", str(report)]).stdout.splitlines()
    heads = [number for number, line in enumerate(lines) if line.rstrip().endswith("位置")]
    assert len(heads) >= 2
    for head in heads:
        assert re.search(r"(?:第[一二三四五六]部分|开头)(?:第\d+段|标题|表格.*)$", lines[head + 1].rstrip()), lines[
            head + 1
        ]
