"""A text without a full stop anywhere keeps its prose and its tables, and no row of a table becomes a count."""

from __future__ import annotations

import re

import pytest

import nlp
from training.generated.report import write_report
from training.generated.spec import make_spec

FIRST_SEED = 9100
STOPS = re.compile("[。；;！]")
MIN_KEPT = 0.9  # a number that its sentence names by the one before loses its name


@pytest.mark.parametrize("edition", ["tables_2021", "tables_2019", "indicators_2014"])
@pytest.mark.parametrize("way", ["lines", "spaced_lines", "tabs", "pipes"])
def test_tables_and_prose_without_a_stop(edition, way):
    kept = printed = 0
    for number in range(3):
        text = write_report(make_spec(FIRST_SEED + number, edition), way).text
        before, after = nlp.analyse_text(text), nlp.analyse_text(STOPS.sub("\n", text))
        assert [(f.status, f.value) for f in after.figures] == [(f.status, f.value) for f in before.figures]
        known = {(count.metric, count.quantity.value) for count in before.counts}
        found = {(count.metric, count.quantity.value) for count in after.counts}
        assert found <= known, found - known
        kept, printed = kept + len(found), printed + len(known)
    assert kept >= MIN_KEPT * printed
