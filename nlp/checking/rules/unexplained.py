"""Rows and columns that the report prints and its form does not have."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.checking.rule import FORM_OF_2021, Examined, Rule, check_for
from nlp.checking.rules.tables import TABLE_NAMES
from nlp.checking.wording import spans_of
from nlp.records import Figure, Issue
from nlp.tables.forms import UNKNOWN, is_unknown

MAX_NAMES = 3


def _rules() -> Iterator[Rule]:
    for table, (zh, _) in TABLE_NAMES.items():
        yield Rule(
            f"{table}.unknown_rows",
            "warning",
            f"{zh}有表样之外的行",
            f"The table {table} has rows that its form does not have",
            FORM_OF_2021,
            f"{zh}多出一行“4.其他情形”，印有7个数",
        )
        yield Rule(
            f"{table}.unknown_columns",
            "warning",
            f"{zh}有表样之外的列",
            f"The table {table} has columns that its form does not have",
            FORM_OF_2021,
            f"{zh}多出一列“外国机构”",
        )


@check_for(_rules)
def check_unexplained(report: Examined) -> Iterator[Issue]:
    """A warning for each table with rows, and with columns, that its form does not have; both are kept as figures."""
    strange = [figure for figure in report.analysis.figures if is_unknown(figure.row) or is_unknown(figure.column)]
    for table in dict.fromkeys(figure.table for figure in strange):
        here = [figure for figure in strange if figure.table == table]
        rows = [figure for figure in here if is_unknown(figure.row)]
        columns = [figure for figure in here if is_unknown(figure.column) and not is_unknown(figure.row)]
        if rows:
            yield _told(table, "unknown_rows", "行", "rows", list(dict.fromkeys(f.row for f in rows)), rows)
        if columns:
            yield _told(
                table, "unknown_columns", "列", "columns", list(dict.fromkeys(f.column for f in columns)), columns
            )


def _told(table: str, code: str, zh: str, en: str, names: list[str], figures: list[Figure]) -> Issue:
    shown = "、".join(f"“{name.removeprefix(UNKNOWN)}”" for name in names[:MAX_NAMES])
    more = f"等{len(names)}{zh}" if len(names) > MAX_NAMES else ""
    table_zh, table_en = TABLE_NAMES.get(table, (table, table))
    return Issue(
        f"{table}.{code}",
        "warning",
        f"{table_zh}有表样中没有的{zh}：{shown}{more}，共{len(figures)}个数，照印保留，不计入表样各项。"
        f" {len(names)} {en} of the {table_en} are none of its form's ({shown}); their {len(figures)} numbers are kept as"
        " printed.",
        expected="0",
        found=str(len(names)),
        spans=spans_of(figures),
    )
