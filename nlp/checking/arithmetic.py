"""The sums that the form itself prescribes: do the printed cells satisfy them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlp.records import Analysis, Figure, Issue
from nlp.tables.forms import Form, Identity, form

# Names listed in one message; the rest is counted.
MAX_NAMES = 2


@dataclass(frozen=True, slots=True)
class Sum:
    """What a side can be: ``low`` to ``high`` (``None``: no limit). ``as_printed`` takes what is open as 0."""

    low: Decimal
    high: Decimal | None
    as_printed: Decimal

    @property
    def sure(self) -> bool:
        return self.high == self.low

    def __str__(self) -> str:
        if self.high is None:
            return f"≥{self.low}"
        return str(self.low) if self.sure else f"{self.low}–{self.high}"


def add_up(figures: Sequence[Figure]) -> Sum:
    """The sum of cells. Blank, lost and unplaced cells leave it open upwards; what does not apply counts as nothing."""
    low, as_printed = Decimal(0), Decimal(0)
    high: Decimal | None = Decimal(0)
    for figure in figures:
        if figure.status in ("given", "inferred") and figure.value is not None:
            low += figure.value
            as_printed += figure.value
            high = None if high is None else high + figure.value
        elif figure.status == "ambiguous" and figure.candidates:
            low += min(figure.candidates)
            high = None if high is None else high + max(figure.candidates)
        elif figure.status != "not_applicable":
            high = None
    return Sum(low, high, as_printed)


def check_arithmetic(analysis: Analysis) -> Iterator[Issue]:
    """An error for each sum that fails; one info for each identity that some cells leave open.

    Sources of the identities: 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号, 国办发〔2014〕32号.
    """
    cells = {(figure.table, figure.row, figure.column): figure for figure in analysis.figures}
    if not any(figure.value is not None for figure in analysis.figures):
        return
    this = form(analysis.identity.edition)
    for identity in this.identities:
        rows = this.cells.get(identity.table)
        if not rows:
            continue
        lines = list(rows) if identity.along == "columns" else list(next(iter(rows.values())))
        unsure: list[tuple[str, Sum, Sum]] = []
        for line in lines:
            left, right = _side(cells, identity, line, identity.left), _side(cells, identity, line, identity.right)
            if len(left) < len(identity.left) or len(right) < len(identity.right):
                continue
            if not any(figure.value is not None for figure in (*left, *right)):
                continue
            one, two = add_up(left), add_up(right)
            name = this.names.get((identity.table, line), line)
            if (one.high is not None and two.low > one.high) or (two.high is not None and one.low > two.high):
                yield _failed(identity, this, name, left, right, one, two)
            elif not (one.sure and two.sure):
                unsure.append((name, one, two))
        if unsure:
            yield _unsure(identity, unsure)


def _side(
    cells: dict[tuple[str, str, str], Figure], identity: Identity, line: str, keys: Sequence[str]
) -> list[Figure]:
    """The cells of one side of an identity in one row or column."""
    places = [(line, key) if identity.along == "columns" else (key, line) for key in keys]
    return [cells[identity.table, *place] for place in places if (identity.table, *place) in cells]


def _failed(
    identity: Identity, this: Form, name: str, left: Sequence[Figure], right: Sequence[Figure], one: Sum, two: Sum
) -> Issue:
    where = "行" if identity.along == "columns" else "列"
    place = "row" if identity.along == "columns" else "column"
    sums = _sum(_terms(identity, this, left), one), _sum(_terms(identity, this, right), two)
    return Issue(
        code=identity.id,
        severity="error",
        message=(
            f"“{name}”{where}不满足“{identity.zh}”：{sums[0]}，而{sums[1]}。"
            f" In {place} {name}: {identity.en} fails, {one} against {two}."
        ),
        expected=str(one),
        found=str(two),
        spans=tuple(dict.fromkeys(figure.span for figure in (*left, *right) if figure.span)),
    )


def _sum(terms: str, total: Sum) -> str:
    return f"{terms}＝{total}" if " + " in terms else terms


def _terms(identity: Identity, this: Form, figures: Sequence[Figure]) -> str:
    """The cells of one side with their values, leaving out zeros unless there is nothing else."""
    shown = [figure for figure in figures if figure.value] or list(figures[:1])
    parts = []
    for figure in shown:
        key = figure.column if identity.along == "columns" else figure.row
        value = "?" if figure.value is None else figure.value
        parts.append(f"{this.names.get((identity.table, key), key)} {value}")
    return " + ".join(parts)


def _open(one: Sum, two: Sum) -> str:
    """What the cells leave open on both sides; nothing where that is anything."""
    free = all(total.high is None and not total.low for total in (one, two))
    return "" if free else f"（{one}，{two}）"


def _unsure(identity: Identity, unsure: Sequence[tuple[str, Sum, Sum]]) -> Issue:
    """One info for all rows or columns in which blank or damaged cells leave the identity open."""
    differing = [entry for entry in unsure if entry[1].as_printed != entry[2].as_printed]
    shown = differing or list(unsure)
    names = "、".join(f"“{name.partition('(区')[0]}”{_open(one, two)}" for name, one, two in shown[:MAX_NAMES])
    more = f"等{len(unsure)}处" if len(unsure) > min(len(shown), MAX_NAMES) else ""
    return Issue(
        code=identity.id,
        severity="info",
        message=(
            f"“{identity.zh}”在{names}{more}无法核对：有空白或错位的单元格。"
            f" Not checkable in {len(unsure)} places ({identity.en}): cells are blank or out of place."
            + ("" if differing else " What is printed does not contradict it.")
        ),
        expected=str(shown[0][1]),
        found=str(shown[0][2]),
    )
