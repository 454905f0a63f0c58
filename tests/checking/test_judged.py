"""Every number of the narrative, held against the tables. The county and all numbers are invented."""

from __future__ import annotations

from decimal import Decimal

import nlp
from nlp.checking.judged import judge
from nlp.claims.find import find_claims
from nlp.output.rows import rows_of
from nlp.reading.clean import clean_text
from tests.checking.test_prose import report


def judged(text):
    """The verdicts by metric and number; the tables print 12 received, 1 carried in, 6 granted."""
    analysis = nlp.analyse_text(report(text))
    found = judge(analysis, find_claims(analysis, clean_text(analysis.source)))
    return {(j.claim.metric, int(j.claim.quantity.value)): j for j in found}


def test_verified_with_the_cell_used():
    found = judged("全年收到政府信息公开申请12件。")["applications_received", 12]
    assert (found.verdict, found.reason) == ("verified", None)
    assert found.cells == (("requests", "new_received", "total"),) and found.value == Decimal(12)


def test_contradicted_with_what_the_cell_says():
    found = judged("全年收到政府信息公开申请17件。")["applications_received", 17]
    assert (found.verdict, found.value) == ("contradicted", Decimal(12))


def test_what_cannot_be_verified_says_why():
    found = judged("全年收到政府信息公开申请12件,上年收到9件。主动公开政府信息340条。")
    assert found["applications_received", 12].verdict == "verified"
    assert (found["applications_received", 9].verdict, found["applications_received", 9].reason) == (
        "not_verifiable", "period"
    )  # fmt: skip
    assert found["disclosed_total", 340].reason == "no_cell" and found["disclosed_total", 340].cells == ()


def test_a_report_without_tables_verifies_nothing():
    text = "云溪县2023年政府信息公开工作年度报告\n一、总体情况\n全年收到政府信息公开申请12件。"
    analysis = nlp.analyse_text(text)
    (found,) = judge(analysis, find_claims(analysis, clean_text(analysis.source)))
    assert (found.verdict, found.reason) == ("not_verifiable", "no_table")


def test_the_table_has_a_row_for_every_number():
    analysis = nlp.analyse_text(report("全年收到政府信息公开申请12件。通过微信公众号发布信息49条。"))
    rows = rows_of(analysis)
    assert len(rows["claims"]) == len(rows["counts"]) + len(rows["channel_counts"]) >= 2
    assert [row[1] for row in rows["claims"]] == sorted(row[1] for row in rows["claims"])
    told = {row[2]: row[4:8] for row in rows["claims"]}
    assert told["applications_received"] == ("verified", None, "requests.new_received.total", Decimal(12))
    assert told["wechat"] == ("not_verifiable", "no_cell", None, None)
