"""The narrative against the tables: the same number told twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.checking.rules.arithmetic import State, add_up
from nlp.checking.wording import TABLES, cell_names, spans_of
from nlp.claims.claim import Cell, Claim
from nlp.claims.names import metric_name
from nlp.records import Analysis, Figure, Issue
from nlp.tables.forms import Form, form
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

MONEY = {"元": Decimal(1), "万元": Decimal(10000), "亿元": Decimal(100000000)}


def _told() -> Iterator[Rule]:
    """A rule for each metric that repeats cells of some form."""
    targets = load("claims")["targets"]
    metrics = dict.fromkeys((*targets["indicators"], *targets["local"]))
    for table in targets["tables"].values():
        metrics |= dict.fromkeys(table if isinstance(table, dict) else ())
    for metric in metrics:
        name = metric_name(metric)
        yield Rule(
            f"prose.{metric}",
            "error",
            f"正文与表格的{name}不一致",
            f"Text and table differ in {metric}",
            INTEGRITY,
            f"正文称{name}为97，表中为95",
        )


@check_for(
    _told,
)
def check_prose_against_tables(report: Examined) -> Iterator[Issue]:
    """An issue for each metric whose numbers in the narrative are all other than the cells that they repeat.

    A metric may be told several times, for the body and for all its subordinates: one number that agrees with the table
    clears the others, which ``prose.conflict`` then compares with each other.
    """
    analysis, claims = report.analysis, report.claims
    this = form(analysis.identity.edition)
    cells = cells_of(analysis)
    strict = frozenset(load("claims")["targets"]["tables"]["strict"])
    for told, state in told_again(analysis, claims):
        if state == "fails":
            yield _differs(this, told[0], cells, error=told[0].metric in strict)


def cells_of(analysis: Analysis) -> dict[Cell, Figure]:
    """The cells of the tables by table, row and column."""
    return {(figure.table, figure.row, figure.column): figure for figure in analysis.figures}


def told_again(analysis: Analysis, claims: Sequence[Claim]) -> Iterator[tuple[list[Claim], State]]:
    """The claims that repeat the same cells, with whether one of them agrees (``open`` when blanks leave that open)."""
    cells = cells_of(analysis)
    if not cells:
        return
    by_metric: dict[tuple[str, tuple[Cell, ...]], list[Claim]] = {}
    for claim in claims:
        if claim.period == "year" and claim.scope == "whole" and claim.readings and not _is_implied(claim):
            by_metric.setdefault((claim.metric, claim.readings[0]), []).append(claim)
    for told in by_metric.values():
        verdicts = [_verdict(claim, cells) for claim in told]
        yield told, "holds" if True in verdicts else "open" if None in verdicts else "fails"


def _is_implied(claim: Claim) -> bool:
    return claim.in_words and claim.quantity.value != 0


def _verdict(claim: Claim, cells: dict[Cell, Figure]) -> bool | None:
    """Whether the claim agrees with one of its readings; ``None`` when blanks or lost cells leave that open."""
    agrees: bool | None = False
    if claim.metric == "applications_answered" and _of_the_new(claim, cells):
        return True
    for reading in claim.readings:
        figures = [cells[cell] for cell in reading if cell in cells]
        if len(figures) < len(reading) or all(figure.status == "absent" for figure in figures):
            agrees = None
            continue
        if fits(claim, figures):
            return True
        if _open(claim, figures):
            agrees = None
    return agrees


def _of_the_new(claim: Claim, cells: dict[Cell, Figure]) -> bool:
    """收到12件,办结11件: of what was received this year, without what was carried in."""
    new, out = (cells.get(("requests", row, "total")) for row in ("new_received", "carried_out"))
    return bool(new and out and new.value is not None and out.value and new.value - out.value == claim.quantity.value)


def _amount(claim: Claim, figures: Sequence[Figure]) -> Decimal:
    """The claim's value in the unit of the cells: the narrative's value is scaled to 元, the table's is as printed."""
    forms_of_one = (form(edition) for edition in forms())
    units = next((one.units for one in forms_of_one if one.only_table == figures[0].table), {})
    unit = figures[0].unit or units.get(figures[0].row)
    if claim.quantity.unit in MONEY and unit in MONEY:
        return claim.quantity.value / MONEY[unit]
    return claim.quantity.value


def _zeroed(figures: Sequence[Figure]) -> Decimal | None:
    """The sum when every cell is a number or one of a row of zeros; ``None`` otherwise."""
    total = Decimal(0)
    for figure in figures:
        if figure.value is None:
            return None
        total += figure.value
    return total


def fits(claim: Claim, figures: Sequence[Figure]) -> bool:
    """Whether the cells add up to the claim; a blank or unplaced one leaves that open, and this says no."""
    value = _amount(claim, figures)
    exact = _zeroed(figures)
    if exact is not None:
        return exact == value
    return False


def _open(claim: Claim, figures: Sequence[Figure]) -> bool:
    """Whether what is blank or unplaced could make up the claim."""
    if _zeroed(figures) is not None:
        return False
    possible = add_up(figures)
    value = _amount(claim, figures)
    return value >= possible.low and (possible.high is None or value <= possible.high)


def _differs(this: Form, claim: Claim, cells: dict[Cell, Figure], *, error: bool) -> Issue:
    reading = claim.readings[0]
    figures = [cells[cell] for cell in reading]
    table = reading[0][0]
    found = _zeroed(figures)
    damaged = any(figure.status not in ("given", "inferred") for figure in figures)
    shown = str(add_up(figures)) if found is None else str(found)
    name = metric_name(claim.metric)
    zh, en = TABLES[table]
    return Issue(
        code=f"prose.{claim.metric}",
        severity="error" if error and not damaged else "warning",
        message=(
            f"正文称{name}为{claim.quantity.value}{claim.quantity.unit}，{zh}{cell_names(this, reading)}为{shown}。"
            f" The text says {claim.quantity.value} ({claim.metric}), {en} says {shown}."
        ),
        expected=shown,
        found=str(claim.quantity.value),
        spans=(claim.quantity.span, *spans_of(figures)),
    )
