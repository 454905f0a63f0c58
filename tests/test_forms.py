"""docs/forms.md: a form of the annual report is one file. What the page says is done in a copy of the package."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nlp
from tests.tables.changed_forms import NEW, printed, with_column, with_row

PAGE = (Path(__file__).parents[1] / "docs" / "forms.md").read_text(encoding="utf-8")
PACKAGE = Path(nlp.__file__).parent
READ = """
import json, sys, nlp
found = nlp.analyse(sys.argv[1])
print(json.dumps({
    "edition": found.identity.edition,
    "cells": {f"{f.table}.{f.row}.{f.column}": [f.status, str(f.value)] for f in found.figures},
    "issues": [[issue.code, issue.severity] for issue in found.issues],
}))
"""


def blocks() -> list[str]:
    """The TOML that the page shows, in order: which form it is, its markers, its row and column."""
    return re.findall(r"```toml\n(.*?)```", PAGE, re.S)


def form_of_2026(form: str) -> str:
    """The file of the form of 2021, changed as the page says."""
    header, markers, entries = blocks()
    row, column = entries.split("\n\n")
    for line in (*header.splitlines(), *markers.splitlines()):
        key = line.partition(" = ")[0]
        start = form.index("[markers]") if line in markers else 0
        rest, count = re.subn(rf"(?m)^{key} = .*$", lambda _, line=line: line, form[start:], count=1)
        assert count == 1, key
        form = form[:start] + rest
    form = form.replace("[requests.rows.not_processed]", f"{row.strip()}\n\n[requests.rows.not_processed]")
    form = form.replace("[requests.columns.total]", f"{column.strip()}\n\n[requests.columns.total]")
    form = re.sub(r"(id = 'requests.results_total'.*?'una_unclear', )", r"\1'una_personal', ", form, flags=re.S)
    return re.sub(r"(id = 'requests.row_total'.*?'other_org')", r"\1, 'foreign'", form, flags=re.S)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package with the form of 2026 beside the others: one file more, no line of code changed."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, root / "nlp", ignore=shutil.ignore_patterns("__pycache__", "fonts", "assets"))
    (root / "models").symlink_to(PACKAGE.parent / "models")
    forms = root / "nlp" / "vocabulary" / "forms"
    (forms / "2026.toml").write_text(form_of_2026((forms / "2021.toml").read_text("utf-8")), encoding="utf-8")
    return root


def read(root, text: str, suffix: str) -> dict:
    """What the copy says of a report."""
    path = root / f"report{suffix}"
    path.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        env={**os.environ, "PYTHONPATH": str(root)}, cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(ran.stdout)


def on_the_new_form(row: tuple[str, ...]) -> tuple[str, str]:
    text, suffix = printed("tabs")
    return with_column(with_row(text, "tabs", row), "tabs", "0"), suffix


def test_a_report_on_the_new_form_is_read_whole(copy):
    found = read(copy, *on_the_new_form((NEW[0], *"0000000")))
    assert found["edition"] == "tables_2026"
    requests = {cell: read for cell, read in found["cells"].items() if cell.startswith("requests.")}
    assert len(requests) == 26 * 8
    assert requests["requests.una_personal.foreign"] == ["given", "0"]
    assert {status for status, _ in found["cells"].values()} == {"given"}
    assert not any("unknown" in cell for cell in found["cells"])
    assert not [code for code, _ in found["issues"] if code.startswith(("requests.", "form."))]


def test_the_new_row_belongs_to_the_sums(copy):
    found = read(copy, *on_the_new_form((NEW[0], *"1000001")))
    assert ["requests.results_total", "error"] in found["issues"]
    assert found["cells"]["requests.una_personal.natural_person"] == ["given", "1"]


def test_reports_on_the_form_before_are_read_as_they_were(copy):
    found = read(copy, *printed("tabs"))
    assert found["edition"] == "tables_2021"
    assert len([cell for cell in found["cells"] if cell.startswith("requests.")]) == 25 * 7
    assert not [code for code, _ in found["issues"] if code.startswith(("requests.", "form."))]


def test_no_code_knows_a_form_by_name():
    files = (PACKAGE / "vocabulary" / "forms").glob("*.toml")
    editions = [re.search(r"(?m)^edition = '(.+)'", path.read_text("utf-8"))[1] for path in files]
    assert "tables_2021" in editions
    for path in PACKAGE.rglob("*.py"):
        code = re.sub(r'""".*?"""', "", path.read_text("utf-8"), flags=re.S)
        assert not re.search(rf"\b(?:{'|'.join(editions)})\b", code), path
