"""Tables of crawled pages: CSV, TSV, JSON, JSON lines, Excel and Parquet with the text of a report in one column."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nlp.inputs.inventory import skipped
from nlp.inputs.json_tables import json_records
from nlp.inputs.kinds import HEAD_BYTES, kind_of
from nlp.inputs.parquet_tables import parquet_records
from nlp.inputs.paths import printable
from nlp.inputs.rows import Headings, Record, Sheet, known_column
from nlp.inputs.separated import separated_rows
from nlp.inputs.workbooks import is_workbook, workbook_sheets
from nlp.records import ReportUnreadable, Skipped

MAX_TEXT_CHARS = 64 * 2**20
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: the id it gives or its number (from 1), the text, the other columns; or why it has no text."""

    name: str
    text: str = ""
    columns: Mapping[str, Value] = field(default_factory=dict)
    failure: ReportUnreadable | None = None


def read_rows(
    path: Path, *, text_column: str | None = None, id_column: str | None = None
) -> Iterator[TextRow | Skipped]:
    """The rows of a table, one after the other; memory does not grow with the table (but for Excel's strings and JSON).

    Of a workbook with several sheets those are read that have the column; the others are left out with a word.

    Parameters
    ----------
    path : the table; its bytes, and its suffix between texts, say which kind it is
    text_column : the column with text or HTML; ``None`` takes one that is named so (``text``, ``html``, 正文, …)
    id_column : the column that names the rows; ``None`` takes one that is named so (``id``, ``url``, …), else rows are numbered

    Raises
    ------
    ReportUnreadable
        ``no_column`` when the column is not there, ``needs_package``, ``damaged``
    """
    try:
        sheets = list(_sheets(path, text_column))
        without: list[tuple[str, ReportUnreadable]] = []
        named: Counter[str] = Counter()
        for sheet in sheets:
            place = path.name if sheet.name is None else f"{path.name}[{sheet.name}]"
            try:
                for row in _rows_of(place, sheet, text_column, id_column):
                    named[row.name] += 1
                    yield row if named[row.name] == 1 else _renamed(row, named[row.name])
            except ReportUnreadable as failure:
                if failure.code != "no_column":
                    raise
                without.append((place, failure))
        if len(without) == len(sheets) > 0:
            raise without[0][1]
        yield from (skipped(os.path.join(path.parent, place), "table") for place, _ in without)
    except (OSError, UnicodeError, ValueError, KeyError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ReportUnreadable(
            "damaged", f"{path.name}: the table is damaged ({reason}).", "Write it anew, in UTF-8.", "open"
        ) from error


def columns_of(path: Path) -> tuple[str, ...]:
    """The names of the columns of a table; empty for a file that is no table.

    A text of one column, such as a report whose name ends in ``.csv``, is no table.
    """
    try:
        with path.open("rb") as file:
            if kind_of(file.read(HEAD_BYTES), path.name, file) != "table":
                return ()
        for sheet in _sheets(path, None):
            record = next((record for record in sheet.records if not isinstance(record, ReportUnreadable)), None)
            if record is not None:
                names = tuple(printable(str(name)) for name in record if name is not None)
                if len(names) > 1 or known_column(record, None, "text_column") is not None:
                    return names
    except (ReportUnreadable, OSError, UnicodeError, ValueError, KeyError):
        return ()  # whoever reads it says what is wrong
    return ()


def _rows_of(place: str, sheet: Sheet, text_column: str | None, id_column: str | None) -> Iterator[TextRow]:
    text = identity = None
    for number, record in enumerate(sheet.records, start=1):
        if isinstance(record, ReportUnreadable):
            yield TextRow(printable(f"{place}#{number}"), failure=record)
            continue
        if text is None:
            text = known_column(record, text_column, "text_column")
            identity = known_column(record, id_column, "id_column")
            if text is None or (id_column is not None and identity is None):
                raise _no_column(place, record, text_column if text is None else id_column)
        here = text if text in record else known_column(record, text_column, "text_column")
        if here is None:  # objects of JSON have columns of their own
            name = printable(f"{place}#{number}")
            yield TextRow(name, failure=_no_column(name, record, text_column or text))
        elif not isinstance(record, Headings):
            yield _row(place, number, record, here, identity)


def _sheets(path: Path, text_column: str | None) -> Iterator[Sheet]:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"PAR1") or path.suffix.lower() == ".parquet":
        yield Sheet(None, parquet_records(path))
    elif is_workbook(head) or path.suffix.lower() in (".xlsx", ".xlsm"):
        yield from workbook_sheets(path, lambda head: known_column(head, text_column, "text_column") is not None)
    elif path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        yield Sheet(None, json_records(path, text_column))
    else:
        yield Sheet(None, separated_rows(path, text_column))


def _row(place: str, number: int, record: Record, text: str, identity: str | None) -> TextRow:
    given = record.get(identity) if identity is not None else None
    name = printable(f"{place}#{number if given is None or not str(given).strip() else given}")
    columns = {printable(str(key)): _plain(value) for key, value in record.items() if key != text and key is not None}
    printed = record.get(text)
    if isinstance(printed, bytes):
        printed = printed.decode("utf-8", "replace")
    printed = "" if printed is None else printable(str(printed))
    if not printed.strip():
        failure = ReportUnreadable("empty", f"{name}: nothing in the column {text}.", "Fetch the page again.", "open")
        return TextRow(name, "", columns, failure)
    if len(printed) > MAX_TEXT_CHARS:
        failure = ReportUnreadable("too_large", f"{name}: {len(printed)} characters.", "Split the report.", "open")
        return TextRow(name, "", columns, failure)
    return TextRow(name, printed, columns)


def _renamed(row: TextRow, times: int) -> TextRow:
    """Rows may give one id twice; each keeps a name of its own."""
    return TextRow(f"{row.name} ({times})", row.text, row.columns, row.failure)


def _plain(value: object) -> Value:
    """A value as JSON holds it: no number that is none, no text that Unicode does not know."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else str(value)
    return printable(str(value))


def _no_column(place: str, record: Record, wanted: str | None) -> ReportUnreadable:
    names = printable(", ".join(str(name) for name in list(record)[:20]))
    what = f"no column {wanted}" if wanted is not None else "no column that is known to hold text"
    return ReportUnreadable(
        "no_column", f"{place}: {what}; there are {names}.", "Name the column with --text-column.", "open"
    )
