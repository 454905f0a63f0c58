"""Parquet as a table; a date that no calendar has is told as the number it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp.inputs.rows import Record

ROWS_A_BATCH = 64


def parquet_records(path: Path) -> Iterator[Record]:
    """The records of a Parquet file, a few at a time. Raises ``ValueError`` when it is damaged, ``OSError``."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=ROWS_A_BATCH):
                columns = [_values(column) for column in batch.columns]
                names = batch.schema.names
                for row in range(batch.num_rows):
                    yield {name: values[row] for name, values in zip(names, columns, strict=True)}
    except pa.ArrowException as error:
        raise ValueError(str(error).splitlines()[0] if str(error) else type(error).__name__) from error


def _values(column: Any) -> list[object]:
    import pyarrow as pa

    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError, TypeError, pa.ArrowException):
        return [_value(scalar) for scalar in column]


def _value(scalar: Any) -> object:
    import pyarrow as pa

    try:
        return scalar.as_py()
    except (ValueError, OverflowError, TypeError, pa.ArrowException):
        return f"{scalar.type} {getattr(scalar, 'value', '?')}"
