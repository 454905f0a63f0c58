"""Estimates as files: CSV and Parquet with one row an estimate, JSON with everything, a page with plots."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nlp.conclusions.estimate import Study
from nlp.conclusions.place import PlaceTaken, check_file
from nlp.output.files import safe_cell
from nlp.output.whole import replace_file, write_text
from nlp.version import __version__

SUFFIXES = (".csv", ".parquet", ".json")


def check_study_path(out: Path | None, *, force: bool = False) -> None:
    """Raises ``PlaceTaken`` for a file that is there, or whose suffix tells no format."""
    if out is None:
        return
    if out.suffix.lower() not in SUFFIXES:
        raise PlaceTaken(f"{out}: unknown format. Name a file that ends in {', '.join(SUFFIXES)}.")
    for path in (out, differences_path(out)):
        check_file(path, force=force)


def differences_path(out: Path) -> Path:
    """Where the differences go that a table of estimates has no place for: ``a.csv`` → ``a.differences.csv``."""
    return out.with_name(f"{out.stem}.differences{out.suffix}")


def write_study(study: Study, out: Path) -> list[Path]:
    """Write the estimates in the format of the suffix; the paths written come back."""
    out.parent.mkdir(parents=True, exist_ok=True)
    kind = out.suffix.lower()
    if kind == ".json":
        content = {
            "gongkai": __version__,
            "notes": study.notes,
            "estimates": study.rows,
            "differences": study.differences,
        }
        write_text(out, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        return [out]
    tables = {out: study.rows} | ({differences_path(out): study.differences} if study.differences else {})
    for path, rows in tables.items():
        if kind == ".csv":
            write_csv(path, rows)
        else:
            replace_file(path, lambda file, rows=rows: _write_parquet(file, rows))  # type: ignore[misc]
    return [*tables]


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows with equal keys as CSV with a byte order mark; no cell is taken for a formula, none is "nan" or "None"."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    write_text(path, "\ufeff" + file.getvalue())


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else safe_cell(str(value)) or ""


def _write_parquet(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    names = list(rows[0]) if rows else []
    pa.parquet.write_table(pa.table({name: [row[name] for row in rows] for name in names}), path, compression="zstd")
