"""The tables of conclusions as files, written piece by piece: CSV, Parquet, JSON lines, a workbook."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from nlp.output.files import safe_cell
from nlp.output.whole import replace_file
from nlp.vocabulary.load import load

ROWS_AT_ONCE = 10_000
MAX_ROWS = 1_048_575  # of a sheet, below its heading
Row = Mapping[str, Any]
Columns = list[tuple[str, str, str]]  # name, type, Chinese name


class TooLong(Exception):
    """More rows than the format can hold."""


def columns_of(table: str) -> Columns:
    """Name, type and Chinese name of each column of a table of ``vocabulary/conclusions.toml``."""
    return [(name, kind, zh) for name, kind, zh, _ in load("conclusions")[table]["columns"]]


def write_table(path: Path, columns: Columns, rows: Iterable[Row]) -> int:
    """Write rows in the format of the suffix (``.csv``, ``.parquet``, ``.jsonl``, ``.xlsx``); their number comes back.

    Never half a file; an earlier one is replaced. Memory holds 10,000 rows.

    Raises
    ------
    TooLong : more rows than a workbook's sheet can hold
    KeyError : the suffix is not known
    """
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, lambda file: WRITERS[path.suffix.lower()](file, columns, counted()))
    return count


def _write_csv(path: Path, columns: Columns, rows: Iterator[Row]) -> None:
    """With a byte order mark for Excel; truth values as TRUE and FALSE, which R reads as such, empty for what is missing."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(name for name, _, _ in columns)
        writer.writerows([cell(row.get(name)) for name, _, _ in columns] for row in rows)


def cell(value: Any) -> str:
    """A value as CSV shows it.

    >>> [cell(value) for value in (None, True, 0.1 + 0.2, 3.0, "=1+1")]
    ['', 'TRUE', '0.3', '3', "'=1+1"]
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | Decimal):
        return f"{float(value):.12g}"
    return "" if value is None else safe_cell(str(value)) or ""


def _write_parquet(path: Path, columns: Columns, rows: Iterator[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    from nlp.output.frames import TYPES

    schema = pa.schema([pa.field(name, TYPES[kind], metadata={"zh": zh}) for name, kind, zh in columns])
    with pa.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in pieces(rows):
            writer.write_table(pa.table({n: [row.get(n) for row in part] for n, _, _ in columns}, schema=schema))


def pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows in pieces, at least an empty one."""
    yield list(islice(rows, ROWS_AT_ONCE))
    while part := list(islice(rows, ROWS_AT_ONCE)):
        yield part


def _write_lines(path: Path, columns: Columns, rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            values = {name: _plain(row.get(name)) for name, _, _ in columns}
            file.write(json.dumps(values, ensure_ascii=False) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _write_workbook(path: Path, columns: Columns, rows: Iterator[Row]) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    book = xlsxwriter.Workbook(str(path), options | {"default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": "Gongkai", "created": datetime(2000, 1, 1)})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for at, (name, _, _) in enumerate(columns):
        sheet.write_string(0, at, name, bold)
        sheet.set_column(at, at, 14)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise TooLong(f"more than {MAX_ROWS:,} rows, which no sheet of a workbook holds. Choose .parquet or .csv.")
        for at, (name, _, _) in enumerate(columns):
            value = row.get(name)
            if isinstance(value, str):
                sheet.write_string(number, at, value[:32_767])
            elif isinstance(value, Decimal):
                sheet.write_number(number, at, float(value))
            elif value is not None:
                sheet.write(number, at, value)
    book.close()


WRITERS: dict[str, Callable[[Path, Columns, Iterator[Row]], None]] = {
    ".csv": _write_csv, ".parquet": _write_parquet, ".jsonl": _write_lines, ".xlsx": _write_workbook,
}  # fmt: skip
