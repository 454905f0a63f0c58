"""Numbers of the tables that nothing can have: less than none, or a fraction of what is counted."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.checking.rules.prose_table import MONEY
from nlp.checking.wording import cell_name
from nlp.records import Figure, Issue
from nlp.tables.forms import Form, form

DIFFERENCE = "增/减"  # a column of the form of 2019 that may be below 0
MONEY_WORDS = ("金额", "收费")  # of rows and columns without a unit of their own


@check_for(
    Rule(
        "figure.negative", "error", "表格中有负数", "A cell holds less than none", INTEGRITY,
        "行政许可填-5件",
    ),
    Rule(
        "figure.fraction", "error", "件数有小数", "A count is a fraction", INTEGRITY,
        "行政处罚填3.5件",
    ),
)  # fmt: skip
def check_impossible(report: Examined) -> Iterator[Issue]:
    """An error for each negative number, and for each fraction in a cell that does not count money."""
    analysis = report.analysis
    this = form(analysis.identity.edition)
    for figure in analysis.figures:
        if figure.value is None or figure.status != "given":
            continue
        name = cell_name(this, figure.table, figure.row, figure.column)
        if figure.value < 0 and DIFFERENCE not in name:
            yield _issue(
                "figure.negative", figure, f"{name}为{figure.value}，不可能小于0。 A cell holds {figure.value}."
            )
        elif figure.value != figure.value.to_integral_value() and not _is_money(this, figure, name):
            yield _issue(
                "figure.fraction", figure,
                f"{name}为{figure.value}，件数不会有小数。 A count is no fraction: a cell holds {figure.value}.",
            )  # fmt: skip


def _is_money(this: Form, figure: Figure, name: str) -> bool:
    unit = figure.unit or this.units.get(figure.row)
    return unit in MONEY or (unit is None and any(word in name for word in MONEY_WORDS))


def _issue(code: str, figure: Figure, message: str) -> Issue:
    return Issue(code, "error", message, found=str(figure.value), spans=(figure.span,) if figure.span else ())
