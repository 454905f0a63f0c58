"""Excel workbooks, sheet by sheet; whatever is wrong with one is told in a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from nlp.inputs.rows import Sheet, under_head
from nlp.records import ReportUnreadable

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class WorkbookDamaged(ValueError):
    """A workbook that cannot be read; the message says why."""


def is_workbook(head: bytes) -> bool:
    """Whether the first bytes are those of a zip file, as workbooks are, or of an old or locked one."""
    return head.startswith((b"PK\x03\x04", OLD_WORKBOOK))


def workbook_sheets(path: Path, is_head: Callable[[Sequence[object]], bool]) -> Iterator[Sheet]:
    """The sheets with anything in them; the one of a workbook with one sheet has no name.

    Raises
    ------
    WorkbookDamaged
        also while the records of a sheet are read
    ReportUnreadable
        ``needs_package``
    """
    filled = []
    for name, rows in read_workbook(path):
        first = next((row for row in rows if any(cell is not None for cell in row)), None)
        if first is not None:
            filled.append((name, chain([first], rows)))
    for name, rows in filled:
        yield Sheet(name if len(filled) > 1 else None, under_head(rows, is_head))


def read_workbook(path: Path) -> Iterator[tuple[str, Iterator[Sequence[Any]]]]:
    """Name and rows of cells of each sheet. Rows are streamed, but Excel's own list of strings must be in memory.

    Raises ``WorkbookDamaged``, also while rows are read.
    """
    try:
        import openpyxl
    except ImportError:
        raise ReportUnreadable(
            "needs_package", f"{path.name}: Excel files need openpyxl.", "pip install openpyxl", "open"
        ) from None
    data = path.read_bytes()  # openpyxl would refuse another suffix
    if data.startswith(OLD_WORKBOOK):
        raise WorkbookDamaged("locked with a password, or of Excel 97–2003: save it as .xlsx without a password")
    # A foreign or damaged workbook raises anything here: KeyError, TypeError, errors of XML and zip, of our own system.
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets]
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise WorkbookDamaged(_said(error)) from error
    if not sheets:
        raise WorkbookDamaged("no sheet is in it")
    for sheet in sheets:
        yield sheet.title, _rows(sheet)


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    try:
        sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
        yield from sheet.iter_rows(values_only=True)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise WorkbookDamaged(f"sheet {sheet.title}: {_said(error)}") from error


def _said(error: Exception) -> str:
    words = " ".join(str(error).split())[:120]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
