"""Serial numbers in front of the rows of a table, which stand behind the number of the row before."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from nlp.tables.labels import Label

MIN_ROWS = 5
# They go up by one a row; rows without numbers (八、机构建设和保障经费情况) may be counted too.
MAX_STEP = 3
MIN_SHARE = 0.9
SERIAL_CHARS = 16
SERIAL = re.compile(r"(?<![\d.])(\d{1,3})[\s|]{1,6}(?:其中:?\s?)?$")


def find_serials(text: str, labels: Sequence[Label], table: str) -> frozenset[int]:
    """Where the serial numbers in front of the labels of a table stand in the clean text; empty where it has none.

    They are what stands before nine labels of ten and rises from one to the next.

    Parameters
    ----------
    text : the clean text
    labels : the labels of the form in it, in order
    """
    before = {kind: _numbers_before(text, labels, table, kind) for kind in ("row", "group")}
    rows = sum(any(r.table == table and r.kind == "row" for r in label.roles) for label in labels)
    serials = before["row"]
    rising = [1 <= b - a <= MAX_STEP for a, b in pairwise(serials.values())]
    if len(serials) < max(MIN_ROWS, MIN_SHARE * rows) or sum(rising) < MIN_SHARE * len(rising):
        return frozenset()
    places = list(serials)
    of_groups = set()
    for place, number in before["group"].items():
        after = bisect(places, place)
        low = serials[places[after - 1]] if after else number - 1
        high = serials[places[after]] if after < len(places) else number + 1
        if low < number < high:
            of_groups.add(place)
    return frozenset({*serials, *of_groups})


def _numbers_before(text: str, labels: Sequence[Label], table: str, kind: str) -> dict[int, int]:
    """The number in front of each label of a kind, by its place."""
    found: dict[int, int] = {}
    for label in labels:
        if not any(role.table == table and role.kind == kind for role in label.roles):
            continue
        start = max(0, label.start - SERIAL_CHARS)
        match = SERIAL.search(text[start : label.start])
        if match:
            found[start + match.start(1)] = int(match[1])
    return found
