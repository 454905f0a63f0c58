"""The room 浏览: the tags of a run, filtered; a body over its years; a report; a statement and why it got its label."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response, StreamingResponse

from nlp.checking.codes import codes
from nlp.desk.rendering import as_json, download, language_of_request, page
from nlp.desk.views import PAGE_ROWS, VIEWS, Chosen, Library, View, chosen_of
from nlp.desk.why import explained
from nlp.output.files import safe_cell
from nlp.output.names import name_of, names
from nlp.output.numbers import plain
from nlp.tables.forms import form
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load
from nlp.vocabulary.texts import in_language, translator

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNTRANSLATED = frozenset({"labels", "metrics", "channels", "cells"})  # whose keys are English words themselves
MAX_SHEET_ROWS = 200_000
NEIGHBOURS = 4

router = APIRouter()


def _library(request: Request) -> Library:
    library: Library = request.app.state.library
    return library


def _view(key: str) -> View:
    if key not in VIEWS:
        raise HTTPException(404, "没有这个列表。 There is no such list.")
    return VIEWS[key]


def namer(language: str) -> Callable[[str, Any], str]:
    """A function that shows a value of a column by its kind of names."""
    say = translator(language)

    def shown(kind: str, value: Any) -> str:
        if value is None:
            return "—"
        if isinstance(value, list | tuple):
            return "、".join(shown(kind, one) for one in value)
        match kind:
            case "" if isinstance(value, Decimal):
                return plain(value) or ""
            case "":
                return f"{value:.2f}" if isinstance(value, float) else str(value)
            case "messages":
                return in_language(str(value), language)
            case "rules":
                zh, en = codes().get(str(value), (str(value), str(value)))
                return zh if language == "zh" else en
            case "cells" if language == "zh":
                return cell_names().get(str(value), str(value))
            case "facts":
                kind = "metrics" if value in names("metrics") else "channels"
            case "spans":
                kind = "periods" if value in names("periods") else "scopes"
        return named(kind, str(value)) if language != "zh" and kind in UNTRANSLATED else say(name_of(kind, str(value)))

    return shown


def named(kind: str, key: str) -> str:
    """The English name of a key: that of a label, else the key itself, which is English."""
    if kind == "labels":
        for aspect in load("aspects").values():
            for scheme in ("problem", "measure"):
                if aspect[scheme] == key:
                    return str(aspect["en"][scheme])
    return key.replace("_", " ").replace("+", " + ")


@cache
def cell_names() -> dict[str, str]:
    """The rows and columns of all forms as they are printed, by key."""
    found = {"value": "数值"}
    for edition in reversed(forms()):
        found |= {key: zh.partition("(区")[0] for (_, key), zh in form(edition).names.items()}
    return found


@router.get("/browse")
def start(request: Request) -> Response:
    """The first list."""
    return listing(request, "statements")


@router.get("/browse/bodies")
def bodies(request: Request) -> Response:
    """The bodies of the run with their years."""
    rows = _library(request).rows(
        """SELECT coalesce(nullif(body_id, ''), issuer) AS key, any_value(issuer ORDER BY year DESC) AS issuer,
           list(DISTINCT year ORDER BY year) AS years, sum(errors) AS errors, sum(warnings) AS warnings, count(*) AS reports
           FROM reports WHERE issuer IS NOT NULL GROUP BY 1 ORDER BY issuer"""
    )
    return page(request, "bodies.html", bodies=rows, **_common(request))


@router.get("/browse/body.json")
def body_as_json(request: Request, key: str) -> Response:
    """A body over its years, as JSON."""
    return as_json(_body(request, key))


@router.get("/browse/body")
def body(request: Request, key: str) -> Response:
    """A body over its years, side by side."""
    return page(request, "body.html", key=key, **_body(request, key), **_common(request))


def _body(request: Request, key: str) -> dict[str, Any]:
    library = _library(request)
    reports = library.rows(
        """SELECT report_id, year, issuer, title, errors, warnings, edition FROM reports
           WHERE coalesce(nullif(body_id, ''), issuer) = ? ORDER BY year, report_id""",
        [key],
    )
    if not reports:
        raise HTTPException(404, "没有这个机关。 There is no such body.")
    ids = [report["report_id"] for report in reports]
    figures = library.rows(
        """SELECT report_id, "table", "row", "column", value, status FROM figures
           WHERE list_contains(?, report_id) AND ("column" IN ('total', 'value') OR "table" = 'disclosure')""",
        [ids],
    )
    facts = library.rows(
        """SELECT report_id, metric AS key, value, unit, raw FROM counts
           WHERE list_contains(?, report_id) AND period = 'year' AND category IS NULL
           UNION ALL SELECT report_id, channel, value, unit, raw FROM channel_counts
           WHERE list_contains(?, report_id) AND scope = 'year' AND category IS NULL""",
        [ids, ids],
    )
    labels = library.rows(
        """SELECT report_id, scheme, label, count(*) AS n FROM labels
           WHERE list_contains(?, report_id) AND accepted GROUP BY ALL""",
        [ids],
    )
    return {
        "reports": reports,
        "tables": _side_by_side(figures, ids, ("table", "row", "column")),
        "facts": _side_by_side(facts, ids, ("key",)),
        "labels": _side_by_side(labels, ids, ("scheme", "label")),
    }


def _side_by_side(rows: list[dict[str, Any]], ids: list[str], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """One entry for each combination of ``keys``, with the row of each report (or none) in the order of ``ids``."""
    found: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), {}).setdefault(row["report_id"], row)
    return [
        {"key": dict(zip(keys, combination, strict=True)), "cells": [cells.get(report_id) for report_id in ids]}
        for combination, cells in found.items()
    ]


@router.get("/browse/reports/{report_id}.json")
def report_as_json(request: Request, report_id: str) -> Response:
    """A report: everything that its tables say, as JSON."""
    return as_json(_report(request, report_id))


@router.get("/browse/reports/{report_id}")
def report(request: Request, report_id: str) -> Response:
    """A report: its figures, numbers, problems and findings, each with its words."""
    found = _report(request, report_id)
    grids = [
        (table, list(dict.fromkeys(cell["column"] for cell in cells)), _rows_of(cells))
        for table, cells in ((t, list(c)) for t, c in groupby(found["figures"], key=lambda cell: cell["table"]))
        if any(cell["status"] != "absent" for cell in cells)
    ]
    return page(request, "report.html", grids=grids, **found, **_common(request))


def _rows_of(cells: list[dict[str, Any]]) -> list[tuple[str, dict[str, dict[str, Any]]]]:
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    for cell in cells:
        rows.setdefault(cell["row"], {})[cell["column"]] = cell
    return list(rows.items())


def _report(request: Request, report_id: str) -> dict[str, Any]:
    library = _library(request)
    reports = library.rows("SELECT * FROM reports WHERE report_id = ?", [report_id])
    if not reports:
        raise HTTPException(404, "没有这份报告。 There is no such report.")
    found: dict[str, Any] = {"report": reports[0]}
    for table in ("figures", "counts", "channel_counts", "issues"):
        found[table] = library.rows(f"SELECT * FROM {table} WHERE report_id = ?", [report_id])
    found["statements"] = library.rows(
        f"SELECT * FROM ({VIEWS['statements'].sql}) WHERE report_id = ? AND role IN ('problem', 'measure') "
        "ORDER BY statement_id",
        [report_id],
    )
    return found


@router.get("/browse/statements/{report_id}/{statement_id}.json")
def statement_as_json(request: Request, report_id: str, statement_id: int) -> Response:
    """A statement with its neighbours, labels and reasons, as JSON."""
    return as_json(_statement(request, report_id, statement_id))


@router.get("/browse/statements/{report_id}/{statement_id}")
def statement(request: Request, report_id: str, statement_id: int) -> Response:
    """A statement in its context, with why it got its role and labels."""
    return page(request, "statement.html", **_statement(request, report_id, statement_id), **_common(request))


def _statement(request: Request, report_id: str, statement_id: int) -> dict[str, Any]:
    library = _library(request)
    near = library.rows(
        f"SELECT * FROM ({VIEWS['statements'].sql}) WHERE report_id = ? AND statement_id BETWEEN ? AND ? "
        "ORDER BY statement_id",
        [report_id, statement_id - NEIGHBOURS, statement_id + NEIGHBOURS],
    )
    here = next((row for row in near if row["statement_id"] == statement_id), None)
    if here is None:
        raise HTTPException(404, "没有这条陈述。 There is no such statement.")
    heading = library.rows(
        """SELECT title FROM sections WHERE report_id = ? AND "start" <= (SELECT "start" FROM statements
           WHERE report_id = ? AND statement_id = ?) ORDER BY "start" DESC LIMIT 1""",
        [report_id, report_id, statement_id],
    )
    labels = library.rows(
        "SELECT scheme, label, score, accepted, origin FROM labels WHERE report_id = ? AND statement_id = ? ORDER BY score DESC",
        [report_id, statement_id],
    )
    answers = library.rows(
        f"""SELECT s.*, a.score AS pairing FROM answers a JOIN ({VIEWS["statements"].sql}) s
            ON s.report_id = a.report_id AND s.statement_id = CASE WHEN a.problem_id = ? THEN a.measure_id ELSE a.problem_id END
            WHERE a.report_id = ? AND (a.problem_id = ? OR a.measure_id = ?) ORDER BY pairing DESC""",
        [statement_id, report_id, statement_id, statement_id],
    )
    return {
        "statement": here, "near": near, "heading": heading[0]["title"] if heading else "", "labels": labels,
        "answers": answers, "reasons": explained(here["text"], here["role"], labels),
    }  # fmt: skip


@router.get("/browse/{view_key}.json")
def listing_as_json(request: Request, view_key: str) -> Response:
    """A page of a list as JSON, with the counts of each choice."""
    view = _view(view_key)
    chosen, number = _asked(request, view)
    library = _library(request)
    return as_json({
        "view": view.key, "chosen": chosen, "page": number, "total": library.count(view, chosen),
        "rows": library.page(view, chosen, number), "facets": library.facets(view, chosen),
    })  # fmt: skip


@router.get("/browse/{view_key}.csv")
def listing_as_csv(request: Request, view_key: str) -> Response:
    """The whole list as CSV: what is shown, by its names."""
    view = _view(view_key)
    chosen, _ = _asked(request, view)
    language = language_of_request(request)

    def lines() -> Iterator[bytes]:
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\r\n")
        yield b"\xef\xbb\xbf"
        for row in _shown_rows(request, view, chosen, language):
            writer.writerow([safe_cell(value) if isinstance(value, str) else value for value in row])
            yield file.getvalue().encode("utf-8", "replace")
            file.seek(0)
            file.truncate()

    headers = {"content-disposition": f'attachment; filename="{view.key}.csv"'}
    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/browse/{view_key}.xlsx")
def listing_as_workbook(request: Request, view_key: str) -> Response:
    """The list as a workbook, as far as a sheet is useful."""
    import xlsxwriter

    view = _view(view_key)
    chosen, _ = _asked(request, view)
    data = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(data, options)
    sheet = book.add_worksheet(view.key)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(_shown_rows(request, view, chosen, language_of_request(request))):
        if number > MAX_SHEET_ROWS:
            break
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value[:32_000])
            elif value is not None:
                sheet.write_number(number, column, value)
    book.close()
    return download(data.getvalue(), f"{view.key}.xlsx", XLSX)


@router.get("/browse/{view_key}")
def listing(request: Request, view_key: str) -> Response:
    """A page of a list, its filters beside it."""
    view = _view(view_key)
    chosen, number = _asked(request, view)
    library = _library(request)
    total = library.count(view, chosen)
    return page(
        request, "list.html", view=view, chosen=chosen, number=number, total=total,
        pages=max(1, -(-total // PAGE_ROWS)), rows=library.page(view, chosen, number),
        facets=library.facets(view, chosen), address=address_of(view, chosen), **_common(request),
    )  # fmt: skip


def address_of(view: View, chosen: Chosen) -> Callable[..., str]:
    """A function that gives the address of the same list with another page, format, or a filter taken away."""

    def address(suffix: str = "", *, page: int | None = None, without: tuple[str, str] | None = None) -> str:
        pairs = [(key, value) for key, values in chosen.items() for value in values if (key, value) != without]
        if page is not None and page > 1:
            pairs.append(("page", str(page)))
        return f"/browse/{view.key}{suffix}" + (f"?{urlencode(pairs)}" if pairs else "")

    return address


def _asked(request: Request, view: View) -> tuple[dict[str, list[str]], int]:
    """What the address chooses, and its page."""
    printed = request.query_params.get("page", "1")
    number = int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 8 else 1
    return chosen_of(view, request.query_params.multi_items()), max(1, number)


def _shown_rows(request: Request, view: View, chosen: Chosen, language: str) -> Iterator[list[Any]]:
    """The titles, then the rows of a list: names in words, numbers as numbers."""
    say, shown = translator(language), namer(language)
    yield [say(column.title) for column in view.columns]
    for row in _library(request).stream(view, chosen):
        yield [
            (None if value is None else float(value))
            if column.numeric
            else ""
            if value is None
            else shown(column.names, value)
            for column, value in zip(view.columns, row, strict=True)
        ]


def _common(request: Request) -> dict[str, Any]:
    return {
        "shown": namer(language_of_request(request)), "views": VIEWS, "folder": request.app.state.library.tags.folder.name,
    }  # fmt: skip
