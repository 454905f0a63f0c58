"""Applicants told one by one against the applications received."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nlp.checking.rule import FORM_OF_2021, Examined, Rule, check_for
from nlp.records import Issue

NEAR_CHARS = 200


@check_for(
    Rule(
        "sum.applicants",
        "error",
        "正文各类申请人之和与收到申请不符",
        "The kinds of applicant do not add up to the applications, in the text",
        FORM_OF_2021,
        "自然人8件、法人1件，称共收到10件",
    ),
)
def check_applicants(report: Examined) -> Iterator[Issue]:
    """An error when natural persons and organisations do not add up to the applications received, handled or answered.

    Only a list that names both is a partition; each kind must be told once.
    """
    claims = report.claims
    received = [c for c in claims if c.metric == "applications_received" and c.scope == "whole" and c.period == "year"]
    for total in received:
        near = [
            c
            for c in claims
            if c.metric == "applications_by_applicant"
            and c.period == "year"
            and c.readings
            and 0 < c.start - total.start <= NEAR_CHARS
        ]
        kinds = [tuple(cell[2] for cell in c.readings[0]) for c in near]
        columns = [column for kind in kinds for column in kind]
        if len(near) < 2 or ("natural_person",) not in kinds or len(columns) != len(set(columns)):
            continue
        if not any(len(kind) > 1 or kind == ("business",) for kind in kinds) and len(near) < 6:
            continue
        value = sum((c.quantity.value for c in near), Decimal(0))
        other = [
            c.quantity.value
            for c in claims
            if c.metric in ("applications_received", "applications_answered") and c.period == "year"
        ]
        carried = [c.quantity.value for c in claims if c.metric == "applications_carried_in"]
        if value in other or any(total.quantity.value + c == value for c in carried):
            continue
        exceeds = value > total.quantity.value
        complete = any(len(kind) > 1 for kind in kinds)
        if not exceeds and not complete and total.quantity.value - value > max(Decimal(2), total.quantity.value / 10):
            continue
        yield Issue(
            "sum.applicants",
            "error" if complete else "warning",
            f"各类申请人共{value}件，而收到申请{total.quantity.value}件。"
            f" The applicants add up to {value}, received are {total.quantity.value}.",
            expected=str(total.quantity.value),
            found=str(value),
            spans=(total.quantity.span, *(c.quantity.span for c in near)),
        )
        return
