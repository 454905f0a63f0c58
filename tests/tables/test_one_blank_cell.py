"""One blank cell in a grid that is otherwise whole leaves its row as printed. All numbers are invented."""

from __future__ import annotations

import pytest

import nlp
from nlp.tables.forms import form

FORM = form("tables_2021")
ROWS, COLUMNS = list(FORM.cells["requests"]), FORM.columns("requests")
HEADS = ["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
NUMBERS = {"new_received": "3 1 0 0 0 0 4", "granted": "2 1 0 0 0 0 3", "results_total": "2 1 0 0 0 0 3"}
NUMBERS["carried_out"] = "1 0 0 0 0 0 1"
HEAD = (
    "云溪县水务局2023年政府信息公开工作年度报告\n一、总体情况\n全年公开信息63条。\n三、收到和处理政府信息公开申请情况\n"
)


def printed(way: str, row: str, column: int) -> str:
    lines = [HEADS]
    for key in ROWS:
        cells = NUMBERS.get(key, "0 0 0 0 0 0 0").split()
        if key == row:
            cells[column] = ""
        lines.append([FORM.names["requests", key], *cells])
    if way == "html":
        table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
        return "<html><body>" + "".join(f"<p>{line}</p>" for line in HEAD.split("\n")) + f"<table>{table}</table>"
    if way == "tabs":
        return HEAD + "\n".join("\t".join(line) for line in lines)
    rules = [["---"] * len(HEADS)] if way == "markdown" else []
    return HEAD + "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], *rules, *lines[1:]])


@pytest.mark.parametrize("way", ["pipes", "tabs", "markdown", "html"])
@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [
        ("granted", 0, ("inferred", 2)),  # 3 - 1
        ("granted", 2, ("blank", None)),  # nothing is missing
        ("granted", 6, ("inferred", 3)),  # 2 + 1
        ("np_petition", 0, ("blank", None)),
        ("np_petition", 6, ("blank", None)),
        ("new_received", 6, ("inferred", 4)),
    ],
)
def test_the_others_are_given(way, row, column, cell):
    figures = {
        (f.row, f.column): f for f in nlp.analyse_text(printed(way, row, column)).figures if f.table == "requests"
    }
    found = figures.pop((row, COLUMNS[column]))
    assert (found.status, found.value) == cell
    assert {figure.status for figure in figures.values()} == {"given"}
    assert figures[row, "business"].value == (0 if row == "np_petition" else 1)
