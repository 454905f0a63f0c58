"""Words that the numbers contradict: 均已办结 beside a carry-over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.claims.claim import Claim
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Issue, Span

ALL_CLOSED = re.compile(r"(?:均|全部|皆|都|所有[^,。;]{0,10}?)[^,。;:\d]{0,14}(?:办结|办理完毕|办理完结|答复|回复|办复)")
EXCEPT = re.compile(r"除|结转|外[,均]|到期|应")


def check_contradictions(analysis: Analysis, clean: CleanText, claims: Sequence[Claim]) -> Iterator[Issue]:
    """A warning when all applications are said to be closed and some are carried over to the next year."""
    closed = next(
        (
            claim
            for claim in claims
            if claim.metric == "applications_answered"
            and claim.in_words
            and claim.section not in ("problems", "problem_list", "measure_list")
            and ALL_CLOSED.search(clean.text[max(claim.sentence[0], claim.start - 12) : claim.end])
            and not EXCEPT.search(clean.text[claim.sentence[0] : claim.sentence[1]])
        ),
        None,
    )
    if closed is None:
        return
    cell = next((f for f in analysis.figures if (f.table, f.row, f.column) == ("requests", "carried_out", "total")), None)
    carried: tuple[str, Span | None] | None = None
    if cell and cell.status in ("given", "inferred") and cell.value:
        carried = (f"表三“结转下年度继续办理”总计为{cell.value}", cell.span)
    else:
        told = next(
            (
                c
                for c in claims
                if c.metric == "applications_carried_out" and c.period == "year" and c.scope == "whole" and c.quantity.value
            ),
            None,
        )
        if told:
            carried = (f"正文称结转下年{told.quantity.value}{told.quantity.unit}", told.quantity.span)
    if carried is None:
        return
    yield Issue(
        "contradiction.all_closed",
        "warning",
        f"正文称“{clean.text[closed.start : closed.end]}”，而{carried[0]}。"
        " All applications are said to be closed, yet some are carried over.",
        expected="0",
        found=carried[0],
        spans=tuple(span for span in (closed.quantity.span, carried[1]) if span),
    )
