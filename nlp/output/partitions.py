"""Parquet in folders by year, for tables too large for one file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from nlp.output.frames import schema

UNKNOWN_YEAR = "__HIVE_DEFAULT_PARTITION__"  # what Hive, Spark, Arrow, polars and DuckDB read as null
ROWS_A_GROUP = 16_384  # a file is open for every table and year: smaller groups keep the memory small


class ParquetByYear:
    """``TABLE/year=2022/part-0.parquet`` below a folder. Readers add the column ``year`` from the name of the folder.

    ``reports`` therefore has no column ``year`` of its own here; ``failures`` is one file, ``failures/part-0.parquet``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[tuple[str, int | None], pa.parquet.ParquetWriter] = {}
        self._waiting: dict[tuple[str, int | None], list[pa.Table]] = {}

    def write(self, name: str, year: int | None, rows: pa.Table) -> None:
        """Add rows of the reports of one year to a table. The year of ``failures`` is not looked at."""
        if not rows.num_rows:
            return
        if "year" in rows.column_names:
            rows = rows.drop_columns(["year"])
        waiting = self._waiting.setdefault((name, year), [])
        waiting.append(rows)
        if sum(piece.num_rows for piece in waiting) >= ROWS_A_GROUP:
            table = pa.concat_tables(waiting)
            whole = table.num_rows - table.num_rows % ROWS_A_GROUP
            self._file(name, year, table.schema).write_table(table.slice(0, whole).combine_chunks(), ROWS_A_GROUP)
            waiting[:] = [table.slice(whole)]

    def close(self, names: Iterable[str]) -> None:
        """Write what waits, and finish all files. Of ``names``, a table without rows gets an empty file."""
        for (name, year), waiting in self._waiting.items():
            table = pa.concat_tables(waiting)
            if table.num_rows:
                self._file(name, year, table.schema).write_table(table.combine_chunks(), ROWS_A_GROUP)
        for name in names:
            if not (self._folder / name).exists():
                kind = schema(name)
                self._file(name, None, kind.remove(kind.get_field_index("year")) if "year" in kind.names else kind)
        for file in self._files.values():
            file.close()

    def _file(self, name: str, year: int | None, kind: pa.Schema) -> pa.parquet.ParquetWriter:
        if (name, year) not in self._files:
            folder = self._folder / name
            if name != "failures":
                folder /= f"year={UNKNOWN_YEAR if year is None else year}"
            folder.mkdir(parents=True, exist_ok=True)
            self._files[name, year] = pa.parquet.ParquetWriter(folder / "part-0.parquet", kind, compression="zstd")
        return self._files[name, year]
