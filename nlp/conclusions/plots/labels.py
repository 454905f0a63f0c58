"""Figures of labels: by year with intervals, by level, and what is admitted against what is promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from nlp.conclusions.answers import Answers
from nlp.conclusions.design import Design
from nlp.conclusions.estimate import MEASURES, Question, Study, answer
from nlp.conclusions.plots.figure import Figure, Language, Text, data, said, titled
from nlp.conclusions.study_files import study_columns
from nlp.conclusions.tags import Tags
from nlp.labelling.label import OWN_SCHEME
from nlp.labelling.taxonomy import LabelName
from nlp.output.charts import ACCENT, INK, PALE
from nlp.output.names import name_of, names

MOST_LABELS = 9  # small charts of one figure
COLUMNS = 3
FEW_YEARS = 2
UNSURE: Text = (
    "只有模型说话，没有抽样核对：数字会随模型的错误移动，也没有区间。",
    "Nothing but the model speaks: its errors move these numbers, and there are no intervals.",
)
SURE: Text = (
    "点是估计，线是 95% 区间，已计入模型的误差；浅色的点是直接数采纳的标签。",
    "Dots are estimates, lines their 95% intervals, which allow for the model's errors; pale dots count accepted labels.",
)


def scheme_name(scheme: str, language: Language) -> str:
    """What the labels of a scheme are labels of."""
    if language == "en":
        return {"problem": "Problems", "measure": "Measures"}.get(scheme, "Labels")
    return "标签" if scheme == OWN_SCHEME else name_of("roles", scheme)


def label_text(label: LabelName, language: Language) -> str:
    """The name of a label in a language, its key where it has none."""
    return (label.en if language == "en" else label.zh) or label.key


def by_year(
    tags: Tags, language: Language, *, design: Design | None, answers: Answers | None, partial: bool
) -> Iterator[Figure]:
    """For each scheme the share of the most frequent labels in each year."""
    study = answer(tags, _question(design, ("year",), partial=partial), design=design, answers=answers)
    for scheme in dict.fromkeys(label.scheme for label in tags.labels):
        chosen = _most_frequent(tags, study, scheme)
        rows = _rows(study, chosen, language, keep=lambda row: row["year"] is not None)
        if not rows:
            continue
        title = said((f"{scheme_name(scheme, 'zh')}：各年", f"{scheme_name(scheme, 'en')} by year"), language)
        many = len({row["year"] for row in rows}) >= FEW_YEARS
        chart = titled(_years(rows, lines=many, intervals=answers is not None), title, _measured(study, language))
        note = said(SURE if answers is not None else UNSURE, language)
        yield Figure(f"{scheme}_by_year", title, note, chart, rows, study_columns(study, rows))


def by_level(
    tags: Tags, language: Language, *, design: Design | None, answers: Answers | None, partial: bool
) -> Iterator[Figure]:
    """The shares of all labels at each level of government, as a table with colours."""
    study = answer(tags, _question(design, ("level",), partial=partial), design=design, answers=answers)
    rows = _rows(study, tags.labels, language, keep=lambda row: row["level"] is not None and row["units"])
    if not rows:
        return
    levels = [*names("levels")]
    for row in rows:
        row["level_name"] = row["level"] if language == "en" else name_of("levels", row["level"])
    order = [name if language == "en" else name_of("levels", name) for name in levels]
    base = alt.Chart(data(rows)).encode(
        x=alt.X("level_name:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("name:N", sort=[label_text(label, language) for label in tags.labels], title=None),
    )
    cells = base.mark_rect().encode(
        color=alt.Color("estimate:Q", scale=alt.Scale(scheme="blues", domainMin=0), legend=None)
    )
    text = base.mark_text(fontSize=10).encode(
        text=alt.Text("estimate:Q", format=".0%"),
        color=alt.condition("datum.estimate > 0.35", alt.value("white"), alt.value(INK)),
    )
    title = said(("各层级比较", "Levels compared"), language)
    chart = titled(
        (cells + text).properties(width=90 * len({row["level"] for row in rows})), title, _measured(study, language)
    )
    note = said(SURE if answers is not None else UNSURE, language).split("；")[0].split(";")[0]
    yield Figure("levels", title, note, chart, rows, study_columns(study, rows))


def matrix(tags: Tags, language: Language) -> Iterator[Figure]:
    """Of the reports that admit a problem, the share that promises each measure."""
    if {"problem", "measure"} - {label.scheme for label in tags.labels}:
        return
    found = tags.rows("""
        WITH told AS (SELECT DISTINCT report_id, scheme, label FROM labels WHERE accepted),
             admitted AS (SELECT label, count(*) AS reports FROM told WHERE scheme = 'problem' GROUP BY label)
        SELECT p.label, m.label, count(*), any_value(a.reports)
        FROM told p JOIN told m USING (report_id) JOIN admitted a ON a.label = p.label
        WHERE p.scheme = 'problem' AND m.scheme = 'measure' GROUP BY ALL ORDER BY ALL
    """)
    if not found:
        return
    text = {(label.scheme, label.key): label_text(label, language) for label in tags.labels}
    rows = [
        {
            "problem": problem, "measure": measure, "problem_name": text["problem", problem],
            "measure_name": text["measure", measure], "both": both, "reports": reports, "share": both / reports,
        }
        for problem, measure, both, reports in found
    ]  # fmt: skip
    title = said(("承认的问题与承诺的措施", "What is admitted and what is promised"), language)
    note = said(
        (
            "每行：承认某问题的报告中，同时承诺各措施的占比（按采纳的标签）。",
            "Each row: of the reports that admit a problem, the share that promises each measure (accepted labels).",
        ),
        language,
    )
    order = {scheme: [text[s, k] for s, k in text if s == scheme] for scheme in ("problem", "measure")}
    chart = (
        alt.Chart(data(rows))
        .mark_rect()
        .encode(
            x=alt.X(
                "measure_name:N",
                sort=order["measure"],
                title=said(("措施", "measure"), language),
                axis=alt.Axis(labelAngle=-60),
            ),
            y=alt.Y("problem_name:N", sort=order["problem"], title=said(("问题", "problem"), language)),
            color=alt.Color(
                "share:Q", scale=alt.Scale(scheme="oranges", domain=[0, 1]), title=None, legend=alt.Legend(format=".0%")
            ),
            tooltip=["problem_name:N", "measure_name:N", alt.Tooltip("share:Q", format=".0%"), "both:Q", "reports:Q"],
        )
    )
    kinds = {"both": "integer", "reports": "integer", "share": "float"}
    columns = [(name, kinds.get(name, "string"), "") for name in rows[0]]
    yield Figure("matrix", title, note, titled(chart, title), rows, columns)


def _question(design: Design | None, by: tuple[str, ...], *, partial: bool) -> Question:
    measure = "statements" if design is not None and design.unit == "statement" else "reports"
    return Question(measure=measure, by=by, partial=partial)  # type: ignore[arg-type]


def _measured(study: Study, language: Language) -> str:
    return said(MEASURES[study.question.measure], language)


def _most_frequent(tags: Tags, study: Study, scheme: str) -> list[LabelName]:
    """The labels of a scheme with the greatest share over all groups, in that order."""
    units: dict[str, float] = {}
    for row in study.rows:
        if row["scheme"] == scheme:
            units[row["label"]] = units.get(row["label"], 0) + row["estimate"] * row["units"]
    ranked = sorted(
        (label for label in tags.labels if label.scheme == scheme), key=lambda label: -units.get(label.key, 0)
    )
    return [label for label in ranked if units.get(label.key, 0) > 0][:MOST_LABELS]


def _rows(study: Study, labels: Sequence[LabelName], language: Language, *, keep: Any) -> list[dict[str, Any]]:
    text = {(label.scheme, label.key): label_text(label, language) for label in labels}
    order = {pair: at for at, pair in enumerate(text)}
    kept = [
        row | {"name": text[row["scheme"], row["label"]]}
        for row in study.rows
        if (row["scheme"], row["label"]) in text and keep(row)
    ]
    return sorted(kept, key=lambda row: order[row["scheme"], row["label"]])


def _years(rows: Sequence[dict[str, Any]], *, lines: bool, intervals: bool) -> alt.FacetChart:
    base = alt.Chart().encode(x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=-45)))
    share = alt.Y("estimate:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domainMin=0))
    layers: list[alt.Chart] = []
    if lines:
        layers.append(base.mark_line(color=PALE, strokeWidth=1).encode(y=share))
    if intervals:
        layers.append(base.mark_rule(color=INK, strokeWidth=2).encode(y=alt.Y("low:Q", title=None), y2="high:Q"))
        layers.append(
            base.mark_point(color=ACCENT, opacity=0.45, filled=True, size=18).encode(y=alt.Y("naive:Q", title=None))
        )
    tooltip = [
        "name:N",
        "year:O",
        *(alt.Tooltip(f"{key}:Q", format=".1%") for key in ("estimate", "low", "high", "naive")),
    ]
    layers.append(base.mark_point(color=INK, filled=True, size=36, opacity=1).encode(y=share, tooltip=tooltip))
    order = list(dict.fromkeys(row["name"] for row in rows))
    return alt.layer(*layers, data=data(rows)).properties(width=250, height=130).facet(
        facet=alt.Facet("name:N", sort=order, title=None, header=alt.Header(labelFontSize=12, labelAnchor="start")), columns=COLUMNS
    )  # fmt: skip
