"""The narrative against itself: one thing told with two numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from nlp.checking.rule import FORM_OF_2021, INTEGRITY, Examined, Rule, check_for
from nlp.claims.claim import Claim
from nlp.claims.names import metric_name
from nlp.records import Issue

# What a report tells once for the whole body and year; other metrics have parts that look like totals.
ONCE = (
    "applications_received", "applications_carried_in", "applications_carried_out", "applications_answered", "reviews",
    "litigations", "fees_charged", "complaints",
)  # fmt: skip
NEAR_CHARS = 200
BALANCE = ("applications_received", "applications_carried_in", "applications_answered", "applications_carried_out")


def _conflicts() -> Iterator[Rule]:
    for metric in ONCE:
        name = metric_name(metric)
        yield Rule(
            f"prose.conflict.{metric}",
            "warning",
            f"正文中{name}前后不一",
            f"The text gives two numbers for {metric}",
            INTEGRITY,
            f"总体情况写{name}12，后文写{name}15",
        )


@check_for(
    Rule(
        "prose.balance",
        "error",
        "正文中新收、结转、办结不平",
        "Received and carried in are not closed and carried out, in the text",
        FORM_OF_2021,
        "正文：新收10件、上年结转2件，办结9件、结转下年1件",
    ),
    _conflicts,
)
def check_prose_against_itself(report: Examined) -> Iterator[Issue]:
    """A warning for one metric of the same year and scope with two values; an error for a balance that fails.

    The balance is the one of the form: received + carried in = answered + carried out, where one passage tells all
    four.
    """
    claims = report.claims
    whole = [claim for claim in claims if claim.scope == "whole" and claim.period == "year"]
    for metric in ONCE:
        told = [c for c in whole if c.metric == metric and c.category is None and not (c.in_words and c.quantity.value)]
        values = list(dict.fromkeys(claim.quantity.value for claim in told))
        if len(values) > 1 and not _is_sum_with_carry(metric, values, whole) and not _are_parts(told):
            one = next(claim for claim in told if claim.quantity.value == values[0])
            other = next(claim for claim in told if claim.quantity.value == values[1])
            yield Issue(
                f"prose.conflict.{metric}",
                "warning",
                f"正文中{metric_name(metric)}前后不一：{values[0]}与{values[1]}。"
                f" The text gives two numbers for {metric}: {values[0]} and {values[1]}.",
                expected=str(values[0]),
                found=str(values[1]),
                spans=(one.quantity.span, other.quantity.span),
            )
    yield from _check_balance(whole)


def _are_parts(told: Sequence[Claim]) -> bool:
    """收取2950元,其中甲局420元、乙县2530元: one of the values is the sum of all others."""
    values = [claim.quantity.value for claim in told]
    return len(values) > 2 and max(values) == sum(values) - max(values)


def _is_sum_with_carry(metric: str, values: list, whole: Sequence[Claim]) -> bool:  # type: ignore[type-arg]
    """收到12件,上年结转2件,共14件: the second number is the first with what was carried in."""
    if metric != "applications_received" or len(values) != 2:
        return False
    carried = {claim.quantity.value for claim in whole if claim.metric == "applications_carried_in"}
    return abs(values[0] - values[1]) in carried


def _check_balance(whole: Sequence[Claim]) -> Iterator[Issue]:
    told = [c for c in whole if c.metric in BALANCE and not (c.in_words and c.quantity.value)]
    told.sort(key=attrgetter("start"))
    starts = [claim.start for claim in told]
    for first in told:
        if first.metric != BALANCE[0]:
            continue
        near: dict[str, Claim] = {}
        around = bisect_left(starts, first.start - NEAR_CHARS), bisect_right(starts, first.start + NEAR_CHARS)
        for claim in told[slice(*around)]:
            near.setdefault(claim.metric, claim)
        near[BALANCE[0]] = first
        if len(near) < 4:
            continue
        received, carried_in, answered, carried_out = (near[metric].quantity.value for metric in BALANCE)
        if received + carried_in != answered + carried_out and received != answered + carried_out:
            yield Issue(
                "prose.balance",
                "error",
                f"正文：新收{received}＋上年结转{carried_in}＝{received + carried_in}，"
                f"而办结{answered}＋结转下年{carried_out}＝{answered + carried_out}。"
                f" Text: received {received} + carried in {carried_in} is not answered {answered} + carried out"
                f" {carried_out}.",
                expected=str(received + carried_in),
                found=str(answered + carried_out),
                spans=tuple(near[metric].quantity.span for metric in BALANCE),
            )
        return
