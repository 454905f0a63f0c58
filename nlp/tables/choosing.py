"""Labels of a table to its rows: which printed label stands for which row, and where the table is printed twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.tables.forms import Form
from nlp.tables.labels import Label
from nlp.tables.misprints import find_misprinted

# As many rows are a table, or a half of one; fewer are words of a sentence.
MIN_ROWS = 5
COPIED_SHARE = 0.5  # of the rows: what is printed twice is a copy
MAX_CANDIDATES = 600
MAX_PROBE_CHARS = 300
NUMBER = re.compile(r"(?<![^\s|+-])\d[\d,.]{0,20}")


@dataclass(frozen=True, slots=True)
class Choice:
    """The labels of a table, and which of them stands for which row, by its index.

    ``copy`` are the rows of a second copy of the table, ``misprinted`` the labels that were found by what they nearly say;
    ``woven`` tells that the rows stand in two columns side by side.
    """

    labels: Sequence[Label]
    rows: dict[str, int]
    copy: dict[str, int]
    misprinted: tuple[Label, ...]
    woven: bool


def find_rows(
    text: str, labels: Sequence[Label], table: str, form: Form, *, inside: tuple[int, int] | None = None
) -> Choice:
    """The label of each row of ``table``. Rows without a label are left out.

    ``inside`` is where the table's section is.
    """
    chosen = choose_rows(text, labels, table, form, inside=inside)
    misprinted = find_misprinted(text, labels, chosen, table, form)
    if misprinted:
        rest = (label for label in labels if not any(own.start <= label.start < own.end for own in misprinted))
        labels = sorted((*rest, *misprinted), key=lambda label: label.start)
        chosen = choose_rows(text, labels, table, form, inside=inside)
    others = {row for row in form.cells[table] if row not in chosen}
    taken = set(chosen.values())
    beside = choose_rows(text, labels, table, form, inside=inside, only=others, without=taken) if others else {}
    woven = len(beside) >= MIN_ROWS and all(_has_number(text, labels, index) for index in beside.values())
    if woven:
        chosen |= beside
        taken |= set(beside.values())
    copy = choose_rows(text, labels, table, form, inside=inside, without=taken)
    if len(copy) < max(MIN_ROWS, COPIED_SHARE * len(chosen)):
        copy = {}
    return Choice(labels, chosen, copy, tuple(misprinted), woven)


def _has_number(text: str, labels: Sequence[Label], index: int) -> bool:
    following = labels[index + 1].start if index + 1 < len(labels) else len(text)
    return NUMBER.search(text, labels[index].end, min(following, labels[index].end + MAX_PROBE_CHARS)) is not None


def choose_rows(
    text: str,
    labels: Sequence[Label],
    table: str,
    form: Form,
    *,
    inside: tuple[int, int] | None = None,
    only: Collection[str] | None = None,
    without: Collection[int] = (),
) -> dict[str, int]:
    """Which label (by index) stands for which row of ``table``.

    Labels also occur in prose, twice, or stand for several rows (总计); the rows of a form stand in its order, so the
    heaviest increasing chain is taken, where a label with numbers behind it weighs more than one without, and one
    between those that surround it in the form more than a copy elsewhere. ``only`` are the rows that may be chosen,
    ``without`` the labels that may not.
    """
    order = {key: place for place, key in enumerate(form.cells[table])}
    candidates: list[tuple[int, int, str, int]] = []
    for index, label in enumerate(labels):
        keys = [role.key for role in label.roles if role.table == table and role.kind == "row"]
        if only is not None:
            keys = [key for key in keys if key in only]
        if not keys or index in without:
            continue
        following = labels[index + 1].start if index + 1 < len(labels) else len(text)
        numbers = len(NUMBER.findall(text, label.end, min(following, label.end + MAX_PROBE_CHARS)))
        if not numbers and not label.alone:
            continue
        weight = 1 + 2 * min(numbers, 7) + (2 if label.alone else 0)
        if inside and inside[0] <= label.start < inside[1]:
            weight += 6
        candidates.extend(
            (index, order[key], key, weight + _neighbours(labels, index, key, table, form)) for key in keys
        )
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
    if not candidates:
        return chosen
    here = max(range(len(best)), key=lambda place: (best[place][0], -place))
    while here >= 0:
        chosen[candidates[here][2]] = candidates[here][0]
        here = best[here][1]
    return chosen


def _neighbours(labels: Sequence[Label], index: int, key: str, table: str, form: Form) -> int:
    """How many of the labels before and behind one are those that the form has there."""
    places = form.places[table]
    found = 0
    for step in (-1, 1):
        if 0 <= index + step < len(labels):
            roles = labels[index + step].roles
            found += any(role.table == table and places.get(role.key) == places[key] + step for role in roles)
    return found
