"""What the READMEs show is what the program prints: the commands are run and the lines compared, up to the gaps (…)."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
GAP = "…"
RUN = "gongkai tag corpora/reports --out tags --format parquet,csv --force"  # what `make run` calls
SECONDS = re.compile(r", [\d.]+ s$")


def shown(readme):
    """The commands of a README with the lines below each."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    for block in BLOCK.findall(text):
        command, *lines = block.splitlines()
        command = command.removeprefix("$ ").replace("make run", RUN)
        if lines and command.startswith("gongkai "):
            yield pytest.param(command.split()[1:], [SECONDS.sub("", line) for line in lines], id=f"{readme}-{command}")


@pytest.mark.parametrize(("arguments", "lines"), [*shown("README.md"), *shown("README.zh-CN.md")])
def test_readme_shows_what_is_printed(arguments, lines, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "110")
    arguments = [str(tmp_path / "tags") if argument == "tags" else argument for argument in arguments]
    result = CliRunner().invoke(app, arguments)
    printed = [
        SECONDS.sub("", line.rstrip()).replace(str(tmp_path) + "/", "")
        for line in (result.stdout + result.stderr).splitlines()
    ]
    at, gap = 0, False
    for line in lines:
        if line == GAP:
            gap = True
            continue
        assert line.rstrip() in printed[at:], line
        found = printed.index(line.rstrip(), at)
        assert gap or found == at, f"{line!r} does not follow {printed[at - 1]!r}"
        at, gap = found + 1, False
