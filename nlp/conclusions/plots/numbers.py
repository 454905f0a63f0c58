"""Figures of numbers that reports give: applications and what became of them, channels over time, provinces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from nlp.conclusions.plots.figure import Figure, Language, data, said, titled
from nlp.conclusions.tags import Tags
from nlp.output.charts import COLOURS, INK
from nlp.output.names import name_of
from nlp.vocabulary.load import load

MOST_CHANNELS = 6
TENS = [0, *(10**power for power in range(8))]
INTEGERS = frozenset({"year", "reports", "column", "row", "statements"})


def applications(tags: Tags, language: Language) -> Iterator[Figure]:
    """Applications received a report, and the shares of their outcomes, by year."""
    told = load("conclusions")["applications"]
    tags.db.execute("CREATE OR REPLACE TABLE outcomes (outcome VARCHAR, pattern VARCHAR)")
    patterns = [
        (key, row.replace("*", "%")) for key, entry in load("conclusions")["outcomes"].items() for row in entry["rows"]
    ]
    tags.db.executemany("INSERT INTO outcomes VALUES (?, ?)", patterns)
    tables, received, totals = (
        ", ".join(f"'{name}'" for name in told[key]) for key in ("tables", "received", "totals")
    )
    numbers = f"""
        SELECT r.year, f.row, f.value FROM figures f JOIN reports r USING (report_id)
        WHERE f.table IN ({tables}) AND f.column IN ({totals}) AND f.value IS NOT NULL AND r.year IS NOT NULL
    """
    counted = tags.rows(f"""
        SELECT year, count(*), sum(value)::DOUBLE, median(value)::DOUBLE, quantile_cont(value, 0.25)::DOUBLE,
               quantile_cont(value, 0.75)::DOUBLE
        FROM ({numbers}) WHERE "row" IN ({received}) GROUP BY year ORDER BY year
    """)
    ended = tags.rows(f"""
        SELECT year, outcome, sum(value)::DOUBLE FROM ({numbers}) JOIN outcomes ON "row" LIKE replace(pattern, '_', '#_') ESCAPE '#'
        GROUP BY ALL ORDER BY ALL
    """)
    if not counted:
        return
    first = [dict(zip(("year", "reports", "total", "median", "lower", "upper"), row, strict=True)) for row in counted]
    outcomes = {key: entry[language] for key, entry in load("conclusions")["outcomes"].items()}
    second = [{"year": year, "outcome": key, "name": outcomes[key], "number": number} for year, key, number in ended]
    for row in second:
        row["order"] = list(outcomes).index(str(row["outcome"]))
    title = said(("申请与处理结果", "Applications and their outcomes"), language)
    note = said(
        ("左：每份报告新收申请件数的中位数与四分位。右：各处理结果占全部结果的比例。只计印有数字的单元格。",
         "Left: median and quartiles of applications received, a report. Right: outcomes as shares of all. Cells with a number only."),
        language,
    )  # fmt: skip
    year = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=-45))
    base = alt.Chart(data(first)).encode(x=year)
    left = base.mark_rule(color=INK, strokeWidth=2).encode(
        y=alt.Y("lower:Q", title=said(("件", "number"), language)), y2="upper:Q"
    )
    left += base.mark_point(color=INK, filled=True, size=50, opacity=1).encode(
        y="median:Q", tooltip=["year:O", "median:Q", "total:Q", "reports:Q"]
    )
    parts: Any = left.properties(width=300, height=240)
    if second:
        right = (
            alt.Chart(data(second))
            .mark_bar()
            .encode(
                x=year,
                y=alt.Y("number:Q", stack="normalize", title=None, axis=alt.Axis(format="%")),
                color=alt.Color(
                    "name:N",
                    title=None,
                    sort=list(outcomes.values()),
                    scale=alt.Scale(domain=list(outcomes.values()), range=COLOURS),
                ),
                order="order:O",
                tooltip=["year:O", "name:N", "number:Q"],
            )
            .properties(width=420, height=240)
        )
        parts = parts | right
    rows: list[dict[str, Any]] = [{"part": "received", "outcome": None, "number": None} | row for row in first]
    empty = dict.fromkeys(("reports", "total", "median", "lower", "upper"))
    rows += [
        {"part": "outcomes", "year": r["year"], "outcome": r["outcome"], "number": r["number"]} | empty for r in second
    ]
    columns = [
        (name, _kind(name), "")
        for name in ("part", "year", "outcome", "number", "reports", "total", "median", "lower", "upper")
    ]
    yield Figure("applications", title, note, titled(parts, title), rows, columns)


def _kind(name: str) -> str:
    texts = ("part", "outcome", "channel", "name", "province", "code")
    return "integer" if name in INTEGERS else "string" if name in texts else "float"


def channels(tags: Tags, language: Language) -> Iterator[Figure]:
    """What went through the most used channels, a report, by year."""
    found = tags.rows(f"""
        WITH numbers AS (
            SELECT r.year, c.channel, c.value FROM channel_counts c JOIN reports r USING (report_id)
            WHERE c.scope = 'year' AND c.category IS NULL AND c.value IS NOT NULL AND NOT contains(c.channel, '+') AND r.year IS NOT NULL
        ), used AS (SELECT channel FROM numbers GROUP BY channel ORDER BY count(*) DESC, channel LIMIT {MOST_CHANNELS})
        SELECT year, channel, count(*), median(value)::DOUBLE, quantile_cont(value, 0.25)::DOUBLE, quantile_cont(value, 0.75)::DOUBLE
        FROM numbers SEMI JOIN used USING (channel) GROUP BY ALL ORDER BY channel, year
    """)
    if not found:
        return
    rows = [
        dict(zip(("year", "channel", "reports", "median", "lower", "upper"), row, strict=True))
        | {"name": row[1].replace("_", " ") if language == "en" else name_of("channels", row[1])}
        for row in found
    ]
    title = said(("各渠道发布量", "Published through channels"), language)
    note = said(
        ("每份报告全年发布条数的中位数与四分位，只取说明是全年、不与其他渠道合计的数字；纵轴为对数。",
         "Median and quartiles of items a report, of numbers for the whole year and one channel alone; logarithmic axis."),
        language,
    )  # fmt: skip
    base = alt.Chart(data(rows)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=-45)), color=alt.Color("name:N", title=None)
    )
    scale = alt.Scale(type="symlog")
    chart = base.mark_line(point=True).encode(
        y=alt.Y(
            "median:Q", scale=scale, title=said(("条", "items"), language), axis=alt.Axis(values=TENS, format=",.0f")
        ),
        tooltip=["name:N", "year:O", "median:Q", "lower:Q", "upper:Q", "reports:Q"],
    ) + base.mark_rule(opacity=0.35).encode(y=alt.Y("lower:Q", scale=scale, title=""), y2="upper:Q")
    columns = [(name, _kind(name), "") for name in rows[0]]
    yield Figure("channels", title, note, titled(chart.properties(width=620, height=300), title), rows, columns)


def provinces(tags: Tags, language: Language) -> Iterator[Figure]:
    """Reports of each province and problems a report, on a grid like the map; nothing where no report has a code."""
    found = dict(
        (code, (reports, problems))
        for code, reports, problems in tags.rows("""
            SELECT substr(region, 1, 2), count(*), avg(coalesce(s.problems, 0))
            FROM reports LEFT JOIN (
                SELECT report_id, count(*) AS problems FROM statements WHERE role = 'problem' GROUP BY report_id
            ) s USING (report_id)
            WHERE regexp_matches(region, '^[0-9]{6}$') GROUP BY 1
        """)
    )
    if not found:
        return
    rows = []
    for code, (column, row, name) in load("conclusions")["grid"].items():
        reports, problems = found.get(code, (0, None))
        rows.append(
            {"code": code, "name": name, "column": column, "row": row, "reports": reports, "problems": problems}
        )
    title = said(("各省的报告与问题", "Reports and problems by province"), language)
    note = said(
        ("每格一省，大致按位置排列：下方数字为报告数，颜色为平均每份报告承认的问题条数；灰色表示没有能确定区划代码的报告。",
         "One cell a province, roughly in place: the number of reports, coloured by problems a report; grey where no report's code is known."),
        language,
    )  # fmt: skip
    base = alt.Chart(data(rows)).encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(padding=0.04)),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.04)),
    )
    tiles = base.mark_rect(cornerRadius=3, invalid=None).encode(
        color=alt.condition(
            "datum.problems === null", alt.value("#eeeeee"),
            alt.Color("problems:Q", scale=alt.Scale(range=["#eef4fb", "#6fa3d8"], domainMin=0), title=said(("问题条数", "problems"), language)),
        ),
        tooltip=["name:N", "reports:Q", alt.Tooltip("problems:Q", format=".2f")],
    )  # fmt: skip
    names = base.mark_text(dy=-7, fontSize=13, color="#111").encode(text="name:N")
    counts = base.mark_text(dy=10, fontSize=11, color="#333").encode(text="reports:Q")
    columns = [(name, _kind(name), "") for name in rows[0]]
    chart = (tiles + names + counts).properties(width=520, height=520)
    yield Figure("provinces", title, note, titled(chart, title), rows, columns)
