"""The sums that the form itself prescribes: do the printed cells satisfy them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from nlp.checking.places import REMARK
from nlp.checking.rule import Examined, Rule, check_for, prescribed
from nlp.checking.wording import spans_of
from nlp.records import Analysis, Figure, Issue
from nlp.tables.forms import UNKNOWN, Form, Identity, form, is_unknown
from nlp.vocabulary.editions import forms

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


State = Literal["holds", "fails", "open"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An identity of the form in one row or column: both sides as they are printed, and what they can be."""

    identity: Identity
    name: str  # of the row or column, as the form prints it
    left: tuple[Figure, ...]
    right: tuple[Figure, ...]
    one: Sum
    two: Sum
    strange: tuple[Figure, ...] = ()  # of rows or columns that the form does not have

    @property
    def state(self) -> State:
        """``open`` when blank, lost or unplaced cells leave room for it to hold or to fail."""
        one, two = self.one, self.two
        if (one.high is not None and two.low > one.high) or (two.high is not None and one.low > two.high):
            return "fails"
        return "holds" if one.sure and two.sure else "open"


def weigh(analysis: Analysis) -> Iterator[Weighed]:
    """Every identity of the form in every row or column that has a number, in the order of the form.

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
        for line in lines:
            left, right = _side(cells, identity, line, identity.left), _side(cells, identity, line, identity.right)
            if len(left) < len(identity.left) or len(right) < len(identity.right):
                continue
            if any(figure.value is not None for figure in (*left, *right)):
                name = this.names.get((identity.table, line), line)
                strange = tuple(
                    figure
                    for figure in analysis.figures
                    if _is_strange(figure, identity, line) and _is_among(figure, left, right)
                )
                yield Weighed(identity, name, left, right, add_up(left), add_up(right), strange)


def _is_strange(figure: Figure, identity: Identity, line: str) -> bool:
    """Whether a cell stands in the row or column of an identity, and the form does not have it."""
    here, key = (figure.row, figure.column) if identity.along == "columns" else (figure.column, figure.row)
    return figure.table == identity.table and here == line and is_unknown(key)


def _sums() -> Iterator[Rule]:
    """The identities of the forms, each with every form that has it; the example is made of the names of the first cells."""
    laws: dict[str, list[str]] = {}
    for edition in forms():
        for identity in form(edition).identities:
            laws.setdefault(identity.id, []).append(prescribed(identity.source))
    for edition in forms():
        this = form(edition)
        for identity in this.identities:
            law = "; ".join(dict.fromkeys(filter(None, laws.pop(identity.id, ()))))
            keys = (*identity.left[:2], identity.right[0])
            one, two, total = (REMARK.sub("", this.names[identity.table, key]) for key in keys)
            yield Rule(identity.id, "error", identity.zh, identity.en, law, f"{one} 3、{two} 1，而{total} 5，其余为0")


@check_for(
    _sums,
)
def check_arithmetic(report: Examined) -> Iterator[Issue]:
    """An error for each sum that fails; one info for each identity that some cells leave open."""
    analysis = report.analysis
    this = form(analysis.identity.edition)
    for identity, lines in groupby(weigh(analysis), key=lambda weighed: weighed.identity):
        unsure: list[Weighed] = []
        for weighed in lines:
            if weighed.state == "fails":
                yield _failed(this, weighed)
            elif weighed.state == "open":
                unsure.append(weighed)
        if unsure:
            yield _unsure(identity, unsure)


def _side(
    cells: dict[tuple[str, str, str], Figure], identity: Identity, line: str, keys: Sequence[str]
) -> tuple[Figure, ...]:
    """The cells of one side of an identity in one row or column."""
    places = [(line, key) if identity.along == "columns" else (key, line) for key in keys]
    return tuple(cells[identity.table, *place] for place in places if (identity.table, *place) in cells)


def _failed(this: Form, weighed: Weighed) -> Issue:
    identity, one, two = weighed.identity, weighed.one, weighed.two
    where = "行" if identity.along == "columns" else "列"
    place = "row" if identity.along == "columns" else "column"
    left, right = _sum(_terms(identity, this, weighed.left), one), _sum(_terms(identity, this, weighed.right), two)
    evidence = (*weighed.left, *weighed.right)
    if identity.along == "rows":  # a column of twenty zeros proves nothing; a row is read as one
        evidence = (*_telling(weighed.left), *_telling(weighed.right))
    return Issue(
        code=identity.id,
        severity="warning" if _may_explain(weighed) else "error",
        message=(
            f"“{weighed.name}”{where}不满足“{identity.zh}”：{left}，而{right}。"
            f" In {place} {weighed.name}: {identity.en} fails, {one} against {two}." + _beside([weighed])
        ),
        expected=str(one),
        found=str(two),
        spans=spans_of(evidence),
    )


def _is_among(figure: Figure, left: Sequence[Figure], right: Sequence[Figure]) -> bool:
    """Whether a cell is printed among the terms of a sum, up to its total where there is one."""
    starts = [other.span.start for other in (*left, *(right if len(right) == 1 else ())) if other.span]
    return bool(figure.span and starts and min(starts) < figure.span.start < max(starts))


def _may_explain(weighed: Weighed) -> bool:
    """Whether the sum closes with the numbers that the form does not have, on one side or the other."""
    extra = add_up(weighed.strange).as_printed
    one, two = weighed.one.as_printed, weighed.two.as_printed
    return bool(extra) and (one + extra == two or two + extra == one)


def _beside(lines: Sequence[Weighed]) -> str:
    """What is said of rows or columns that the form does not have and that may belong to the sum; "" where none are."""
    strange = [figure for weighed in lines for figure in weighed.strange]
    if not strange:
        return ""
    rows = lines[0].identity.along == "rows"
    names = list(dict.fromkeys((figure.row if rows else figure.column).removeprefix(UNKNOWN) for figure in strange))
    shown = "、".join(f"“{name}”" for name in names[:MAX_NAMES])
    closes = all(_may_explain(weighed) for weighed in lines)
    zh = "计入后相符" if closes else "可能应当计入"
    en = "with them the sum closes" if closes else "they may belong to the sum"
    return f"（表中另有表样没有的{'行' if rows else '列'}{shown}，{zh}。 Not of the form: {shown}; {en}.）"


def _telling(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The cells of a side without zeros, unless there is nothing else."""
    return [figure for figure in figures if figure.value or figure.value is None] or figures[:1]


