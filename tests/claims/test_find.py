"""What a number of the narrative claims: whose it is, of which year, and which cells it repeats. All bodies are invented."""

from __future__ import annotations

import pytest

import nlp
from nlp.claims.find import find_claims
from nlp.reading.clean import clean_text

# The tables' labels make the edition; the report's year is 2023.
FRAME = (
    "云溪县财政局2023年政府信息公开工作年度报告\n一、总体情况\n{}\n"
    "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 0 0 0 0 0 0 0\n五、存在的主要问题及改进情况\n{}"
)


def claims(text: str, problems: str = "公开不够。"):
    analysis = nlp.analyse_text(FRAME.format(text, problems))
    return find_claims(analysis, clean_text(analysis.source))


# Text, metric -> value, scope, period, first reading as row.column joined by +.
CASES = [
    ("收到申请12件。", "applications_received", 12, "whole", "year", "new_received.total"),
    ("上一年度结转3件申请,收到申请2件。", "applications_carried_in", 3, "whole", "year", "carried_in.total"),
    ("去年收到申请8件。", "applications_received", 8, None, "previous_year", None),
    ("2022年收到申请8件。", "applications_received", 8, "whole", "other_year", None),
    ("2021年以来收到申请8件。", "applications_received", 8, "whole", "year", None),
    ("县直部门共收到申请80件。", "applications_received", 80, "part", "year", None),
    ("未收到政府信息公开申请。", "applications_received", 0, "whole", "year", "new_received.total"),
    ("收到申请9件,自然人申请7件。", "applications_by_applicant", 7, "whole", "year", "new_received.natural_person"),
    ("收到申请9件,律师事务所申请2件。", "applications_by_applicant", 2, "whole", "year", None),
    ("收到申请9件,因属于行政执法案卷不予公开2件。", "applications_refused", 2, "whole", "year", "ref_casefile.total"),
    (
        "因信息公开被提起行政诉讼2件,其中复议后起诉1件。",
        "litigations",
        1,
        "whole",
        "year",
        "post_review_litigation.total",
    ),
]


@pytest.mark.parametrize(("text", "metric", "value", "scope", "period", "cells"), CASES)
def test_claim(text, metric, value, scope, period, cells):
    found = [claim for claim in claims(text) if claim.metric == metric and claim.quantity.value == value]
    assert found, f"{metric} {value} is not among the counts"
    claim = found[0]
    assert scope in (None, claim.scope) and claim.period == period
    if cells:
        assert "+".join(f"{row}.{column}" for _, row, column in claim.readings[0]) == cells


def test_numbers_of_section_five_are_no_account():
    (claim,) = claims("", problems="有申请答复不规范的情况,收到申请3件未说明理由。")
    assert claim.scope == "part"


def test_upheld_in_words_has_the_value_of_its_reviews():
    found = {claim.metric: claim for claim in claims("因信息公开被申请行政复议2件,均获维持。")}
    assert found["reviews_upheld"].quantity.value == 2 and found["reviews_upheld"].in_words
