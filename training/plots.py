"""Plots of an evaluation as SVG: F1 a label with its interval, and the reliability curve."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from nlp.output.charts import INK, PALE, as_svg

if TYPE_CHECKING:
    from jinja2 import Environment

ROW = 20  # points a label


@cache
def templates() -> Environment:
    """The template of the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("training"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def label_plot(scores: dict[str, Any], title: str, names: dict[str, str]) -> str:
    """F1 of each label as a bar, its 95% interval as a line, its support beside it; highest first."""
    import altair as alt

    ranked = sorted(scores["labels"].items(), key=lambda item: -(item[1]["f1"] or 0))
    rows = []
    for label, score in ranked:
        low, high = score["interval"] or (None, None)
        shown = "—" if score["f1"] is None else f"{score['f1']:.3f}"
        text = f"{label} {names[label]}" if names.get(label) else label
        rows.append(
            {"label": text, "f1": score["f1"], "low": low, "high": high, "text": f"{shown}   {score['support']}"}
        )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("label:N", sort=[row["label"] for row in rows], title=None)
    )
    share = alt.Scale(domain=[0, 1])
    bars = base.mark_bar(color=PALE, height=ROW - 8).encode(x=alt.X("f1:Q", scale=share, title="F1, 95%"))
    lines = base.mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("low:Q", title=""), x2="high:Q")
    texts = base.mark_text(align="left", color="#555").encode(x=alt.datum(1.02), text="text:N")
    return as_svg((bars + lines + texts).properties(title=title, width=320, height=ROW * max(1, len(rows))))


def reliability_plot(scores: dict[str, Any], title: str) -> str:
    """What was observed against what was predicted: a dot a bin, larger with its count; the diagonal is perfect."""
    import altair as alt

    calibration = scores["calibration"]
    rows = [{key: b[key] for key in ("mean", "observed", "count")} for b in calibration["bins"] if b["count"]]
    error = "" if calibration["error"] is None else f" · error {calibration['error']:.3f}"
    share = alt.Scale(domain=[0, 1])
    perfect = (
        alt.Chart(alt.InlineData(values=[{"mean": 0, "observed": 0}, {"mean": 1, "observed": 1}]))
        .mark_line(color="#999", strokeDash=[4, 3])
        .encode(x="mean:Q", y="observed:Q")
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("mean:Q", scale=share, title=f"predicted 预测概率{error}"),
        y=alt.Y("observed:Q", scale=share, title="observed 实际比例"),
    )
    dots = base.mark_circle(color=PALE, opacity=0.8).encode(
        size=alt.Size("count:Q", legend=None, scale=alt.Scale(range=[20, 320])),
        tooltip=["count:Q", "mean:Q", "observed:Q"],
    )
    return as_svg((perfect + base.mark_line(color=INK) + dots).properties(title=title, width=260, height=260))
