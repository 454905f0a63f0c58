"""How findings are worded: names of cells, ranges of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.records import Figure, Span
from nlp.tables.forms import Form

MAX_CELLS = 4
TABLES = {
    "disclosure": ("表二", "table two"),
    "requests": ("表三", "table three"),
    "disputes": ("表四", "table four"),
    "indicators": ("统计表", "the table of indicators"),
    "local": ("本地统计表", "the local table"),
}


def cell_name(form: Form, table: str, row: str, column: str) -> str:
    """A cell as the form names it: “(一)予以公开”行“总计”列."""
    line = form.name(table, row).partition("(区")[0]
    if column == "value":
        return f"“{line}”"
    return f"“{line}”行“{form.name(table, column)}”列"


def cell_names(form: Form, cells: Sequence[tuple[str, str, str]]) -> str:
    """Several cells joined by +, at most four of them named."""
    names = " + ".join(cell_name(form, *cell) for cell in cells[:MAX_CELLS])
    return names + (f" 等{len(cells)}格" if len(cells) > MAX_CELLS else "")


def spans_of(figures: Iterable[Figure]) -> tuple[Span, ...]:
    """Where the cells are printed, each place once."""
    return tuple(dict.fromkeys(figure.span for figure in figures if figure.span))
