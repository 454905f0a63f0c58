"""One table of any columns as a file, written piece by piece: Parquet, CSV, TSV, JSON lines or Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from nlp.output.files import as_text

MAX_SHEET_ROWS, MAX_CELL_CHARS = 1_048_576, 32_767


class TooManyRows(Exception):
    """More rows than a sheet of Excel has."""


class TableWriter(Protocol):
    """Writes rows of one table. The file is complete after ``close``."""

    def write(self, rows: pa.Table) -> None:
        """Add rows."""

    def close(self) -> None:
        """Finish the file."""


class _Parquet:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = pa.parquet.ParquetWriter(path, schema, compression="zstd")
        self._waiting: list[pa.Table] = []

    def write(self, rows: pa.Table) -> None:
        self._waiting.append(rows)
        if sum(piece.num_rows for piece in self._waiting) >= 1 << 16:
            self._hand_on()

    def close(self) -> None:
        self._hand_on()
        self._file.close()

    def _hand_on(self) -> None:
        if self._waiting:
            self._file.write_table(pa.concat_tables(self._waiting))
            self._waiting.clear()


class _Separated:
    """With a byte order mark, since Excel reads Chinese CSV as GBK without one; safe against formulas."""

    def __init__(self, path: Path, schema: pa.Schema, separator: str = ",") -> None:
        self._file = path.open("wb")
        self._options = {"delimiter": separator}
        self._file.write(b"\xef\xbb\xbf")
        pa.csv.write_csv(_flat(schema.empty_table()), self._file, pa.csv.WriteOptions(**self._options))

    def write(self, rows: pa.Table) -> None:
        options = pa.csv.WriteOptions(include_header=False, **self._options)
        pa.csv.write_csv(as_text(_flat(rows)), self._file, options)

    def close(self) -> None:
        self._file.close()


def _flat(table: pa.Table) -> pa.Table:
    """Lists and structures, which a cell cannot hold, as JSON."""
    for at, field in enumerate(table.schema):
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            values = [
                None if v is None else msgspec.json.encode(v).decode("utf-8", "replace")
                for v in table[field.name].to_pylist()
            ]
            table = table.set_column(at, field.name, pa.array(values, pa.string()))
    return table


class _JsonLines:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = path.open("wb")
        self._encoder = msgspec.json.Encoder()

    def write(self, rows: pa.Table) -> None:
        names, columns = rows.column_names, [column.to_pylist() for column in rows.columns]
        encode = self._encoder.encode
        self._file.writelines(encode(dict(zip(names, row, strict=True))) + b"\n" for row in zip(*columns, strict=True))

    def close(self) -> None:
        self._file.close()


class _Excel:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._sheet, self._rows = self._book.add_worksheet(), 1
        for at, name in enumerate(schema.names):
            self._sheet.write_string(0, at, name)

    def write(self, rows: pa.Table) -> None:
        columns = [column.to_pylist() for column in _flat(rows).columns]
        for row in zip(*columns, strict=True):
            if self._rows >= MAX_SHEET_ROWS:
                raise TooManyRows(f"more than {MAX_SHEET_ROWS} rows, which no sheet of Excel holds")
            for at, value in enumerate(row):
                if isinstance(value, str):
                    self._sheet.write_string(self._rows, at, value[:MAX_CELL_CHARS])
                elif isinstance(value, bool):
                    self._sheet.write_boolean(self._rows, at, value)
                elif isinstance(value, int | float):
                    self._sheet.write_number(self._rows, at, value)
                elif value is not None:
                    self._sheet.write_string(self._rows, at, str(value))
            self._rows += 1

    def close(self) -> None:
        self._book.close()


WRITERS: dict[str, Callable[[Path, pa.Schema], TableWriter]] = {
    ".csv": _Separated,
    ".tsv": lambda path, schema: _Separated(path, schema, "\t"),
    ".jsonl": _JsonLines,
    ".parquet": _Parquet,
    ".xlsx": _Excel,
}
