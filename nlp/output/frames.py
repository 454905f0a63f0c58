"""Tables in memory: rows become Arrow tables with the schema of the codebook, and those become pandas frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from nlp.output.rows import Row
from nlp.vocabulary.load import load

if TYPE_CHECKING:
    import pandas as pd

PLACES = Decimal("0.000001")  # 万元 with four places, shares with two
TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "float": pa.float64(),
    "decimal": pa.decimal128(24, 6),  # 18 digits before the point
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
LARGEST = Decimal(10) ** 18


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table; the metadata holds the Chinese names and the descriptions of table and columns."""
    entry = load("codebook")[table]
    return pa.schema(
        [
            pa.field(name, TYPES[kind], metadata={"zh": zh, "description": description})
            for name, kind, zh, description in entry["columns"]
        ],
        metadata={"zh": entry["zh"], "description": entry["en"]},
    )


def arrow_table(table: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table. A lone surrogate of a damaged text becomes "?": files hold valid Unicode only."""
    return pa.table(columns(table, rows), schema=schema(table))


def columns(table: str, rows: Sequence[Row]) -> list[pa.Array]:
    """The columns of a table as Arrow arrays, in the order of the codebook.

    A decimal is rounded to six places; one of more than 18 digits, which no report can mean, is left out (its ``raw``
    stays).
    """
    fields = schema(table)
    values = list(zip(*rows, strict=True)) if rows else [()] * len(fields)
    return [_array(column, field.type) for column, field in zip(values, fields, strict=True)]


def _array(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        return pa.array([_valid(value) for value in values], kind)
    if pa.types.is_decimal(kind):
        return pa.array([_fitting(value) for value in values], kind)  # type: ignore[arg-type]
    return pa.array(values, kind)


def _valid(value: object) -> object:
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def _fitting(value: Decimal | None) -> Decimal | None:
    if value is None or not value.is_finite() or abs(value) >= LARGEST:
        return None
    exponent = value.as_tuple().exponent
    return value.quantize(PLACES) if isinstance(exponent, int) and exponent < -6 else value


def frames(tables: Mapping[str, pa.Table]) -> dict[str, pd.DataFrame]:
    """Arrow tables as pandas frames. Decimals become float64 and integers with gaps Int64, so that columns compute."""
    import pandas as pd

    result = {}
    for name, table in tables.items():
        for at, field in enumerate(table.schema):
            if pa.types.is_decimal(field.type):
                table = table.set_column(at, field.name, table[field.name].cast(pa.float64()))
        result[name] = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return result
