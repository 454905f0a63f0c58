"""Tables that are not there, rows that are not there, and rows whose numbers could not be placed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.checking.rule import CONTENT, FORM_OF_2021, Examined, Rule, check_for
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Figure, Issue, Span
from nlp.tables.edition import mixed_editions
from nlp.tables.forms import Form, form, is_unknown
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

MAX_NAMES = 3
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
TABLE_NAMES = {
    "disclosure": ("主动公开政府信息情况表", "disclosure table (section two)"),
    "requests": ("收到和处理政府信息公开申请情况表", "requests table (section three)"),
    "disputes": ("行政复议、行政诉讼情况表", "disputes table (section four)"),
    "indicators": ("政府信息公开情况统计表", "table of indicators"),
    "local": ("本地统计表", "local table"),
}


def _tables() -> Iterator[Rule]:
    for table, (zh, _) in TABLE_NAMES.items():
        yield Rule(
            f"{table}.absent",
            "error",
            f"缺少{zh}",
            f"The table {table} is missing",
            CONTENT,
            f"报告中没有{zh}",
        )
        yield Rule(
            f"{table}.rows_missing",
            "warning",
            f"{zh}缺行",
            f"Rows of the table {table} are missing",
            CONTENT,
            f"{zh}少印几行",
        )
        yield Rule(
            f"{table}.rows_unplaced",
            "warning",
            f"{zh}有的行无法确定各数所在列",
            f"Numbers of rows of the table {table} cannot be placed",
            "",
            "某行只印有3个数，表样有7列",
        )
        yield Rule(
            f"{table}.rows_zero",
            "info",
            f"{zh}有的行格数不符而全为0",
            f"Rows of the table {table} have another number of cells, all of them 0",
            "",
            "某行只印有5个0，表样有7列",
        )
        yield Rule(
            f"{table}.words",
            "warning",
            f"{zh}填写的不是数字",
            f"Cells of the table {table} hold words",
            CONTENT,
            "数字格里写“若干”",
        )


@check_for(
    Rule(
        "form.blank",
        "warning",
        "表格没有填写",
        "The tables are printed without any number",
        CONTENT,
        "三张表格都没有填写",
    ),
    Rule(
        "form.mixed",
        "warning",
        "混用不同年份的表样",
        "Labels of several forms are printed",
        FORM_OF_2021,
        "表三出现2019年表样的行，表二是2021年表样",
    ),
    _tables,
)
def check_tables(report: Examined) -> Iterator[Issue]:
    """Warnings about tables and rows that are missing or damaged; one issue a table and kind."""
    analysis, clean = report.analysis, report.clean
    if not analysis.figures:
        return
    yield from _check_mixed(clean)
    this = form(analysis.identity.edition)
    by_table: dict[str, dict[str, list[Figure]]] = {}
    for figure in analysis.figures:
        if is_unknown(figure.row) or is_unknown(figure.column):
            continue  # told by themselves
        by_table.setdefault(figure.table, {}).setdefault(figure.row, []).append(figure)
    if all(figure.status in ("blank", "absent") for figure in analysis.figures) and any(
        figure.status == "blank" for figure in analysis.figures
    ):
        yield Issue("form.blank", "warning", "表格未填写任何数字。 The tables are printed without any number.")
        return
    for table, rows in by_table.items():
        if all(cell.status == "absent" for cells in rows.values() for cell in cells):
            yield _missing(analysis, clean, table)
        else:
            yield from _check_table(analysis.source.text, this, table, rows)


def _missing(analysis: Analysis, clean: CleanText, table: str) -> Issue:
    """An error for a table that the form in force prescribes; a warning where a picture or an attachment may hold it."""
    zh, en = TABLE_NAMES.get(table, (table, table))
    part = next((s for s in analysis.sections if s.key == table and s.level == 1), None)
    elsewhere = any(repair.kind == "unread" for repair in analysis.source.repairs) or (
        part is not None
        and _elsewhere().search(clean.text, clean.position(part.title.end), clean.position(part.span.end))
    )
    return Issue(
        f"{table}.absent",
        "error" if part is not None and not elsewhere else "warning",
        f"缺少{zh}（可能是图片或附件），各项按“缺失”处理，不作零计。"
        f" The {en} is not in the text; nothing is counted as zero.",
        spans=(part.title,) if part else (),
    )


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["tables"]["elsewhere"]["patterns"]))


def _check_mixed(clean: CleanText) -> Iterator[Issue]:
    """A warning when labels of two forms are printed: the cells of one of them are in no table."""
    mixed = mixed_editions(clean)
    if not mixed:
        return
    zh = "；".join(f"{forms()[edition]['zh']}（{'、'.join(labels[:MAX_NAMES])}）" for edition, labels in mixed.items())
    places = [_place(clean, label) for labels in mixed.values() for label in labels[:MAX_NAMES]]
    yield Issue(
        "form.mixed",
        "warning",
        f"报告混用了不同年份的表样：{zh}；只按其中一种读取，请核对。"
        f" Labels of {len(mixed)} forms are printed ({', '.join(mixed)}); the tables are read by one of them.",
        spans=tuple(place for place in places if place),
    )


def _place(clean: CleanText, label: str) -> Span | None:
    """Where a label is printed first, whatever white space is in it; ``None`` for one in traditional script."""
    match = re.search(r"\s*".join(map(re.escape, label)), clean.text)
    return clean.span(*match.span()) if match else None


def _check_table(text: str, this: Form, table: str, rows: dict[str, list[Figure]]) -> Iterator[Issue]:
    zh, en = TABLE_NAMES.get(table, (table, table))
    absent = [row for row, cells in rows.items() if all(cell.status == "absent" for cell in cells)]
    if absent:
        yield Issue(
            f"{table}.rows_missing",
            "warning",
            f"{zh}缺少{len(absent)}行：{_names(this, table, absent)}。 {len(absent)} rows of the {en} are not there.",
            expected=str(len(rows)),
            found=str(len(rows) - len(absent)),
        )
    unplaced = [row for row, cells in rows.items() if any(cell.status == "ambiguous" for cell in cells)]
    if unplaced:
        yield Issue(
            f"{table}.rows_unplaced",
            "warning",
            f"{zh}有{len(unplaced)}行的数字无法确定所在列：{_reasons(text, this, table, rows, unplaced)}；请核对原件。"
            f" The numbers of {len(unplaced)} rows of the {en} cannot be placed; see the original.",
            spans=_spans(rows, unplaced),
        )
    zero = [
        row
        for row, cells in rows.items()
        if row not in unplaced and all(cell.status == "ambiguous_zero" for cell in cells)
    ]
    if zero:
        yield Issue(
            f"{table}.rows_zero",
            "info",
            f"{zh}有{len(zero)}行的单元格数与表样不符，所印数字全为0：{_reasons(text, this, table, rows, zero)}。"
            f" {len(zero)} rows of the {en} have too few or too many cells, all of them 0.",
            spans=_spans(rows, zero),
        )
    words = [cell for cells in rows.values() for cell in cells if cell.status == "text"]
    if words:
        yield Issue(
            f"{table}.words",
            "warning",
            f"{zh}有{len(words)}个单元格填写的不是数字。 {len(words)} cells of the {en} hold words, no number.",
            found=words[0].span.of(text)[:40] if words[0].span else None,
            spans=tuple(cell.span for cell in words if cell.span),
        )


def _names(this: Form, table: str, rows: Sequence[str]) -> str:
    names = "、".join(f"“{this.names.get((table, row), row)}”" for row in rows[:MAX_NAMES])
    return names + (f"等{len(rows)}行" if len(rows) > MAX_NAMES else "")


def _reasons(text: str, this: Form, table: str, rows: dict[str, list[Figure]], which: Sequence[str]) -> str:
    """The rows with how many numbers are printed for how many columns."""
    parts = []
    for row in which[:MAX_NAMES]:
        (span,) = _spans(rows, [row]) or (None,)
        count = len(NUMBER.findall(span.of(text))) if span else 0
        columns = len(rows[row])
        if table == "disputes":
            columns *= len(rows)
        parts.append(f"“{this.names.get((table, row), row)}”（{columns}列印有{count}个数）")
    return "、".join(parts) + (f"等{len(which)}行" if len(which) > MAX_NAMES else "")


def _spans(rows: dict[str, list[Figure]], which: Sequence[str]) -> tuple[Span, ...]:
    """Each row's printed range."""
    found = []
    for row in which:
        spans = [cell.span for cell in rows[row] if cell.span]
        if spans:
            found.append(Span(min(span.start for span in spans), max(span.end for span in spans)))
    return tuple(dict.fromkeys(found))
