"""A sheet that a person filled in, as rows of cells with their places; what a spreadsheet did to it is undone or told."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.conclusions.design import SampleUnusable
from nlp.conclusions.sheet import FILLED, LABEL_COLUMNS, SHOWN
from nlp.reading.decode import decode
from nlp.records import ReportUnreadable

ROLE = "role"
LABELS = tuple(f"label_{number}" for number in range(1, LABEL_COLUMNS + 1))
READ = ("id", ROLE, *LABELS, "labels", "note")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row as it was filled in: ``cells`` by column, with the ``place`` of each for messages ("row 7, column J (role)")."""

    file: str
    row: int
    cells: Mapping[str, str]
    columns: Mapping[str, int | None]

    def place(self, column: str) -> str:
        """Where a cell stands.

        >>> FilledRow("sample.xlsx", 7, {}, {"role": 9}).place("role")
        'sample.xlsx, row 7, column J (role)'
        """
        at = self.columns.get(column)
        letter = "" if at is None or at >= len(LETTERS) else f" {LETTERS[at]}"
        return (
            f"{self.file}, row {self.row}, column{letter} ({column})"
            if letter
            else f"{self.file}, row {self.row}, {column}"
        )


def read_filled(path: Path) -> list[FilledRow]:
    """The rows of a sheet that bear anything in the columns that are read, in their order.

    ``.xlsx`` and ``.csv`` (in any encoding and with any separator that a spreadsheet saves), Label Studio's ``.json``
    and doccano's ``.jsonl``. Columns are known by their names, in any order.

    Raises
    ------
    SampleUnusable : the file is missing or damaged, lacks a column, or has merged cells there
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SampleUnusable(f"{path}: unknown kind of sheet. Give one that ends in {', '.join(READERS)}.")
    try:
        return list(reader(path))
    except FileNotFoundError:
        raise SampleUnusable(f"{path}: no such file. Give the sheet that `gongkai sample` wrote, filled in.") from None
    except OSError as error:
        raise SampleUnusable(
            f"{path}: cannot be read ({error.strerror or error}). Close it elsewhere, or copy it."
        ) from None


def _table(path: Path, rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[FilledRow]:
    """Rows below a heading, as columns by name."""
    number, head = next(rows, (1, ()))
    columns = _columns(path, number, head)
    for number, cells in rows:
        named = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        # A row without id is kept if anything stands in it: it would vanish without a word otherwise.
        if any(named.values()) or any(cell.strip() for cell in cells):
            yield FilledRow(path.name, number, named, columns)


def _columns(path: Path, row: int, head: Sequence[str]) -> dict[str, int]:
    """Where each column stands that is read; headings are a key, a Chinese name, or both."""
    names = {zh: key for key, zh, _ in (*SHOWN, *FILLED)} | {"标签": "labels"}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        words = cell.replace("\ufeff", "").split()
        key = next((names.get(word, word) for word in words if names.get(word, word) in READ), None)
        if key is None:
            continue
        if key in found:
            raise SampleUnusable(
                f"{path.name}, row {row}: two columns are called {key} ({LETTERS[found[key] % 26]} and {LETTERS[at % 26]}). "
                "Take one of them out."
            )
        found[key] = at
    missing = [key for key in ("id", ROLE) if key not in found]
    if not any(key in found for key in (*LABELS, "labels")):
        missing.append(LABELS[0])
    if missing:
        shown = ", ".join(cell for cell in head if cell) or "nothing"
        raise SampleUnusable(
            f"{path.name}, row {row}: no column {', '.join(missing)}; there is {shown}. "
            "Put back the headings that `gongkai sample` wrote."
        )
    return found


def _read_workbook(path: Path) -> Iterator[FilledRow]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise SampleUnusable(f"{path}: no readable workbook ({error}). Save it again as .xlsx.") from None
    sheets = [sheet for sheet in book.worksheets if _is_sample(sheet)] or [book.worksheets[0]]
    if len(sheets) > 1:
        named = ", ".join(sheet.title for sheet in sheets)
        raise SampleUnusable(
            f"{path.name}: several sheets have a column id ({named}). Keep the one that you filled in."
        )
    sheet = sheets[0]
    rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
    if rows:
        columns = set(_columns(path, 1, rows[0]).values())
        for area in sheet.merged_cells.ranges:
            if columns & set(range(area.min_col - 1, area.max_col)):
                raise SampleUnusable(
                    f"{path.name}, cells {area.coord}: merged, so that it cannot be told which rows they answer. "
                    "Unmerge them and fill in each row."
                )
    yield from _table(path, ((number, row) for number, row in enumerate(rows, start=1)))


def _is_sample(sheet: Any) -> bool:
    first = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True), ())
    return any(str(cell or "").split()[:1] in (["id"], ["编号"]) for cell in first)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _read_csv(path: Path) -> Iterator[FilledRow]:
    try:
        text, _ = decode(path.read_bytes())
    except ReportUnreadable as error:
        raise SampleUnusable(f"{path}: {error} Save it as CSV in UTF-8.") from None
    head = text.partition("\n")[0]
    delimiter = max("\t,;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        number = 0
        while True:
            number += 1
            try:
                yield number, next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise SampleUnusable(
                    f"{path.name}, row {number}: cannot be read ({error}). Look for a quotation mark that is not closed."
                ) from None

    yield from _table(path, rows())


def _read_label_studio(path: Path) -> Iterator[FilledRow]:
    """Label Studio's export: the last annotation of each task that was not cancelled, the one marked as true first."""
    try:
        tasks = json.loads(decode(path.read_bytes())[0])
    except (ValueError, ReportUnreadable) as error:
        raise SampleUnusable(f"{path}: no readable JSON ({error}). Export the project again.") from None
    if not isinstance(tasks, list):
        raise SampleUnusable(f"{path}: not a list of tasks. Export the project as JSON.")
    for number, task in enumerate(tasks, start=1):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise SampleUnusable(f"{path.name}, row {number}: no task of a JSON export. Export the project as JSON.")
        done = [a for a in task.get("annotations") or [] if isinstance(a, dict) and not a.get("was_cancelled")]
        chosen = next((a for a in done if a.get("ground_truth")), done[-1] if done else {})
        named: dict[str, list[str]] = {}
        for part in chosen.get("result") or []:
            choices = (part.get("value") or {}).get("choices") or []
            named.setdefault(str(part.get("from_name")), []).extend(map(str, choices))
        cells = {
            "id": str(task["data"].get("id", "")),
            ROLE: "|".join(named.get("role", [])),
            "labels": "|".join(named.get("label", [])),
        }
        yield FilledRow(path.name, number, cells, {})


def _read_doccano(path: Path) -> Iterator[FilledRow]:
    """doccano's export: roles and labels share one list."""
    from nlp.output.names import names

    roles = {spelling: key for key, zh in names("roles").items() for spelling in (key, zh, f"{key} {zh}")}
    try:
        text, _ = decode(path.read_bytes())
    except ReportUnreadable as error:
        raise SampleUnusable(f"{path}: {error} Export the project again.") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            given = [str(label) for label in value.get("label") or value.get("labels") or []]
        except (ValueError, AttributeError, TypeError) as error:
            raise SampleUnusable(
                f"{path.name}, row {number}: no readable JSON ({error}). Export the project again."
            ) from None
        cells = {
            "id": str(value.get("sample_id", "")),
            ROLE: "|".join(roles[label] for label in given if label in roles),
            "labels": "|".join(label for label in given if label not in roles),
        }
        yield FilledRow(path.name, number, cells, {})


READERS: dict[str, Callable[[Path], Iterator[FilledRow]]] = {
    ".xlsx": _read_workbook, ".csv": _read_csv, ".txt": _read_csv, ".tsv": _read_csv,
    ".json": _read_label_studio, ".jsonl": _read_doccano,
}  # fmt: skip
