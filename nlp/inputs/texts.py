"""Tables of texts, row by row with all their columns: CSV, TSV, Excel, JSON lines, Parquet, or a folder of .txt files."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from nlp.reading.decode import decode
from nlp.records import ReportUnreadable
from nlp.vocabulary.load import load

SUFFIXES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".parquet")
MAX_TEXT_CHARS = 1 << 20
CHUNK_BYTES = 1 << 20
FILE_COLUMN, TEXT_COLUMN = "file", "text"


class TextsUnusable(Exception):
    """A table that cannot be read; the message says where and what to do."""


@dataclass(slots=True)
class Batch:
    """Some rows: ``table`` has all columns; ``faults`` says by the place in the batch what is wrong with a row."""

    table: pa.Table
    texts: list[str]
    headings: list[str]
    faults: dict[int, str] = field(default_factory=dict)


class TextTable:
    """A table of texts, opened: its columns are known, its rows are read when asked for.

    Parameters
    ----------
    path : a table, or a folder of .txt files, which gives the columns ``file`` and ``text``
    text_column, heading_column : ``None`` takes a column with a usual name (nlp/vocabulary/collections.toml)

    Raises
    ------
    TextsUnusable : no such file or column, a kind that is not read, damage that concerns the whole file
    """

    def __init__(self, path: Path, *, text_column: str | None = None, heading_column: str | None = None) -> None:
        self.path = path
        self._reader = _reader_of(path)
        self.schema = self._reader.schema
        self.text = self._column("text_column", text_column, "--text-column")
        self.heading = self._column("heading_column", heading_column, "--heading-column")

    @property
    def rows(self) -> int | None:
        """How many rows there are, where that is known before they are read."""
        return self._reader.rows

    def batches(self, size: int) -> Iterator[Batch]:
        """All rows in order, ``size`` at a time. Memory does not grow with the table (but for Excel's list of strings)."""
        for table, faults in self._reader.batches(size):
            texts = _strings(table[self.text]) if self.text else [""] * table.num_rows
            headings = _strings(table[self.heading]) if self.heading else [""] * table.num_rows
            for at, text in enumerate(texts):
                if at in faults:
                    continue
                if not text.strip():
                    faults[at] = f"nothing in the column {self.text}. Fill it in, or leave the row out."
                elif len(text) > MAX_TEXT_CHARS:
                    faults[at] = f"{len(text)} characters in the column {self.text}. Cut it into statements."
            yield Batch(table, texts, headings, faults)

    def _column(self, kind: str, given: str | None, option: str) -> str | None:
        names = self.schema.names
        if given is not None:
            if given not in names:
                raise TextsUnusable(
                    f"{self.path}: no column {given}; there are {', '.join(names)}. Name one with {option}."
                )
            return given
        spelt = {name.strip().lower(): name for name in reversed(names)}
        usual = load("collections")[kind]["surface"]
        found = next((spelt[name] for name in usual if name in spelt), None)
        if found is None and kind == "text_column":
            raise TextsUnusable(
                f"{self.path}: no column that is known to hold text; there are {', '.join(names)}. "
                f"Name the column with {option}."
            )
        return found


def _strings(column: pa.ChunkedArray) -> list[str]:
    return ["" if value is None else value if isinstance(value, str) else str(value) for value in column.to_pylist()]


class _Parquet:
    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as parquet

        try:
            self._file = parquet.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            raise TextsUnusable(f"{path}: no readable Parquet file ({error}). Write it again.") from None
        self.schema, self.rows = self._file.schema_arrow, self._file.metadata.num_rows

    def batches(self, size: int) -> Iterator[tuple[pa.Table, dict[int, str]]]:
        for batch in self._file.iter_batches(batch_size=size):
            yield pa.Table.from_batches([batch]), {}


class _Rows:
    """Rows of cells under a head; every column is text."""

    rows: int | None = None

    def __init__(self, path: Path, head: Sequence[str]) -> None:
        self.path = path
        head = [name.strip("\ufeff") for name in head]
        while head and not head[-1].strip():
            head.pop()
        if not head:
            raise TextsUnusable(f"{path}: nothing is in it. Name another file.")
        twice = sorted({name for name in head if head.count(name) > 1})
        if twice:
            raise TextsUnusable(f"{path}:1, column {twice[0]}: the name of two columns. Rename one.")
        self.schema = pa.schema([(name, pa.string()) for name in head])

    def cells(self) -> Iterator[tuple[int, Sequence[str]]]:
        raise NotImplementedError

    def batches(self, size: int) -> Iterator[tuple[pa.Table, dict[int, str]]]:
        width = len(self.schema)
        kept: list[Sequence[str]] = []
        faults: dict[int, str] = {}
        for number, cells in self.cells():
            if not cells:
                continue
            if len(cells) != width:
                more = [cell for cell in cells[width:] if cell]
                if len(cells) < width or more:
                    faults[len(kept)] = (
                        f"row {number} has {len(cells)} cells where the head has {width}"
                        f"{'; left out: ' + ', '.join(more)[:80] if more else ''}. Quote cells that hold the separator."
                    )
                cells = [*cells[:width], *[None] * (width - len(cells))]  # type: ignore[list-item]
            kept.append(cells)
            if len(kept) == size:
                yield self._table(kept), faults
                kept, faults = [], {}
        if kept:
            yield self._table(kept), faults

    def _table(self, rows: list[Sequence[str]]) -> pa.Table:
        return pa.table([pa.array(column, pa.string()) for column in zip(*rows, strict=True)], schema=self.schema)


class _Separated(_Rows):
    def __init__(self, path: Path) -> None:
        csv.field_size_limit(1 << 24)
        self._encoding = _encoding_of(path)
        with path.open(encoding=self._encoding, newline="") as file:
            line = file.readline(CHUNK_BYTES)
        self._separator = max(",;\t", key=line.count) if path.suffix.lower() == ".csv" else "\t"
        super().__init__(path, next(csv.reader([line], delimiter=self._separator), []))

    def cells(self) -> Iterator[tuple[int, Sequence[str]]]:
        with self.path.open(encoding=self._encoding, newline="", errors="replace") as file:
            reader = csv.reader(file, delimiter=self._separator)
            next(reader, None)
            number = 1
            while True:
                number += 1
                try:
                    yield number, next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise TextsUnusable(
                        f"{self.path}:{number}: no readable row ({error}). Look for a quotation mark that is not closed."
                    ) from None


class _Folder(_Rows):
    def __init__(self, path: Path) -> None:
        self._files = sorted(file for file in path.rglob("*.txt") if file.is_file() and not file.name.startswith("."))
        if not self._files:
            raise TextsUnusable(f"{path}: no .txt file in this folder. Name a folder of texts, or a table.")
        super().__init__(path, [FILE_COLUMN, TEXT_COLUMN])
        self.rows = len(self._files)

    def batches(self, size: int) -> Iterator[tuple[pa.Table, dict[int, str]]]:
        for start in range(0, len(self._files), size):
            rows: list[Sequence[str]] = []
            faults = {}
            for at, file in enumerate(self._files[start : start + size]):
                text = ""
                try:
                    text = decode(file.read_bytes())[0]
                except (OSError, ReportUnreadable) as error:
                    faults[at] = f"{file.name}: cannot be read ({error}). Save it as UTF-8."
                rows.append((file.relative_to(self.path).as_posix(), text))
            yield self._table(rows), faults


class _Records:
    """Rows that are objects, whose keys and kinds are found in a first pass."""

    def __init__(self, path: Path) -> None:
        self.path, self.rows = path, 0
        kinds: dict[str, set[type]] = {}
        for record in self.records():
            self.rows += 1
            for name, value in record.items() if isinstance(record, dict) else ():
                kinds.setdefault(str(name), set()).add(type(value))
        if not kinds:
            raise TextsUnusable(f"{path}: nothing is in it. Name another file.")
        self.schema = pa.schema([(name, _kind(found - {type(None)})) for name, found in kinds.items()])

    def records(self) -> Iterator[dict[str, Any] | str]:
        """Each row, or what is wrong with it."""
        raise NotImplementedError

    def batches(self, size: int) -> Iterator[tuple[pa.Table, dict[int, str]]]:
        kept: list[dict[str, Any]] = []
        faults: dict[int, str] = {}
        for record in self.records():
            if isinstance(record, str):
                faults[len(kept)] = record
            kept.append(record if isinstance(record, dict) else {})
            if len(kept) == size:
                yield self._table(kept), faults
                kept, faults = [], {}
        if kept:
            yield self._table(kept), faults

    def _table(self, rows: list[dict[str, Any]]) -> pa.Table:
        columns = [
            pa.array([_as(row.get(one.name), one.type) for row in rows], one.type, from_pandas=True)
            for one in self.schema
        ]
        return pa.table(columns, schema=self.schema)


class _JsonLines(_Records):
    def records(self) -> Iterator[dict[str, Any] | str]:
        with self.path.open(encoding=_encoding_of(self.path), errors="replace") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    value = json.loads(line)
                except (ValueError, RecursionError) as error:
                    yield f"line {number} is no JSON ({error}). Write one object a line."
                    continue
                yield value if isinstance(value, dict) else f"line {number} is no JSON object. Write one object a line."


class _Excel(_Records):
    def records(self) -> Iterator[dict[str, Any] | str]:
        import zipfile

        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException

        try:
            book = load_workbook(self.path, read_only=True, data_only=True, keep_links=False)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            raise TextsUnusable(
                f"{self.path}: no readable workbook ({error}). Open it in Excel and save it as .xlsx or CSV."
            ) from None
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(values_only=True)
            head = ["" if name is None else str(name) for name in next(rows, ())]
            twice = sorted({name for name in head if name and head.count(name) > 1})
            if twice:
                raise TextsUnusable(f"{self.path}:1, column {twice[0]}: the name of two columns. Rename one.")
            for cells in rows:
                if any(cell is not None for cell in cells):
                    padded = (*cells, *[None] * (len(head) - len(cells)))
                    yield {name: value for name, value in zip(head, padded, strict=False) if name}
        finally:
            book.close()


def _kind(found: set[type]) -> pa.DataType:
    if found == {bool}:
        return pa.bool_()
    if found == {int}:
        return pa.int64()
    return pa.float64() if found and found <= {int, float} else pa.string()


def _as(value: Any, kind: pa.DataType) -> Any:
    if value is None:
        return None
    if pa.types.is_string(kind):
        if isinstance(value, str):
            return value.encode("utf-8", "replace").decode("utf-8")
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else str(value)
    if pa.types.is_int64(kind) and not -(2**63) <= value < 2**63:
        return None
    return value


def _reader_of(path: Path) -> Any:
    if path.is_dir():
        return _Folder(path)
    if not path.is_file():
        raise TextsUnusable(f"{path}: no such file. Name a table ({', '.join(SUFFIXES)}) or a folder of .txt files.")
    readers: dict[str, Any] = {".parquet": _Parquet, ".xlsx": _Excel, ".xlsm": _Excel}
    readers |= {".jsonl": _JsonLines, ".ndjson": _JsonLines, ".csv": _Separated, ".tsv": _Separated, ".tab": _Separated}
    suffix = path.suffix.lower()
    if suffix not in readers:
        raise TextsUnusable(f"{path}: no table of texts. Name one that ends in {', '.join(SUFFIXES)}.")
    if not path.stat().st_size:
        raise TextsUnusable(f"{path}: nothing is in it. Name another file.")
    return readers[suffix](path)


def _encoding_of(path: Path) -> str:
    """utf-8, utf-16 or gb18030, by all bytes of the file."""
    with path.open("rb") as file:
        start = file.read(3)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"
