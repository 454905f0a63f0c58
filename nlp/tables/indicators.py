"""Tables of one number a row, with more columns: serial numbers, codes, a value for each kind of body or period."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from nlp.tables.labels import squeeze
from nlp.tables.rows import RowReading
from nlp.tables.values import Printed

MIN_ROWS = 5
# Serial numbers go up by one a row; rows without numbers (八、机构建设和保障经费情况) may be counted too.
MAX_STEP = 3
MIN_SHARE = 0.9
SERIAL_CHARS = 16
SERIAL = re.compile(r"(?<![\d.])(\d{1,3})[\s|]{1,6}(?:其中:?\s?)?$")
MAX_COLUMNS = 8
HEAD_CHARS = 200
CODES = re.compile(r"代码|编码|编号|序号|行次")
YEAR_COLUMN = re.compile(r"(?:本年|全年)?(?:累计|合计)(?:数|人?次)?[|12]*$|(?:本年|全年)累计")


def settle_columns(text: str, rows: Mapping[str, RowReading]) -> tuple[dict[str, RowReading], frozenset[int]]:
    """The rows with the value of the form's one column, where the whole table proves which of several it is.

    Also the places of the serial numbers in front of the rows, which are no values.

    ``text`` is the clean text, ``rows`` stand in the order of the form.
    Sources: 国办发〔2014〕32号, 附件; local copies with 序号 in front, or with 区政府, 区直单位, 乡镇街道 beside 合计.
    """
    settled, serials = _without_serials(text, rows)
    return _with_totals(settled), serials


def settle_local(text: str, rows: Mapping[str, RowReading]) -> dict[str, RowReading]:
    """The printed rows of a local table of 2008–2013 with the year's value; none where it is not a filled table.

    Such tables have a code (代码 01–35) between label and value, and some a column 本期实际 beside 本年累计. In prose
    the same words stand too, but not five of them with a number in the next cell each.
    """
    printed = {row: reading for row, reading in rows.items() if reading.label is not None and reading.label.alone}
    if len(printed) < MIN_ROWS:
        return {}
    first = min(reading.label.start for reading in printed.values() if reading.label)
    head = squeeze(text[max(0, first - HEAD_CHARS) : first])
    settled = _of_the_year(_without_codes(printed, CODES.search(head) is not None), head)
    filled = [reading for reading in settled.values() if reading.values]
    return settled if len(filled) >= MIN_ROWS else {}


def _without_codes(rows: Mapping[str, RowReading], headed: bool) -> dict[str, RowReading]:
    """Without the code that is the first number of every row: it rises by one a row, under a head or written 01, 02."""
    firsts = [reading.values[0].value for reading in rows.values() if reading.values]
    rising = [a is not None and b is not None and 1 <= b - a <= MAX_STEP for a, b in pairwise(firsts)]
    if not headed or len(firsts) < max(MIN_ROWS, MIN_SHARE * len(rows)) or sum(rising) < MIN_SHARE * len(rising):
        return dict(rows)
    return {row: _reading(reading, reading.values[1:]) for row, reading in rows.items()}


def _of_the_year(rows: dict[str, RowReading], head: str) -> dict[str, RowReading]:
    """With the last of two values where the head calls the last column 本年累计, or where both are the same."""
    last_is_year = bool(YEAR_COLUMN.search(head))
    settled = {}
    for row, reading in rows.items():
        values = reading.values
        if len(values) == 2 and (last_is_year or values[0].value == values[1].value):
            reading = _reading(reading, values[1:])
        settled[row] = reading
    return settled


def _without_serials(text: str, rows: Mapping[str, RowReading]) -> tuple[dict[str, RowReading], frozenset[int]]:
    """Without the serial number in front of the next row's label, which stands behind this row's value."""
    serials: dict[int, int] = {}
    for reading in rows.values():
        if reading.label is None:
            continue
        start = max(0, reading.label.start - SERIAL_CHARS)
        found = SERIAL.search(text[start : reading.label.start])
        if found:
            serials[start + found.start(1)] = int(found[1])
    rising = [1 <= b - a <= MAX_STEP for a, b in pairwise(serials.values())]
    if len(serials) < max(MIN_ROWS, MIN_SHARE * len(rows)) or sum(rising) < MIN_SHARE * len(rising):
        return dict(rows), frozenset()
    settled = {
        row: _reading(reading, kept)
        if len(kept := _without(reading.values, serials)) < len(reading.values)
        else reading
        for row, reading in rows.items()
    }
    return settled, frozenset(serials)


def _without(values: tuple[Printed, ...], places: Mapping[int, int]) -> tuple[Printed, ...]:
    return tuple(cell for cell in values if cell.start not in places)


def _with_totals(rows: dict[str, RowReading]) -> dict[str, RowReading]:
    """With the one value that is the sum of the others in every row, first or last in all of them."""
    widths = {len(reading.values) for reading in rows.values() if reading.values}
    if len(widths) != 1 or not 2 < (width := widths.pop()) <= MAX_COLUMNS:
        return rows
    full = [numbers for reading in rows.values() if (numbers := _numbers(reading)) is not None]
    telling = [numbers for numbers in full if any(numbers)]
    for place in (0, width - 1):
        proven = [2 * numbers[place] == sum(numbers) for numbers in telling]
        if len(telling) >= MIN_ROWS and all(proven):
            return {
                row: _reading(reading, (reading.values[place],)) if reading.values else reading
                for row, reading in rows.items()
            }
    return rows


def _numbers(reading: RowReading) -> list[Decimal] | None:
    numbers = [cell.value for cell in reading.values]
    return None if not numbers or None in numbers else [number for number in numbers if number is not None]


def _reading(reading: RowReading, values: tuple[Printed, ...]) -> RowReading:
    """The row with these values left; whole when there is one, blank when there is none."""
    if len(values) > 1:
        return RowReading(reading.label, values, None)
    return RowReading(reading.label, values, values or (None,))
