"""Rows of the statutory table on disclosure in a snippet that is nothing but table: 行政许可 | 52.

In a report the figures tell what the tables say; a snippet without a sentence has its rows read as counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Literal

from nlp.quantities import SCALES
from nlp.reading.clean import CleanText
from nlp.records import Count, Quantity
from nlp.vocabulary.load import load

MAX_SNIPPET_CHARS = 3_000
SENTENCE = re.compile(r"[。;!?]")
CELL = re.compile(
    r"[\s|]{1,12}(?P<sign>[+-])?(?P<digits>\d[\d,]{0,14}(?:\.\d{1,6})?)(?P<scale>[万亿])?"
    r"(?P<unit>[元件个项宗条])?(?![\d.、号)])"
)


def find_row_counts(clean: CleanText) -> tuple[Count, ...]:
    """The counts of a snippet of the table on disclosure; empty when the text holds a sentence or no such row.

    A row is read when it has as many numbers as its edition of the form has columns; an amount without unit only
    where the head of the table names one, or when it is 0.

    >>> [(c.metric, int(c.quantity.value)) for c in find_row_counts(CleanText("行政许可 | 52 |\\n行政处罚 | 15 |"))]
    [('admin_licences', 52), ('admin_penalties', 15)]
    """
    text = clean.text
    if len(text) > MAX_SNIPPET_CHARS or SENTENCE.search(text):
        return ()
    return tuple(_counts(clean, text))


def _counts(clean: CleanText, text: str) -> Iterator[Count]:
    columns = "of_2019" if _pattern("edition_2019").search(text) else "after_2021"
    in_ten_thousands = bool(_pattern("of_money").search(text))
    for label in _labels().finditer(text):
        entry = load("rows")["rows"][label.lastgroup or ""]
        cells = list(_cells(text, label.end()))
        if len(cells) != len(entry[columns]):
            continue
        for name, cell in zip(entry[columns], cells, strict=True):
            metric, _, period = name.partition("@")
            money = metric in ("admin_fees", "procurement_amount")
            value = Decimal(cell["digits"].replace(",", "")) * SCALES.get(cell["scale"], 1)
            if money and cell["unit"] != "元" and not cell["scale"]:
                if value and not in_ten_thousands:
                    continue
                value *= SCALES["万"]
            if not metric or (cell["sign"] == "-"):
                continue
            unit = "元" if money else cell["unit"] or entry["unit"]
            if value == value.to_integral_value():
                value = value.to_integral_value()
            span = clean.span(cell.start("digits"), cell.end())
            yield Count(metric, Quantity(value, unit, "exact", span), None, _period(period))


def _period(name: str) -> Literal["year", "previous_year"]:
    return "previous_year" if name == "previous_year" else "year"


def _cells(text: str, at: int) -> Iterator[re.Match[str]]:
    while cell := CELL.match(text, at):
        yield cell
        at = cell.end()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("rows")[name]["patterns"]))


@cache
def _labels() -> re.Pattern[str]:
    rows = load("rows")["rows"]
    labels = "|".join(f"(?P<{key}>{'|'.join(entry['patterns'])})" for key, entry in rows.items())
    return re.compile(f"(?<![一-龥])(?:{labels})(?=[\\s|])")
