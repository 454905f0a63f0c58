"""Every number of the narrative held against the tables: verified, contradicted, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlp.checking.rules.arithmetic import add_up
from nlp.checking.rules.prose_table import cells_of, fits, told_again
from nlp.claims.claim import Cell, Claim
from nlp.records import Analysis, Figure

Verdict = Literal["verified", "contradicted", "not_verifiable"]
Reason = Literal["no_cell", "no_table", "period", "part", "scope", "blank"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict, and the cells that it was held against, () where there are none.

    ``value`` is their sum, ``None`` where blanks leave it open. ``reason`` tells why nothing could be verified: the form has
    no such cell (``no_cell``), the report no such table (``no_table``), the number is of another ``period``, a ``part``, of
    a ``scope`` that its sentence leaves open or that another number agrees with, or cells are ``blank`` or out of place.
    """

    claim: Claim
    verdict: Verdict
    reason: Reason | None = None
    cells: tuple[Cell, ...] = ()
    value: Decimal | None = None


def judge(analysis: Analysis, claims: Sequence[Claim]) -> list[Judged]:
    """The claims of a report in their order, each judged.

    Parameters
    ----------
    claims : of the report, as ``find_claims`` gives them
    """
    cells = cells_of(analysis)
    states = {id(claim): state for told, state in told_again(analysis, claims) for claim in told}
    return [_judged(claim, states.get(id(claim)), cells) for claim in claims]


def _judged(claim: Claim, state: str | None, cells: dict[Cell, Figure]) -> Judged:
    if not claim.readings:
        return Judged(claim, "not_verifiable", "no_cell")
    if state is None:
        reason: Reason = "period" if claim.period != "year" else "part" if claim.scope == "part" else "scope"
        return Judged(claim, "not_verifiable", reason if cells else "no_table")
    for reading in claim.readings:
        figures = _figures(reading, cells)
        if figures and fits(claim, figures):
            return Judged(claim, "verified", None, reading, _sum(figures))
    reading = claim.readings[0]
    figures = _figures(reading, cells)
    if not figures:
        return Judged(claim, "not_verifiable", "no_table", reading)
    if state == "fails":
        return Judged(claim, "contradicted", None, reading, _sum(figures))
    return Judged(claim, "not_verifiable", "blank" if state == "open" else "scope", reading, _sum(figures))


def _figures(reading: Sequence[Cell], cells: dict[Cell, Figure]) -> list[Figure]:
    """The cells of a reading; none where one of them is in no table."""
    figures = [cells[cell] for cell in reading if cell in cells]
    there = len(figures) == len(reading) and any(figure.status != "absent" for figure in figures)
    return figures if there else []


def _sum(figures: Sequence[Figure]) -> Decimal | None:
    possible = add_up(figures)
    return possible.low if possible.low == possible.high else None
