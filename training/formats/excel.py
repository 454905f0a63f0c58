"""Excel workbooks: the first sheet, in the same two forms as CSV."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from training.columns import Columns
from training.formats.table import read_rows, rows_of
from training.records import Example, Findings
from training.tasks import Tasks


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """One example a row of the first sheet. Rows are streamed, but Excel's own list of strings must be in memory."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        findings.fatal("excel", f"no readable workbook ({error}). Open it in Excel and save it as .xlsx or CSV.")
    try:
        if len(book.sheetnames) > 1:
            findings.warn("sheets", f"{len(book.sheetnames)} sheets: only the first, {book.sheetnames[0]}, is read.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
        width = len(next(sheet.iter_rows(max_row=1, values_only=True), ()))
        padded = ((*row, *[None] * (width - len(row))) for row in sheet.iter_rows(values_only=True))
        yield from read_rows(padded, path.name, columns, findings)
    finally:
        book.close()


def write(path: Path, tasks: Tasks) -> list[Path]:
    """Write a workbook with one sheet, every cell as text; its path comes back."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows_of(tasks)):
            for at, cell in enumerate(row):
                sheet.write_string(number, at, cell)
    return [path]
