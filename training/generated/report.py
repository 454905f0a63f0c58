"""A whole made-up report: title, preamble, six parts, tables."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from training.generated import prose
from training.generated.edits import Edited, edit_rows
from training.generated.numbers import Cells
from training.generated.printing import FLOWING, Part, as_document, as_page, as_text
from training.generated.sheets import Sheet
from training.generated.spec import Spec
from training.generated.tables import TablePrinter

# Ways of a report that no way is asked for: those that any reader of text takes.
WRITTEN = ("lines", "spaced_lines", "one_line", "tabs", "pipes", "markdown", "html")

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
    """A report as a file would hold it (``suffix`` tells its format), and the rows and cells that its print lost.

    ``reprinted`` are cells in which another number is printed than the report has; ``edit`` names what was done last.
    """

    content: bytes
    suffix: str
    lost: frozenset[tuple[str, str]] = frozenset()
    unprinted: frozenset[tuple[str, str, str]] = frozenset()
    reprinted: Cells = field(default_factory=dict)
    edit: str = ""

    @property
    def text(self) -> str:
        """The content of any format but Word."""
        return self.content.decode()


def write_report(spec: Spec, way: str | None = None, damage: str | None = None, edit: str | None = None) -> Made:
    """A report whose tables are printed in one of the ``WAYS`` and damaged in one of the ``DAMAGES``.

    One table then gets one of the ``EDITS``, where it fits one.
    """
    rng = random.Random(spec.seed * 13 + 5)
    way = way or rng.choice(WRITTEN)
    printer = TablePrinter(rng, spec.edition, spec.cells, way, damage)
    parts = _parts(spec, printer)
    edited = _edit(rng, parts, edit, way) if edit else None
    lost, unprinted = frozenset(printer.lost), frozenset(printer.unprinted | (edited.unprinted if edited else set()))
    facts = (lost, unprinted, edited.reprinted if edited else {}, edit if edit and edited else "")
    if way == "word":
        return Made(as_document(parts), ".docx", *facts)
    if way in ("html", "plain_html"):
        return Made(as_page(parts).encode(), ".html", *facts)
    marks = "## " if way == "markdown" else ""
    lines = [line for heading, body in parts for line in ([marks + heading] if heading else []) + _texts(body, way)]
    return Made(("\n".join(lines) + "\n").encode(), ".md" if way == "markdown" else ".txt", *facts)


def _texts(body: Sequence[str | Sheet], way: str) -> list[str]:
    return [item if isinstance(item, str) else as_text(item, way) for item in body]


def _edit(rng: random.Random, parts: Sequence[Part], kind: str, way: str) -> Edited | None:
    """Edit one of the tables in its place; ``None`` where none fits."""
    places = [
        (body, n, part)
        for _, body in parts
        for n, item in enumerate(body)
        if not isinstance(item, str)
        for part in range(len(item))
    ]
    rng.shuffle(places)
    # Section three is nine tenths of what is printed.
    places.sort(key=lambda place: len(place[0][place[1]][place[2]]) * rng.random(), reverse=True)
    for body, n, part in places:
        sheet = body[n]
        assert not isinstance(sheet, str)
        edited = edit_rows(rng, sheet[part], kind, flowing=way in FLOWING)
        if edited is not None:
            body[n] = [*sheet[:part], edited.rows, *sheet[part + 1 :]]
            return edited
    return None


def _parts(spec: Spec, printer: TablePrinter) -> list[Part]:
    fixed = spec.edition in ("tables_2019", "tables_2021")
    parts: list[Part] = [("", [title(spec), f"发布日期:{spec.published:%Y-%m-%d}", preamble(spec)])]
    order = [key for key in PARTS if f"without_{key}" not in spec.switches]
    if "swapped" in spec.switches:
        order[4], order[5] = order[5], order[4]
    if "doubled" in spec.switches:
        order.insert(5, "problems")
    for number, key in enumerate(order):
        heading = (HEADINGS if fixed else OLD_HEADINGS)[key]
        numeral = "一二三四五六七"[number if "misnumbered" not in spec.switches or number < 3 else number - 1]
        if f"heading_only_{key}" in spec.switches:
            body: list[str | Sheet] = []
        elif f"none_{key}" in spec.switches:
            body = ["无"]
        else:
            body = _body(spec, key, printer, fixed=fixed)
        parts.append((f"{numeral}、{heading}", body))
    if spec.edition == "indicators_2014":
        parts.append(("附表", [printer.table("indicators")]))
    return parts


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


def _body(spec: Spec, key: str, printer: TablePrinter, *, fixed: bool) -> list[str | Sheet]:
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
        return [*prose.problems(spec).split("\n")]
    if key == "other":
        return [prose.other(spec)]
    if fixed:
        return [printer.table(key)]
    if key == "requests":
        return [prose.requests(spec, random.Random(spec.seed * 7 + 2), spec.itself)]
    return ["主要通过网站和公开栏公开。" if key == "disclosure" else "没有其他情况。"]
