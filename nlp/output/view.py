"""One report arranged for a reader: the same summary for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.output.names import name_of
from nlp.output.numbers import plain
from nlp.records import Analysis, Count, Figure, Quantity, Span, Statement
from nlp.tables.forms import form

QUALIFIERS = {"exact": "", "approx": "约", "at_least": "超过", "at_most": "不超过"}
EMPTY_CELLS = {"blank": "", "not_applicable": "/", "text": "文字", "absent": "缺", "ambiguous": "?"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A statutory table to be shown: Chinese heads, and cells as ``(shown, status)``; ``None`` where the form has none."""

    name: str
    columns: list[str]
    rows: list[tuple[str, list[tuple[str, str] | None]]]


def identity_lines(analysis: Analysis) -> list[tuple[str, str]]:
    """Name and value of each part of the identity; "—" for what the report does not say."""
    i = analysis.identity
    period = f"{i.period_start or '—'} 至 {i.period_end or '—'}"
    return [
        ("标题", i.title or "—"),
        ("发布机关", i.issuer or "—"),
        ("层级", name_of("levels", i.level)),
        ("区划代码", i.region or "—"),
        ("年度", str(i.year or "—")),
        ("发布日期", str(i.published_on or "—")),
        ("统计期", period),
        ("格式", name_of("editions", i.edition)),
        ("文种", name_of("genres", i.genre)),
    ]


def amount(quantity: Quantity) -> str:
    """A quantity as a reader writes it: 约1300条."""
    return f"{QUALIFIERS[quantity.qualifier]}{plain(quantity.value)}{quantity.unit}"


def count_name(count: Count) -> str:
    """A metric with its category and, unless it is this year's, its period."""
    period = {"previous_year": "（上年）", "cumulative": "（累计）"}.get(count.period, "")
    return name_of("metrics", count.metric) + (f"·{count.category}" if count.category else "") + period


def number_lines(analysis: Analysis) -> list[tuple[str, str, Span]]:
    """Name, amount and place of each number of the narrative: what went through channels first, then the counts."""
    channels = [
        (f"{name_of('channels', c.channel)}（{name_of('scopes', c.scope)}）{c.category or ''}", c.quantity)
        for c in analysis.channel_counts
    ]
    counts = [(count_name(count), count.quantity) for count in analysis.counts]
    return [(name, amount(quantity), quantity.span) for name, quantity in channels + counts]


def label_names(statement: Statement, own: Mapping[str, str]) -> list[str]:
    """Chinese names of the accepted labels, those of a model's own labels from ``own``; the key where there is none."""
    return [own.get(label.key) or name_of("labels", label.key) for label in statement.labels if label.accepted]


def role_name(role: str, own: Mapping[str, str]) -> str:
    """The Chinese name of a role, of one of a model's own from ``own``; the role itself where there is none."""
    return own.get(role) or name_of("roles", role)


def labelled_statements(analysis: Analysis) -> list[Statement]:
    """The statements that a reader wants listed: problems, measures, and whatever else bears an accepted label."""
    return [
        s for s in analysis.statements if s.role in ("problem", "measure") or any(label.accepted for label in s.labels)
    ]


def shown(figure: Figure) -> str:
    """The value of a cell, or a sign for why there is none."""
    if figure.value is None:
        return EMPTY_CELLS[figure.status]
    return f"{plain(figure.value)}{figure.unit or ''}"


def grids(analysis: Analysis) -> list[Grid]:
    """The statutory tables of the report, as the form prints them. A table of which nothing was printed is left out."""
    cells = {(f.table, f.row, f.column): f for f in analysis.figures}
    name = form(analysis.identity.edition).name
    result = []
    for table in dict.fromkeys(f.table for f in analysis.figures):
        here = [f for f in analysis.figures if f.table == table]
        rows, columns = list(dict.fromkeys(f.row for f in here)), list(dict.fromkeys(f.column for f in here))
        grid: list[tuple[str, list[tuple[str, str] | None]]] = []
        for row in rows:
            found = [cells.get((table, row, column)) for column in columns]
            grid.append((name(table, row), [(shown(f), f.status) if f else None for f in found]))
        names = [name(table, column) for column in columns]
        result.append(Grid(name_of("sections", table), names, grid))
    return result
