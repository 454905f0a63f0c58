"""Negative numbers and fractions in tables."""

from __future__ import annotations

import re

import pytest

import nlp
from training.generated.report import write_report
from training.generated.spec import make_spec

TEXT = write_report(make_spec(11, "tables_2021"), "lines").text
CASES = [
    ("行政许可", "-5", [("figure.negative", "-5")]),
    ("行政许可", "－5", [("figure.negative", "-5")]),
    ("行政处罚", "3.5", [("figure.fraction", "3.5")]),
    ("行政处罚", "3", []),
    ("行政事业性收费", "3.5", []),  # 万元
]


@pytest.mark.parametrize(("row", "number", "expected"), CASES)
def test_impossible(row, number, expected):
    text, changed = re.subn(rf"({row}\s*)[\d.]+", rf"\g<1>{number}", TEXT, count=1)
    assert changed == 1
    issues = [issue for issue in nlp.analyse_text(text).issues if issue.code.startswith("figure.")]
    assert [(issue.code, issue.found) for issue in issues] == expected
    assert all(issue.severity == "error" and issue.spans for issue in issues)


def test_a_difference_of_the_form_of_2019_may_be_below_nothing():
    text = write_report(make_spec(3, "tables_2019"), "lines").text
    assert not [issue for issue in nlp.analyse_text(text).issues if issue.code.startswith("figure.")]
