"""What the readers of tables share: records by column, and where the row of headings is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from nlp.records import ReportUnreadable
from nlp.vocabulary.load import load

Record = Mapping[str, object]
MAX_ROWS_BEFORE_HEAD = 20  # titles and blank rows above the headings, as office programs print them


class Headings(dict[str, object]):
    """The columns of a table without rows: they tell whether the column that is wanted is there."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the name of its sheet, ``None`` where a file holds one table only."""

    name: str | None
    records: Iterable[Record | ReportUnreadable]


def known_column(head: Iterable[object], wanted: str | None, kind: str) -> str | None:
    """The name in ``head`` that is the wanted one, or if none is wanted one that is known to mean ``kind``."""
    names = [str(name) for name in head if name is not None]
    if wanted is not None:
        return next((name for name in names if name.strip() == wanted.strip()), None)
    by_name = {name.strip().lower(): name for name in reversed(names)}
    return next((by_name[name] for name in load("collections")[kind]["surface"] if name in by_name), None)


def under_head(rows: Iterable[Sequence[object]], is_head: Callable[[Sequence[object]], bool]) -> Iterator[Record]:
    """Records from rows of cells. The first of the upper rows that ``is_head`` names the columns, else the first of all.

    Blank rows are left out. Cells of headings that are merged, or empty, name no column.
    """
    stream = (row for row in rows if any(cell is not None and str(cell).strip() for cell in row))
    upper: list[Sequence[object]] = []
    for row in stream:
        upper.append(row)
        if is_head(row) or len(upper) >= MAX_ROWS_BEFORE_HEAD:
            break
    at = next((at for at, row in enumerate(upper) if is_head(row)), 0)
    if not upper:
        return
    head = ["" if name is None else str(name).strip() for name in upper[at]]
    below = chain(upper[at + 1 :], stream)
    first = next(below, None)
    if first is None:
        yield Headings.fromkeys(name for name in head if name)
        return
    for row in chain([first], below):
        yield {name: cell for name, cell in zip(head, row, strict=False) if name}
