"""What one cell of a statutory table holds: a number, a mark for "does not apply", words, or nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from nlp.vocabulary.load import load

# The commonest cells.
DIGITS = {str(digit): Decimal(digit) for digit in range(10)}

Kind = Literal["number", "not_applicable", "text"]


class Printed(NamedTuple):
    """What is printed in a cell; a blank cell is ``None`` instead. ``start`` and ``end`` count in the clean text.

    ``unit`` is the unit printed in the cell itself; ``signed`` tells that the number has + or - in front, or 增 or 减.
    """

    kind: Kind
    start: int
    end: int
    value: Decimal | None = None
    unit: str | None = None
    signed: bool = False

    @property
    def is_zero(self) -> bool:
        return self.value is not None and self.value == 0


@cache
def _cell() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    cells = load("forms")["cells"]
    units = "|".join(sorted(map(re.escape, cells["units"]), key=len, reverse=True))
    signs = "|".join(map(re.escape, ("±", *cells["more"], *cells["less"])))
    number = rf"(?:({signs}):?)?\s?(\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,15}})(\.\d{{1,8}})?\s?({units})?"
    return re.compile(number), frozenset(cells["not_applicable"]), frozenset(cells["units"])


@cache
def _less() -> frozenset[str]:
    return frozenset(load("forms")["cells"]["less"])


def is_unit(text: str) -> bool:
    """Whether the words are a unit alone, as 件 behind a space."""
    return text in _cell()[2]


@cache
def tokens() -> re.Pattern[str]:
    """One value or word of a row in running text; 增 1558 is one value, its sign is a word."""
    cells = load("forms")["cells"]
    words = "|".join(sign for sign in (*cells["more"], *cells["less"]) if sign.isalpha())
    return re.compile(rf"(?:(?:{words}) (?=\d))?[^\s|]+")


def read_cell(text: str, start: int) -> Printed | None:
    """What stands in a cell whose clean text begins at ``start``; ``None`` for a blank cell.

    >>> read_cell(" +1,108.67万元", 0).value, read_cell("/", 0).kind, read_cell("  ", 0), read_cell("详见附件", 0).kind
    (Decimal('1108.67'), 'not_applicable', None, 'text')
    >>> read_cell("减38", 0).value
    Decimal('-38')
    """
    stripped = text.strip()
    if not stripped:
        return None
    if stripped is not text:
        start += len(text) - len(text.lstrip())
    end = start + len(stripped)
    if stripped in DIGITS:  # nine cells of ten; the pattern below takes five times as long
        return Printed("number", start, end, DIGITS[stripped])
    number, marks, _ = _cell()
    match = number.fullmatch(stripped)
    if match:
        sign, whole, fraction, unit = match.groups()
        value = Decimal(whole.replace(",", "") + (fraction or ""))
        return Printed("number", start, end, -value if sign in _less() else value, unit, bool(sign))
    return Printed("not_applicable" if stripped in marks else "text", start, end)


def read_several(field: str, start: int) -> list[Printed]:
    """The values of a field that holds several, as ``0 0 0``; empty when anything else stands there."""
    found = []
    for match in tokens().finditer(field):
        cell = read_cell(match.group(), start + match.start())
        if cell is None or cell.kind == "text":
            return []
        found.append(cell)
    return found if len(found) > 1 else []


def whole_number(cell: Printed | None) -> int | None:
    """The number of a cell as the identities count it: a blank or a mark is 0; ``None`` for what is no plain count."""
    if cell is None or cell.kind == "not_applicable":
        return 0
    if cell.value is None or cell.signed or cell.value != cell.value.to_integral_value():
        return None
    return int(cell.value)
