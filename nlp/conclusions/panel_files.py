"""A panel as a file: Stata with extended missing values, SPSS with user-missing ones, CSV, Parquet and workbooks with a list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from nlp.conclusions.panel import Missing, Panel
from nlp.conclusions.tables import Columns, columns_of, write_table
from nlp.conclusions.variables import Variable
from nlp.output.whole import replace_file
from nlp.vocabulary.load import load

Language = Literal["zh", "en"]
Progress = Callable[[int, int], None]
STREAMED = (".csv", ".parquet", ".xlsx")
SUFFIXES = (*STREAMED, ".dta", ".sav")
MAX_LABEL_CHARS = 80  # of a variable in Stata
KINDS = {"number": "float", "count": "float", "adjusted": "float", "truth": "boolean"}
STATA_BEGINS, SPSS_BEGINS = date(1960, 1, 1), date(1582, 10, 14)
TRUTH: dict[Language, dict[int | float, str]] = {"zh": {0: "否", 1: "是"}, "en": {0: "no", 1: "yes"}}


def missing_path(out: Path) -> Path:
    """Where the kinds of missing values go that the format cannot hold: ``panel.csv`` → ``panel.missing.csv``."""
    return out.with_name(f"{out.stem}.missing.csv")


def labels_path(out: Path) -> Path:
    """Where names and labels of the columns go that the format cannot hold: ``panel.csv`` → ``panel.variables.csv``."""
    return out.with_name(f"{out.stem}.variables.csv")


def paths_of(out: Path) -> list[Path]:
    """All files that a panel is written to."""
    return [out, missing_path(out), labels_path(out)] if out.suffix.lower() in STREAMED else [out]


def write_panel(
    panel: Panel, out: Path, *, language: Language = "zh", progress: Progress = lambda d, t: None
) -> list[Path]:
    """Write the panel in the format of the suffix; the paths written come back.

    CSV, Parquet and workbooks are written row by row. What Stata and SPSS read is put together in memory, some 20 kB a row.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix.lower() in STREAMED:
        write_table(out, panel_columns(panel), (_without_kinds(row) for row in panel.rows(progress)))
        write_table(missing_path(out), columns_of("panel_missing"), _kinds(panel))
        write_table(labels_path(out), [(name, "string", "") for name in ("column", "zh", "en")], _labels(panel))
        return paths_of(out)
    write = _write_stata if out.suffix.lower() == ".dta" else _write_spss
    replace_file(out, lambda file: write(file, panel, language, progress))
    return [out]


def panel_columns(panel: Panel) -> Columns:
    """All columns with their types."""
    return [*columns_of("panel"), *((v.name, KINDS[v.kind], v.zh) for v in panel.variables)]


def _without_kinds(row: dict[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, Missing) else value for name, value in row.items()}


def _kinds(panel: Panel) -> Iterator[dict[str, Any]]:
    for row in panel.rows():
        for name, value in row.items():
            if isinstance(value, Missing):
                yield {"body_id": row["body_id"], "year": row["year"], "column": name, "kind": str(value)}


def _labels(panel: Panel) -> Iterator[dict[str, str]]:
    for name, _, zh, en in load("conclusions")["panel"]["columns"]:
        yield {"column": name, "zh": zh, "en": en}
    for variable in panel.variables:
        yield {"column": variable.name, "zh": variable.zh, "en": variable.en}


def _label_of(panel: Panel, language: Language) -> dict[str, str | None]:
    return {row["column"]: row[language][:MAX_LABEL_CHARS] for row in _labels(panel)}


def _columns_in_memory(
    panel: Panel, progress: Progress, shown: Callable[[Missing], Any]
) -> tuple[dict[str, list[Any]], dict[str, set[str]]]:
    """The panel by columns, missing values as ``shown`` says, and which kinds each column has."""
    columns: dict[str, list[Any]] = {name: [] for name, *_ in panel_columns(panel)}
    kinds: dict[str, set[str]] = {}
    for row in panel.rows(progress):
        for name, value in row.items():
            if isinstance(value, Missing):
                kinds.setdefault(name, set()).add(str(value))
                value = shown(value)
            elif isinstance(value, bool):
                value = float(value)
            columns[name].append(value)
    return columns, kinds


def _frame(panel: Panel, columns: dict[str, list[Any]], lettered: set[str], day: Callable[[date], float]) -> Any:
    """A pandas frame: numbers as floats but for columns with letters, days as numbers, text with "" for what is not told."""
    import pandas as pd

    types = {name: kind for name, kind, _ in panel_columns(panel)}
    made = {}
    for name in list(columns):
        values = columns.pop(name)
        if types[name] == "string" or name in lettered:
            made[name] = pd.Series(values, dtype=object)
        else:
            if types[name] == "date":
                values = [None if value is None else day(value) for value in values]
            made[name] = pd.Series(values, dtype="float64")
        if types[name] == "string":
            made[name] = made[name].fillna("")
    return pd.DataFrame(made)


def _truths(variables: list[Variable], language: Language) -> dict[str, dict[int | float, str]]:
    return {v.name: dict(TRUTH[language]) for v in variables if v.kind == "truth"}


def _write_stata(path: Path, panel: Panel, language: Language, progress: Progress) -> None:
    import pyreadstat

    letters = {kind: entry["letter"] for kind, entry in load("conclusions")["missing"].items()}
    columns, kinds = _columns_in_memory(panel, progress, lambda missing: letters[missing])
    frame = _frame(panel, columns, set(kinds), lambda day: float((day - STATA_BEGINS).days))
    pyreadstat.write_dta(
        frame, path, file_label="Gongkai", column_labels=_label_of(panel, language),
        variable_value_labels=_truths(panel.variables, language),
        missing_user_values={name: sorted(letters[kind] for kind in of) for name, of in kinds.items()},
        variable_format={"published_on": "%td", "year": "%8.0f"},
    )  # fmt: skip


def _write_spss(path: Path, panel: Panel, language: Language, progress: Progress) -> None:
    import pyreadstat

    missing = load("conclusions")["missing"]
    numbers = {kind: float(entry["number"]) for kind, entry in missing.items()}
    columns, kinds = _columns_in_memory(panel, progress, lambda kind: numbers[kind])
    values = _truths(panel.variables, language)
    for name, of in kinds.items():
        values.setdefault(name, {}).update({numbers[kind]: missing[kind][language] for kind in of})
    pyreadstat.write_sav(
        _frame(panel, columns, set(), lambda day: (day - SPSS_BEGINS).days * 86_400.0), path, file_label="Gongkai", column_labels=_label_of(panel, language),
        variable_value_labels=values, row_compress=True, variable_format={"published_on": "SDATE10"},
        missing_ranges={name: [{"lo": min(numbers.values()), "hi": max(numbers.values())}] for name in kinds},
    )  # fmt: skip
