"""Rows and columns of a statutory table that its form does not have: kept with the words and numbers that are printed.

A new form, or one that a body changed for itself, has rows that no label explains. Their numbers are no cells of the form,
and they are not lost: a row becomes ``unknown:`` with its printed label, and so does a column with its printed head.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from nlp.tables.forms import UNKNOWN, Form, Role, is_unknown, unknown_name
from nlp.tables.grid import Grid, GridCell, fields_of, labels_in
from nlp.tables.grid_rows import GridReader
from nlp.tables.labels import Label, squeeze, without_number
from nlp.tables.misprints import is_near
from nlp.tables.values import Printed, is_unit, read_cell

MIN_KNOWN_ROWS = 2  # of a table in a grid; fewer are another table that shares a word
MIN_LABEL_CHARS, MAX_LABEL_CHARS = 2, 40
WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
STRANGE = (Role("", "strange", ""),)
PROSE = re.compile(r"[。;!?]")


class Unexplained(NamedTuple):
    """A printed cell that is none of the form's: its row and column, either of them ``unknown:`` with what is printed."""

    table: str
    row: str
    column: str
    cell: Printed


def find_unexplained(
    text: str, grids: Sequence[Grid], labels: Sequence[Label], lines: Sequence[StrangeLines], form: Form,
    taken: Sequence[tuple[int, int]],
) -> Iterator[Unexplained]:  # fmt: skip
    """Every number in a table that no cell of the form is: in the rows and columns of its grid, and one cell a line.

    Parameters
    ----------
    text : the clean text
    labels : all labels of the form in it, in order, misprinted ones among them
    lines : what ``find_strange_lines`` found
    taken : where the cells stand that were read
    """
    for grid in grids:
        table = _table_of(grid, labels, form)
        if table is not None:
            yield from _in_grid(text, grid, labels, form, table, taken)
    for row in lines:
        for column, number in zip(_columns(form, row.table), row.numbers, strict=True):
            yield Unexplained(row.table, unknown_name(row.words), column, number)


def strange_tables(
    text: str, grids: Sequence[Grid], labels: Sequence[Label], lines: Sequence[StrangeLines], form: Form
) -> frozenset[str]:
    """The tables with a whole row of numbers behind words that no label of the form says, even nearly.

    The numbers of such a table cannot be told from their order alone.
    """
    counted = Counter((found.table, found.row) for found in find_unexplained(text, grids, labels, lines, form, ()))
    return frozenset(
        table
        for (table, row), count in counted.items()
        if is_unknown(row)
        and count == len(_columns(form, table))
        and not any(is_near(row.removeprefix(UNKNOWN), form.names[table, key]) for key in form.cells[table])
    )


def _rows_in(marks: Sequence[tuple[GridCell, Label]], table: str | None = None) -> set[tuple[str, str]]:
    """The rows and groups that labels of one line of a grid may stand for."""
    return {
        (role.table, role.key)
        for _, label in marks
        for role in label.roles
        if role.kind in ("row", "group") and table in (None, role.table)
    }


def _table_of(grid: Grid, labels: Sequence[Label], form: Form) -> str | None:
    """The table whose rows stand in a grid; ``None`` for one of another kind, or for the one whose rows have no labels."""
    known = {
        key for row in grid.rows for key in _rows_in(labels_in(row, labels)) if key[1] in form.cells.get(key[0], ())
    }
    counts = {table: sum(key[0] == table for key in known) for table in form.cells if form.order(table) is not None}
    best = max(counts, key=lambda table: counts[table], default=None)
    return best if best is not None and best != "disputes" and counts[best] >= MIN_KNOWN_ROWS else None


def _is_taken(cell: Printed, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < cell.end and cell.start < end for start, end in taken)


def _in_grid(
    text: str, grid: Grid, labels: Sequence[Label], form: Form, table: str, taken: Sequence[tuple[int, int]]
) -> Iterator[Unexplained]:
    marks = [labels_in(row, labels) for row in grid.rows]
    known = [number for number, mark in enumerate(marks) if _rows_in(mark, table)]
    reader = GridReader(text, grid, labels, table, form)
    for number in range(known[0], len(grid.rows)):
        row = grid.rows[number]
        keys = [key for _, key in sorted(_rows_in(marks[number], table)) if key in form.cells[table]]
        heads = reader.columns_at(number, keys[-1] if keys else None)
        if keys:
            yield from _beside(text, row, heads, keys[-1], table, taken)
        if not _says_a_label(row, labels):
            yield from _strange_row(text, row, heads, form, table, taken)


def _says_a_label(row: Sequence[GridCell], labels: Sequence[Label]) -> bool:
    """Whether a label of the form stands in a row or reaches into it; not one that is a piece of longer words."""
    return not row or any(label.alone and label.start < row[-1].end and label.end > row[0].start for label in labels)


