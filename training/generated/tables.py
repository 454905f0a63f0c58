"""The tables of a made-up report, printed in the ways in which copied reports show them, whole or damaged.

The ways and the damage follow the catalogue of the extraction guide (section 1, "How the tables arrive as text").
"""

from __future__ import annotations

import html
import random
from collections.abc import Sequence

from nlp.records import Edition
from nlp.tables.forms import form
from training.generated.numbers import Cells

WAYS = ("lines", "spaced_lines", "one_line", "tabs", "pipes", "markdown", "html")
DAMAGES = (
    "blanks_dropped", "shifted", "split_rows", "page_breaks", "repeated_columns", "split_labels", "label_variants",
    "units", "wide_digits", "thousands", "traditional", "subtotal_column", "rows_missing",
)  # fmt: skip
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = {
    "granted": "三、本年度办理结果", "ref_state_secret": "(三)不予公开", "una_not_held": "(四)无法提供",
    "np_petition": "(五)不予处理", "op_no_correction": "(六)其他处理",
}  # fmt: skip
CAPTIONS = {
    "regulations": "第二十条第(一)项", "admin_licences": "第二十条第(五)项", "admin_penalties": "第二十条第(六)项",
    "admin_fees": "第二十条第(八)项", "procurement": "第二十条第(九)项",
}  # fmt: skip
VARIANTS = {
    "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开", "1.信访举报投诉类申请": "1.信访投诉举报类申请",
    "(七)总计": "(七)合计", "3.危及“三安全一稳定”": "3.危及三安全一稳定", "结果维持": "维持结果",
    "(二)部分公开(区分处理的,只计这一情形,不计其他情形)": "(二)部分公开(区分处理的,只记这一情形,不记其他情形)",
}  # fmt: skip
TRADITIONAL = str.maketrans("开请数处监办结复议诉总计业构组织务类现发废规范许强费质标属国书关绝确认资", "開請數處監辦結複議訴總計業構組織務類現發廢規範許強費質標屬國書關絕確認資")  # fmt: skip


