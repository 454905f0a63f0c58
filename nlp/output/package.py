"""`datapackage.json`: what is in the files of a run, in the form of the Frictionless Data standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nlp.output.rows import ASIDE
from nlp.version import __version__
from nlp.vocabulary.load import load

FIELD_TYPES = {
    "string": "string", "integer": "integer", "float": "number", "decimal": "number", "boolean": "boolean",
    "date": "date",
}  # fmt: skip
MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "jsonl": "application/jsonl"}
KEYS: Mapping[str, list[str]] = {"reports": ["report_id"], "statements": ["report_id", "statement_id"]}
STATEMENT_KEYS = {
    "labels": [["report_id", "statement_id"]],
    "answers": [["report_id", "problem_id"], ["report_id", "measure_id"]],
}


def data_package(formats: Iterable[str], *, by_year: bool = False) -> dict[str, Any]:
    """The descriptor of the tables in those of ``formats`` with one table a file (csv, jsonl, Parquet not by year)."""
    kinds = [kind for kind in formats if kind in MEDIA_TYPES and not (by_year and kind == "parquet")]
    tables = load("codebook")
    resources = [_resource(name, table, kind, kinds) for kind in kinds for name, table in tables.items()]
    return {
        "profile": "data-package",
        "name": "gongkai",
        "title": "政府信息公开工作年度报告",
        "description": "Tables read from annual reports on information disclosure",
        "version": __version__,
        "resources": resources,
    }


def _resource(name: str, table: Mapping[str, Any], kind: str, kinds: list[str]) -> dict[str, Any]:
    def called(other: str) -> str:
        return other if len(kinds) == 1 else f"{other}-{kind}"

    fields = [
        {"name": column, "type": FIELD_TYPES[of], "title": zh, "description": text}
        for column, of, zh, text in table["columns"]
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if name in KEYS:
        schema["primaryKey"] = KEYS[name]
    foreign = [
        {"fields": fields, "reference": {"resource": called("statements"), "fields": KEYS["statements"]}}
        for fields in STATEMENT_KEYS.get(name, [])
    ]
    if name not in ("reports", *ASIDE):
        foreign.append({"fields": ["report_id"], "reference": {"resource": called("reports"), "fields": ["report_id"]}})
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": called(name),
        "path": f"{name}.{kind}",
        "title": table["zh"],
        "description": table["en"],
        "format": kind,
        "mediatype": MEDIA_TYPES[kind],
        "encoding": "utf-8",
        "schema": schema,
    }
