"""Tables that people keep: CSV in any encoding and with any separator that a spreadsheet saves, and workbooks."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.conclusions.design import SampleUnusable
from nlp.reading.decode import decode
from nlp.records import ReportUnreadable

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Rows = Iterator[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row below the heading: its cells by column, "" where a column lacks, and the place of each for messages."""

    file: str
    row: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def place(self, column: str) -> str:
        """Where a cell stands.

        >>> Line("sample.xlsx", 7, {}, {"role": 9}).place("role")
        'sample.xlsx, row 7, column J (role)'
        """
        at = self.columns.get(column)
        if at is None or at >= len(LETTERS):
            return f"{self.file}, row {self.row}, {column}"
        return f"{self.file}, row {self.row}, column {LETTERS[at]} ({column})"


def read_lines(path: Path, names: Mapping[str, str], *, needed: Sequence[Sequence[str]], advice: str) -> Iterator[Line]:
    """The rows of a table that are not empty, columns known by their headings in any order.

    Parameters
    ----------
    names : every word that may head a column, with the name it stands for; other columns are passed over
    needed : groups of names, of each of which a column must be there
    advice : what to do when a column is missing

    Raises
    ------
    SampleUnusable : the file is missing, damaged or of no known kind, lacks a column or has one twice, or cells of the
        columns that are read are merged
    """
    kind = path.suffix.lower()
    try:
        if kind == ".xlsx":
            rows, merged = _workbook(path, names)
        elif kind in (".csv", ".tsv", ".txt"):
            rows, merged = _csv_rows(path), []
        else:
            raise SampleUnusable(f"{path}: unknown kind of table. Give one that ends in .xlsx or .csv.")
        number, head = next(rows, (1, ()))
    except FileNotFoundError:
        raise SampleUnusable(f"{path}: no such file. Look at its name.") from None
    except OSError as error:
        raise SampleUnusable(
            f"{path}: cannot be read ({error.strerror or error}). Close it elsewhere, or copy it."
        ) from None
    columns = _columns(path, number, head, names, needed, advice)
    for area in merged:
        if set(columns.values()) & set(range(area.min_col - 1, area.max_col)):
            raise SampleUnusable(
                f"{path.name}, cells {area.coord}: merged, so that it cannot be told which rows they answer. "
                "Unmerge them and fill in each row."
            )
    for number, cells in rows:
        named = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        # A row with something in another column is kept: it would vanish without a word otherwise.
        if any(cell.strip() for cell in cells):
            yield Line(path.name, number, named, columns)


def _columns(
    path: Path, row: int, head: Sequence[str], names: Mapping[str, str], needed: Sequence[Sequence[str]], advice: str
) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        words = [cell.strip().lstrip("\ufeff"), *cell.replace("\ufeff", "").split()]
        name = next((names[word] for word in words if word in names), None)
        if name is None:
            continue
        if name in found:
            raise SampleUnusable(
                f"{path.name}, row {row}: two columns are called {name} ({LETTERS[found[name] % 26]} and {LETTERS[at % 26]}). "
                "Take one of them out."
            )
        found[name] = at
    if missing := [group[0] for group in needed if not any(name in found for name in group)]:
        shown = ", ".join(cell for cell in head if cell) or "nothing"
        raise SampleUnusable(f"{path.name}, row {row}: no column {', '.join(missing)}; there is {shown}. {advice}")
    return found


def _workbook(path: Path, names: Mapping[str, str]) -> tuple[Rows, list[Any]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise SampleUnusable(f"{path}: no readable workbook ({error}). Save it again as .xlsx.") from None
    firsts = {sheet: next(sheet.iter_rows(max_row=1, values_only=True), ()) for sheet in book.worksheets}
    heads = {
        sheet: {names[word] for cell in first for word in str(cell or "").split() if word in names}
        for sheet, first in firsts.items()
    }
    most = max((len(found) for found in heads.values()), default=0)
    sheets = [sheet for sheet, found in heads.items() if len(found) == most]
    if len(sheets) > 1 and most:
        named = ", ".join(sheet.title for sheet in sheets)
        raise SampleUnusable(f"{path.name}: several sheets have these columns ({named}). Keep the one that is meant.")
    rows = ([_text(cell.value) for cell in row] for row in sheets[0].iter_rows())
    return iter(enumerate(rows, start=1)), list(sheets[0].merged_cells.ranges)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _csv_rows(path: Path) -> Rows:
    try:
        text, _ = decode(path.read_bytes())
    except ReportUnreadable as error:
        raise SampleUnusable(f"{path}: {error} Save it as CSV in UTF-8.") from None
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max("\t,;", key=head.count), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SampleUnusable(
                f"{path.name}, row {number}: cannot be read ({error}). Look for a quotation mark that is not closed."
            ) from None
        yield number, cells