class TablePrinter:
    """Prints one report's tables in one way, with one kind of damage (``None`` for none).

    ``lost`` collects the rows that are not printed, ``unprinted`` the cells.
    """

    def __init__(self, rng: random.Random, edition: Edition, cells: Cells, way: str, damage: str | None = None) -> None:
        self.rng, self.edition, self.cells, self.way, self.damage = rng, edition, cells, way, damage
        self.form = form(edition)
        self.lost: set[tuple[str, str]] = set()
        self.unprinted: set[tuple[str, str, str]] = set()

    def table(self, name: str) -> str:
        """The text of one table."""
        return {
            "disclosure": self.disclosure, "requests": self.requests, "disputes": self.disputes,
            "indicators": self.indicators,
        }[name]()  # fmt: skip

    # -- words and numbers

    def _label(self, words: str) -> str:
        rng = self.rng
        if self.damage == "label_variants":
            words = VARIANTS.get(words, words)
        if self.damage == "traditional":
            words = words.translate(TRADITIONAL)
        if self.damage == "split_labels" and len(words) > 3 and rng.random() < 0.4:
            at = rng.randint(2, len(words) - 1)
            words = (
                words[:at]
                + (" " if self.way in ("tabs", "pipes", "markdown", "html") else rng.choice(" \n"))
                + words[at:]
            )
        return words

    def _value(self, printed: str) -> str:
        if not printed:
            return printed
        if self.damage == "units" and self.rng.random() < 0.5 and printed.isdigit():
            return printed + "件"
        if self.damage == "wide_digits":
            return printed.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        if self.damage == "thousands" and printed.isdigit() and len(printed) > 3:
            return f"{int(printed):,}"
        return printed

    # -- rows

    def _row(self, labels: Sequence[str], values: Sequence[str]) -> str:
        shown = [self._value(value) for value in values]
        words = [self._label(label) for label in labels if label]
        if self.damage == "blanks_dropped":
            shown = [value for value in shown if value]
        if self.way in ("lines", "spaced_lines"):
            kept = [value for value in shown if value]
            return ("\n\n" if self.way == "spaced_lines" else "\n").join([*words, *kept])
        if self.way == "one_line":
            return " ".join([*words, *(value for value in shown if value)])
        if self.way == "tabs":
            return "\t".join([*words, *shown])
        if self.damage == "split_rows" and self.rng.random() < 0.5:
            return "| " + " | ".join(words) + " |" + "".join(f" {value} |" if value else "\n|" for value in shown)
        return "| " + " | ".join([*words, *shown]) + " |"

    def _join(self, rows: Sequence[str]) -> str:
        return (" " if self.way == "one_line" else "\n").join(rows)

    def disclosure(self) -> str:
        rows: list[str] = []
        table: list[list[str]] = []
        for row, columns in self.form.cells["disclosure"].items():
            if row in CAPTIONS:
                heads = ["信息内容", *(self._head(column, row) for column in columns)]
                if self.way == "markdown" and rows:
                    rows.append("")
                rows.append(self._heading_row([CAPTIONS[row]], len(heads)))
                if self.way == "markdown":
                    rows.append("| " + " | ".join("---" for _ in heads) + " |")
                rows.append(self._heading_row(heads, len(heads)))
                table += [[CAPTIONS[row]], heads]
            values = [self.cells["disclosure", row, column] for column in columns]
            name = self.form.names["disclosure", row]
            if self.edition == "tables_2019" and row == "normative_docs":
                name = "规范性文件"
            rows.append(self._row([name], values))
            table.append([name, *map(self._value, values)])
        return _html(table) if self.way == "html" else self._join(rows)

    def _head(self, column: str, row: str) -> str:
        if column == "amount":
            return "采购总金额" if row == "procurement" else "本年收费金额(单位:万元)"
        if column == "decisions" and self.edition == "tables_2021":
            return "本年处理决定数量"
        return self.form.names["disclosure", column]

    def _heading_row(self, words: Sequence[str], width: int) -> str:
        if self.way in ("pipes", "markdown"):
            return "| " + " | ".join([*words, *[""] * (width - len(words))]) + " |"
        mark = {"tabs": "\t", "one_line": " ", "spaced_lines": "\n\n"}.get(self.way, "\n")
        return mark.join(words)

    def requests(self) -> str:
        heads = list(HEADS)
        if self.damage == "subtotal_column":
            heads.insert(6, "小计")
        pad = 3 if self.way in ("tabs", "pipes", "markdown", "html") else 0
        rows = [self._heading_row([CORNER, *[""] * (pad - 1 if pad else 0), "申请人情况"], pad + 7)]
        if self.way == "markdown":
            rows.append("| " + " | ".join("---" for _ in range(pad + 7)) + " |")
        rows.append(
            self._heading_row([*[""] * pad, "自然人", "法人或其他组织", *[""] * (4 if pad else 0), "总计"], pad + 7)
        )
        rows.append(self._heading_row([*[""] * (pad + 1 if pad else 0), *heads[1:-1]], pad + 7))
        names = list(self.form.cells["requests"])
        break_at = self.rng.randint(6, len(names) - 4)
        table: list[list[str]] = [[CORNER, "", "", *HEADS]]
        for place, row in enumerate(names):
            values = [self.cells["requests", row, column] for column in self.form.columns("requests")]
            if self.damage == "rows_missing" and place in (break_at, break_at + 1):
                self.lost.add(("requests", row))
                continue
            if self.damage == "subtotal_column":
                total = sum(int(value or 0) for value in values[1:6])
                values = [*values[:6], str(total), values[6]]
            if self.damage == "repeated_columns" and place >= break_at:
                values = [*values[:2], *values[1:5], *values[2:]]
            if self.damage == "page_breaks" and place == break_at:
                rows.append(self.rng.choice(["- 4 -", "第 4 页 共 9 页", *(["\n".join(HEADS)] if not pad else [])]))
            labels = [GROUPS[row] if row in GROUPS and self._has_group(row) else "", self.form.names["requests", row]]
            if pad:
                labels = [*labels[:1], "", *labels[1:]] if labels[0] else ["", "", labels[1]]
                if self.damage == "shifted" and labels[0]:  # a third level of labels pushes the last cell out
                    values = ["", *values[:-1]] if self.rng.random() < 0.5 else values[:-1]
                    self.unprinted.add(("requests", row, "total"))
            rows.append(self._padded_row(labels, values) if pad else self._row(labels, values))
            table.append([*([labels[0], "", labels[-1]] if pad else ["", "", labels[-1]]), *map(self._value, values)])
        return _html(table) if self.way == "html" else self._join(rows)

    def _has_group(self, row: str) -> bool:
        return row != "op_no_correction" or self.edition == "tables_2021"

    def _padded_row(self, labels: Sequence[str], values: Sequence[str]) -> str:
        """A row with its empty label cells, as merged cells leave them."""
        words = [self._label(label) if label else "" for label in labels]
        shown = [self._value(value) for value in values]
        if self.damage == "blanks_dropped":
            shown = [value for value in shown if value]
        if self.way == "tabs":
            return "\t".join([*words, *shown])
        if self.damage == "split_rows" and self.rng.random() < 0.5:
            return "| " + " | ".join(words) + " |" + "".join(f" {value} |" if value else "\n|" for value in shown)
        return "| " + " | ".join([*words, *shown]) + " |"

    def disputes(self) -> str:
        values = [
            self.cells["disputes", row, column]
            for row in self.form.cells["disputes"]
            for column in ("upheld", "corrected", "other", "pending", "total")
        ]
        if self.damage == "blanks_dropped":
            values = [value for value in values if value]
        heads = [*RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS]
        if self.way == "html":
            return _html([["行政复议", "行政诉讼"], heads, values])
        if self.way in ("pipes", "markdown"):
            rows = ["| 行政复议 | 行政诉讼 |", *(["| --- | --- |"] if self.way == "markdown" else [])]
            return "\n".join(
                [*rows, "| " + " | ".join(heads) + " |", "| " + " | ".join(map(self._value, values)) + " |"]
            )
        mark = {"tabs": "\t", "one_line": " ", "spaced_lines": "\n\n"}.get(self.way, "\n")
        words = [self._label(word) for word in heads]
        gap = " " if self.way == "one_line" else "\n"
        return gap.join(["行政复议" + mark + "行政诉讼", mark.join(words), mark.join(map(self._value, values))])

    def indicators(self) -> str:
        heads = ["统计指标", "单位", "统计数"]
        rows = [self._heading_row(["政府信息公开情况统计表"], 3), self._heading_row(heads, 3)]
        table = [heads]
        if self.way == "markdown":
            rows = ["| 统计指标 | 单位 | 统计数 |", "| --- | --- | --- |"]
        for (_, row), name in self.form.names.items():
            if ("indicators", row, "value") not in self.cells:
                if row.startswith("sec"):
                    rows.append(self._heading_row([name], 3))
                    table.append([name, "", ""])
                continue
            printed = self.cells["indicators", row, "value"]
            rows.append(self._row([name, self.form.units[row]], [printed]))
            table.append([name, self.form.units[row], self._value(printed)])
        return _html(table) if self.way == "html" else self._join(rows)


def _html(rows: Sequence[Sequence[str]]) -> str:
    lines = ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return "<table>\n" + "\n".join(lines) + "\n</table>"
