"""Tables on disk in every format, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import IO, Protocol

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from nlp.output.frames import schema
from nlp.vocabulary.load import load

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), in Python, Arrow and DuckDB alike: signs,
# also the wide ones of Chinese input methods, after blanks, which some programs drop; and a tab or break at the beginning.
FORMULA = "^(?:[ \t\n\v\f\r\u00a0\u2028\u2029\u3000]*[=+@＝＋－＠-]|[\t\r\n])"
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# Rows that are gathered before they are written, so that a file does not depend on the pieces it came in.
ROWS_A_GROUP = 65_536


class Writer(Protocol):
    """Writes the tables in one format. Nothing is complete until ``close``."""

    def write(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table."""

    def close(self) -> None:
        """Finish all files."""


def write_tables(tables: Mapping[str, pa.Table], folder: Path, formats: Iterable[str]) -> None:
    """Write each table in each format into ``folder``, over what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    files = TableFiles(folder, formats, tables=tables)
    for name, table in tables.items():
        files.write(name, table)
    files.close()


class TableFiles:
    """All tables in all formats asked for, below one folder.

    ``tables`` names the tables, all of the codebook unless given. Raises ``ValueError`` for a format that is not known.
    """

    def __init__(self, folder: Path, formats: Iterable[str], *, tables: Iterable[str] | None = None) -> None:
        names = list(tables if tables is not None else load("codebook"))
        self._writers = [WRITERS[kind](folder, names) for kind in known_formats(formats)]
        self._waiting: dict[str, list[pa.Table]] = {name: [] for name in names}
        self.rows = dict.fromkeys(names, 0)

    def write(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table."""
        self.rows[name] += rows.num_rows
        waiting = self._waiting[name]
        waiting.append(rows)
        if sum(piece.num_rows for piece in waiting) >= ROWS_A_GROUP:
            table = pa.concat_tables(waiting)
            whole = table.num_rows - table.num_rows % ROWS_A_GROUP
            for start in range(0, whole, ROWS_A_GROUP):
                self._hand_on(name, table.slice(start, ROWS_A_GROUP))
            waiting[:] = [table.slice(whole)]

    def close(self) -> None:
        """Write what waits, and finish all files."""
        for name, waiting in self._waiting.items():
            self._hand_on(name, pa.concat_tables([schema(name).empty_table(), *waiting]))
        for writer in self._writers:
            writer.close()

    def _hand_on(self, name: str, rows: pa.Table) -> None:
        rows = rows.combine_chunks()
        for writer in self._writers:
            writer.write(name, rows)


def known_formats(formats: Iterable[str]) -> list[str]:
    """The formats without repetition. Raises ``ValueError`` for one that is not known."""
    formats = list(dict.fromkeys(formats))
    if unknown := [name for name in formats if name not in WRITERS]:
        raise ValueError(f"Unknown format {', '.join(unknown)}. Known formats: {', '.join(WRITERS)}.")
    return formats


class ParquetFile(pa.parquet.ParquetWriter):  # type: ignore[misc]
    """A file that is finished by ``close`` alone: one given up on a full disk is not tried again, with a traceback."""

    def __del__(self) -> None:
        self.is_open = False


class ParquetFiles:
    """One Parquet file per table; strings are dictionary-encoded as far as they repeat, ids always do."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._files = {n: ParquetFile(folder / f"{n}.parquet", schema(n), compression="zstd") for n in names}

    def write(self, name: str, rows: pa.Table) -> None:
        if rows.num_rows:
            self._files[name].write_table(rows, row_group_size=ROWS_A_GROUP)

    def close(self) -> None:
        for file in self._files.values():
            file.close()


class CsvFiles:
    """One CSV file per table, with a byte order mark, since Excel reads Chinese CSV as GBK without one."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._files = {name: (folder / f"{name}.csv").open("wb") for name in names}
        for name, file in self._files.items():
            file.write(b"\xef\xbb\xbf")
            pa.csv.write_csv(as_text(schema(name).empty_table()), file)

    def write(self, name: str, rows: pa.Table) -> None:
        pa.csv.write_csv(as_text(rows), self._files[name], pa.csv.WriteOptions(include_header=False))

    def close(self) -> None:
        for file in self._files.values():
            file.close()


def as_text(table: pa.Table) -> pa.Table:
    """The table as CSV holds it: cells that a spreadsheet would take for formulas made safe, decimals without needless zeros."""
    for at, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(at, field.name, _safe(table[field.name]))
        elif pa.types.is_decimal(field.type):
            table = table.set_column(at, field.name, _plain(table[field.name]))
    return table


def _safe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    suspect = pc.fill_null(pc.match_substring_regex(column, FORMULA), False)
    if not pc.any(suspect).as_py():
        return column
    return pa.chunked_array([pa.array([safe_cell(value) for value in column.to_pylist()], pa.string())])


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(column.cast(pa.string()), r"\.?0+$", "")  # six places are always there


def safe_cell(value: str | None) -> str | None:
    """``value`` with an apostrophe before what a spreadsheet would take for a formula; a plain signed number stays.

    >>> safe_cell("=1+1"), safe_cell("-5"), safe_cell("公开"), safe_cell("　＝1+1")
    ("'=1+1", '-5', '公开', "'\u3000＝1+1")
    """
    if value and re.match(FORMULA, value) and not NUMBER.fullmatch(value):
        return "'" + value
    return value


class JsonLines:
    """One file per table, one JSON object a line."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._files: dict[str, IO[bytes]] = {name: (folder / f"{name}.jsonl").open("wb") for name in names}

    def write(self, name: str, rows: pa.Table) -> None:
        names = rows.column_names
        lists = [
            [_number(v) for v in c.to_pylist()] if pa.types.is_decimal(c.type) else c.to_pylist() for c in rows.columns
        ]
        encoder = msgspec.json.Encoder()
        self._files[name].writelines(
            encoder.encode(dict(zip(names, row, strict=True))) + b"\n" for row in zip(*lists, strict=True)
        )

    def close(self) -> None:
        for file in self._files.values():
            file.close()


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _workbook(folder: Path, names: Iterable[str]) -> Writer:
    from nlp.output.workbook import Workbook  # the libraries of these formats are loaded for them only

    return Workbook(folder, names)


def _database(folder: Path, names: Iterable[str]) -> Writer:
    from nlp.output.database import Database

    return Database(folder, names)


WRITERS: dict[str, Callable[[Path, Iterable[str]], Writer]] = {
    "parquet": ParquetFiles, "csv": CsvFiles, "jsonl": JsonLines, "xlsx": _workbook, "duckdb": _database,
}  # fmt: skip
