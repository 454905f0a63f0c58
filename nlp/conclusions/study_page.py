"""Estimates as a page: each label with its interval, for each group, and all numbers below; it works offline."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import altair as alt

from nlp.conclusions.estimate import MEASURES, SCORES_ONLY, Study
from nlp.conclusions.frame import UNKNOWN
from nlp.output.charts import ACCENT, INK, Shown, page
from nlp.output.names import name_of

ROW = 18  # points a label
COLUMNS = 3
SHOWN = ("estimate", "low", "high", "naive", "labels_only_low", "labels_only_high", "labelled", "borne", "units")


def study_page(study: Study) -> str:
    """The page of a study; Chinese first, with the English of what is measured."""
    measured = MEASURES[study.question.measure]
    charts = []
    for scheme in dict.fromkeys(row["scheme"] for row in study.rows):
        rows = [
            row | {"group": _group(study, row), "name": row["zh"] or row["label"]}
            for row in study.rows
            if row["scheme"] == scheme
        ]
        title = name_of("roles", scheme) if scheme in ("problem", "measure") else "标签 Labels"
        charts.append(Shown(scheme, title, _note(study), _chart(study, rows)))
    title = f"{measured[0]} {measured[1]}"
    return page(title, " ".join(study.notes), charts, after=_table(study))


def _group(study: Study, row: dict[str, Any]) -> str:
    return " · ".join(str(row[column] or UNKNOWN) for column in study.question.by)


def _note(study: Study) -> str:
    if any(row["basis"] != SCORES_ONLY for row in study.rows):
        return "点：估计；线：95% 区间，已计入模型的误差；浅色点：直接数采纳的标签。 Dots: estimates; lines: 95% intervals, which allow for the model's errors; pale dots: accepted labels counted."
    return "只有模型说话，没有区间。 Nothing but the model speaks: there are no intervals."


def _chart(study: Study, rows: Sequence[dict[str, Any]]) -> Any:
    total: dict[str, float] = {}
    for row in rows:
        total[row["name"]] = total.get(row["name"], 0) + row["estimate"]
    order = sorted(total, key=lambda name: -total[name])
    share = study.question.measure != "number"
    axis = alt.Axis(format="%") if share else alt.Axis()
    base = alt.Chart().encode(y=alt.Y("name:N", sort=order, title=None))
    lines = base.mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("low:Q", title=None), x2="high:Q")
    naive = base.mark_point(color=ACCENT, opacity=0.45, filled=True, size=18).encode(x=alt.X("naive:Q", title=None))
    tooltip = [
        "name:N",
        "group:N",
        *(alt.Tooltip(f"{key}:Q", format=".1%" if share else ".2f") for key in ("estimate", "low", "high", "naive")),
    ]
    dots = base.mark_point(color=INK, filled=True, size=36, opacity=1).encode(
        x=alt.X("estimate:Q", title=None, axis=axis), tooltip=tooltip
    )
    layered = alt.layer(lines, naive, dots, data=alt.InlineData(values=list(rows))).properties(
        width=280 if study.question.by else 520, height=ROW * len(order)
    )
    if not study.question.by:
        return layered
    groups = list(dict.fromkeys(row["group"] for row in rows))
    return layered.facet(
        facet=alt.Facet("group:N", sort=groups, title=None, header=alt.Header(labelAnchor="start")), columns=COLUMNS
    )


def _table(study: Study) -> str:
    share = study.question.measure != "number"
    names = [*study.question.by, "label", "zh", *SHOWN]
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    lines = []
    for row in study.rows:
        texts = "".join(f"<td>{html.escape(str(row[name] or UNKNOWN))}</td>" for name in names[: -len(SHOWN)])
        numbers = "".join(f"<td class=n>{_shown(name, row[name], share=share)}</td>" for name in SHOWN)
        lines.append(f"<tr>{texts}{numbers}</tr>")
    return (
        f"<section><h2>数字 Numbers</h2><div class=wide><table><tr>{head}</tr>{''.join(lines)}</table></div></section>"
    )


def _shown(name: str, value: Any, *, share: bool) -> str:
    if value is None:
        return UNKNOWN
    if name in ("labelled", "borne", "units"):
        return f"{value:g}"
    return f"{value:.1%}" if share else f"{value:.2f}"
