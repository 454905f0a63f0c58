"""Estimates as files: CSV, Parquet and workbooks with one row an estimate, JSON with everything, a page with plots."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlp.conclusions.estimate import Study
from nlp.conclusions.place import check_file
from nlp.conclusions.tables import Columns, write_table
from nlp.output.whole import write_text
from nlp.records import OutputRefused
from nlp.version import __version__

SUFFIXES = (".csv", ".parquet", ".xlsx", ".json", ".html")
NUMBERS = ("labelled", "labelled_reports", "units", "reports")
TEXTS = ("measure", "scheme", "label", "zh", "basis")


def check_study_path(out: Path | None, *, force: bool = False) -> None:
    """Raises ``OutputRefused`` for a file that is there, or whose suffix tells no format."""
    if out is None:
        return
    if out.suffix.lower() not in SUFFIXES:
        raise OutputRefused(f"{out}: unknown format. Name a file that ends in {', '.join(SUFFIXES)}.")
    for path in (out, differences_path(out)):
        check_file(path, force=force)


def differences_path(out: Path) -> Path:
    """Where the differences go that a table of estimates has no place for: ``a.csv`` → ``a.differences.csv``."""
    return out.with_name(f"{out.stem}.differences{out.suffix}")


def write_study(study: Study, out: Path) -> list[Path]:
    """Write the estimates in the format of the suffix; the paths written come back."""
    if out.suffix.lower() == ".html":
        from nlp.conclusions.study_page import study_page  # the library of plots is large to load

        out.parent.mkdir(parents=True, exist_ok=True)
        write_text(out, study_page(study))
        return [out]
    if out.suffix.lower() == ".json":
        content = {
            "gongkai": __version__,
            "notes": study.notes,
            "estimates": study.rows,
            "differences": study.differences,
        }
        out.parent.mkdir(parents=True, exist_ok=True)
        write_text(out, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        return [out]
    tables = {out: study.rows} | ({differences_path(out): study.differences} if study.differences else {})
    for path, rows in tables.items():
        write_table(path, study_columns(study, rows), rows)
    return [*tables]


def study_columns(study: Study, rows: Sequence[dict[str, Any]]) -> Columns:
    """The columns of estimates: those of the groups are text."""
    groups = [f"{column}{end}" for column in study.question.by for end in ("", "_from", "_to")]
    kinds = dict.fromkeys((*TEXTS, *groups), "string") | dict.fromkeys(NUMBERS, "integer")
    return [(name, kinds.get(name, "float"), "") for name in (rows[0] if rows else ())]
