"""A workbook to be printed: A4 in landscape, all columns on the page, the heading on every page, text as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from math import ceil

import xlsxwriter

from nlp.output.seal import BLANK, seal

Cell = str | int | Decimal | None
MAX_CELL_CHARS = 32_000
MAX_ROWS = 1_000_000
MAX_NAME_CHARS = 31
MAX_NOTE_CHARS = 250  # Excel's header has 255
A4 = 9
LINE_POINTS = 16
BAD_SHEET_CHARS = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


class PrintedBook:
    """Sheets of rows below a heading; no formulas and no links, whatever the text. ``data`` gives the file, sealed."""

    def __init__(self) -> None:
        self._data = io.BytesIO()
        options = {
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True
        }  # fmt: skip
        self._book = xlsxwriter.Workbook(self._data, options)
        self._book.set_properties({"title": "Gongkai", "created": datetime(2000, 1, 1), "comments": BLANK})
        centred = {"bold": True, "bg_color": "#DDE7F0", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self._heading = self._book.add_format(centred)
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self._names: set[str] = set()

    def sheet(
        self, name: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[Cell]], *, note: str = ""
    ) -> None:
        """Add a sheet: ``columns`` are headings with their widths in characters; a cell of ``None`` or "" stays blank.

        The ``note`` is printed at the head of each page.
        """
        sheet = self._book.add_worksheet(sheet_name(name, self._names))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if note:
            sheet.set_header("&L" + note[:MAX_NOTE_CHARS].replace("&", "&&"))
        sheet.set_footer("&C&P / &N")
        for column, (words, width) in enumerate(columns):
            sheet.write_string(0, column, words, self._heading)
            sheet.set_column(column, column, width)
        lines = max(ceil(len(words.encode("gb18030", "replace")) / width) for words, width in columns)
        sheet.set_row(0, LINE_POINTS * max(1, lines))
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value is None or value == "":
                    sheet.write_blank(last, column, None, self._wrapped)
                elif isinstance(value, str):
                    sheet.write_string(last, column, value[:MAX_CELL_CHARS], self._wrapped)
                else:
                    sheet.write_number(last, column, value, self._wrapped)
        sheet.autofilter(0, 0, max(1, last), len(columns) - 1)

    def data(self) -> bytes:
        """The finished file."""
        self._book.close()
        return seal(self._data.getvalue())


def sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, none that Excel forbids, none twice whatever the case; it is added to ``taken``.

    >>> taken = set()
    >>> sheet_name("a/b", taken), sheet_name("A/B", taken)
    ('a_b', 'A_B~2')
    """
    stem = BAD_SHEET_CHARS.sub("_", name)[:MAX_NAME_CHARS] or "sheet"
    candidate, number = stem, 1
    while candidate.lower() in taken:
        number += 1
        candidate = f"{stem[: MAX_NAME_CHARS - 1 - len(str(number))]}~{number}"
    taken.add(candidate.lower())
    return candidate
