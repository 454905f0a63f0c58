"""Excel workbooks: the first sheet, in the same two forms as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from nlp.inputs.workbooks import WorkbookDamaged, read_workbook
from nlp.records import ReportUnreadable
from training.columns import Columns
from training.formats.table import read_rows, rows_of
from training.records import Example, Findings
from training.tasks import Tasks


def read(path: Path, encoding: str, columns: Columns, findings: Findings) -> Iterator[Example]:
    """One example a row of the first sheet. Rows are streamed, but Excel's own list of strings must be in memory."""
    try:
        sheets = list(read_workbook(path))
        if len(sheets) > 1:
            findings.warn("sheets", f"{len(sheets)} sheets: only the first, {sheets[0][0]}, is read.")
        rows = iter(sheets[0][1])
        head = next(rows, ())
        padded = ((*row, *[None] * (len(head) - len(row))) for row in chain([head], rows))
        yield from read_rows(padded, path.name, columns, findings)
    except (WorkbookDamaged, ReportUnreadable) as error:
        findings.fatal("excel", f"no readable workbook ({error}). Open it in Excel and save it as .xlsx or CSV.")


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
