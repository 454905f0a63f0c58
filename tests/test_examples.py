"""The walks through the worked examples are run as they are written, and print what they show."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app

EXAMPLES = Path(__file__).parents[1] / "corpora" / "examples"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
GAP = "…"


def steps(readme):
    """The commands of a walk in their order, each with the lines shown below it."""
    found = []
    for block in BLOCK.findall(readme.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ gongkai "):
                found.append((line.removeprefix("$ gongkai ").split(), []))
            else:
                found[-1][1].append(line.rstrip())
    return found


@pytest.mark.parametrize("name", sorted(path.parent.name for path in EXAMPLES.glob("*/README.md")))
def test_a_walk_runs_as_written(name, tmp_path, monkeypatch):
    shutil.copytree(EXAMPLES / name, tmp_path / name)
    monkeypatch.chdir(tmp_path / name)
    monkeypatch.setenv("COLUMNS", "110")
    commands = steps(Path("README.md"))
    assert len(commands) >= 4
    for arguments, lines in commands:
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (arguments, result.output)
        printed = [line.rstrip() for line in (result.stdout + result.stderr).splitlines()]
        at = 0
        for line in lines:
            if line != GAP:
                assert line in printed[at:], (arguments, line, printed[-12:])
                at = printed.index(line, at) + 1


@pytest.mark.parametrize(("name", "least"), [("hotline/complaints.csv", 200), ("inspection/findings.csv", 200)])
def test_an_example_has_enough_texts_none_of_them_twice(name, least):
    import csv

    with (EXAMPLES / name).open(encoding="utf-8-sig", newline="") as file:
        texts = [row.get("诉求内容") or row["问题描述"] for row in csv.DictReader(file)]
    assert len(texts) >= least and len(set(texts)) == len(texts)