def _sum(terms: str, total: Sum) -> str:
    return f"{terms}＝{total}" if " + " in terms else terms


def _terms(identity: Identity, this: Form, figures: Sequence[Figure]) -> str:
    """The cells of one side with their values, leaving out zeros unless there is nothing else."""
    shown = [figure for figure in figures if figure.value] or list(figures[:1])
    parts = []
    for figure in shown:
        key = figure.column if identity.along == "columns" else figure.row
        value = "?" if figure.value is None else figure.value
        name = this.names.get((identity.table, key), key).partition("(区")[0]
        parts.append(f"{name} {value}")
    return " + ".join(parts)


def _open(one: Sum, two: Sum) -> str:
    """What the cells leave open on both sides; nothing where that is anything."""
    free = all(total.high is None and not total.low for total in (one, two))
    return "" if free else f"（{one}，{two}）"


def _unsure(identity: Identity, unsure: Sequence[Weighed]) -> Issue:
    """One info for all rows or columns in which blank or damaged cells leave the identity open."""
    differing = [weighed for weighed in unsure if weighed.one.as_printed != weighed.two.as_printed]
    shown = differing or unsure
    names = "、".join(f"“{w.name.partition('(区')[0]}”{_open(w.one, w.two)}" for w in shown[:MAX_NAMES])
    more = f"等{len(unsure)}处" if len(unsure) > min(len(shown), MAX_NAMES) else ""
    return Issue(
        code=identity.id,
        severity="info",
        message=(
            f"“{identity.zh}”在{names}{more}无法核对：有空白或错位的单元格。"
            f" Not checkable in {len(unsure)} places ({identity.en}): cells are blank or out of place."
            + ("" if differing else " What is printed does not contradict it.")
            + _beside(unsure)
        ),
        expected=str(shown[0].one),
        found=str(shown[0].two),
    )
