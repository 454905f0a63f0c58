"""Parquet in folders by year, for tables too large for one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from nlp.output.files import ParquetFile
from nlp.output.frames import schema
from nlp.output.rows import ASIDE

UNKNOWN_YEAR = "__HIVE_DEFAULT_PARTITION__"  # what Hive, Spark, Arrow, polars and DuckDB read as null
ROWS_A_GROUP = 16_384
MAX_WAITING = 60_000  # rows of all tables and years together that wait for their group to fill
MAX_PIECES = 16  # a piece of a few rows takes more memory around them than in them


class ParquetByYear:
    """``TABLE/year=2022/part-0.parquet`` below a folder. Readers add the column ``year`` from the name of the folder.

    ``reports`` therefore has no column ``year`` of its own here; ``failures`` and ``skipped`` are one file each, ``failures/part-0.parquet``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[tuple[str, int | None], ParquetFile] = {}
        self._waiting: dict[tuple[str, int | None], list[pa.Table]] = {}
        self._rows: Counter[tuple[str, int | None]] = Counter()

    def write(self, name: str, year: int | None, rows: pa.Table) -> None:
        """Add rows of the reports of one year to a table. The year of ``failures`` is not looked at."""
        if not rows.num_rows:
            return
        if "year" in rows.column_names:
            rows = rows.drop_columns(["year"])
        key = name, year
        waiting = self._waiting.setdefault(key, [])
        waiting.append(rows)
        self._rows[key] += rows.num_rows
        if len(waiting) > MAX_PIECES:
            waiting[:] = [pa.concat_tables(waiting).combine_chunks()]
        if self._rows[key] >= ROWS_A_GROUP:
            self._write(key, self._rows[key] - self._rows[key] % ROWS_A_GROUP)

    def relieve(self) -> None:
        """Write the fullest groups while too many rows wait. What is written when depends on where this is called alone."""
        while self._rows.total() > MAX_WAITING:
            key = max(sorted(self._rows, key=str), key=lambda key: self._rows[key])
            self._write(key, self._rows[key])

    def _write(self, key: tuple[str, int | None], count: int) -> None:
        """Write the first ``count`` rows that wait for a file."""
        table = pa.concat_tables(self._waiting[key])
        self._file(*key, table.schema).write_table(table.slice(0, count).combine_chunks(), ROWS_A_GROUP)
        self._waiting[key] = [table.slice(count).combine_chunks()] if count < table.num_rows else []
        self._rows[key] -= count

    def close(self, names: Iterable[str]) -> None:
        """Write what waits, and finish all files. Of ``names``, a table without rows gets an empty file."""
        for key, count in self._rows.items():
            if count:
                self._write(key, count)
        for name in names:
            if not (self._folder / name).exists():
                kind = schema(name)
                self._file(name, None, kind.remove(kind.get_field_index("year")) if "year" in kind.names else kind)
        for file in self._files.values():
            file.close()

    def _file(self, name: str, year: int | None, kind: pa.Schema) -> ParquetFile:
        if (name, year) not in self._files:
            folder = self._folder / name
            if name not in ASIDE:
                folder /= f"year={UNKNOWN_YEAR if year is None else year}"
            folder.mkdir(parents=True, exist_ok=True)
            self._files[name, year] = ParquetFile(folder / "part-0.parquet", kind, compression="zstd")
        return self._files[name, year]
