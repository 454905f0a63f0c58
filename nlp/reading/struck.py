"""Text that is struck through: it stands in the file and is no text of the report, which says what replaced it.

Readers put marks around it while they gather the pieces of a line; when the line is whole, the marks become ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

BEGIN, END = "\ufdd0", "\ufdd1"  # no characters, and set aside for such use
MARKS = re.compile(f"[{BEGIN}{END}]")
ELEMENTS = frozenset({"del", "s", "strike"})
DECORATION = re.compile(r"text-decoration(?:-line)?\s{0,4}:[^;}]{0,80}line-through", re.IGNORECASE)
# .old, span.old { text-decoration: line-through }
CLASS = re.compile(r"(?:^|[\s>,{/])([a-zA-Z][a-zA-Z0-9]*|\*)?\.([\w-]{1,60})(?=\s*(?:,|$))")
MARKDOWN = re.compile(r"(?<![~\\])~~(?=[^\s~])([^~\n]{1,400})(?<=\S)~~(?!~)")
OVERLAY = re.compile("(?:[^\n\u0335-\u0338][\u0335-\u0338]){1,400}")  # 1̶9̶0̶
Ranges = tuple[tuple[int, int], ...]


def mark(text: str) -> str:
    """``text`` with marks around it, white space at its ends left outside."""
    inner = text.strip()
    return text.replace(inner, f"{BEGIN}{inner}{END}", 1) if inner else text


def mark_ranges(text: str, ranges: Ranges) -> str:
    """``text`` with marks around ``ranges``: what ``unmark`` takes apart again."""
    for start, end in reversed(ranges):
        text = f"{text[:start]}{BEGIN}{text[start:end]}{END}{text[end:]}"
    return text


def unmark(text: str) -> tuple[str, Ranges]:
    """``text`` without marks, and the ranges in it that are struck through.

    >>> unmark("信息\\ufdd0190\\ufdd1180条")
    ('信息190180条', ((2, 5),))
    """
    if BEGIN not in text and END not in text:
        return text, ()
    ranges: list[tuple[int, int]] = []
    depth = start = 0
    for removed, found in enumerate(MARKS.finditer(text)):
        at = found.start() - removed
        if found[0] == BEGIN:
            start = start if depth else at
            depth += 1
        elif depth:
            depth -= 1
            if not depth and ranges and ranges[-1][1] == start:
                ranges[-1] = (ranges[-1][0], at)
            elif not depth and start < at:
                ranges.append((start, at))
    plain = MARKS.sub("", text)
    if depth and start < len(plain):
        ranges.append((start, len(plain)))
    return plain, tuple(ranges)


def blank(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """``text`` with spaces in place of ``ranges``, each character where it was.

    >>> blank("信息190180条", [(2, 5)])
    '信息   180条'
    """
    pieces, at = [], 0
    for start, end in ranges:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


class Strikes:
    """Which elements of a web page strike their text through: by their name, their style, or a class of its style sheets.

    >>> Strikes([".old { text-decoration: line-through }"]).holds("span", {"class": "old"})
    True
    """

    def __init__(self, sheets: Sequence[str] = ()) -> None:
        self._classes = {pair for sheet in sheets for pair in _struck_classes(sheet)}

    def holds(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        """Whether the text of an element is struck through."""
        if tag in ELEMENTS:
            return True
        if not attributes:
            return False
        style = attributes.get("style")
        if style and "line-through" in style and DECORATION.search(style):
            return True
        if not self._classes:
            return False
        names = (attributes.get("class") or "").split()
        return any((element, name) in self._classes for name in names for element in (tag, ""))


def _struck_classes(sheet: str) -> Iterator[tuple[str, str]]:
    """The elements ("" for any) and classes that a style sheet strikes through."""
    for rule in sheet.split("}") if "line-through" in sheet else ():
        selectors, _, declarations = rule.rpartition("{")
        if DECORATION.search(declarations):
            for selector in CLASS.finditer(selectors):
                yield (selector[1] or "").replace("*", "").lower(), selector[2]


def find_struck(text: str) -> Iterator[tuple[int, int]]:
    """The ranges that a plain text strikes through: ``~~190~~`` of Markdown, digits with a stroke over each.

    >>> list(find_struck("公开信息~~190~~180条"))
    [(4, 11)]
    """
    if "~~" in text:
        yield from (found.span() for found in MARKDOWN.finditer(text))
    yield from (found.span() for found in OVERLAY.finditer(text))
