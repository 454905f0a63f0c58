"""A row as it is printed: its cells in their columns where every one can be told, otherwise the numbers that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nlp.tables.labels import Label
from nlp.tables.values import Printed

SUMMED = frozenset({"requests"})  # tables whose rows end with their sum


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row as printed. ``columns`` gives its cells when every cell can be told (``None`` for a blank one).

    Otherwise the row is damaged: ``columns`` is ``None``, ``values`` are the numbers and marks that are left, and
    ``fields`` are the cells with the blank ones among them (``None``) where a grid shows those.

    proved : a grid shows exactly the cells that the heads ask for
    exact : so it does, and still the numbers do not add up
    shifted : the row is whole, but a blank first cell may have pushed the others on
    solid : a row of a grid without a blank between its numbers: it lost cells, not blanks
    gaps : a row with more fields than columns and blanks among them: it gained cells and lost others
    free : nothing tells that the numbers are this row's and not a neighbour's
    """

    label: Label | None
    values: tuple[Printed, ...]
    columns: tuple[Printed | None, ...] | None
    fields: tuple[Printed | None, ...] | None = None
    proved: bool = False
    exact: bool = False
    shifted: bool = False
    solid: bool = False
    gaps: bool = False
    free: bool = False

    @property
    def printed(self) -> tuple[Printed | None, ...]:
        """The cells in printed order, blank ones among them where they can be seen."""
        return self.values if self.fields is None else self.fields

    @property
    def pool(self) -> tuple[Printed | None, ...]:
        """``printed``, and behind it what each two neighbours make together."""
        return (*self.printed, *joined(self.printed))


def joined(cells: Sequence[Printed | None]) -> list[Printed | None]:
    """For each two neighbours of a row the number that both make together, as 1 and 2 make 12; ``None`` for none.

    A number that a copy cut in two leaves a row with a cell too many.
    """
    return [_together(a, b) for a, b in pairwise(cells)]


def _together(first: Printed | None, second: Printed | None) -> Printed | None:
    if first is None or second is None or first.value is None or second.value is None or not first.value:
        return None
    whole = [cell.value == cell.value.to_integral_value() for cell in (first, second) if cell.value is not None]
    if not any(whole) or first.unit or second.signed:
        return None
    digits = f"{second.value:f}" if not whole[1] else f"{second.value:f}".zfill(second.end - second.start)
    return Printed("number", first.start, second.end, Decimal(f"{first.value:f}{digits}"))


def is_summed(table: str) -> bool:
    """Whether the rows of a table end with their sum."""
    return table in SUMMED


def adds_up(fields: Sequence[Printed | None], *, open_start: bool = False) -> bool:
    """Whether first and last field are printed and the last is the sum of those before it, blanks counted as nothing.

    A line of seven fields with blanks may also be one that lost cells at one end and gained them at the other;
    ``open_start`` allows a blank first field where the grid is known.
    """
    total = fields[-1]
    if total is None or total.value is None or (fields[0] is None and not open_start):
        return False
    if any(field and field.kind == "text" for field in fields):
        return False
    return sum(field.value for field in fields[:-1] if field and field.value is not None) == total.value


def without_unsure_blanks(
    rows: Mapping[str, RowReading], widths: Mapping[str, int], *, loose: bool
) -> dict[str, RowReading]:
    """The rows, none of them blank for certain where numbers are left over in the table: one of those may be its own.

    ``loose`` says that numbers stand outside all rows. What a grid shows to be blank stays so.
    """
    over = loose or any(row.columns is None and len(row.values) > widths[key] for key, row in rows.items())
    if not over:
        return dict(rows)
    return {
        key: row if row.values or row.proved else RowReading(row.label, (), None, free=True)
        for key, row in rows.items()
    }
