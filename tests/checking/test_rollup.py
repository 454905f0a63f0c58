"""A government against the sum of those right below it; bodies are invented, codes are made up."""

from __future__ import annotations

from array import array
from decimal import Decimal

import pytest

from nlp.checking.fingerprint import CELLS, MISSING, Fingerprint
from nlp.checking.likeness import NO_CLAUSES
from nlp.checking.rollup import roll_up


def government(body_id, received, *, year=2023):
    """A report of a government; ``received`` applications, ``None`` where it does not say."""
    totals = {} if received is None else {"applications_received": Decimal(received)}
    return Fingerprint(
        name=f"{body_id} {year}", report_id=f"{body_id}{year}", body=body_id, region=None, year=year,
        values=array("q", [MISSING] * len(CELLS)), places=array("I", [0] * (2 * len(CELLS))), totals=totals, stated=(),
        clauses=NO_CLAUSES, body_id=body_id,
    )  # fmt: skip


COUNTY, TOWN, STREET = "990521/政府", "990521青石镇/政府", "990521雁渚街道/街道办事处"


@pytest.mark.parametrize(
    ("whole", "towns", "state"),
    [
        (12, (5, 7), "equal"),
        (11, (5, 7), "exceeds"),
        (20, (5, 7), "open"),  # departments may make up the rest
        (12, (5, None), "open"),  # the street does not tell
        (4, (5, None), "exceeds"),  # whatever the street would tell
        (None, (5, 7), "open"),
        (0, (0, 0), "equal"),
    ],
)
def test_three_answers(whole, towns, state):
    reports = [government(COUNTY, whole), government(TOWN, towns[0]), government(STREET, towns[1])]
    (entry,) = roll_up(reports)
    assert (entry.body, entry.metric, entry.state) == (COUNTY, "applications_received", state)
    assert entry.known == sum(value for value in towns if value is not None)
    assert entry.untold == towns.count(None) and len(entry.children) == 2


def test_who_is_below_whom():
    reports = [
        government("990000/政府", 1), government("990500/政府", 1), government(COUNTY, 1), government(TOWN, 1),
        government("990521/财政", 1),  # a department is no government
        government("990522/政府", 1, year=2022),  # of another year
        government("999001/政府", 1),  # a county right below the province
        government("墨川县/政府", 1),  # a place without a code
    ]  # fmt: skip
    below = {entry.body: [body for body, _ in entry.children] for entry in roll_up(reports)}
    assert below == {
        "990000/政府": ["990500/政府", "999001/政府"], "990500/政府": [COUNTY], COUNTY: [TOWN],
    }  # fmt: skip


def test_a_metric_that_nobody_below_tells_is_no_entry():
    assert roll_up([government(COUNTY, 3), government(TOWN, None)]) == []
