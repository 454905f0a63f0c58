"""Every cell of the statutory tables of a report, each with its status and its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from nlp.reading.clean import CleanText
from nlp.records import Edition, Figure, Remark, Section, Source, Span
from nlp.tables.forms import Form, form
from nlp.tables.grid import find_grids
from nlp.tables.half_lines import find_half_heads
from nlp.tables.labels import Label, find_labels, simplify
from nlp.tables.readings import CellReading
from nlp.tables.table import Printout, TableReading, read_table
from nlp.tables.unexplained import STRANGE, Unexplained, find_strange_lines, find_unexplained, strange_tables
from nlp.tables.values import scales
from nlp.vocabulary.load import load

# Room around the first and the last trace of a table.
BEFORE_CHARS, AFTER_CHARS = 200, 1600
MAX_REGION_CHARS = 200_000


class Tables(NamedTuple):
    """The cells of the tables, and what their print tells beside them."""

    figures: tuple[Figure, ...]
    remarks: tuple[Remark, ...]


def read_tables(
    source: Source, clean: CleanText, sections: Sequence[Section], edition: Edition, *, year: int | None = None
) -> Tables:
    """Every cell of the edition's form exactly once, in its order.

    ``free_form`` has no form: its cells are the rows that the report's own table prints, if it has one.

    Labels anchor the rows, never positions; the sections only help to tell a table from prose. A table that is not
    there gives ``absent`` cells. Amounts keep the unit printed in the cell, or else in the head above it; counts of
    items have none unless one is printed. ``change`` is signed. Sources: 国办公开办函〔2019〕60号, 〔2021〕30号.

    Parameters
    ----------
    year : that of the report, which tells its column from that of the year before; ``None`` when it is not known
    """
    this = form(edition)
    start, end = _region(clean.text, this)
    labels = find_all_labels(clean.text, start, end, this) if end > start else []
    grids = list(find_grids(source, clean, start, end)) if labels else []
    lines = find_strange_lines(clean.text, labels, grids, this)
    labels = sorted(
        (*labels, *(Label(row.start, row.end, STRANGE, True) for row in lines)), key=lambda label: label.start
    )
    printed = Printout(clean.text, labels, grids, this, year, strange_tables(clean.text, grids, labels, lines, this))
    doubtful = [repair.span for repair in source.repairs if repair.kind == "ocr"]
    figures: list[Figure] = []
    remarks: list[Remark] = []
    taken: list[tuple[int, int]] = []
    for table, rows in this.cells.items():
        read = read_table(printed, table, _inside(clean, sections, table))
        remarks += _remarks(clean, table, read)
        for row, columns in rows.items():
            for column, cell in zip(columns, read.cells.get(row, ()), strict=False):
                figure = _figure(clean, table, row, column, _unscaled(cell, money=this.is_money(table, row, column)))
                figures.append(_doubted(figure, doubtful) if doubtful else figure)
                if cell.start >= 0:
                    taken.append((cell.start, cell.end))
    unexplained = list(find_unexplained(clean.text, grids, labels, lines, this, taken))
    return Tables(_with_unexplained(clean, figures, unexplained), tuple(remarks))


def _with_unexplained(
    clean: CleanText, figures: list[Figure], unexplained: Sequence[Unexplained]
) -> tuple[Figure, ...]:
    """The cells with those of rows and columns that the form does not have behind them.

    The sums of the form do not hold where such a row or column belongs to them: what they alone forced is blank again.
    """
    tables = {found.table for found in unexplained}
    kept = [
        replace(figure, status="blank", value=None)
        if figure.table in tables and figure.status == "inferred" and figure.span is None
        else figure
        for figure in figures
    ]
    for table, row, column, cell in unexplained:
        kept.append(Figure(table, row, column, "given", cell.value, cell.unit, clean.span(cell.start, cell.end)))
    return tuple(kept)


def find_all_labels(text: str, start: int, end: int, this: Form) -> list[Label]:
    """The labels of a form in ``text[start:end]``, heads that stand in two half lines among them."""
    labels = find_labels(text, start, end, this)
    halves = find_half_heads(text, start, end, this)
    if not halves:
        return labels
    first, last = halves[0].start, halves[-1].end
    whole = [label for label in labels if label.end <= first or label.start >= last or not _is_head(label)]
    return sorted((*whole, *halves), key=lambda label: label.start)


def _is_head(label: Label) -> bool:
    return all(role.kind == "head" for role in label.roles)


def _remarks(clean: CleanText, table: str, read: TableReading) -> Iterator[Remark]:
    for twice in read.twice:
        yield Remark("copies", table, twice.row, spans=tuple(clean.span(*place) for place in twice.places))
    if read.arranged:
        yield Remark("arranged", table, spans=(clean.span(*read.arranged),))
    for label in read.misprinted:
        words = " ".join(clean.text[label.start : label.end].split())
        yield Remark("misprinted", table, label.roles[0].key, words, (clean.span(label.start, label.end),))


def _figure(clean: CleanText, table: str, row: str, column: str, cell: CellReading) -> Figure:
    span = clean.span(cell.start, cell.end) if cell.start >= 0 else None
    return Figure(table, row, column, cell.status, cell.value, cell.unit, span, cell.candidates)


def _unscaled(cell: CellReading, *, money: bool) -> CellReading:
    """The cell without the 万 that its number was multiplied by; an amount of money keeps it as its unit."""
    scale = scales().get(cell.unit or "")
    if scale is None:
        return cell
    value = cell.value / scale if money and cell.value is not None else cell.value
    return cell._replace(value=value, unit=cell.unit if money else None)


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
    text = simplify(text)
    anchors = load("tables")["anchors"]
    first, last = len(text), -1
    for table in this.cells:
        for word in anchors[table]:
            place = text.find(word)
            if place >= 0:
                first = min(first, place)
                last = max(last, text.rfind(word))
    if last < 0:
        return 0, 0
    start = max(0, first - BEFORE_CHARS)
    return start, min(len(text), last + AFTER_CHARS, start + MAX_REGION_CHARS)
