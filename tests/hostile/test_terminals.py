"""What is printed does nothing to a terminal, is valid JSON, and never ends in a traceback whatever the console can encode."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.cli.terminal import console_of, json_text

# Characters that no Chinese console of old has, an emoji with a name, controls, and what Rich takes for markup.
REPORT = """岭溪县财政局2018年政府信息公开工作年度报告
本报告由岭溪县财政局编制。联系人：[/x]王\x1b[31m小\x9b2J禾，电话0851-35726066\u202e。
一、概述
2018年通过政府网站公开信息180条，[bold red]通过微信:100:公众号发布[/]信息35条。
| [/b]规章 | 0 | 0 | 0 |
二、存在的问题
一是公开意识不强✅⼈员不足𬭎，[/] :smile: \x1b]0;title\x07 栏目更新不及时[/.]。
"""
COMMANDS = (
    ("show", "{name}"),
    ("show", "{name}", "--json"),
    ("check", "."),
    ("check", ".", "--json"),
    ("--help",),
    ("tag", "--help"),
    ("tag", ".", "--out", "../out", "--force"),
)
ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A report full of what terminals obey, under a name that is so too; a broken file of such a name."""
    box = tmp_path / "in"
    box.mkdir()
    (box / "年报\x1b[31m[x].txt").write_text(REPORT, encoding="utf-8")
    (box / "坏\x1b[2J\n0 not read✅.txt").write_text("", encoding="utf-8")
    return box


OTHER_ENCODINGS = [pytest.param(name, marks=pytest.mark.slow) for name in ("cp1252", "cp437", "cp936", "big5")]


@pytest.mark.parametrize("encoding", ["ascii", "gbk", *OTHER_ENCODINGS])
def test_a_console_of_any_encoding(encoding, box, program):
    name = next(path.name for path in box.iterdir() if "年报" in path.name)
    for command in COMMANDS:
        done = program(*(part.format(name=name) for part in command), cwd=box, PYTHONIOENCODING=encoding)
        assert done.returncode in (0, 1) and b"Traceback" not in done.stderr, (command, done.stderr)
        text = done.stdout.decode(encoding)
        if "--json" in command:
            json.loads(text)


def test_nothing_that_a_terminal_obeys_is_printed(box, gongkai):
    name = next(path.name for path in box.iterdir() if "年报" in path.name)
    for command in COMMANDS:
        done = gongkai(*(part.format(name=name) for part in command), cwd=box)
        for line in (done.stdout + done.stderr).decode("utf-8").splitlines():
            assert not ESCAPES.search(line), (command, line)
            assert not line.startswith("0 not read"), "a name pretends to be the last line of a run"
    shown = gongkai("show", name, cwd=box).stdout.decode("utf-8")
    assert "[/]" in shown and ":smile:" in shown and "\\x1b]0;title" in shown
    analysis = json.loads(gongkai("show", name, "--json", cwd=box).stdout)
    assert "\x1b[31m" in analysis["source"]["text"], "JSON keeps what the report says"


def test_a_table_on_a_terminal_has_no_escape_but_our_own(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    from rich.table import Table
    from rich.text import Text

    table = Table("[/x]", title="\x1b[2J[/]")
    table.add_row("\x1b[31mred[/red]", Text("\x9b2J"))
    console_of().print(table, Text("\x1b]0;t\x07", "bold"))
    printed = sys.stdout.getvalue()
    assert "[/x]" in printed and "\\x1b[31mred[/red]" in printed
    assert not re.search(r"\x1b(?!\[[\d;]*m)|\x9b|\x07", printed) and "\x1b[31mred" not in printed


def test_labels_and_names_of_a_model_are_no_markup(box, gongkai, tmp_path):
    rows = [f"更新不及时，第{n}处。,[/x]\x1b[31m,{n}" for n in range(12)] + [
        f"人员不足，第{n}处。,[bold],{n}" for n in range(12)
    ]
    (tmp_path / "c.csv").write_text("text,label,group\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done = gongkai("train", "c.csv", "--out", "m", "--folds", "2", "--name", "[/m]", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    for command in (("evaluate", "m", "c.csv", "--slice", "group"), ("models", "m"), ("show", "a.txt", "--model", "m")):
        (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
        done = gongkai(*command, cwd=tmp_path)
        assert done.returncode == 0 and not re.search("[\x1b\x9b\x07]", (done.stdout + done.stderr).decode("utf-8")), (
            command
        )
    assert b"[/x]" in gongkai("evaluate", "m", "c.csv", cwd=tmp_path).stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize(
    "command", [("show", "a.txt"), ("show", "a.txt", "--json"), ("check", "a.txt", "--json"), ("--help",)]
)
def test_an_output_that_is_full_ends_in_a_sentence(command, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    program = Path(sys.executable).with_name("gongkai")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([program, *command], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1 and b"cannot write (No space left on device)" in done.stderr, done.stderr
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    program = Path(sys.executable).with_name("gongkai")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [program, "show", "a.txt", "--json"], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr, done.stderr


def test_json_has_no_number_that_is_none():
    assert json.loads(json_text({"a": float("nan"), "b": [1.5, float("inf")]})) == {"a": None, "b": [1.5, None]}
    assert json.loads(json_text("\ud800\x9b")) == "\ud800\x9b"
