"""The damage that the tables of a copied report show, of the catalogue of the extraction guide.

Section 1, "How the tables arrive as text"; the grids of pages and documents are damaged as their editors damage them.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from nlp.records import Edition
from training.generated.edits import damage_cells
from training.generated.numbers import Cells
from training.generated.printing import FLOWING, MERGED, TEXTS
from training.generated.sheets import (
    HEADS,
    Box,
    Row,
    Sheet,
    disclosure_sheet,
    disputes_sheet,
    expanded,
    indicators_sheet,
    requests_sheet,
    with_subtotals,
    without_row,
)

IN_WORDS = ("split_labels", "label_variants", "units", "wide_digits", "thousands", "traditional")
IN_ROWS = (
    "blanks_dropped",
    "shifted",
    "split_rows",
    "page_breaks",
    "repeated_columns",
    "subtotal_column",
    "rows_missing",
)
IN_CELLS = ("cells_dropped", "cells_doubled", "cells_split", "cells_shifted", "rows_cut")
DAMAGES = (*IN_ROWS, *IN_WORDS, *IN_CELLS)
VARIANTS = {
    "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开", "1.信访举报投诉类申请": "1.信访投诉举报类申请",
    "(七)总计": "(七)合计", "3.危及“三安全一稳定”": "3.危及三安全一稳定", "结果维持": "维持结果",
    "(二)部分公开(区分处理的,只计这一情形,不计其他情形)": "(二)部分公开(区分处理的,只记这一情形,不记其他情形)",
}  # fmt: skip
TRADITIONAL = str.maketrans("开请数处监办结复议诉总计业构组织务类现发废规范许强费质标属国书关绝确认资", "開請數處監辦結複議訴總計業構組織務類現發廢規範許強費質標屬國書關絕確認資")  # fmt: skip
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
PAGE_LINES = ("- 4 -", "第 4 页 共 9 页")


class TablePrinter:
    """The sheets of one report as one way shows them, with one kind of damage (``None`` for none).

    ``lost`` collects the rows that are not printed, ``unprinted`` the cells.
    """

    def __init__(self, rng: random.Random, edition: Edition, cells: Cells, way: str, damage: str | None = None) -> None:
        self.rng, self.edition, self.cells, self.way, self.damage = rng, edition, cells, way, damage
        self.lost: set[tuple[str, str]] = set()
        self.unprinted: set[tuple[str, str, str]] = set()

    def table(self, name: str) -> Sheet:
        """One table."""
        merged = self.way in MERGED
        sheets: dict[str, Callable[[], Sheet]] = {
            "disclosure": lambda: disclosure_sheet(self.edition, self.cells, merged=merged),
            "requests": lambda: [self._requests(requests_sheet(self.edition, self.cells)[0])],
            "disputes": lambda: disputes_sheet(self.edition, self.cells),
            "indicators": lambda: indicators_sheet(self.cells),
        }
        sheet = sheets[name]()
        if self.way not in (*FLOWING, *MERGED):
            sheet = [expanded(part) for part in sheet]
        if self.damage == "page_breaks" and name == "requests" and self.way in TEXTS:
            sheet = [self._with_page_line(sheet[0])]
        if self.damage == "blanks_dropped":
            sheet = [[[box for box in row if box.text or box.cell is None] for row in part] for part in sheet]
        if self.damage == "split_rows" and self.way in ("pipes", "markdown"):
            sheet = [[piece for row in part for piece in self._broken(row)] for part in sheet]
        if self.damage in IN_CELLS:
            sheet = [damage_cells(self.rng, part, self.damage, self.unprinted) for part in sheet]
        return [[[self._worded(box) for box in row] for row in part] for part in sheet]

    def _worded(self, box: Box) -> Box:
        """The box with its label or number written otherwise."""
        text, rng = box.text, self.rng
        if box.cell is None:
            if self.damage == "label_variants":
                text = VARIANTS.get(text, text)
            if self.damage == "traditional":
                text = text.translate(TRADITIONAL)
            if self.damage == "split_labels" and len(text) > 3 and rng.random() < 0.4:
                at = rng.randint(2, len(text) - 1)
                text = text[:at] + (rng.choice(" \n") if self.way in FLOWING else " ") + text[at:]
        elif self.damage == "units" and text.isdigit() and rng.random() < 0.5:
            text += "件"
        elif self.damage == "wide_digits":
            text = text.translate(WIDE)
        elif self.damage == "thousands" and text.isdigit() and len(text) > 3:
            text = f"{int(text):,}"
        return box._replace(text=text)

    def _broken(self, row: Row) -> list[Row]:
        """A row between pipes, half of the time broken at each of its blank cells."""
        if not any(box.cell for box in row) or self.rng.random() < 0.5:
            return [row]
        pieces: list[Row] = [[]]
        for box in row:
            if box.cell and not box.text:
                pieces.append([])
            else:
                pieces[-1].append(box)
        return [piece for piece in pieces if piece]

    def _with_page_line(self, rows: list[Row]) -> list[Row]:
        """The rows with a page number between two of them, or the heads once more."""
        lines = [*PAGE_LINES, *(["\n".join(HEADS)] if self.way in FLOWING else [])]
        at = len(rows) - self.rng.randint(5, len(rows) - 10)
        return [*rows[:at], [Box(self.rng.choice(lines))], *rows[at:]]

    def _requests(self, rows: list[Row]) -> list[Row]:
        """Section three with the damage that whole rows show."""
        first = next(n for n, row in enumerate(rows) if row[-1].cell)
        break_at = first + self.rng.randint(6, len(rows) - first - 4)
        if self.damage == "rows_missing":
            for row in rows[break_at : break_at + 2]:
                self.lost.add(row[-1].cell[:2])  # type: ignore[index]
            return without_row(without_row(rows, break_at), break_at)
        if self.damage == "subtotal_column":
            return with_subtotals(rows)
        return [self._damaged_row(row, below=n >= break_at) for n, row in enumerate(rows)]

    def _damaged_row(self, row: Row, *, below: bool) -> Row:
        labels = [box for box in row if box.cell is None]
        values = [box for box in row if box.cell is not None]
        if not values:
            return row
        if self.damage == "shifted" and len(labels) == 2 and self.way not in FLOWING:
            # A third level of labels pushes the last cell out.
            self.unprinted.add(values[-1].cell)  # type: ignore[arg-type]
            values = [*([Box("")] if self.rng.random() < 0.5 else []), *values[:-1]]
        if self.damage == "repeated_columns" and below:
            values = [*values[:2], *values[1:5], *values[2:]]
        return [*labels, *values]
