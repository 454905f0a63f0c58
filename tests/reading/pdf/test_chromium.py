"""PDF as Chromium prints pages of every style: the facts are those of the page. Where no Chromium is installed, nothing is printed."""

from __future__ import annotations

import pytest

from nlp.analyse import analyse, analyse_source
from nlp.reading.files import read_bytes, read_report
from tests.formats import REPORTS, STYLES, Comparison, as_chromium_pdf, facts, find_chromium, pieces_of


@pytest.mark.slow
@pytest.mark.skipif(find_chromium() is None, reason="Chromium is not installed")
@pytest.mark.parametrize("style", STYLES)
def test_styled_pages(style):
    report = REPORTS / "2020-county-mochuan.html"
    source = read_bytes(as_chromium_pdf(pieces_of(read_report(report)), style=STYLES[style]), name="a.pdf")
    compared = Comparison()
    compared.add(style, facts(analyse(report)), facts(analyse_source(source)))
    assert compared.differing == [] and compared.all["cells"] > 100
