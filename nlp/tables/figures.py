"""Every cell of the statutory tables of a report, each with its status and its place in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from nlp.reading.clean import CleanText
from nlp.records import Edition, Figure, Section, Source, Span
from nlp.tables.choosing import find_rows
from nlp.tables.disputes import read_disputes
from nlp.tables.flow import find_loose, read_flowing_rows
from nlp.tables.forced import force_blanks
from nlp.tables.forms import Form, form
from nlp.tables.grid import Grid, find_grids
from nlp.tables.grid_rows import read_grid_rows
from nlp.tables.indicators import settle_columns, settle_local
from nlp.tables.labels import Label, find_labels, simplify
from nlp.tables.proof import read_requests
from nlp.tables.readings import ABSENT, CellReading, read_free, read_open, read_whole, read_without_proof
from nlp.tables.rows import RowReading, without_unsure_blanks
from nlp.tables.values import is_unit
from nlp.vocabulary.load import load

# Room around the first and the last trace of a table.
BEFORE_CHARS, AFTER_CHARS = 200, 1600
MAX_REGION_CHARS = 200_000
UNIT_CHARS = 120


def read_figures(source: Source, clean: CleanText, sections: Sequence[Section], edition: Edition) -> tuple[Figure, ...]:
    """Every cell of the edition's form exactly once, in its order.

    ``free_form`` has no form: its cells are the rows that the report's own table prints, if it has one.

    Labels anchor the rows, never positions; the sections only help to tell a table from prose. A table that is not
    there gives ``absent`` cells. Amounts keep the unit printed in the cell, or else in the head above it; counts of
    items have none unless one is printed. ``change`` is signed. Sources: 国办公开办函〔2019〕60号, 〔2021〕30号.
    """
    this = form(edition)
    text = clean.text
    start, end = _region(text, this)
    labels = find_labels(text, start, end, this) if end > start else []
    grids = list(find_grids(source, clean, start, end)) if labels else []
    doubtful = [repair.span for repair in source.repairs if repair.kind == "ocr"]
    figures: list[Figure] = []
    for table, rows in this.cells.items():
        inside = _inside(clean, sections, table)
        cells = _read_table(text, labels, grids, this, table, inside)
        for row, columns in rows.items():
            for column, cell in zip(columns, cells.get(row, ()), strict=False):
                figure = _figure(clean, table, row, column, cell)
                figures.append(_doubted(figure, doubtful) if doubtful else figure)
    return tuple(figures)


def _figure(clean: CleanText, table: str, row: str, column: str, cell: CellReading) -> Figure:
    span = clean.span(cell.start, cell.end) if cell.start >= 0 else None
    return Figure(table, row, column, cell.status, cell.value, cell.unit, span, cell.candidates)


def _doubted(figure: Figure, doubtful: Sequence[Span]) -> Figure:
    """A number that a scan shows unclearly is a candidate, not a fact."""
    span = figure.span
    if figure.status != "given" or span is None or figure.value is None:
        return figure
    if not any(place.start < span.end and span.start < place.end for place in doubtful):
        return figure
    return replace(figure, status="ambiguous", value=None, candidates=(figure.value,))


def _inside(clean: CleanText, sections: Sequence[Section], table: str) -> tuple[int, int] | None:
    """The range of the table's own section in the clean text."""
    for section in sections:
        if section.key == table and section.level == 1:
            return clean.position(section.span.start), clean.position(section.span.end)
    return None


def _region(text: str, this: Form) -> tuple[int, int]:
    """Where the tables may stand: from the first to the last trace of a label, with some room."""
    anchors = load("forms")["anchors"]
    first, last = len(text), -1
    for table in this.cells:
        for word in anchors[table]:
            for spelt in dict.fromkeys((word, _traditional(word))):
                place = text.find(spelt)
                if place >= 0:
                    first = min(first, place)
                    last = max(last, text.rfind(spelt))
    if last < 0:
        return 0, 0
    start = max(0, first - BEFORE_CHARS)
    return start, min(len(text), last + AFTER_CHARS, start + MAX_REGION_CHARS)


@cache
def _traditional(word: str) -> str:
    script = load("forms")["script"]
    return word.translate(str.maketrans(script["simplified"], script["traditional"]))


def _read_table(
    text: str, labels: Sequence[Label], grids: Sequence[Grid], this: Form, table: str, inside: tuple[int, int] | None
) -> dict[str, list[CellReading]]:
    rows = this.cells[table]
    if table == "disputes":
        return read_disputes(text, labels, this, grids=grids, inside=inside)
    labels, chosen = find_rows(text, labels, table, this, inside=inside)
    readings = _readings(text, labels, chosen, grids, table, this)
    if table == "requests":
        identities = [identity for identity in this.identities if identity.table == table]
        return force_blanks(read_requests(readings, this), this.columns(table), identities)
    if table == "local":
        rows = {row: rows[row] for row in readings}
    return {row: _read_row(text, readings.get(row), columns) for row, columns in rows.items()}


def _readings(
    text: str, labels: Sequence[Label], chosen: Mapping[str, int], grids: Sequence[Grid], table: str, this: Form
) -> dict[str, RowReading]:
    """The rows that are printed, in the order of the form: those that a grid shows as it shows them."""
    found: dict[str, RowReading] = {}
    loose = False
    for grid in grids:
        own = {row: labels[index] for row, index in chosen.items() if row not in found}
        rows, over = read_grid_rows(text, grid, labels, own, table, this)
        found |= rows
        loose = loose or (over and bool(rows))
    flowing = [row for row in chosen if row not in found]
    found |= read_flowing_rows(text, labels, chosen, flowing, table, this)
    over_there = {cell.start for cell in find_loose(text, labels, chosen, table)} if flowing else set()
    readings = {row: found[row] for row in this.cells[table] if row in found}
    if table == "indicators":
        readings, serials = settle_columns(text, readings)
        over_there -= serials
    if table == "local":
        readings = settle_local(text, readings)
    widths = {row: len(columns) for row, columns in this.cells[table].items()}
    return without_unsure_blanks(readings, widths, loose=loose or bool(over_there))


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
    return re.compile("|".join(load("forms")["cells"]["money"]))
