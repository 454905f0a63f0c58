"""Labels of a table to its rows: which printed label stands for which row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nlp.tables.forms import Form
from nlp.tables.labels import Label
from nlp.tables.misprints import find_misprinted

MAX_CANDIDATES = 600
MAX_PROBE_CHARS = 300
NUMBER = re.compile(r"(?<![^\s|+-])\d[\d,.]{0,20}")


def find_rows(
    text: str, labels: Sequence[Label], table: str, form: Form, *, inside: tuple[int, int] | None = None
) -> tuple[Sequence[Label], dict[str, int]]:
    """The label of each row of ``table``, by its index among the labels that are handed back with them.

    Misprinted labels are among those. Rows without a label are left out. ``inside`` is where the table's section is.
    """
    chosen = choose_rows(text, labels, table, form, inside=inside)
    misprinted = find_misprinted(text, labels, chosen, table, form)
    if misprinted:
        labels = sorted((*labels, *misprinted), key=lambda label: label.start)
        chosen = choose_rows(text, labels, table, form, inside=inside)
    return labels, chosen


def choose_rows(
    text: str, labels: Sequence[Label], table: str, form: Form, *, inside: tuple[int, int] | None = None
) -> dict[str, int]:
    """Which label (by index) stands for which row of ``table``.

    Labels also occur in prose, twice, or stand for several rows (总计); the rows of a form stand in its order, so the
    heaviest increasing chain is taken, where a label with numbers behind it weighs more than one without, and one
    between those that surround it in the form more than a copy elsewhere.
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
