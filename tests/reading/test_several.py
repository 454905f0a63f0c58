"""Several reports in one file are refused with the reason; one report with many titles is read. All names are invented."""

from __future__ import annotations

import pytest

from nlp.reading.files import read_bytes
from nlp.reading.several import find_reports
from nlp.records import ReportUnreadable

BODY = "一、总体情况\n全年平稳,公开信息63条。\n二、主动公开政府信息情况\n见附表。\n三、收到和处理政府信息公开申请情况\n未收到。\n"
TITLE = "云溪县水务局{}年政府信息公开工作年度报告"
TABLE = "一、本年新收政府信息公开申请数量 3\n二、上年结转政府信息公开申请数量 0\n三、本年度办理结果 3\n"


def report(title):
    return f"{title}\n{BODY}"


SEVERAL = {
    "two years": report(TITLE.format(2022)) + report(TITLE.format(2023)),
    "the later year first": report(TITLE.format(2023)) + report(TITLE.format(2022)),
    "a collection": "".join(
        report(f"云溪县{body}2023年政府信息公开工作年度报告") for body in ("水务局", "教育局", "民政局")
    ),
    "marked headings": "# " + TITLE.format(2022) + "\n## " + BODY + "# " + TITLE.format(2023) + "\n## " + BODY,
    "a city with its office": report("汀原市人民政府2023年政府信息公开工作年度报告")
    + report("石桥区司法局2023年政府信息公开工作年度报告"),
    "side by side": "".join(
        f"{left}\t{right}\n"
        for left, right in zip(
            report(TITLE.format(2022)).split("\n"), report(TITLE.format(2023)).split("\n"), strict=True
        )
    ),
}
ONE = {
    "the title twice": TITLE.format(2023) + "\n" + report(TITLE.format(2023)),
    "the title in short at the head of each page": report("云溪县水务局2023年政府信息公开工作年度报告")
    + "云溪县2023年政府信息公开年度报告\n"
    + TABLE,
    "links to other years above": TITLE.format(2021) + "\n" + TITLE.format(2022) + "\n" + report(TITLE.format(2023)),
    "links to other years below": report(TITLE.format(2023)) + TITLE.format(2022) + "\n" + TITLE.format(2021) + "\n",
    "links between title and text": TITLE.format(2023) + "\n上一篇:\n" + TITLE.format(2022) + "\n" + BODY,
    "no title": BODY,
}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=SEVERAL.keys())
def test_several_reports_are_refused(text):
    with pytest.raises(ReportUnreadable, match="reports in one file") as caught:
        read_bytes(text.encode(), name="a.txt")
    assert caught.value.code == "several_reports"
    assert "2023年政府信息公开工作年度报告" in str(caught.value)


@pytest.mark.parametrize("text", ONE.values(), ids=ONE.keys())
def test_one_report_is_read(text):
    assert find_reports(text) == ()
    assert read_bytes(text.encode(), name="a.txt").text == text


def test_columns_of_a_page():
    rows = SEVERAL["side by side"].rstrip("\n").split("\n")
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("\t")) + "</tr>" for row in rows)
    page = f"<html><head><title>年报</title></head><body><table>{cells}</table></body></html>"
    with pytest.raises(ReportUnreadable) as caught:
        read_bytes(page.encode(), name="a.html")
    assert caught.value.code == "several_reports"