def _beside(
    text: str, row: Sequence[GridCell], heads: dict[int, str], key: str, table: str, taken: Sequence[tuple[int, int]]
) -> Iterator[Unexplained]:
    """The numbers of a row of the form under heads that the form does not have."""
    for cell in row:
        head = heads.get(cell.column, "")
        if not is_unknown(head):
            continue
        for printed in fields_of(text, [cell]):
            if printed and printed.kind == "number" and not _is_taken(printed, taken):
                yield Unexplained(table, key, head, printed)


def _strange_row(
    text: str, row: Sequence[GridCell], heads: dict[int, str], form: Form, table: str, taken: Sequence[tuple[int, int]]
) -> Iterator[Unexplained]:
    """The numbers behind words that are no label of the form."""
    label, behind = _label_and_cells(text, row)
    found = [
        (place, cell, printed) for place, (cell, printed) in enumerate(behind) if printed and printed.kind == "number"
    ]
    if not _is_label(label) or any(_is_taken(printed, taken) for _, _, printed in found):
        return
    columns = _columns(form, table)
    whole = len(behind) == len(columns)  # as many as columns: a cell merged wrongly beside them shifts none
    for place, cell, printed in found:
        column = columns[place] if whole else heads.get(cell.column) or unknown_name(str(place + 1))
        yield Unexplained(table, unknown_name(label), column, printed)


def _label_and_cells(text: str, row: Sequence[GridCell]) -> tuple[str, list[tuple[GridCell, Printed | None]]]:
    """The last words before the first value of a row, and the cells behind them; "" where there are none."""
    label = ""
    behind: list[tuple[GridCell, Printed | None]] = []
    for cell in row:
        for printed in fields_of(text, [cell]):
            words = squeeze(text[printed.start : printed.end]) if printed and printed.kind == "text" else ""
            if words and not is_unit(words) and not any(value for _, value in behind):
                label, behind = words, []
            elif label and not (words and is_unit(words)):
                behind.append((cell, printed))
    return label, behind


def _columns(form: Form, table: str) -> tuple[str, ...]:
    """The columns that all rows of a table have; none where they differ."""
    kinds = set(form.cells[table].values())
    return kinds.pop() if len(kinds) == 1 else ()


def _is_label(words: str) -> bool:
    bare = without_number(words)
    return MIN_LABEL_CHARS <= len(bare) <= MAX_LABEL_CHARS and bool(WORDS.search(bare)) and not PROSE.search(bare)


class StrangeLines(NamedTuple):
    """A row one cell a line whose words, at ``start`` to ``end``, are no label of the form."""

    table: str
    words: str
    start: int
    end: int
    numbers: tuple[Printed, ...]


def find_strange_lines(text: str, labels: Sequence[Label], grids: Sequence[Grid], form: Form) -> list[StrangeLines]:
    """Rows one cell a line between two rows of the form: words, and as many numbers behind them as each of its rows has.

    Words that nearly say a label of the form are left to those who read misprints.
    """
    held = [(row[0].start, row[-1].end) for grid in grids for row in grid.rows if row]
    found: list[StrangeLines] = []
    for table in form.cells:
        columns = _columns(form, table)
        if table == "disputes" or len(columns) < 2:
            continue
        names = [form.names[table, row] for row in form.cells[table]]
        for one, other in pairwise(labels):
            if not _is_row(one, table) or not _is_row(other, table) or "\n" not in text[one.end : other.start]:
                continue
            rows = strange_lines(text, one.end, other.start, len(columns))
            if any(_is_taken(row.numbers[0], held) or any(is_near(row.words, name) for name in names) for row in rows):
                continue
            found.extend(row._replace(table=table) for row in rows)
    return found


def _is_row(label: Label, table: str) -> bool:
    return any(role.table == table and role.kind in ("row", "group") for role in label.roles)


def strange_lines(text: str, start: int, end: int, width: int) -> list[StrangeLines]:
    """The rows without a label of the form between two that have one; none unless every row there is whole.

    >>> strange_lines("\\n1\\n2\\n4.新类\\n3\\n4\\n", 0, 13, 2)[0].words
    '4.新类'
    """
    cells = []
    at = start
    for line in text[start:end].split("\n"):
        cell = read_cell(line, at)
        if cell is not None:
            cells.append(cell)
        at += len(line) + 1
    runs = [(kind, list(run)) for kind, run in groupby(cells, key=lambda cell: cell.kind == "text")]
    whole = all(len(run) == width for is_text, run in runs if not is_text)
    if len(runs) < 3 or runs[0][0] or len(runs) % 2 == 0 or not whole:
        return []
    found = []
    for (_, words), (_, numbers) in zip(runs[1::2], runs[2::2], strict=True):
        label = squeeze("".join(text[word.start : word.end] for word in words))
        if not _is_label(label):
            return []
        found.append(StrangeLines("", label, words[0].start, words[-1].end, tuple(numbers)))
    return found
