"""Tags of any number of reports, for measurements: those of some reports again and again, under other ids, years and bodies.

As a program: ``python tests/conclusions/many.py TAGS OUT --times 25`` writes TAGS twenty-five times over.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import duckdb

from nlp.vocabulary.load import load


def multiply(tags: Path, out: Path, times: int) -> None:
    """Write the Parquet tables of ``tags`` so many times over into ``out``; each time is a body of its own and another year."""
    out.mkdir(parents=True)
    db = duckdb.connect()
    for name, table in load("codebook").items():
        columns = [column for column, *_ in table["columns"]]
        shown = ", ".join(_column(column) for column in columns)
        source = f"read_parquet('{tags / f'{name}.parquet'}')"
        repeat = f"(SELECT range AS time FROM range({times}))" if "report_id" in columns else "(SELECT 0 AS time)"
        db.execute(
            f"COPY (SELECT {shown} FROM {repeat} r CROSS JOIN {source}) TO '{out / f'{name}.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
        )
    if (tags / "run.json").exists():
        shutil.copyfile(tags / "run.json", out / "run.json")


def _column(column: str) -> str:
    quoted = f'"{column}"'
    if column == "report_id":
        return f"substr(md5(concat({quoted}, time)), 1, 16) AS {quoted}"
    if column == "body_id":
        # Pairs of times are one body in two years.
        return f"CASE WHEN {quoted} IS NULL THEN NULL ELSE concat(time // 2, {quoted}) END AS {quoted}"
    if column == "year":
        return f"{quoted} - CAST(time % 2 AS BIGINT) AS {quoted}"
    return quoted


def main() -> None:
    """Multiply and say so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("tags", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--times", type=int, default=25)
    given = parser.parse_args()
    multiply(given.tags, given.out, given.times)


if __name__ == "__main__":
    main()
