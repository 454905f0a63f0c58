"""What the print of a table tells beside its cells: two copies, misprinted labels, numbers apart from their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.checking.rules.tables import MAX_NAMES, TABLE_NAMES
from nlp.records import Analysis, Issue, Remark
from nlp.tables.forms import form


def _tables() -> Iterator[Rule]:
    for table, (zh, _) in TABLE_NAMES.items():
        yield Rule(
            f"{table}.copies",
            "error",
            f"{zh}印了两遍而数字不同",
            f"The table {table} is printed twice with different numbers",
            INTEGRITY,
            "同一行前一处印3，后一处印4",
        )
        yield Rule(
            f"{table}.label_misprinted",
            "info",
            f"{zh}的行名与表样不一致",
            f"Labels of the table {table} are not those of the form",
            "",
            "“本机关不掌握相关政务信息”应为“本机关不掌握相关政府信息”",
        )
        yield Rule(
            f"{table}.arranged",
            "info",
            f"{zh}的文字与数字分开，各数按表内关系归位",
            f"Labels and numbers of the table {table} came apart; the sums of the form place the numbers",
            "",
            "由PDF转出的文本先印各行名称、后印各数",
        )


@check_for(_tables)
def check_remarks(report: Examined) -> Iterator[Issue]:
    """At most one issue a table and kind of remark, with the places in which it shows."""
    analysis = report.analysis
    by_kind: dict[tuple[str, str], list[Remark]] = {}
    for remark in analysis.remarks:
        by_kind.setdefault((remark.table, remark.kind), []).append(remark)
    for (table, kind), remarks in by_kind.items():
        if kind == "copies":
            yield _copies(analysis, table, remarks)
        elif kind == "misprinted":
            yield _misprinted(analysis, table, remarks)
        else:
            yield _arranged(table, remarks)


def _copies(analysis: Analysis, table: str, remarks: Sequence[Remark]) -> Issue:
    zh, en = TABLE_NAMES[table]
    first, second = (span.of(analysis.source.text) for span in remarks[0].spans)
    return Issue(
        f"{table}.copies",
        "error",
        f"{zh}印了两遍而数字不同：{_names(analysis, table, remarks)}；两处都列出，不作取舍。"
        f" The {en} is printed twice with different numbers in {len(remarks)} rows; neither copy is chosen.",
        expected=" ".join(first.split()),
        found=" ".join(second.split()),
        spans=tuple(span for remark in remarks for span in remark.spans),
    )


def _misprinted(analysis: Analysis, table: str, remarks: Sequence[Remark]) -> Issue:
    zh, en = TABLE_NAMES[table]
    names = form(analysis.identity.edition).names
    return Issue(
        f"{table}.label_misprinted",
        "info",
        f"{zh}有{len(remarks)}行的名称与表样不一致，按所在位置和字面相近读作：{_names(analysis, table, remarks)}。"
        f" The labels of {len(remarks)} rows of the {en} are not those of the form; each was read by its place and likeness.",
        expected=names[table, remarks[0].row or ""],
        found=remarks[0].words,
        spans=tuple(span for remark in remarks for span in remark.spans),
    )


def _arranged(table: str, remarks: Sequence[Remark]) -> Issue:
    zh, en = TABLE_NAMES[table]
    return Issue(
        f"{table}.arranged",
        "info",
        f"{zh}的文字与数字在文本中分开，各数按唯一能使表内各项关系都成立的次序归位，属推断。"
        f" Labels and numbers of the {en} came apart; the numbers stand in the only order that makes every sum of the"
        f" form true (inferred).",
        spans=tuple(span for remark in remarks for span in remark.spans),
    )


def _names(analysis: Analysis, table: str, remarks: Sequence[Remark]) -> str:
    names = form(analysis.identity.edition).names
    rows = [names.get((table, remark.row or ""), remark.row or "") for remark in remarks]
    return "、".join(f"“{row}”" for row in rows[:MAX_NAMES]) + (f"等{len(rows)}行" if len(rows) > MAX_NAMES else "")
