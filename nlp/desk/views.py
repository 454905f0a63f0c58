"""What can be listed of a run: views over its tables, filtered by what stands in the address."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nlp.conclusions.tags import Tags

MAX_FACET_VALUES = 40
PAGE_ROWS = 50
TABLES = (
    "reports",
    "sections",
    "statements",
    "labels",
    "answers",
    "channel_counts",
    "counts",
    "contacts",
    "figures",
    "issues",
)

Kind = Literal["choice", "list", "prefix", "text", "least", "most"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view: its key, its title, the kind of names by which its values are shown ("" as they are)."""

    key: str
    title: str
    names: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: the parameter in the address, its title, the column it looks at, how, and the kind of names of its values."""

    key: str
    title: str
    column: str
    kind: Kind = "choice"
    names: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A list of rows: ``sql`` gives its columns and those that filters look at."""

    key: str
    title: str
    sql: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    order: str


OF_REPORT = (
    Filter("year", "年度", "year"), Filter("level", "层级", "level", names="levels"),
    Filter("region", "地区（区划代码开头）", "region", "prefix"), Filter("body", "机关名称含", "issuer", "text"),
)  # fmt: skip
REPORT = "r.report_id, r.year, r.issuer, r.level, r.region, r.edition"
BODY, YEAR = Column("issuer", "机关"), Column("year", "年度", numeric=True)

VIEWS: dict[str, View] = {
    view.key: view
    for view in (
        View(
            "statements", "陈述",
            f"""SELECT {REPORT}, s.statement_id, s.section_key, s.role, s.text,
                coalesce(l.labels, []) AS labels, coalesce(l.score, s.role_score) AS confidence
                FROM statements s JOIN reports r USING (report_id)
                LEFT JOIN (SELECT report_id, statement_id, list(label ORDER BY score DESC) AS labels, max(score) AS score
                           FROM labels WHERE accepted GROUP BY ALL) l USING (report_id, statement_id)""",
            (YEAR, BODY, Column("role", "类别", "roles"), Column("labels", "标签", "labels"), Column("text", "陈述"),
             Column("confidence", "把握", numeric=True)),
            (*OF_REPORT, Filter("role", "类别", "role", names="roles"), Filter("label", "标签", "labels", "list", "labels"),
             Filter("section", "部分", "section_key", names="sections"), Filter("words", "文字含", "text", "text"),
             Filter("from", "把握不低于", "confidence", "least"), Filter("to", "把握不高于", "confidence", "most")),
            "year DESC, issuer, report_id, statement_id",
        ),
        View(
            "figures", "表格数字",
            f"""SELECT {REPORT}, f."table", f."row", f."column", f.value, f.unit, f.status, f.raw
                FROM figures f JOIN reports r USING (report_id)""",
            (YEAR, BODY, Column("table", "表", "sections"), Column("row", "行", "cells"), Column("column", "列", "cells"),
             Column("value", "数值", numeric=True), Column("status", "状态", "statuses"), Column("raw", "原文")),
            (*OF_REPORT, Filter("table", "表", "table", names="sections"), Filter("row", "行", "row", names="cells"),
             Filter("column", "列", "column", names="cells"), Filter("status", "状态", "status", names="statuses"),
             Filter("from", "数值不低于", "value", "least"), Filter("to", "数值不高于", "value", "most")),
            'year DESC, issuer, report_id, "table", "row", "column"',
        ),
        View(
            "counts", "正文数字",
            f"""SELECT {REPORT}, c.* FROM (
                SELECT report_id, 'metrics' AS family, metric AS key, category, value, unit, period AS span, raw, start
                FROM counts UNION ALL
                SELECT report_id, 'channels', channel, category, value, unit, scope, raw, start FROM channel_counts
                ) c JOIN reports r USING (report_id)""",
            (YEAR, BODY, Column("key", "指标", "facts"), Column("category", "类"), Column("value", "数值", numeric=True),
             Column("unit", "单位"), Column("span", "期间", "spans"), Column("raw", "原文")),
            (*OF_REPORT, Filter("key", "指标", "key", names="facts"), Filter("span", "期间", "span", names="spans"),
             Filter("unit", "单位", "unit"), Filter("from", "数值不低于", "value", "least"),
             Filter("to", "数值不高于", "value", "most")),
            "year DESC, issuer, report_id, start",
        ),
        View(
            "findings", "检查结果",
            f"""SELECT {REPORT}, i.code, i.severity, i.message, i.expected, i.found, i.start
                FROM issues i JOIN reports r USING (report_id)""",
            (YEAR, BODY, Column("severity", "级别", "severities"), Column("code", "规则", "rules"),
             Column("message", "发现的问题", "messages"), Column("expected", "应为"), Column("found", "实为")),
            (*OF_REPORT, Filter("severity", "级别", "severity", names="severities"),
             Filter("code", "规则", "code", names="rules"), Filter("words", "文字含", "message", "text")),
            "year DESC, issuer, report_id, start",
        ),
        View(
            "reports", "报告",
            f"SELECT {REPORT}, r.title, r.name, r.errors, r.warnings, r.sections_found, r.published_on FROM reports r",
            (YEAR, BODY, Column("title", "标题"), Column("level", "层级", "levels"), Column("region", "区划代码"),
             Column("edition", "格式", "editions"), Column("errors", "错误", numeric=True),
             Column("warnings", "警告", numeric=True), Column("name", "文件")),
            (*OF_REPORT, Filter("edition", "格式", "edition", names="editions"), Filter("words", "标题含", "title", "text"),
             Filter("from", "错误不少于", "errors", "least")),
            "year DESC, issuer, report_id",
        ),
    )
}  # fmt: skip

