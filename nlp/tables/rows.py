"""Labels of a table to its rows: which printed label stands for which row, and what is printed behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.tables.cells import Cells, blank_out, read_cells
from nlp.tables.forms import Form
from nlp.tables.glued import parted
from nlp.tables.labels import Label
from nlp.tables.misprints import find_misprinted
from nlp.tables.values import Printed

# Behind the last label of a table: enough for its cells one per line with indents, not for the rest of the report.
MAX_ROW_CHARS = 1500
MAX_CANDIDATES = 600
SUMMED = frozenset({"requests"})  # tables whose rows end with their sum
MAX_PROBE_CHARS = 300
NUMBER = re.compile(r"(?<![^\s|+-])\d[\d,.]{0,20}")


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row as printed. ``columns`` gives its cells when every cell can be told (``None`` for a blank one).

    Otherwise the row is damaged: ``columns`` is ``None`` and ``values`` are the numbers and marks that are left.
    ``solid`` tells of a row between tabs or pipes without a blank between its numbers: it lost cells, not blanks.
    ``gaps`` tells of one with more fields than columns and blanks among them: it gained cells and lost others.
    """

    label: Label | None
    values: tuple[Printed, ...]
    columns: tuple[Printed | None, ...] | None
    solid: bool = False
    gaps: bool = False


def choose_rows(
    text: str, labels: Sequence[Label], table: str, form: Form, *, inside: tuple[int, int] | None = None
) -> dict[str, int]:
    """Which label (by index) stands for which row of ``table``.

    Labels also occur in prose, twice, or stand for several rows (总计); the rows of a form stand in its order, so the
    heaviest increasing chain is taken, where a label with numbers behind it weighs more than one without.
    """
    order = {key: place for place, key in enumerate(form.cells[table])}
    candidates: list[tuple[int, int, str, int]] = []
    for index, label in enumerate(labels):
        keys = [role.key for role in label.roles if role.table == table and role.kind == "row"]
        if not keys:
            continue
        following = labels[index + 1].start if index + 1 < len(labels) else len(text)
        numbers = len(NUMBER.findall(text, label.end, min(following, label.end + MAX_PROBE_CHARS)))
        if not numbers and not label.alone:
            continue
        weight = 1 + 2 * min(numbers, 7) + (2 if label.alone else 0)
        if inside and inside[0] <= label.start < inside[1]:
            weight += 6
        candidates.extend((index, order[key], key, weight) for key in keys)
    candidates = candidates[:MAX_CANDIDATES]
    if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(candidates)):
        return {key: index for index, _, key, _ in candidates}
    best: list[tuple[int, int]] = []
    for here, (index, place, _, weight) in enumerate(candidates):
        before = max(
            (
                (best[there][0], -there)
                for there in range(here)
                if candidates[there][0] < index and candidates[there][1] < place
            ),
            default=(0, 1),
        )
        best.append((before[0] + weight, -before[1]))
    chosen: dict[str, int] = {}
    here = max(range(len(best)), key=lambda place: (best[place][0], -place))
    while here >= 0:
        chosen[candidates[here][2]] = candidates[here][0]
        here = best[here][1]
    return chosen


def read_rows(
    text: str, labels: Sequence[Label], table: str, form: Form, *, inside: tuple[int, int] | None = None
) -> dict[str, RowReading]:
    """The rows of ``table`` as they are printed, each behind its label. Rows without a label are left out."""
    chosen = choose_rows(text, labels, table, form, inside=inside)
    misprinted = find_misprinted(text, labels, chosen, table, form)
    if misprinted:
        labels = sorted((*labels, *misprinted), key=lambda label: label.start)
        chosen = choose_rows(text, labels, table, form, inside=inside)
    taken = set(chosen.values())
    last_index = max(taken, default=-1)
    rows: dict[str, RowReading] = {}
    for key, index in chosen.items():
        label = labels[index]
        holes: list[tuple[int, int]] = []
        end = min(len(text), label.end + MAX_ROW_CHARS)
        for later in range(index + 1, len(labels)):
            if labels[later].start >= end:
                break
            if later not in taken and _is_head(labels[later], table):
                holes.append((labels[later].start, labels[later].end))
                continue
            end = labels[later].start
            break
        holes = [(first, last) for first, last in holes if last <= end]
        piece = blank_out(text, label.end, end, holes)
        stop = index == last_index or table == "disclosure"
        rows[key] = lay_out(label, read_cells(piece, label.end, last=stop), len(form.cells[table][key]), table)
    return rows


def _is_head(label: Label, table: str) -> bool:
    """Whether a label within a row is a head repeated at a page break, behind which the row goes on."""
    return table == "requests" and any(role.table == table and role.kind == "head" for role in label.roles)


def lay_out(label: Label | None, cells: Cells, width: int, table: str) -> RowReading:
    """The cells of a row in their columns, if that is certain: as many values as columns, or as many fields."""
    fields = cells.fields
    numbers = parted(cells.values, width)
    if numbers is not None and (table in SUMMED or all(number.is_zero for number in numbers)):
        return RowReading(label, numbers, numbers)
    if len(cells.values) == width and (fields is None or _is_solid(fields)):
        return RowReading(label, cells.values, cells.values)
    if fields is None:
        if not cells.values:
            return RowReading(label, (), (None,) * width)
        return RowReading(label, cells.values, None)
    if not any(fields) and not cells.values:
        return RowReading(label, (), (None,) * width)
    # Cells that the form does not have, at the end of a line whose table is wider elsewhere.
    if len(fields) > width and not any(fields[width:]) and all(fields[:width]):
        fields = fields[:width]
    if len(fields) == width and (table != "requests" or adds_up(fields)):
        return RowReading(label, cells.values, fields)
    solid = _is_solid(fields)
    return RowReading(label, cells.values, None, solid=solid, gaps=not solid and len(fields) > width)


def _is_solid(fields: Sequence[Printed | None]) -> bool:
    """Whether there is no blank between the first and the last cell that is filled."""
    filled = [place for place, field in enumerate(fields) if field]
    return bool(filled) and filled[-1] - filled[0] + 1 == len(filled)


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
