"""Charts as files: SVG and PNG without a browser, and one page that works offline; Chinese shows on any machine."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from nlp.output.webfont import FAMILY, font_face, font_folder

if TYPE_CHECKING:
    import altair as alt

# Fonts of the reader's machine come after ours: for characters that ours lacks.
FONTS = f"{FAMILY}, Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Zen Hei, sans-serif"
SCALE = 2  # pixels of a PNG for a point
INK, PALE, ACCENT = "#1f3f66", "#7aa6d6", "#c8553d"
COLOURS = ["#1f3f66", "#c8553d", "#3a8f7b", "#d99a2b", "#7d5ba6", "#5b8fd0", "#8a8f3c", "#b0628f", "#6b6b6b", "#a3c1ad"]
TEXT_OF_SVG = re.compile(r">([^<>]+)<")


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart on a page: its name (of its files), title, what a reader must know, and the names of the files beside it."""

    name: str
    title: str
    note: str
    chart: alt.TopLevelMixin
    files: tuple[str, ...] = ()


def _specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    spec: dict[str, Any] = chart.to_dict()
    config = spec.setdefault("config", {})
    config |= {
        "font": FONTS, "background": "white", "view": {"stroke": None}, "range": {"category": COLOURS},
        "axis": {"labelFont": FONTS, "titleFont": FONTS, "gridColor": "#e6e6e6", "domainColor": "#999", "labelLimit": 260},
        "legend": {"labelFont": FONTS, "titleFont": FONTS, "labelLimit": 260},
        "header": {"labelFont": FONTS, "titleFont": FONTS, "labelLimit": 260},
        "title": {"font": FONTS, "subtitleFont": FONTS, "anchor": "start", "fontSize": 15, "subtitleColor": "#555"},
    }  # fmt: skip
    return spec


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(font_folder())
    return vl_convert


def as_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG. The glyphs of its text lie within, so that it shows where no Chinese font is."""
    svg = str(_converter().vegalite_to_svg(_specification(chart)))
    text = "".join(html.unescape(part) for part in TEXT_OF_SVG.findall(svg))
    start = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:start]}<defs><style>{font_face(text)}</style></defs>{svg[start:]}\n"


def as_png(chart: alt.TopLevelMixin) -> bytes:
    """The chart as PNG, two pixels a point."""
    return bytes(_converter().vegalite_to_png(_specification(chart), scale=SCALE))


def page(title: str, introduction: str, charts: Sequence[Shown], *, after: str = "") -> str:
    """All charts on one page of HTML that fetches nothing: the scripts and the font lie within. ``after`` is HTML below them."""
    specs = {shown.name: _specification(shown.chart) for shown in charts}
    # A closing tag within the data would end the script.
    data = json.dumps(specs, ensure_ascii=False).replace("</", "<\\/")
    parts = []
    for shown in charts:
        files = " · ".join(f'<a href="{html.escape(name)}">{html.escape(name)}</a>' for name in shown.files)
        parts.append(
            f'<section aria-labelledby="{shown.name}-title"><h2 id="{shown.name}-title">{html.escape(shown.title)}</h2>'
            f'<div class="chart" id="{shown.name}" role="img" aria-label="{html.escape(shown.title)}"></div>'
            f"<p>{html.escape(shown.note)}</p><p class=files>{files}</p></section>"
        )
    text = title + introduction + data + "".join(parts) + after
    script = _converter().javascript_bundle().replace("</script", "<\\/script")
    return f"""<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<style>
{font_face(text)}
body {{ margin: 0 auto; max-width: 1100px; padding: 12px 20px; font: 15px/1.6 '{FAMILY}', {FONTS.partition(", ")[2]}; color: #222; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 17px; margin-top: 32px; border-bottom: 1px solid #ddd; }}
.chart, .wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: 13px; }} th, td {{ border: 1px solid #ddd; padding: 2px 8px; text-align: left; }} td.n {{ text-align: right; }}
 p {{ max-width: 60em; color: #444; }} .files {{ font-size: 13px; }}
</style>
</head>
<body>
<h1>{html.escape(title)}</h1>
<p>{html.escape(introduction)}</p>
{"".join(parts)}
{after}
<script>{script}</script>
<script>
const charts = {data};
document.fonts.load("12px '{FAMILY}'").finally(() => {{
  for (const [name, spec] of Object.entries(charts))
    vegaEmbed("#" + name, spec, {{ renderer: "svg", actions: false }});
}});
</script>
</body>
</html>
"""