Chosen = Mapping[str, Sequence[str]]


class Library:
    """The tables of a run, asked by several threads: DuckDB scans the files, each question on a cursor of its own."""

    def __init__(self, tags: Tags) -> None:
        self.tags = tags.need(*TABLES)
        self._lock = threading.Lock()

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """The rows of a question, as dictionaries."""
        with self._lock:
            cursor = self.tags.db.cursor()
        with cursor:
            cursor.execute(query, list(parameters))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def stream(self, view: View, chosen: Chosen) -> Iterator[tuple[Any, ...]]:
        """All rows of a view that pass the filters, with its columns, one at a time."""
        where, parameters = conditions(view, chosen)
        columns = ", ".join(f'"{column.key}"' for column in view.columns)
        with self._lock:
            cursor = self.tags.db.cursor()
        with cursor:
            cursor.execute(f"SELECT {columns} FROM ({view.sql}){where} ORDER BY {view.order}", parameters)
            while rows := cursor.fetchmany(1000):
                yield from rows

    def page(self, view: View, chosen: Chosen, number: int) -> list[dict[str, Any]]:
        """The rows of a page (from 1)."""
        where, parameters = conditions(view, chosen)
        query = f"SELECT * FROM ({view.sql}){where} ORDER BY {view.order} LIMIT {PAGE_ROWS} OFFSET ?"
        return self.rows(query, [*parameters, (number - 1) * PAGE_ROWS])

    def count(self, view: View, chosen: Chosen) -> int:
        """How many rows pass the filters."""
        where, parameters = conditions(view, chosen)
        return int(self.rows(f"SELECT count(*) AS n FROM ({view.sql}){where}", parameters)[0]["n"])

    def facets(self, view: View, chosen: Chosen) -> dict[str, list[tuple[str, int]]]:
        """For each filter with choices its values with their counts, as the other filters leave them; the most frequent."""
        found = {}
        for filter_ in view.filters:
            if filter_.kind not in ("choice", "list"):
                continue
            where, parameters = conditions(view, {key: values for key, values in chosen.items() if key != filter_.key})
            column = f'unnest("{filter_.column}")' if filter_.kind == "list" else f'"{filter_.column}"'
            query = (
                f"SELECT CAST({column} AS VARCHAR) AS value, count(*) AS n FROM ({view.sql}){where} GROUP BY 1 "
                f"ORDER BY {'value DESC' if filter_.key == 'year' else 'n DESC, value'} LIMIT {MAX_FACET_VALUES}"
            )
            rows = [(row["value"], row["n"]) for row in self.rows(query, parameters) if row["value"] is not None]
            # What is chosen stays to be seen, also when nothing is left of it.
            shown = {value for value, _ in rows}
            found[filter_.key] = rows + [(value, 0) for value in chosen.get(filter_.key, ()) if value not in shown]
        return found


def chosen_of(view: View, parameters: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """What an address chooses: the values of each filter of the view that is not left empty."""
    keys = {filter_.key for filter_ in view.filters}
    chosen: dict[str, list[str]] = {}
    for key, value in parameters:
        if key in keys and value.strip():
            chosen.setdefault(key, []).append(value.strip())
    return chosen


def conditions(view: View, chosen: Chosen) -> tuple[str, list[object]]:
    """The SQL of the filters that are chosen, and its parameters; a number that is none chooses nothing."""
    parts: list[str] = []
    parameters: list[object] = []
    for filter_ in view.filters:
        values = chosen.get(filter_.key)
        if not values:
            continue
        column = f'"{filter_.column}"'
        if filter_.kind == "choice":
            parts.append(f"CAST({column} AS VARCHAR) IN ({', '.join('?' * len(values))})")
            parameters += values
        elif filter_.kind == "list":
            parts.append(f"list_has_any({column}, ?)")
            parameters.append(list(values))
        elif filter_.kind == "prefix":
            parts.append(f"starts_with({column}, ?)")
            parameters.append(values[0])
        elif filter_.kind == "text":
            parts.append(f"contains({column}, ?)")
            parameters.append(values[0])
        else:
            sign = ">=" if filter_.kind == "least" else "<="
            parts.append(f"{column} {sign} coalesce(TRY_CAST(? AS DOUBLE), {column})")
            parameters.append(values[0])
    return (" WHERE " + " AND ".join(parts) if parts else ""), parameters


def opened(folder: Path) -> Library:
    """The tables of the run in a folder. Raises ``TagsUnusable``."""
    return Library(Tags(folder))
