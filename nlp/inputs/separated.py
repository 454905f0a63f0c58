"""CSV and TSV: any of the usual separators, a row of headings below titles and blank rows, quotation marks that are closed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlp.inputs.rows import MAX_ROWS_BEFORE_HEAD, Headings, Record, known_column
from nlp.records import ReportUnreadable

MAX_CELL_CHARS = 64 * 2**20
SAMPLE_BYTES = 2**16
SEPARATORS = ",;\t|"


def separated_rows(path: Path, text_column: str | None) -> Iterator[Record | ReportUnreadable]:
    """The records of a CSV or TSV file.

    A row with more or fewer cells than the headings is a failure: a quotation mark is missing, or a separator in a text.
    From a quotation mark that is never closed on, nothing is read.
    """
    csv.field_size_limit(MAX_CELL_CHARS)
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        separator, at = _head(path, text_column)
        head: list[str] | None = None
        empty = True
        for number, (line, raw) in enumerate(_whole(file)):
            if number < at or not raw.strip(" \t\r\n,;|"):
                continue
            cells = _cells(raw, separator, len(head) if head else None)
            if head is None and cells is not None:
                head = [name.strip() for name in cells]
                continue
            empty = False
            if cells is None:
                yield _damaged(path, line, "a quotation mark is not closed. The rows from here on are not read")
                return
            if head is None or len(cells) != len(head):
                yield _damaged(path, line, f"{len(cells)} cells where the head has {len(head or ())}")
                continue
            yield {name: cell for name, cell in zip(head, cells, strict=True) if name}
        if head is not None and empty:
            yield Headings.fromkeys(name for name in head if name)


def encoding_of(path: Path) -> str:
    """The encoding of a table of texts: UTF-8 or UTF-16 with or without a mark, else GB18030."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # the sample may end inside a character
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _head(path: Path, text_column: str | None) -> tuple[str, int]:
    """The separator, and the number of the record that names the columns: the first that names the column of texts."""
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        upper = []
        for number, (_, raw) in enumerate(_whole(file, limit=SAMPLE_BYTES)):
            if number >= MAX_ROWS_BEFORE_HEAD:
                break
            upper.append(raw)
    given = {number: raw.strip()[4:5] for number, raw in enumerate(upper[:1]) if raw[:4].lower() == "sep="}  # Excel's
    filled = [number for number, raw in enumerate(upper) if number not in given and raw.strip(" \t\r\n,;|")]
    separators = given.get(0) or ("\t" if path.suffix.lower() in (".tsv", ".tab") else SEPARATORS)
    for number in filled:
        for separator in separators:
            if known_column(_cells(upper[number], separator, None) or (), text_column, "text_column") is not None:
                return separator, number
    first = filled[0] if filled else 0
    return max(separators, key=upper[first].count) if upper else ",", first


def _whole(file: Iterator[str], limit: int | None = None) -> Iterator[tuple[int, str]]:
    """The records as they are printed, with the line at which each begins: lines until their quotation marks are even."""
    lines: list[str] = []
    odd, start, chars = False, 1, 0
    for number, line in enumerate(file, start=1):
        lines.append(line)
        chars += len(line)
        odd ^= line.count('"') % 2 == 1
        if not odd:
            yield start, "".join(lines)
            lines, start = [], number + 1
        if limit is not None and chars > limit:
            return
    if lines:
        yield start, "".join(lines)


def _cells(raw: str, separator: str, width: int | None) -> Sequence[str] | None:
    """The cells of a record; ``None`` when its quotation marks do not fit, also not one that is loosely read."""
    try:
        return next(csv.reader([raw], delimiter=separator, strict=True), [])
    except csv.Error:
        if raw.count('"') % 2 or "\n" in raw.rstrip("\r\n"):
            return None
    cells = next(csv.reader([raw], delimiter=separator), [])
    return cells if width in (None, len(cells)) else None


def _damaged(path: Path, line: int, what: str) -> ReportUnreadable:
    return ReportUnreadable(
        "damaged", f"{path.name}, line {line}: {what}.", "Repair the table and read it again.", "open"
    )
