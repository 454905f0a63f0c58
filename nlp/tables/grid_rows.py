"""Rows of a grid: the cells under the heads of a table, and whether a row has exactly those that its heads ask for.

A row with a cell more or less than its head may have lost or gained it anywhere: its cells are handed on in their order,
and only the sums of the form can tell their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from nlp.tables.forms import Form, unknown_name
from nlp.tables.grid import Grid, GridCell, fields_of, labels_in
from nlp.tables.labels import Label, squeeze
from nlp.tables.rows import RowReading, adds_up, is_summed
from nlp.tables.values import Printed, is_unit, whole_number

# Words that may head a column.
HEAD = re.compile(r"[\u4e00-\u9fff()\dA-Za-z、/]{2,24}")
SERIAL_SHARE = 0.5  # of the rows; fewer numbers before labels are no column of serial numbers
# Heads that other tables, or rows, have too: they alone make no head row.
COMMON_HEADS = frozenset({"total", "other_org"})

Fields = tuple[Printed | None, ...]


class Heads(NamedTuple):
    """Where the columns of a row begin, and how many columns its head covers from the left.

    ``strange`` are the columns under heads that the form does not have, each with its printed words.
    """

    columns: tuple[int, ...]
    width: int
    strange: tuple[tuple[int, str], ...] = ()


def read_grid_rows(
    text: str, grid: Grid, labels: Sequence[Label], chosen: Mapping[str, Label], table: str, form: Form
) -> tuple[dict[str, RowReading], bool]:
    """The rows whose labels stand in the grid, and whether it holds numbers that belong to none of them.

    Parameters
    ----------
    text : the clean text
    labels : all labels of the form in it, in order
    chosen : the label of each row
    """
    reader = GridReader(text, grid, labels, table, form)
    rows = {key: reading for key, label in chosen.items() if (reading := reader.read(label, key)) is not None}
    if table == "requests":
        rows = _with_shifts(rows, form, table, pushed=reader.has_label_under_heads())
    return rows, reader.has_loose_numbers()


class GridReader:
    """What a grid shows of one table: its rows, and which column stands under which head."""

    def __init__(self, text: str, grid: Grid, labels: Sequence[Label], table: str, form: Form) -> None:
        self._text, self._grid, self._table, self._form = text, grid, table, form
        self._marks = [labels_in(row, labels) for row in grid.rows]
        self._rest: set[int] = set()  # rows that are the rest of another one
        self._read: set[int] = set()
        self._over_all = self._heads_over_all() if table == "requests" else None

    def read(self, label: Label, key: str) -> RowReading | None:
        """The row behind ``label``; ``None`` when the grid does not show its cells."""
        number = self._grid.row_at(label.end - 1)
        if number is None:
            return None
        row = self._grid.rows[number]
        at = next((n for n, cell in enumerate(row) if cell.start < label.end <= cell.end), None)
        if at is None or any(character.isdigit() for character in self._text[label.end : row[at].end]):
            return None
        self._read.add(number)
        width, own = len(self._form.cells[self._table][key]), self._behind(number, at)
        heads = self._heads(number, row[at], key)
        if heads:  # what a merged label leaves blank beside it is no cell of the row
            own = tuple(c for c in own if c.column >= heads.columns[0] or self._text[c.start : c.end].strip())
        columns = self._under(number, own, heads) if heads else None
        if columns is None and width > 1:
            fields = fields_of(self._text, own)
            columns = fields if len(fields) == len(own) == width else None
        if columns is not None:
            values = tuple(filter(None, columns))
            if self._believable(columns):
                return RowReading(label, values, columns, proved=True)
            return RowReading(label, values, None, fields=columns, exact=True)
        rest = [cell for below in self._rest_of(number) for cell in self._grid.rows[below]]
        return self._damaged(label, [*own, *rest], width, torn=bool(rest))

    def _behind(self, number: int, at: int) -> tuple[GridCell, ...]:
        """The cells behind a label, up to the label of a row beside it."""
        row = self._grid.rows[number]
        beside = [
            cell.start for cell, label in self._marks[number] if cell.start > row[at].start and self._is_row(label)
        ]
        return tuple(cell for cell in row[at + 1 :] if not beside or cell.start < min(beside))

    def _is_row(self, label: Label) -> bool:
        return any(role.table == self._table and role.kind in ("row", "group") for role in label.roles)

    def has_label_under_heads(self) -> bool:
        """Whether a row label stands in a column of numbers: rows were shifted, or torn when the page was copied."""
        first = self._over_all.columns[0] if self._over_all else None
        return first is not None and any(
            cell.column >= first and self._is_row(label) for line in self._marks for cell, label in line
        )

    def has_loose_numbers(self) -> bool:
        """Whether a number stands alone in a row that is the rest of none, beside a label that has none, or before a
        label where that is no serial number."""
        inside = range(min(self._read, default=0), max(self._read, default=-1) + 1)
        before = 0
        for number in inside:
            if self._is_loose(number) and number not in self._rest:
                return True
            row = self._grid.rows[number]
            if not self._marks[number]:
                continue
            first, last = self._marks[number][0][0].column, self._marks[number][-1][0].column
            before += self._has_number(cell for cell in row if cell.column < first)
            if number not in self._read and self._has_number(cell for cell in row if cell.column > last):
                return True
        return 0 < before < SERIAL_SHARE * len(self._read)

    def _has_number(self, cells: Iterable[GridCell]) -> bool:
        return any(cell and cell.kind == "number" for cell in fields_of(self._text, list(cells)))

    def _rest_of(self, number: int) -> list[int]:
        """The rows below that hold numbers and no words: the rest of a row that was cut in two."""
        rest = []
        for below in range(number + 1, len(self._grid.rows)):
            if any(cell and cell.kind == "text" for cell in self._values(below)):
                break
            rest.append(below)
        while rest and not self._is_loose(rest[-1]):
            rest.pop()
        self._rest.update(rest)
        return rest

    def _is_loose(self, number: int) -> bool:
        kinds = {cell.kind for cell in self._values(number) if cell}
        return "number" in kinds and "text" not in kinds

    def _values(self, number: int) -> Fields:
        return fields_of(self._text, self._without_units(self._grid.rows[number]))

    def _damaged(self, label: Label, cells: Sequence[GridCell], width: int, *, torn: bool) -> RowReading:
        """A row with cells too few or too many, or cut in two; or of a table with one number a row.

        Where a row was cut, its blank cells cannot be told from the edges of the pieces.
        """
        fields = fields_of(self._text, self._without_units(cells))
        values = tuple(filter(None, fields))
        if not values:
            # A cell of a line may be lost with its bars; one of a ruled grid is there or is not.
            return RowReading(label, (), (None,) * width if len(fields) >= width or not self._grid.ruled else None)
        # Blank cells at the end of a line are no cells of the form; others may be.
        if torn:
            fields = values
        whole = len(values) == width and (width == 1 or (all(fields[:width]) and not any(fields[width:])))
        if whole and (not is_summed(self._table) or adds_up(values)):
            return RowReading(label, values, values, fields=fields if width == 1 else None)
        if torn:
            return RowReading(label, values, None)
        solid = all(fields[fields.index(values[0]) : len(fields) - fields[::-1].index(values[-1])])
        if not self._grid.ruled and not solid and len(fields) > width:
            return RowReading(label, values, None, gaps=True)
        return RowReading(label, values, None, fields=fields, solid=solid)

    def _without_units(self, cells: Sequence[GridCell]) -> list[GridCell]:
        return [cell for cell in cells if not is_unit(self._text[cell.start : cell.end].strip())]

    def _believable(self, columns: Fields) -> bool:
        """Whether the cells of a row with exactly its cells stand where they belong.

        A row with every cell filled does, and so does a blank one; one with some blanks must add up, unless its total is
        blank too and the file itself gives the grid.
        """
        if all(columns) or not any(columns):
            return True
        if not is_summed(self._table):
            return self._grid.ruled or columns[0] is not None
        if columns[-1] is None:
            return self._grid.ruled or self._grid.even
        return adds_up(columns, open_start=True)

    # -- heads

    def _heads(self, number: int, label: GridCell, key: str) -> Heads | None:
        heads = self._over_all
        if self._table == "disclosure":
            heads = self._nearest_heads(number, self._form.cells[self._table][key])
        return heads if heads and heads.columns[0] > label.column else None

    def _heads_in(self, number: int) -> dict[str, GridCell]:
        found: dict[str, GridCell] = {}
        for cell, label in self._marks[number]:
            for role in label.roles:
                if role.table == self._table and role.kind == "head":
                    found.setdefault(role.key, cell)
        return found

    def _names_row(self, number: int) -> bool:
        return any(
            role.table == self._table and role.kind == "row" for _, label in self._marks[number] for role in label.roles
        )

    def _heads_over_all(self) -> Heads | None:
        """The heads of a table whose rows all have the same columns; they may stand on several lines."""
        wanted = self._form.columns(self._table)
        heads: dict[str, GridCell] = {}
        strange: dict[int, str] = {}
        width = 0
        for number in range(len(self._marks)):
            here = self._heads_in(number)
            own = set(here).intersection(wanted) - COMMON_HEADS
            if self._names_row(number) and not own and len(heads) == len(wanted):
                break
            for key, cell in here.items():
                if key in wanted and key not in heads:
                    heads[key] = cell
                    width = max(width, self._grid.covered[number])
            if own:
                strange |= self._strange_heads(number)
        return _in_order([heads.get(key) for key in wanted], width, strange)

    def _nearest_heads(self, number: int, wanted: Sequence[str]) -> Heads | None:
        for above in range(number - 1, -1, -1):
            here = self._heads_in(above)
            if here and not self._names_row(above):
                return _in_order(
                    [here.get(key) for key in wanted], self._grid.covered[above], self._strange_heads(above)
                )
        return None

    def _strange_heads(self, number: int) -> dict[int, str]:
        """The words in a row of heads, each over one column, that are no label of the form."""
        named = {cell.start for cell, _ in self._marks[number]}
        spans = [(label.start, label.end) for _, label in self._marks[number]]
        found = {}
        for cell in self._grid.rows[number]:
            words = squeeze(self._text[cell.start : cell.end])
            reached = any(start < cell.end and cell.start < end for start, end in spans)
            if cell.covers == 1 and cell.start not in named and not reached and HEAD.fullmatch(words):
                found[cell.column] = words
        return found

    def columns_at(self, number: int, key: str | None = None) -> dict[int, str]:
        """The column that each place of a row belongs to, ``unknown:`` with the printed head where the form has none.

        Parameters
        ----------
        number : the row of the grid
        key : the row of the form; ``None`` for one that the form does not have
        """
        if self._over_all is not None:
            wanted, heads = self._form.columns(self._table), self._over_all
        elif self._table == "disclosure":
            kinds = (
                [self._form.cells[self._table][key]]
                if key
                else list(dict.fromkeys(self._form.cells[self._table].values()))
            )
            wanted, heads = next(
                ((kind, found) for kind in kinds if (found := self._nearest_heads(number, kind))), ((), Heads((), 0))
            )
        else:
            return {}
        known = dict(zip(heads.columns, wanted, strict=True))
        return {column: unknown_name(words) for column, words in heads.strange} | known

    def _under(self, number: int, own: Sequence[GridCell], heads: Heads) -> Fields | None:
        """The cells under the heads of a row that covers what its heads cover.

        ``None`` when it does not, when one of its cells reaches over two heads, or when anything stands beside them.
        """
        if self._grid.covered[number] != heads.width:
            return None
        found: dict[int, Printed | None] = {}
        strange = {column for column, _ in heads.strange}
        for cell in own:
            fields = fields_of(self._text, [cell])
            if cell.column in strange and cell.covers == 1:
                continue
            under = [at for at in heads.columns if cell.column <= at < cell.column + cell.covers]
            if len(fields) != 1 or (fields[0] and under != [cell.column]):
                return None
            found |= dict.fromkeys(under, fields[0])
        return tuple(found[at] for at in heads.columns) if len(found) == len(heads.columns) else None


def _in_order(heads: Sequence[GridCell | None], covered: int, strange: Mapping[int, str]) -> Heads | None:
    found = [head for head in heads if head is not None]
    columns = tuple(head.column for head in found)
    if len(found) < len(heads) or columns[0] < 1 or any(a >= b for a, b in pairwise(columns)):
        return None
    beside = {at for head in found for at in range(head.column, head.column + head.covers)}
    others = tuple((at, words) for at, words in sorted(strange.items()) if at > columns[0] and at not in beside)
    return Heads(columns, max(covered, found[-1].column + found[-1].covers, *(at + 1 for at, _ in others)), others)


def _with_shifts(rows: dict[str, RowReading], form: Form, table: str, *, pushed: bool) -> dict[str, RowReading]:
    """The rows, those no longer whole, or marked, that may have been pushed on by a blank cell, as others were.

    Such a row begins with a blank cell and may add up by chance. Where the columns add up, none was.
    """
    shifted = pushed or any(reading.exact and reading.fields and reading.fields[0] is None for reading in rows.values())
    if not shifted and _columns_hold(rows, form, table):
        return rows
    marked = {}
    for key, reading in rows.items():
        columns = reading.columns
        if columns is None or not any(columns) or columns[0] is not None:
            marked[key] = reading
        elif shifted or columns[-1] is None:
            marked[key] = replace(reading, columns=None, fields=columns, exact=True)
        else:
            marked[key] = replace(reading, fields=columns, shifted=True)
    return marked


def _columns_hold(rows: Mapping[str, RowReading], form: Form, table: str) -> bool:
    """Whether the parts of each column add up to its total, blanks counted as nothing; not where a row is damaged."""
    for identity in form.identities:
        if identity.table != table or identity.along != "rows" or len(identity.right) != 1:
            continue
        readings = [rows.get(name) for name in (*identity.left, *identity.right)]
        counted = [
            [whole_number(cell) for cell in reading.columns] for reading in readings if reading and reading.columns
        ]
        vectors = [[number for number in line if number is not None] for line in counted]
        if len(vectors) < len(readings) or vectors != counted:
            return not any(reading and reading.columns is None for reading in readings)
        *parts, total = vectors
        if [sum(column) for column in zip(*parts, strict=True)] != total:
            return False
    return True
