"""The form of 2014 in the shapes in which local copies print it. All numbers are invented."""

from __future__ import annotations

import pytest

import nlp
from nlp.tables.forms import form
from training.generated.spec import make_spec

SPEC = make_spec(77, "indicators_2014")
FORM = form("indicators_2014")
HEADS = {
    "serial": "序号\t统计指标\t单位\t统计数",
    "serial_pipes": "| 序号 | 统计指标 | 单位 | 统计数 |",
    "serial_lines": "序号\n统计指标\n单位\n统计数",
    "kinds": "统计指标\t单位\t合计\t区政府\t区直单位\t乡镇街道",
    "kinds_last": "统计指标\t单位\t区政府\t区直单位\t乡镇街道\t合计",
    "unit_last": "统计指标\t统计数\t单位",
}


def table(shape: str, blank: str = "") -> str:
    lines, serial = [HEADS[shape]], 0
    for (_, row), name in FORM.names.items():
        printed = SPEC.cells.get(("indicators", row, "value"))
        if printed is None:
            if row.startswith("sec"):
                lines.append(name)
            continue
        serial += 1
        unit, half = FORM.units[row], int(printed) // 2
        shown = "" if row == blank else printed
        lines.append(
            {
                "serial": f"{serial}\t{name}\t{unit}\t{shown}",
                "serial_pipes": f"| {serial} | {name} | {unit} | {shown} |",
                "serial_lines": f"{serial}\n{name}\n{unit}" + (f"\n{shown}" if shown else ""),
                "kinds": f"{name}\t{unit}\t{printed}\t{half}\t{int(printed) - half}\t0",
                "kinds_last": f"{name}\t{unit}\t{half}\t{int(printed) - half}\t0\t{printed}",
                "unit_last": f"{name}\t{shown}\t{unit}",
            }[shape]
        )
    return "政府信息公开情况统计表\n" + "\n".join(lines)


@pytest.mark.parametrize("shape", HEADS)
def test_every_number_in_its_row(shape):
    analysis = nlp.analyse_text("云溪县2016年政府信息公开工作年度报告\n一、概述\n全年公开。\n附表\n" + table(shape))
    assert len(analysis.figures) == 58
    wrong = [f for f in analysis.figures if f"{f.value}" != SPEC.cells[f.table, f.row, f.column]]
    assert wrong == []


@pytest.mark.parametrize("shape", ["serial", "serial_pipes", "serial_lines"])
def test_a_serial_number_is_no_value(shape):
    # The cell of one row is blank; the serial number of the row below is not its value.
    text = "云溪县2016年政府信息公开工作年度报告\n一、概述\n全年公开。\n附表\n" + table(shape, blank="reviews")
    figure = next(f for f in nlp.analyse_text(text).figures if f.row == "reviews")
    assert figure.status == "blank" and figure.value is None
