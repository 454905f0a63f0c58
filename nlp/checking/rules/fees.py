"""A fee charged and not reported where the form wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.checking.rule import Examined, Rule, check_for
from nlp.records import Issue
from nlp.vocabulary.editions import forms

ON_FEES = re.compile(r"处理费|收费|费用|收取")


@check_for(
    Rule(
        "fees.not_in_section_six",
        "warning",
        "收取费用而第六部分未报告",
        "Fees were charged and section six does not report them",
        "国办函〔2020〕109号",
        "正文称收取信息处理费1200元，第六部分没有报告",
    ),
)
def check_fees(report: Examined) -> Iterator[Issue]:
    """A warning when the text tells of a fee charged for information and section six says nothing about fees.

    Source: 国办函〔2020〕109号 (政府信息公开信息处理费管理办法), which has the fees reported each year in section six.
    """
    analysis, clean, claims = report.analysis, report.clean, report.claims
    reported_in = forms()[analysis.identity.edition].get("fees_in")
    if reported_in is None:
        return
    charged = next((c for c in claims if c.metric == "fees_charged" and c.quantity.value and c.period == "year"), None)
    section = next((s for s in analysis.sections if s.key == reported_in and s.level == 1), None)
    if charged is None or section is None:
        return
    body = clean.text[clean.position(section.title.end) : clean.position(section.span.end)]
    if ON_FEES.search(body):
        return
    amount = f"{charged.quantity.value}{charged.quantity.unit}"
    yield Issue(
        "fees.not_in_section_six",
        "warning",
        f"正文称收取费用{amount}，第六部分却未报告信息处理费收取情况。"
        f" A fee of {amount} is told of, and section six does not report fees.",
        expected=amount,
        spans=(charged.quantity.span, section.title),
    )
