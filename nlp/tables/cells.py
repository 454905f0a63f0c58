"""The cells behind a row label in running text: one per line, between pipes or tabs, or separated by spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.tables.labels import starts_with_number
from nlp.tables.values import Printed, is_unit, read_cell, read_several, tokens

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
    for line in _lines(piece):
        offset, content, delimited = line
        stop = skip = False
        for match in (FIELD if delimited else tokens()).finditer(content):
            cell = read_cell(match.group(), start + offset + match.start())
            if cell is None:
                continue
            if cell.kind != "text":
                if not skip:
                    values.append(cell)
                continue
            if FRAGMENT.fullmatch(match.group()):
                values.append(cell)
                continue
            if is_unit(match.group().strip()):
                if values and values[-1].unit is None and cell.start - values[-1].end <= 2:
                    number = values[-1]
                    values[-1] = Printed(
                        number.kind, number.start, cell.end, number.value, match.group().strip(), number.signed
                    )
                continue
            inner = read_several(match.group(), start + offset + match.start()) if delimited else ()
            if inner:
                values.extend(inner)
                continue
            if not values and starts_with_number(match.group()):
                # 2.… is a label of its own that was not recognised; the numbers behind it are not this row's.
                return Cells((), None, True)
            text_seen = True
            prose = bool(PROSE.search(content)) or (bool(values) and len(match.group()) > MAX_LABEL_REST)
            if prose or (last and values):
                stop = True
                break
            skip = bool(values) and not delimited
        if stop:
            break
    return Cells(tuple(values), _fields(piece, start), text_seen)


def _lines(piece: str) -> list[tuple[int, str, bool]]:
    lines = []
    offset = 0
    for content in piece.split("\n"):
        if content and not content.isspace():
            lines.append((offset, content, "|" in content or "\t" in content))
        offset += len(content) + 1
    return lines
