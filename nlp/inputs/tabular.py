"""Tables of crawled pages: CSV, TSV, JSON lines, Excel and Parquet with the text of a report in one column."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nlp.records import ReportUnreadable
from nlp.vocabulary.load import load

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".parquet"})
MAX_TEXT_CHARS = 64 * 2**20
SAMPLE_BYTES = 2**16
ROWS_A_BATCH = 64
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: the id it gives or its number (from 1), the text, the other columns; or why it has no text."""

    name: str
    text: str = ""
    columns: Mapping[str, Value] = field(default_factory=dict)
    failure: ReportUnreadable | None = None


def read_rows(path: Path, *, text_column: str | None = None, id_column: str | None = None) -> Iterator[TextRow]:
    """The rows of a table, one after the other; memory does not grow with the table (but for Excel's strings).

    Parameters
    ----------
    path : the table; its suffix says which kind it is
    text_column : the column with text or HTML; ``None`` takes one that is named so (``text``, ``html``, 正文, …)
    id_column : the column that names the rows; ``None`` takes one that is named so (``id``, ``url``, …), else rows are numbered

    Raises
    ------
    ReportUnreadable
        ``no_column`` when the column is not there, ``needs_package``, ``damaged``
    """
    try:
        rows = _records(path)
        text = identity = None
        for number, record in enumerate(rows, start=1):
            if isinstance(record, ReportUnreadable):
                yield TextRow(f"{path.name}#{number}", failure=record)
                continue
            if text is None or text not in record:
                text = _column(path, record, text_column, "text_column")
                identity = _column(path, record, id_column, "id_column")
            if text is None:
                raise _no_column(path, record, text_column)
            yield _row(path, number, record, text, identity)
    except (OSError, UnicodeError, csv.Error, ValueError, KeyError) as error:
        raise ReportUnreadable(
            "damaged", f"{path.name}: the table is damaged ({error}).", "Write it anew, in UTF-8.", "open"
        ) from error


def _row(path: Path, number: int, record: Mapping[str, object], text: str, identity: str | None) -> TextRow:
    given = record.get(identity) if identity is not None else None
    name = f"{path.name}#{number if given in (None, '') else given}"
    columns = {str(key): _plain(value) for key, value in record.items() if key != text and key is not None}
    printed = record.get(text)
    if isinstance(printed, bytes):
        printed = printed.decode("utf-8", "replace")
    printed = "" if printed is None else str(printed)
    if not printed.strip():
        failure = ReportUnreadable("empty", f"{name}: nothing in the column {text}.", "Fetch the page again.", "open")
        return TextRow(name, "", columns, failure)
    if len(printed) > MAX_TEXT_CHARS:
        failure = ReportUnreadable("too_large", f"{name}: {len(printed)} characters.", "Split the report.", "open")
        return TextRow(name, "", columns, failure)
    return TextRow(name, printed, columns)


def _plain(value: object) -> Value:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _column(path: Path, record: Mapping[str, object], wanted: str | None, kind: str) -> str | None:
    if wanted is not None:
        if wanted in record:
            return wanted
        raise _no_column(path, record, wanted)
    by_name = {str(name).strip().lower(): str(name) for name in record}
    return next((by_name[name] for name in load("collections")[kind]["surface"] if name in by_name), None)


def _no_column(path: Path, record: Mapping[str, object], wanted: str | None) -> ReportUnreadable:
    names = ", ".join(str(name) for name in list(record)[:20])
    what = f"no column {wanted}" if wanted is not None else "no column that is known to hold text"
    return ReportUnreadable(
        "no_column", f"{path.name}: {what}; there are {names}.", "Name the column with --text-column.", "open"
    )


def _records(path: Path) -> Iterator[Mapping[str, object] | ReportUnreadable]:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _parquet(path)
    if suffix in {".xlsx", ".xlsm"}:
        return _excel(path)
    return _json_lines(path) if suffix in {".jsonl", ".ndjson"} else _separated(path)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # the sample may end inside a character
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _separated(path: Path) -> Iterator[Mapping[str, object]]:
    csv.field_size_limit(MAX_TEXT_CHARS)
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        head = file.readline(SAMPLE_BYTES)
        file.seek(0)
        separator = max(",;\t", key=head.count) if path.suffix.lower() == ".csv" else "\t"
        for record in csv.DictReader(file, delimiter=separator):
            record.pop(None, None)
            yield record


def _json_lines(path: Path) -> Iterator[Mapping[str, object] | ReportUnreadable]:
    with path.open(encoding=_encoding(path), errors="replace") as file:
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


def _parquet(path: Path) -> Iterator[Mapping[str, object]]:
    import pyarrow.parquet as parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_A_BATCH):
            yield from batch.to_pylist()


def _excel(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise ReportUnreadable(
            "needs_package", f"{path.name}: Excel files need openpyxl.", "pip install openpyxl", "open"
        ) from None
    from zipfile import BadZipFile

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, InvalidFileException) as error:
        raise ValueError(str(error)) from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        head = ["" if name is None else str(name) for name in next(rows, ())]
        for row in rows:
            if any(value is not None for value in row):
                yield dict(zip(head, row, strict=False))
    finally:
        book.close()
