"""The pages of a study (docs/study.md) from tags to a release: every command is run in order, the lines are compared.

Numbers are not compared: they change with the model. What is between the gaps (…) must be printed in that order.
"""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app

ROOT = Path(__file__).parents[1]
PAGES = ("study.md", "study.zh-CN.md")
BLOCK = re.compile(r"```console\n\$ (.*?)\n(.*?)```", re.DOTALL)
NUMBER, SECONDS = re.compile(r"\d+(?:\.\d+)?"), re.compile(r", [\d.]+ s$")
GAP = "…"


def steps(page):
    """The commands of a page, each with the lines shown below it."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [(command, lines.splitlines()) for command, lines in BLOCK.findall(text)]


def words(line):
    return " ".join(NUMBER.sub("0", SECONDS.sub("", line)).split())


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What each command of the page prints, one after the other in one folder; the sheet is filled in as the gold says."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "corpora").symlink_to(ROOT / "corpora")
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "110")
        for command, _ in steps(PAGES[0]):
            arguments = re.findall(r'"[^"]*"|\S+', command)[1:]
            result = CliRunner().invoke(app, [argument.strip('"') for argument in arguments])
            assert result.exit_code == 0, f"{command}: {result.output}"
            found.append((result.stdout + result.stderr).splitlines())
            if arguments[0] == "sample":
                fill_in(folder / "sample.csv")
    return found


def fill_in(sheet):
    """What a person does: role and labels of each statement by the gold of the sample reports."""
    gold = {}
    for file in (ROOT / "corpora" / "reports" / "gold").glob("*.json"):
        report = json.loads(file.read_text(encoding="utf-8"))
        gold |= {(report["report"], s["raw"]): s for s in report.get("statements", ())}
    table = pd.read_csv(sheet, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    for at, row in table.iterrows():
        known = gold.get((row["report"], row["text"]))
        labels = known["labels"] if known else [label for label in row["predicted_labels"].split(";") if label]
        table.loc[at, "role"] = known["role"] if known else row["predicted_role"]
        for number, label in enumerate(labels, 1):
            table.loc[at, f"label_{number}"] = label
    assert ((table["role"] != table["predicted_role"]) | (table["label_1"] != table["predicted_labels"])).any()
    table.to_csv(sheet, index=False)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_prints_what_it_shows(page, printed):
    shown = steps(page)
    assert [command for command, _ in shown] == [command for command, _ in steps(PAGES[0])]
    for (command, lines), output in zip(shown, printed, strict=True):
        told, at, gap = [words(line) for line in output], 0, False
        for line in lines:
            if line == GAP:
                gap = True
                continue
            assert words(line) in told[at:], f"{command}: {line}\n" + "\n".join(output)
            found = told.index(words(line), at)
            assert gap or found == at, f"{command}: {line!r} does not follow {output[at - 1]!r}"
            at, gap = found + 1, False
