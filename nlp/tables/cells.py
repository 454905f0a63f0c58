"""The cells behind a row label in running text: one per line, between pipes or tabs, or separated by spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.tables.labels import starts_with_number
from nlp.tables.values import Printed, is_unit, read_cell, read_several, scaled, tokens

# A page number between two rows: "- 5 -", "第 5 页 共 9 页".
PAGE_LINE = re.compile(
    r"(?m)^[ \t]*(?:[-—–]{1,2} ?\d{1,3} ?[-—–]{1,2}|第 ?\d{1,3} ?页(?:[,/ ]{0,2}共 ?\d{1,3} ?页)?)[ \t]*$"
)
# The same at the end of a row in a text without lines, where no other dash stands for a cell.
PAGE_END = re.compile(r"(?<![^\s\d])[-—–]{1,2} ?\d{1,3} ?[-—–]{1,2}\s*$")
FIELD = re.compile(r"[^|\t\n]+")
# The line under a Markdown table's head.
RULE = re.compile(r"(?<=\n)[ \t]*\|?(?:[ \t]{0,9}:?-{3,60}:?[ \t]{0,9}\|){1,40}[ \t:-]{0,60}(?=\n|$)")
# Part of a number that was cut in two: ".14", "318.".
FRAGMENT = re.compile(r"\s{0,40}(?:[.,]\d{1,8}|\d{1,12}[.,])\s{0,40}")
DASH = re.compile(r"[-—–]{1,2}")
# An item of a list behind its label: ":12件;", "(件):12", ":12件,其中当面申请2件"; and a number with marks around it.
ITEM = re.compile(r"(?:\([^()]{1,4}\))?[:;,]?([^:;,。、]{1,24})(?:[:;,。、].{0,200})?$")
MARKED = re.compile(r"[:;,]?([^:;,。、]{1,24})[:;,。、]{1,2}$")
PROSE = re.compile(r"[。;！？]")
# A label's wording may run on behind what the pattern knows; longer words are prose.
MAX_LABEL_REST = 24


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands behind a label. ``values`` are the numbers and marks in printed order.

    ``fields`` are the cells of a row that stands on one line between pipes or tabs, blank ones as ``None``; ``None``
    when the row is printed otherwise, since blanks cannot be seen then.
    """

    values: tuple[Printed, ...]
    fields: tuple[Printed | None, ...] | None
    has_text: bool = False


def blank_out(text: str, start: int, end: int, holes: Sequence[tuple[int, int]]) -> str:
    """``text[start:end]`` with the ``holes`` and page lines replaced by spaces, so that positions stay."""
    piece = text[start:end]
    for first, last in holes:
        piece = piece[: first - start] + " " * (last - first) + piece[last - start :]
    if "-" in piece or "页" in piece or "—" in piece or "–" in piece:
        if "---" in piece:
            piece = RULE.sub(lambda match: " " * len(match.group()), piece)
        piece = PAGE_LINE.sub(lambda match: " " * len(match.group()), piece)
        if DASH.findall(piece)[2:] == []:
            piece = PAGE_END.sub(lambda match: " " * len(match.group()), piece)
    return piece


def _fields(piece: str, start: int) -> tuple[Printed | None, ...] | None:
    """The cells of a row that stands on the rest of its line; ``None`` when it does not."""
    line, _, rest = piece.partition("\n")
    mark = "|" if "|" in line else "\t" if "\t" in line else ""
    if not mark or (mark == "|" and rest.replace("|", "").strip()) or (mark == "|" and rest.count("|") > 1):
        return None
    at = line.find(mark) + 1
    if line[: at - 1].strip():
        return None
    parts = line[at:].split(mark)
    if mark == "|" and not parts[-1].strip():
        parts.pop()
    found: list[Printed | None] = []
    position = start + at
    for part in parts:
        found.append(read_cell(part, position))
        position += len(part) + 1
    return tuple(found)


def read_cells(piece: str, start: int, *, last: bool = False) -> Cells:
    """What is printed in ``piece``, which begins at ``start`` of the clean text, right behind a row label.

    Parameters
    ----------
    piece : the text up to the next label
    start : where it begins
    last : whether anything but numbers may follow (the last row of a table): words end the row then

    >>> [cell.value for cell in read_cells(" | 8 | | 3件 |", 0).values]
    [Decimal('8'), Decimal('3')]
    """
    values: list[Printed] = []
    text_seen = False
    for offset, content, delimited in _lines(piece):
        skip = False
        for match in (FIELD if delimited else tokens()).finditer(content):
            word, at = match.group(), start + offset + match.start()
            cell = read_cell(word, at)
            if cell is None or word == ":":  # a colon between a label and its number
                continue
            if cell.kind == "text" and not delimited:
                cell = _listed(word, at, first=not values) or cell
            if cell.kind != "text" or FRAGMENT.fullmatch(word):
                if not skip:
                    values.append(cell)
                continue
            if is_unit(word.strip()):
                if values and values[-1].unit is None and cell.start - values[-1].end <= 2:
                    values[-1] = _with_unit(values[-1], word.strip(), cell.end)
                continue
            inner = read_several(word, at) if delimited else ()
            if inner:
                values.extend(inner)
                continue
            if not values and starts_with_number(word):
                # 2.… is a label of its own that was not recognised; the numbers behind it are not this row's.
                return Cells((), None, True)
            text_seen = True
            prose = bool(PROSE.search(content)) or (bool(values) and len(word) > MAX_LABEL_REST)
            if prose or (last and values):
                return Cells(tuple(values), _fields(piece, start), text_seen)
            skip = bool(values) and not delimited
    return Cells(tuple(values), _fields(piece, start), text_seen)


def _with_unit(number: Printed, unit: str, end: int) -> Printed:
    value = number.value if number.value is None else scaled(number.value, unit)
    return number._replace(end=end, value=value, unit=unit)


def _listed(word: str, start: int, *, first: bool) -> Printed | None:
    """The number of an item of a list, as in 收到申请数:12件; with its marks left out; ``None`` for other words.

    Behind the ``first`` number of a label its sentence may go on.
    """
    match = (ITEM if first else MARKED).match(word)
    cell = read_cell(match[1], start + match.start(1)) if match else None
    return cell if cell and cell.kind != "text" else None


def _lines(piece: str) -> list[tuple[int, str, bool]]:
    lines = []
    offset = 0
    for content in piece.split("\n"):
        if content and not content.isspace():
            lines.append((offset, content, "|" in content or "\t" in content))
        offset += len(content) + 1
    return lines
