"""What one cell of a statutory table holds: a number, a mark for "does not apply", words, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from nlp.vocabulary.load import load

# The commonest cells.
DIGITS = {str(digit): Decimal(digit) for digit in range(10)}

Kind = Literal["number", "not_applicable", "text"]


class Printed(NamedTuple):
    """What is printed in a cell; a blank cell is ``None`` instead. ``start`` and ``end`` count in the clean text.

    ``unit`` is the unit printed in the cell itself, 万 or 亿 where a number that is multiplied has no other; ``signed``
    tells that the number has + or - in front, or 增 or 减; ``about`` that it is printed with 约 or 余.
    """

    kind: Kind
    start: int
    end: int
    value: Decimal | None = None
    unit: str | None = None
    signed: bool = False
    about: bool = False

    @property
    def is_zero(self) -> bool:
        return self.value is not None and self.value == 0


@cache
def _cell() -> re.Pattern[str]:
    cells = load("tables")["cells"]

    def any_of(words: Iterable[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    signs = any_of(("±", *cells["more"], *cells["less"]))
    about = rf"(?P<about>{any_of(cells['about'])})?"
    return re.compile(
        rf"(?P<before>{any_of(cells['before'])})?(?:(?P<sign>{signs}):?)?\s?"
        rf"(?P<whole>\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,15}})(?P<fraction>\.\d{{1,8}})?\s?{about}"
        rf"(?:(?P<money>{any_of(cells['money'])})|(?P<scale>{any_of(cells['scales'])})?(?P<unit>{any_of(cells['units'])})?)"
        rf"{about.replace('about', 'after')}(?P<note>\s?(?:{'|'.join(cells['notes'])}))?"
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load("tables")["cells"][kind])


@cache
def scales() -> dict[str, int]:
    """By how much 万 and 亿 multiply a number."""
    return dict(load("tables")["cells"]["scales"])


def scaled(value: Decimal, scale: str | None) -> Decimal:
    """A number in 万 or 亿 as it is meant.

    >>> scaled(Decimal("1.2"), "万")
    Decimal('12000')
    """
    if scale not in scales():
        return value
    value *= scales()[scale]
    return value.to_integral_value() if value == value.to_integral_value() else value


def is_unit(text: str) -> bool:
    """Whether the words are a unit alone, as 件 behind a space."""
    return text in _words("units")


@cache
def tokens() -> re.Pattern[str]:
    """One value or word of a row in running text; 增 1558 is one value, its sign is a word."""
    cells = load("tables")["cells"]
    words = "|".join(sign for sign in (*cells["more"], *cells["less"]) if sign.isalpha())
    return re.compile(rf"(?:(?:{words}) (?=\d))?[^\s|]+")


def read_cell(text: str, start: int) -> Printed | None:
    """What stands in a cell whose clean text begins at ``start``; ``None`` for a blank cell.

    >>> read_cell(" +1,108.67万元", 0).value, read_cell("/", 0).kind, read_cell("  ", 0), read_cell("详见附件", 0).kind
    (Decimal('1108.67'), 'not_applicable', None, 'text')
    >>> read_cell("减38", 0).value, read_cell("1.2万条", 0).value, read_cell("120余件(含上年2件)", 0).value
    (Decimal('-38'), Decimal('12000'), Decimal('120'))
    """
    stripped = text.strip()
    if not stripped:
        return None
    if stripped is not text:
        start += len(text) - len(text.lstrip())
    end = start + len(stripped)
    if stripped in DIGITS:  # nine cells of ten; the pattern below takes five times as long
        return Printed("number", start, end, DIGITS[stripped])
    match = _cell().fullmatch(stripped)
    if match:
        value = Decimal(match["whole"].replace(",", "") + (match["fraction"] or ""))
        value = scaled(value, match["scale"])
        return Printed(
            "number",
            start,
            start + match.start("note") if match["note"] else end,
            -value if match["sign"] in _words("less") else value,
            match["money"] or match["unit"] or match["scale"],
            bool(match["sign"]),
            bool(match["before"] or match["about"] or match["after"]),
        )
    if stripped in _words("zeros"):
        return Printed("number", start, end, Decimal(0))
    return Printed("not_applicable" if stripped in _words("not_applicable") else "text", start, end)


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
