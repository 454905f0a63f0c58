"""One edit in a printed table, as a slip of an editor or a lost line of a copy makes it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from training.generated.numbers import Cells
from training.generated.sheets import Box, Row

MAX_BLOCK = 12
# What one edit may do: to one cell, to one line, to a block of lines.
CELL_EDITS = (
    "cell_deleted",
    "cell_inserted",
    "cell_doubled",
    "cell_moved",
    "cell_moved_away",
    "cell_split",
    "number_split",
)
LINE_EDITS = ("line_deleted", "line_inserted", "line_doubled", "line_moved", "line_split")
BLOCK_EDITS = ("block_deleted", "block_doubled", "block_moved")
EDITS = (*CELL_EDITS, *LINE_EDITS, *BLOCK_EDITS)
# The same where every line is a cell.
IN_A_FLOW = {
    "cell_deleted": "line_deleted", "cell_inserted": "line_inserted", "cell_doubled": "line_doubled",
    "cell_moved": "line_nudged", "cell_moved_away": "line_moved", "line_split": "cell_split",
}  # fmt: skip


@dataclass(slots=True)
class Edited:
    """The rows after an edit, and the cells that it left unprinted.

    ``reprinted`` are the cells in which another number now stands though every row has its label and as many cells as
    before: what is printed there then, by all signs.
    """

    rows: list[Row]
    unprinted: set[tuple[str, str, str]] = field(default_factory=set)
    reprinted: Cells = field(default_factory=dict)


def edit_rows(rng: random.Random, rows: Sequence[Row], kind: str, *, flowing: bool) -> Edited | None:
    """``rows`` with one edit; ``None`` where it does not fit.

    ``flowing`` rows are printed one box a line: there a line is a box, and a block some boxes in a row.
    """
    if flowing:
        rows = [[box] for row in rows for box in row if box.text]
        kind = IN_A_FLOW.get(kind, kind)
    after = CHANGES[kind](rng, [list(row) for row in rows])
    if after is None or after == list(rows):
        return None
    left = {box.cell for row in after for box in row if box.cell}
    unprinted = {box.cell for row in rows for box in row if box.cell and box.cell not in left}
    return Edited(after, unprinted, _reprinted(rows, after))


def _reprinted(rows: Sequence[Row], after: Sequence[Row]) -> Cells:
    shapes = [[[None if box.cell else box.text for box in row] for row in each] for each in (rows, after)]
    if shapes[0] != shapes[1]:
        return {}
    pairs = [pair for old, new in zip(rows, after, strict=True) for pair in zip(old, new, strict=True)]
    return {old.cell: new.text for old, new in pairs if old.cell and old.text != new.text}


def damage_cells(
    rng: random.Random, rows: Sequence[Row], damage: str, unprinted: set[tuple[str, str, str]]
) -> list[Row]:
    """``rows`` with one kind of damage to a cell in a tenth of those that hold numbers."""
    change = CHANGES[{"cells_dropped": "cell_deleted", "cells_doubled": "cell_doubled", "cells_split": "cell_split",
                      "cells_shifted": "cell_inserted", "rows_cut": "line_split"}[damage]]  # fmt: skip
    damaged: list[Row] = []
    for row in rows:
        if any(box.cell for box in row) and rng.random() < 0.1 and (edited := change(rng, [list(row)])) is not None:
            kept = {box.cell for piece in edited for box in piece}
            unprinted |= {box.cell for box in row if box.cell and box.cell not in kept}
            damaged += edited
        else:
            damaged.append(row)
    return damaged


def _any_row(rng: random.Random, rows: Sequence[Row], boxes: int = 1) -> int | None:
    """A row with numbers three times of four, any row otherwise."""
    numbers = [n for n, row in enumerate(rows) if len(row) >= boxes and any(box.cell for box in row)]
    if numbers and rng.random() < 0.75:
        return rng.choice(numbers)
    long = [n for n, row in enumerate(rows) if len(row) >= boxes]
    return rng.choice(long) if long else None


def _any_box(rng: random.Random, row: Row) -> int:
    """A box with a number three times of four, any box otherwise."""
    numbers = [n for n, box in enumerate(row) if box.cell]
    return rng.choice(numbers) if numbers and rng.random() < 0.75 else rng.randrange(len(row))


def _delete_cell(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    at = _any_row(rng, rows)
    if at is None:
        return None
    del rows[at][_any_box(rng, rows[at])]
    return rows


def _insert_cell(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    at = _any_row(rng, rows)
    if at is None:
        return None
    text = rng.choice(["", "0", "0", "1", "2", "5", str(rng.randint(3, 60))])
    rows[at].insert(rng.randint(0, len(rows[at])), Box(text))
    return rows


def _double_cell(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    at = _any_row(rng, rows)
    if at is None:
        return None
    box = _any_box(rng, rows[at])
    rows[at].insert(box, rows[at][box])
    return rows


def _move_cell(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    """To another place of its row."""
    at = _any_row(rng, rows, 2)
    if at is None:
        return None
    row = rows[at]
    start, end = rng.sample(range(len(row)), 2)
    moved = [*row[:start], *row[start + 1 :]]
    moved.insert(end, row[start])
    rows[at] = moved
    return rows


def _move_cell_away(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    at, to = _any_row(rng, rows), _any_row(rng, rows)
    if at is None or to is None or at == to:
        return None
    box = rows[at].pop(_any_box(rng, rows[at]))
    rows[to].insert(rng.randint(0, len(rows[to])), box)
    return rows


def _split(rng: random.Random, rows: list[Row], apart: Callable[[Box, str, str], Row]) -> list[Row] | None:
    """A number of two digits or more, or a label, in two."""
    places = [(y, x) for y, row in enumerate(rows) for x, box in enumerate(row) if box.cell and len(box.text) > 1]
    if not places or rng.random() < 0.2:
        places = [(y, x) for y, row in enumerate(rows) for x, box in enumerate(row) if len(box.text) > 3]
    if not places:
        return None
    y, x = rng.choice(places)
    box = rows[y][x]
    at = rng.randint(1, len(box.text) - 1)
    rows[y][x : x + 1] = apart(box, box.text[:at], box.text[at:])
    return rows


def _split_cell(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    return _split(rng, rows, lambda box, head, tail: [box._replace(text=head), Box(tail)])


def _split_number(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    return _split(rng, rows, lambda box, head, tail: [box._replace(text=f"{head} {tail}")])


def _delete_line(rng: random.Random, rows: list[Row], most: int = 1) -> list[Row] | None:
    at, end = _block(rng, rows, most)
    del rows[at:end]
    return rows or None


def _double_line(rng: random.Random, rows: list[Row], most: int = 1) -> list[Row] | None:
    at, end = _block(rng, rows, most)
    rows[end:end] = rows[at:end]
    return rows


def _move_line(rng: random.Random, rows: list[Row], most: int = 1) -> list[Row] | None:
    at, end = _block(rng, rows, most)
    block = rows[at:end]
    rest = [*rows[:at], *rows[end:]]
    if not rest:
        return None
    to = rng.choice([n for n in range(len(rest) + 1) if n != at] or [0])
    return [*rest[:to], *block, *rest[to:]]


def _nudge_line(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    """A line a few lines further up or down."""
    at = rng.randrange(len(rows))
    to = min(max(at + rng.choice([-4, -3, -2, -1, 1, 2, 3, 4]), 0), len(rows) - 1)
    row = rows.pop(at)
    rows.insert(to, row)
    return rows


def _insert_line(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    """A line like another one, with other numbers."""
    at = _any_row(rng, rows)
    if at is None:
        return None
    line = [Box(str(rng.choice([0, 0, 1, 3])) if box.cell else "", box.columns) for box in rows[at]]
    if not any(box.text for box in line):
        line = [Box(str(rng.randint(0, 9)))]
    rows.insert(rng.randint(0, len(rows)), line)
    return rows


def _split_line(rng: random.Random, rows: list[Row]) -> list[Row] | None:
    at = _any_row(rng, rows, 2)
    if at is None:
        return None
    cut = rng.randint(1, len(rows[at]) - 1)
    rows[at : at + 1] = [rows[at][:cut], rows[at][cut:]]
    return rows


def _block(rng: random.Random, rows: Sequence[Row], most: int) -> tuple[int, int]:
    size = rng.randint(2, min(most, len(rows))) if most > 1 and len(rows) > 1 else 1
    at = rng.randint(0, len(rows) - size)
    return at, at + size


CHANGES: dict[str, Callable[[random.Random, list[Row]], list[Row] | None]] = {
    "cell_deleted": _delete_cell,
    "cell_inserted": _insert_cell,
    "cell_doubled": _double_cell,
    "cell_moved": _move_cell,
    "cell_moved_away": _move_cell_away,
    "cell_split": _split_cell,
    "number_split": _split_number,
    "line_deleted": _delete_line,
    "line_inserted": _insert_line,
    "line_doubled": _double_line,
    "line_moved": _move_line,
    "line_nudged": _nudge_line,
    "line_split": _split_line,
    "block_deleted": lambda rng, rows: _delete_line(rng, rows, MAX_BLOCK),
    "block_doubled": lambda rng, rows: _double_line(rng, rows, MAX_BLOCK),
    "block_moved": lambda rng, rows: _move_line(rng, rows, MAX_BLOCK),
}
