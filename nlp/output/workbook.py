"""All tables in one Excel workbook, with Chinese headings, a sheet per table and the codebook as the first sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from nlp.output.codebook import KINDS, english_names, in_both
from nlp.output.codebook import tables as chapters_of_tables
from nlp.output.names import names
from nlp.vocabulary.load import load

MAX_ROWS = 1_048_576  # of a sheet, with its heading
MAX_CELL_CHARS = 32_767
CUT = "…"
WIDTHS = {"string": 18, "integer": 10, "float": 10, "decimal": 14, "boolean": 8, "date": 12}


class Workbook:
    """``gongkai.xlsx``. Text stays text: no formulas, no links. A table too long for a sheet goes on in another.

    A cell of more than 32,767 characters is cut and ends in "…". Rows go to disk one by one, so memory stays small.
    """

    def __init__(self, folder: Path, tables: Iterable[str]) -> None:
        options = {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd", "nan_inf_to_errors": True, "tmpdir": str(folder.parent),
        }  # fmt: skip
        self._book = xlsxwriter.Workbook(str(folder / "gongkai.xlsx"), options)
        self._book.set_properties({"title": "Gongkai", "created": datetime(2000, 1, 1)})  # equal runs, equal files
        self._heading = self._book.add_format({"bold": True, "bg_color": "#DDE7F0", "border": 1})
        tables = list(tables)
        self._codebook(tables)
        self._sheets = {name: self._sheet(name, 1) for name in tables}
        self._next = {name: (1, 1) for name in tables}  # number of the sheet, row

    def write(self, name: str, rows: pa.Table) -> None:
        """Add rows to a sheet."""
        number, row = self._next[name]
        for values in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            if row == MAX_ROWS:
                number, row = number + 1, 1
                self._sheets[name] = self._sheet(name, number)
            for column, value in enumerate(values):
                if value is not None:
                    _put(self._sheets[name], row, column, value)
            row += 1
        self._next[name] = number, row

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _sheet(self, name: str, number: int) -> Worksheet:
        table = load("codebook")[name]
        sheet = self._book.add_worksheet(table["zh"] if number == 1 else f"{table['zh']} ({number})")
        for at, (_, kind, zh, _) in enumerate(table["columns"]):
            sheet.set_column(at, at, WIDTHS[kind])
            sheet.write_string(0, at, zh, self._heading)
        sheet.freeze_panes(1, 0)
        return sheet

    def _codebook(self, tables: list[str]) -> None:
        sheet = self._book.add_worksheet("数据字典")
        lines = [("工作表", "table", "列", "column", "type", "说明", "description")]
        for part in chapters_of_tables("codebook", tables):
            sheet_name = load("codebook")[part.anchor]["zh"]
            for name, zh, kind, text in part.rows:
                lines.append((sheet_name, part.anchor, str(zh), str(name), str(kind), *in_both(text)))
        lines.append(("",) * 7)
        lines += [("标签", "labels", zh, key, "", "", "") for key, zh in names("labels").items()]
        for kinds, (title, _) in KINDS.items():
            lines += [
                (title, kinds, zh, key, "", "", english_names(kinds).get(key, "")) for key, zh in names(kinds).items()
            ]
        for at, width in enumerate((12, 16, 18, 22, 10, 60, 90)):
            sheet.set_column(at, at, width)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                sheet.write_string(row, column, value, self._heading if row == 0 else None)
        sheet.freeze_panes(1, 0)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        units = value.encode("utf-16-le")  # Excel counts UTF-16 units
        if len(units) > 2 * MAX_CELL_CHARS:
            value = units[: 2 * (MAX_CELL_CHARS - 1)].decode("utf-16-le", "ignore") + CUT
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write(row, column, value)  # decimals and dates
