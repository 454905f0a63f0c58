"""Pages that are made to take the reader's time and room are told by their markup, and cost no more than themselves."""

from __future__ import annotations

import pytest

from nlp.reading import markup
from nlp.reading.html import read_html
from nlp.reading.markup import is_light, refuse_depth
from nlp.records import ReportUnreadable

REPORT = "<p>云岭县2023年政府信息公开工作年度报告</p><p>一、总体情况</p><p>全年公开信息12条。</p>"
FORMATS = "".join(f"<font color={n}><p>" for n in range(5_000))  # each paragraph opens all of them anew
NAMES = " ".join(f"a{n}" for n in range(3_000))
QUOTED = " ".join(f'a{n}="<a></a>"' for n in range(3_000))  # what looks like the end of a tag is none
HEAVY = {
    "formatting": FORMATS,
    "attributes": f"<p {NAMES}>",
    "attributes with tags in them": f"<p {QUOTED}>",
    "attributes without spaces": "<p " + "".join(f"a{n}=''" for n in range(3_000)) + ">",
    "attributes behind an apostrophe": f"<p ' {NAMES}>",
    "attributes behind a script": f'<script>if (a<b && c="</script><p {QUOTED}>',
    "elements": "<x>" * 6_000,
    "a tag that never ends": f"<p {NAMES}",
}
LIGHT = {
    "a report": REPORT * 50,
    "a page from Word": "<p class=MsoNormal><b><font size=3>年度</font></b></p>" * 400,
    "a picture in its address": f'<img alt="" src="data:image/png;base64,{"A" * 300_000}">',
    "a style sheet": "<style>" + "td > p { margin: 0 }\n" * 5_000 + "</style>",
    "a script": "<script>" + "if (a < b && c > d) e = '<td class=\"x\">';\n" * 1_000 + "</script>",
    "a sentence with a sign": "收入 <成本 且 " * 500,
}


@pytest.mark.parametrize("page", HEAVY.values(), ids=HEAVY)
def test_a_page_that_may_be_heavy_is_told(page):
    assert not is_light(REPORT + page)


@pytest.mark.parametrize("page", LIGHT.values(), ids=LIGHT)
def test_a_usual_page_is_read_at_once(page):
    assert is_light(REPORT + page)


def test_formatting_is_bounded_by_what_it_could_be_multiplied_to():
    assert is_light("<b>" * 700 + "<p>" * 700)  # half a million copies
    assert not is_light("<b>" * 2_000 + "<p>" * 2_000)


@pytest.mark.parametrize("page", [FORMATS, "<x>" * 30_000, "<div><span>" * 15_000, "<p" + " a=''" * 20_000])
def test_what_no_browser_shows_is_refused(page):
    with pytest.raises(ReportUnreadable) as caught:
        read_html(REPORT + page, name="a.html")
    assert caught.value.code == "too_deep"


LONG = {
    "lines parted by <br>": "公开信息<br>" * 30_000,
    "paragraphs that nothing ends": "<p>公开信息" * 30_000,
    "rows that nothing ends": "<table>" + "<tr><td>1<td>2" * 15_000,
    "the same formatting left open": "<font size=2>" * 3_000 + "<p>公开信息</p>" * 3_000,
    "anchors left open": "".join(f"<a name={n}><p>公开信息</p>" for n in range(3_000)),
    "formatting left open in cells": "<table>" + "".join(f"<tr><td><b id={n}>1" for n in range(3_000)) + "</table>",
}


@pytest.mark.parametrize("page", LONG.values(), ids=LONG)
def test_a_long_page_is_not_refused(page):
    refuse_depth(REPORT + page, "a.html")


def test_what_is_heavy_is_read_in_a_process_with_limits():
    text, _, _ = read_html(f"{REPORT}<p {NAMES}>尾声</p>", name="a.html")
    assert text.endswith("全年公开信息12条。\n尾声")


def test_a_page_that_takes_too_long_costs_itself_alone(monkeypatch):
    def failing(reader, data, name):
        raise ReportUnreadable("timeout", f"{name}: {reader} {len(data)}", "")

    monkeypatch.setattr("nlp.reading.html.read_isolated", failing)
    with pytest.raises(ReportUnreadable, match="html"):
        read_html(REPORT + "<i>" * (markup.MAX_TAGS + 1), name="a.html")
    assert read_html(REPORT, name="a.html")[0].endswith("12条。")
