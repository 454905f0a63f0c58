"""JSON as a table: one object a line, an array of objects, and the forms that pandas writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from nlp.inputs.rows import Record, known_column
from nlp.inputs.separated import encoding_of
from nlp.records import ReportUnreadable

MAX_WHOLE_BYTES = 128 * 2**20  # of a file that must be in memory; one object a line needs no more than the line
MAX_LINE_CHARS = 64 * 2**20


def json_records(path: Path, text_column: str | None) -> Iterator[Record | ReportUnreadable]:
    """The records of a JSON file.

    Raises ``ValueError`` when the file is one value that is no table.
    """
    with path.open(encoding=encoding_of(path), errors="replace") as file:
        in_lines = _is_in_lines(file)
        file.seek(0)
        if in_lines:
            yield from _lines(path, file)
            return
        if path.stat().st_size > MAX_WHOLE_BYTES:
            raise ValueError(f"more than {MAX_WHOLE_BYTES // 2**20} MB in one value; write one object a line")
        try:
            value = json.load(file)
        except RecursionError:
            raise ValueError("nested too deeply") from None
    yield from _table(path, value, text_column)


def _is_in_lines(file: TextIO) -> bool:
    """Whether the first line is an object by itself, and another object, or nothing, follows."""
    lines = (line for line in iter(lambda: file.readline(MAX_LINE_CHARS), "") if line.strip())
    first, second = next(lines, ""), next(lines, "")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return bool(second) and first.lstrip()[:1] == second.lstrip()[:1] == "{"  # the first line is damaged
    return isinstance(value, dict) and (bool(second) or not any(isinstance(v, dict | list) for v in value.values()))


def _lines(path: Path, file: Iterator[str]) -> Iterator[Record | ReportUnreadable]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ReportUnreadable(
                "damaged", f"{path.name}, line {number}: is no JSON ({error}).", "Repair the line.", "open"
            )
            continue
        if isinstance(record, dict):
            yield record
        else:
            yield ReportUnreadable(
                "damaged", f"{path.name}, line {number}: is no JSON object.", "Write one object a line.", "open"
            )


def _table(path: Path, value: object, text_column: str | None) -> Iterator[Record | ReportUnreadable]:
    if isinstance(value, dict):
        value = _by_row(value, text_column)
    if not isinstance(value, list):
        raise ValueError("no table: neither an array of objects nor one object a line")
    for number, record in enumerate(value, start=1):
        if isinstance(record, dict):
            yield record
        else:
            yield ReportUnreadable(
                "damaged", f"{path.name}: value {number} is no JSON object.", "Write an array of objects.", "open"
            )


def _by_row(value: dict[str, object], text_column: str | None) -> object:
    """The rows of an object: pandas writes by column, by index, split or with a schema; others wrap an array."""
    column = known_column(value, text_column, "text_column")
    if column is not None and isinstance(value[column], str):
        return [value]  # a single record
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list):  # orient="split"
        return [dict(zip(map(str, columns), row, strict=False)) if isinstance(row, list) else row for row in data]
    if isinstance(data, list):  # orient="table", and what web services answer
        return data
    arrays = [inner for inner in value.values() if isinstance(inner, list)]
    if len(arrays) == 1:
        return arrays[0]
    inner = [part for part in value.values() if isinstance(part, dict)]
    if len(inner) != len(value) or not inner:
        return [value]
    if column is None:  # orient="index"
        return inner
    keys = dict.fromkeys(key for part in inner for key in part)
    return [{name: part.get(key) for name, part in value.items() if isinstance(part, dict)} for key in keys]
