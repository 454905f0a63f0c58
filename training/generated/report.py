"""A whole made-up report: title, preamble, six parts, tables."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass

from training.generated import prose
from training.generated.spec import Spec
from training.generated.tables import WAYS, TablePrinter

PARTS = ("overview", "disclosure", "requests", "disputes", "problems", "other")
HEADINGS = {
    "overview": "总体情况", "disclosure": "主动公开政府信息情况", "requests": "收到和处理政府信息公开申请情况",
    "disputes": "政府信息公开行政复议、行政诉讼情况", "problems": "存在的主要问题及改进情况", "other": "其他需要报告的事项",
}  # fmt: skip
OLD_HEADINGS = {
    "overview": "概述", "disclosure": "主动公开政府信息情况", "requests": "依申请公开政府信息情况",
    "disputes": "行政复议、行政诉讼情况", "problems": "存在的主要问题及改进措施", "other": "其他需要说明的事项",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A report's text as a file would hold it (``suffix`` tells its format), and the rows and cells its print lost."""

    text: str
    suffix: str
    lost: frozenset[tuple[str, str]] = frozenset()
    unprinted: frozenset[tuple[str, str, str]] = frozenset()


def write_report(spec: Spec, way: str | None = None, damage: str | None = None) -> Made:
    """The text of a report whose tables are printed in one of the ``WAYS`` and damaged in one of the ``DAMAGES``."""
    rng = random.Random(spec.seed * 13 + 5)
    way = way or rng.choice(WAYS)
    printer = TablePrinter(rng, spec.edition, spec.cells, way, damage)
    fixed = spec.edition in ("tables_2019", "tables_2021")
    parts: list[tuple[str, list[str]]] = [("", [title(spec), f"发布日期:{spec.published:%Y-%m-%d}", preamble(spec)])]
    order = [key for key in PARTS if f"without_{key}" not in spec.switches]
    if "swapped" in spec.switches:
        order[4], order[5] = order[5], order[4]
    if "doubled" in spec.switches:
        order.insert(5, "problems")
    for number, key in enumerate(order):
        heading = (HEADINGS if fixed else OLD_HEADINGS)[key]
        numeral = "一二三四五六七"[number if "misnumbered" not in spec.switches or number < 3 else number - 1]
        if f"heading_only_{key}" in spec.switches:
            body = []
        elif f"none_{key}" in spec.switches:
            body = ["无"]
        else:
            body = _body(spec, key, printer, fixed=fixed)
        parts.append((f"{numeral}、{heading}", body))
    if spec.edition == "indicators_2014":
        parts.append(("附表", [printer.table("indicators")]))
    if way == "html":
        return Made(_page(parts), ".html", frozenset(printer.lost), frozenset(printer.unprinted))
    marks = "## " if way == "markdown" else ""
    lines = [line for heading, body in parts for line in ([marks + heading] if heading else []) + body]
    return Made(
        "\n".join(lines) + "\n",
        ".md" if way == "markdown" else ".txt",
        frozenset(printer.lost),
        frozenset(printer.unprinted),
    )


def title(spec: Spec) -> str:
    """The title of the report."""
    return f"{spec.body}{spec.year}年政府信息公开工作年度报告"


def preamble(spec: Spec) -> str:
    """The paragraph that names the law, the body and the period."""
    first, last = f"{spec.year}年1月1日", f"{spec.year}年12月31日"
    if "old_period" in spec.switches:
        first, last = f"{spec.year - 1}年1月1日", f"{spec.year - 1}年12月31日"
    if "short_period" in spec.switches:
        last = f"{spec.year}年11月30日"
    return (
        f"本报告由{spec.body}按照《中华人民共和国政府信息公开条例》编制。数据的统计期限为{first}至{last}。"
        f"如有疑问,请与{spec.body}办公室联系(地址:文化路8号,邮编:450000,电话:0998-6123456)。"
    )


def _body(spec: Spec, key: str, printer: TablePrinter, *, fixed: bool) -> list[str]:
    if key == "overview":
        start = f"{spec.year}年,{spec.itself}认真贯彻《条例》,围绕中心工作推进信息公开。"
        if "old_year" in spec.switches:
            start = f"{spec.year - 1}年,{spec.itself}认真贯彻《条例》,围绕中心工作推进信息公开。"
        if "other_self" in spec.switches:
            start += ("我镇" if spec.kind == "bureau" else "我局") + "高度重视,明确专人负责。"
        if "other_name" in spec.switches:
            start += "\n柳河湾镇认真落实上级要求,明确专人负责。"
        if "told_twice" in spec.switches:
            start += f"全年共收到政府信息公开申请{spec.told['received'] + 6}件。"
        if "fee_told" in spec.switches:
            start += "全年收取信息处理费320元。"
        texts = prose.overview(spec)
        if not fixed:
            texts = [item for item in texts if item[0] != "依申请公开"]
        return [start, *(f"({'一二三四五'[n]}){head}。{text}" for n, (head, text) in enumerate(texts))]
    if key == "problems":
        return prose.problems(spec).split("\n")
    if key == "other":
        return [prose.other(spec)]
    if fixed:
        return [printer.table(key)]
    if key == "requests":
        return [prose.requests(spec, random.Random(spec.seed * 7 + 2), spec.itself)]
    return ["主要通过网站和公开栏公开。" if key == "disclosure" else "没有其他情况。"]


def _page(parts: list[tuple[str, list[str]]]) -> str:
    lines = ["<html><head><meta charset='utf-8'><title>年报</title></head><body>"]
    for heading, body in parts:
        if heading:
            lines.append(f"<h2>{html.escape(heading)}</h2>")
        for line in body:
            lines.append(line if line.startswith("<table") else f"<p>{html.escape(line)}</p>".replace("\n", "</p><p>"))
    return "\n".join([*lines, "</body></html>"])


__all__ = ["Made", "preamble", "title", "write_report"]
