"""One statutory table: its rows as they are printed, in their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.tables.cells import blank_out
from nlp.tables.choosing import Choice, find_rows
from nlp.tables.disputes import read_disputes
from nlp.tables.flow import MAX_ROW_CHARS, has_loose_numbers, read_flowing_rows
from nlp.tables.forced import force_blanks
from nlp.tables.forms import Form
from nlp.tables.grid import Grid
from nlp.tables.grid_rows import read_grid_rows
from nlp.tables.indicators import settle_columns, settle_local
from nlp.tables.labels import Label, simplify, squeeze
from nlp.tables.proof import read_arranged, read_requests
from nlp.tables.readings import ABSENT, CellReading, read_free, read_open, read_whole, read_without_proof
from nlp.tables.rows import RowReading, without_unsure_blanks
from nlp.tables.serials import find_serials
from nlp.tables.values import is_unit, read_cell
from nlp.vocabulary.load import load

UNIT_CHARS = 120
WORD = re.compile(r"[^\s|]+")
# Cells that are not known although the table is there.
APART = frozenset({"ambiguous", "absent", "ambiguous_zero"})

Cells = dict[str, list[CellReading]]


@dataclass(frozen=True, slots=True)
class Printout:
    """What a report prints of its tables: the clean text, the labels of its form in it, the grids, and its year.

    ``strange`` are the tables with rows that the form does not have.
    """

    text: str
    labels: Sequence[Label]
    grids: Sequence[Grid]
    form: Form
    year: int | None = None
    strange: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Twice:
    """A row that is printed twice with different numbers: where both stand in the clean text."""

    row: str
    places: tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TableReading:
    """The cells of a table, every row one a column, and what else its print tells.

    ``arranged`` is where the numbers stand that were put into their cells by the sums alone.
    """

    cells: Cells
    twice: tuple[Twice, ...] = ()
    misprinted: tuple[Label, ...] = ()
    arranged: tuple[int, int] | None = None


def read_table(printed: Printout, table: str, inside: tuple[int, int] | None) -> TableReading:
    """The cells of one table. ``inside`` is the range of its own section in the clean text, when it is known."""
    if table == "disputes":
        return TableReading(
            read_disputes(printed.text, printed.labels, printed.form, grids=printed.grids, inside=inside)
        )
    choice = find_rows(printed.text, printed.labels, table, printed.form, inside=inside)
    cells = _cells(printed, table, _rows(printed, choice, choice.rows, table))
    if (
        table == "requests"
        and table not in printed.strange
        and any(cell.status in APART for line in cells.values() for cell in line)
    ):
        arranged, place = _arranged(printed, choice, table)
        if arranged is not None and not _contradicts(cells, arranged):
            return TableReading(_known(cells, arranged), misprinted=choice.misprinted, arranged=place)
    if not choice.copy:
        return TableReading(cells, misprinted=choice.misprinted)
    other = _cells(printed, table, _rows(printed, choice, choice.copy, table))
    return TableReading(*_compared(cells, other), choice.misprinted)


def _contradicts(cells: Cells, arranged: Cells) -> bool:
    """Whether a row that is read whole behind its label holds other numbers: then they did not come apart."""
    return any(
        own.status == "given" and own.value != cell.value
        for row, line in arranged.items()
        for own, cell in zip(cells[row], line, strict=True)
    )


def _known(cells: Cells, arranged: Cells) -> Cells:
    """The arranged cells, those that are also read behind their labels as given."""
    return {
        row: [
            own if own.status == "given" and (own.value, own.start) == (cell.value, cell.start) else cell
            for own, cell in zip(cells[row], line, strict=True)
        ]
        for row, line in arranged.items()
    }


def _arranged(printed: Printout, choice: Choice, table: str) -> tuple[Cells | None, tuple[int, int]]:
    """The cells of a table from its numbers alone, and where those stand; ``None`` where that is not certain.

    The numbers and marks between the first label of the table and the heading that ends it, in printed order. The sums
    of the form are blind to the order of the parts, so the labels of the rows must be in the order of the form.
    """
    text = printed.text
    rows = [choice.labels[index] for index in choice.rows.values()]
    if not rows:
        return None, (0, 0)
    first, last = min(row.start for row in rows), max(row.end for row in rows)
    ends = (label.start for label in choice.labels if label.start >= last and _ends_table(label, table))
    start = max(
        (label.end for label in choice.labels if label.end <= first and _is_caption(label, table)), default=first
    )
    end = min(ends, default=min(len(text), last + MAX_ROW_CHARS))
    labels = [label for label in choice.labels if start <= label.start < end]
    if not _in_order(text, labels, table, printed.form):
        return None, (0, 0)
    piece = blank_out(text, start, end, [(label.start, label.end) for label in labels])
    cells = (read_cell(word[0], start + word.start()) for word in WORD.finditer(piece))
    numbers = [cell for cell in cells if cell and cell.kind != "text"]
    return read_arranged(numbers, printed.form), (numbers[0].start, numbers[-1].end) if numbers else (0, 0)


def _in_order(text: str, labels: Sequence[Label], table: str, form: Form) -> bool:
    """Whether the labels of rows stand in the order of the form, each once; some may be missing.

    总计 and 其他 without a number in front may be heads of columns.
    """
    order = {key: place for place, key in enumerate(form.cells[table])}
    heads = {form.names[table, key] for key in form.heads[table]}
    reached = -1
    for label in labels:
        if squeeze(text[label.start : label.end]) in heads:
            continue
        places = [order[role.key] for role in label.roles if role.table == table and role.kind == "row"]
        if places:
            after = [place for place in places if place > reached]
            if not after:
                return False
            reached = min(after)
    return True


def _is_caption(label: Label, table: str) -> bool:
    return any(role.kind == "break" and role.table == table for role in label.roles)


def _ends_table(label: Label, table: str) -> bool:
    return any(role.kind == "break" and role.table != table for role in label.roles)


def _compared(cells: Cells, other: Cells) -> tuple[Cells, tuple[Twice, ...]]:
    """The cells of two copies: those that differ may be either."""
    compared: Cells = {}
    twice: list[Twice] = []
    for row, line in cells.items():
        compared[row] = [_either(one, two) for one, two in zip(line, other.get(row, line), strict=True)]
        if compared[row] != line:
            pair = [[cell for cell in copy[row] if cell.start >= 0] for copy in (cells, other)]
            first, second = ((copy[0].start, copy[-1].end) for copy in pair)
            twice.append(Twice(row, (first, second)))
    return compared, tuple(twice)


def _either(one: CellReading, two: CellReading) -> CellReading:
    known = ("given", "inferred")
    if one.status not in known or two.status not in known or one.value == two.value:
        return one
    candidates = tuple(sorted(value for value in (one.value, two.value) if value is not None))
    return CellReading("ambiguous", None, None, one.start, one.end, candidates)


def _cells(printed: Printout, table: str, readings: Mapping[str, RowReading]) -> Cells:
    form = printed.form
    rows = form.cells[table]
    if table == "requests":
        identities = [identity for identity in form.identities if identity.table == table]
        return force_blanks(read_requests(readings, form), form.columns(table), identities)
    if table == "local":  # no form: only what is printed
        rows = {row: rows[row] for row in readings}
    return {row: _read_row(printed.text, readings.get(row), columns) for row, columns in rows.items()}


def _rows(printed: Printout, choice: Choice, chosen: Mapping[str, int], table: str) -> dict[str, RowReading]:
    """The rows that are printed, in the order of the form: those that a grid shows as it shows them."""
    text, form, labels = printed.text, printed.form, choice.labels
    found: dict[str, RowReading] = {}
    loose = False
    for grid in printed.grids:
        own = {row: labels[index] for row, index in chosen.items() if row not in found}
        rows, over = read_grid_rows(text, grid, labels, own, table, form)
        found |= rows
        loose = loose or (over and bool(rows))
    flowing = [row for row in chosen if row not in found]
    serials = find_serials(text, labels, table) if flowing else frozenset()
    found |= read_flowing_rows(text, labels, chosen, flowing, table, form, serials=serials, woven=choice.woven)
    loose = loose or (bool(flowing) and has_loose_numbers(text, labels, chosen, table, serials=serials))
    readings = {row: found[row] for row in form.cells[table] if row in found}
    if table == "indicators":
        readings = settle_columns(text, readings, printed.year)
    if table == "local":
        readings = settle_local(text, readings, printed.year)
    widths = {row: len(columns) for row, columns in form.cells[table].items()}
    return without_unsure_blanks(readings, widths, loose=loose)


def _read_row(text: str, reading: RowReading | None, columns: Sequence[str]) -> list[CellReading]:
    """A row that no identity ties to others."""
    width = len(columns)
    if reading is None:
        return [ABSENT] * width
    if reading.columns is not None:
        cells = read_whole(reading.columns)
    elif reading.free or (0 < len(reading.values) < width and reading.values[0].kind == "number"):
        cells = read_free(reading.values, width)  # what is lost may have been anything
    else:
        cells = read_without_proof(reading.values, width) or read_open(reading.values, width)
    if reading.label is None:
        return cells
    if tuple(columns) == ("amount",):
        unit = _unit_above(text, reading.label.start)
        return [_with_unit(cell, unit) for cell in cells]
    if tuple(columns) == ("value",):  # label, unit, perhaps a code, number
        return [_with_unit(cell, _unit_between(text, reading.label.end, cell.start)) for cell in cells]
    return cells


def _with_unit(cell: CellReading, unit: str | None) -> CellReading:
    if cell.value is None or cell.unit is not None:
        return cell
    return CellReading(cell.status, cell.value, unit, cell.start, cell.end, cell.candidates)


def _unit_between(text: str, start: int, end: int) -> str | None:
    """The unit printed in its own cell between a label and its number, before a code if there is one."""
    words = text[start:end].replace("|", " ").split() if end - start < UNIT_CHARS else []
    return words[0] if words and is_unit(words[0]) else None


def _unit_above(text: str, place: int) -> str | None:
    """The unit of money in the column head above a row."""
    head = simplify(text[max(0, place - UNIT_CHARS) : place])
    at = head.rfind("金额")
    if at < 0:
        return None
    match = _money().search(head, at)
    return match.group() if match else None


@cache
def _money() -> re.Pattern[str]:
    return re.compile("|".join(load("tables")["cells"]["money"]))
