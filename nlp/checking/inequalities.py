"""What cannot be larger than what: the part and its whole in the tables."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.checking.arithmetic import add_up
from nlp.checking.wording import cell_name, spans_of
from nlp.records import Analysis, Issue
from nlp.tables.forms import form
from nlp.vocabulary.load import load


def check_inequalities(analysis: Analysis) -> Iterator[Issue]:
    """An issue for each inequality of the form that the printed cells break; blanks never break one."""
    if not analysis.figures:
        return
    this = form(analysis.identity.edition)
    cells = {(figure.table, figure.row, figure.column): figure for figure in analysis.figures}
    for entry in load("forms")["inequalities"]:
        if analysis.identity.edition not in entry["editions"]:
            continue
        sides = [[_cell(name) for name in entry[side]] for side in ("less", "more")]
        less, more = ([cells[cell] for cell in side if cell in cells] for side in sides)
        if len(less) < len(sides[0]) or len(more) < len(sides[1]):
            continue
        small, large = add_up(less), add_up(more)
        if large.high is None or small.low <= large.high:
            continue
        names = [" + ".join(cell_name(this, *cell) for cell in side) for side in sides]
        yield Issue(
            entry["id"],
            entry["severity"],
            f"{names[0]}为{small}，不应大于{names[1]}{large}。 {entry['en']} fails: {small} against {large}.",
            expected=f"≤{large}",
            found=str(small),
            spans=spans_of((*less, *more)),
        )


def _cell(name: str) -> tuple[str, str, str]:
    table, row, column = name.split(".")
    return table, row, column
