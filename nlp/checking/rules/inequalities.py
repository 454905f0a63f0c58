"""What cannot be larger than what: the part and its whole in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nlp.checking.rule import Examined, Rule, check_for, prescribed
from nlp.checking.rules.arithmetic import State, Sum, add_up
from nlp.checking.wording import cell_name, spans_of
from nlp.records import Analysis, Figure, Issue
from nlp.tables.forms import form
from nlp.vocabulary.editions import forms


@dataclass(frozen=True, slots=True)
class Compared:
    """An inequality of the form with the cells of both sides; ``less`` may not be above ``more``."""

    entry: dict[str, Any]
    less: tuple[Figure, ...]
    more: tuple[Figure, ...]
    small: Sum
    large: Sum

    @property
    def state(self) -> State:
        """``open`` when blanks leave room for it to hold or to fail."""
        if self.large.high is not None and self.small.low > self.large.high:
            return "fails"
        return "holds" if self.small.high is not None and self.small.high <= self.large.low else "open"


def compare(analysis: Analysis) -> Iterator[Compared]:
    """Every inequality of the form whose cells the form of this report has, and of which a number is printed."""
    cells = {(figure.table, figure.row, figure.column): figure for figure in analysis.figures}
    for entry in forms()[analysis.identity.edition].get("inequalities", ()) if cells else ():
        sides = [[_cell(name) for name in entry[side]] for side in ("less", "more")]
        less, more = (tuple(cells[cell] for cell in side if cell in cells) for side in sides)
        if len(less) < len(sides[0]) or len(more) < len(sides[1]):
            continue
        if any(figure.value is not None for figure in (*less, *more)):
            yield Compared(entry, less, more, add_up(less), add_up(more))


def _inequalities() -> Iterator[Rule]:
    entries = ((edition, entry) for edition, held in forms().items() for entry in held.get("inequalities", ()))
    for edition, entry in entries:
        this = form(edition)
        (less, more) = (cell_name(this, *entry[side][0].split(".")) for side in ("less", "more"))
        yield Rule(
            entry["id"], entry["severity"], entry["zh"], entry["en"], prescribed(entry["source"]),
            f"{less}为5，{more}为3",
        )  # fmt: skip


@check_for(
    _inequalities,
)
def check_inequalities(report: Examined) -> Iterator[Issue]:
    """An issue for each inequality of the form that the printed cells break; blanks never break one."""
    analysis = report.analysis
    this = form(analysis.identity.edition)
    for compared in compare(analysis):
        if compared.state != "fails":
            continue
        entry, small, large = compared.entry, compared.small, compared.large
        names = [
            " + ".join(cell_name(this, figure.table, figure.row, figure.column) for figure in side)
            for side in (compared.less, compared.more)
        ]
        yield Issue(
            entry["id"],
            entry["severity"],
            f"{names[0]}为{small}，不应大于{names[1]}{large}。 {entry['en']} fails: {small} against {large}.",
            expected=f"≤{large}",
            found=str(small),
            spans=spans_of((*compared.less, *compared.more)),
        )


def _cell(name: str) -> tuple[str, str, str]:
    table, row, column = name.split(".")
    return table, row, column
