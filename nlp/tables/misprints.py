"""Row labels with a wrong or missing character, found by what they nearly say and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from nlp.tables.forms import Form, Role
from nlp.tables.labels import Label, simplify, squeeze, starts_with_number, without_number
from nlp.tables.values import read_cell

# 本机关不掌握相关信息 for 本机关不掌握相关政府信息 is .90, 2.重复申请 against 信访申请 .50.
MIN_LIKENESS = 0.72
MIN_CHARS = 3
MAX_CHARS = 60
# Room before the first and behind the last row that was found.
MAX_MARGIN = 400
CELL = re.compile(r"[^\t\n|]+")
BEFORE_VALUES = re.compile(r"(?<!\s)\s+(?=[+-]?\d[\d,.]{0,20}(?:\s|$)|[/—-])")
WORD = re.compile(r"[^\s|]+")


def find_misprinted(
    text: str, labels: Sequence[Label], chosen: Mapping[str, int], table: str, form: Form
) -> list[Label]:
    """Labels for rows of ``table`` that were not found, each between the rows that surround it in the form.

    Only a cell behind which a value follows is taken, and only when one missing row is clearly the nearest.
    """
    rows = list(form.cells[table])
    if not chosen or len(chosen) == len(rows):
        return []
    found = []
    place = 0
    while place < len(rows):
        if rows[place] in chosen:
            place += 1
            continue
        last = place
        while last < len(rows) and rows[last] not in chosen:
            last += 1
        start, end = _between(labels, chosen, rows, place, last)
        found.extend(_search(text, start, end, labels, rows[place:last], table, form))
        place = last
    return found


def _between(
    labels: Sequence[Label], chosen: Mapping[str, int], rows: Sequence[str], first: int, last: int
) -> tuple[int, int]:
    """The text between the rows around the missing ones ``first`` to ``last``."""
    before = labels[chosen[rows[first - 1]]].end if first else None
    after = labels[chosen[rows[last]]].start if last < len(rows) else None
    if before is None:
        after = after or 0
        before = max((label.end for label in labels if label.end <= after and _ends(label)), default=0)
        before = max(before, after - MAX_MARGIN)
    elif after is None:
        limit = before + MAX_MARGIN
        after = min((label.start for label in labels if label.start > before and _ends(label)), default=limit)
        after = min(after, limit)
    return before, after


def _ends(label: Label) -> bool:
    return any(role.kind in ("break", "head") for role in label.roles)


def _search(
    text: str, start: int, end: int, labels: Sequence[Label], missing: Sequence[str], table: str, form: Form
) -> list[Label]:
    names = {row: _plain(form.names[table, row]) for row in missing}
    piece = text[start:end]
    cell = CELL if "\n" in piece.strip() or "\t" in piece or "|" in piece else WORD
    found: list[Label] = []
    # 2.其他 in 2.其他法律行政止公开 is no label, since its words run on.
    inner = [label for label in labels if start <= label.start < end and label.alone]
    edges = [start, *(label.end for label in inner)], [*(label.start for label in inner), end]
    gaps = [(low, high) for low, high in zip(*edges, strict=True) if low < high]
    for match in (match for low, high in gaps for match in cell.finditer(text, low, high)):
        words = BEFORE_VALUES.split(match.group().strip(), maxsplit=1)[0]
        if not MIN_CHARS <= len(words) <= MAX_CHARS or read_cell(words, 0) is None:
            continue
        low = match.start() + match.group().index(words)
        high = low + len(words)
        likeness = sorted(((_alike(_plain(words), name), row) for row, name in names.items()), reverse=True)
        best, row = likeness[0]
        rival = likeness[1][0] if len(likeness) > 1 else 0.0
        # Words right behind a label without a number of their own are the rest of that label.
        own = starts_with_number(words) or _value_between(text, labels, low)
        if own and best >= MIN_LIKENESS and best - rival >= 0.1 and _value_follows(text, high, end):
            found.append(Label(low, high, (Role(table, "row", row),), True))
            del names[row]
            if not names:
                break
    return found


def _plain(words: str) -> str:
    """A label without its number and what it explains in brackets."""
    return without_number(simplify(squeeze(words))).partition("(")[0]


def is_near(words: str, name: str) -> bool:
    """Whether printed words nearly say a label, or are a piece of it.

    >>> is_near("1.本机关不掌握相关信息", "1.本机关不掌握相关政府信息"), is_near("4.重复申请", "1.信访举报投诉类申请")
    (True, False)
    """
    said, meant = _plain(words), _plain(name)
    return said in simplify(squeeze(name)) or _alike(said, meant) >= MIN_LIKENESS


def _alike(words: str, name: str) -> float:
    if len(words) >= 4 and name.startswith(words):
        return 0.9
    return SequenceMatcher(None, words, name, autojunk=False).ratio()


def _value_between(text: str, labels: Sequence[Label], place: int) -> bool:
    """Whether anything but words is printed between the row label before ``place`` and that place."""
    before = max((label.end for label in labels if label.end <= place), default=0)
    if not any(role.kind == "row" for label in labels if label.end == before for role in label.roles):
        return True
    cells = (read_cell(match.group(), 0) for match in WORD.finditer(text, before, place))
    return any(cell is not None and cell.kind != "text" for cell in cells)


def _value_follows(text: str, start: int, end: int) -> bool:
    match = WORD.search(text, start, max(end, start + 40))
    cell = read_cell(match.group(), 0) if match else None
    return cell is not None and cell.kind != "text"
