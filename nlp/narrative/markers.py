"""The markers of items in the narrative: 一是, (一), 1., 首先, ●."""

from __future__ import annotations

import re
from functools import cache

from nlp.vocabulary.load import load

ORDINALS = {mark: value for value, mark in enumerate("一二三四五六七八九", 1)}
ORDINALS |= {"十": 10, "首先": 1, "其次": 2, "再次": 3}
ORDINALS |= {mark: value for value, mark in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫", 1)}
# A lone 。 or a bracket between two items is no statement.
WORD = re.compile(r"[\w]")
SECOND = re.compile("二[是要]")
# What may stand before a marker that begins an item within a paragraph.
AFTER = {
    "listed": "。.;:",
    "numbered": "。.;:!?” \n",
    "ordinal": "。.;:!?,\n ",
    "bracketed": "。.;:!?,、 \n",
    "counted": "。.;:!?,、)” \n",
}
MAX_ITEM_CHARS = 600


def find_markers(text: str, start: int, end: int, counts: dict[str, int]) -> list[int]:
    """Where items begin in ``text[start:end]``.

    A marker counts at the start of a paragraph and after a stop. Inside a sentence, where the stop before it may be
    lost (…认可度三是开拓…), it must continue the count of its kind. ``counts`` carries the last number of each kind
    from paragraph to paragraph.
    """
    begins: list[int] = []
    first = start
    while first < end and text[first].isspace():
        first += 1
    for match in markers().finditer(text, first, end):
        kind, number, at = match.lastgroup or "", _number_of(match), match.start()
        if not (at == first or _opens_item(text, match, number, counts.get(kind, 0))):
            continue
        if not begins or WORD.search(text, _after(text, begins[-1], end), at):
            begins.append(at)
        # (一)首先…: two markers at one place are one item.
        counts[kind] = number
        if kind in ("bracketed", "listed"):
            # A new part counts its own items from one.
            counts.pop("counted", None)
            counts.pop("numbered", None)
            if text[match.end() : match.end() + 1] in ("是", "要"):
                counts["counted"] = number  # (一)是…二是
    return _lost_points(text, first, begins[0] if begins else end, counts) + begins


def _lost_points(text: str, first: int, end: int, counts: dict[str, int]) -> list[int]:
    """Items whose numbers have lost their points: one at the start of the paragraph (2由于…), or two and more in it."""
    begins: list[int] = []
    last = counts.get("numbered", 0)
    for found in _lost_point().finditer(text, first, end):
        at = found.start()
        opens = at == first or text[at - 1] in AFTER["numbered"]
        if opens and int(found[1]) == (last + 1 if begins or at == first else 1):
            last = int(found[1])
            begins.append(at)
    if not begins or (len(begins) == 1 and begins[0] != first):
        return []
    counts["numbered"] = last
    return begins


def _opens_item(text: str, match: re.Match[str], number: int, last: int) -> bool:
    """Whether a marker inside a paragraph begins an item; ``last`` is the number of the last one of its kind."""
    kind, before = match.lastgroup or "", text[match.start() - 1]
    follows = number == last + 1 and number > 1
    if kind == "bullet":
        return False
    if kind == "ordinal":
        return before in AFTER[kind]
    if kind in ("listed", "numbered"):
        return before in AFTER[kind] and (follows or number == 1)
    if follows or (number == 1 and before in AFTER[kind]):
        return True
    # A 一是 in the middle of a sentence opens a list when 二是 comes after it.
    ahead = match.end() + MAX_ITEM_CHARS
    return kind == "counted" and number == 1 and SECOND.search(text, match.end(), ahead) is not None


def read_marker(text: str) -> tuple[str, int] | None:
    """The kind of marker that ``text`` begins with, and its number; ``None`` when it bears none.

    >>> read_marker("二是渠道单一"), read_marker("渠道单一")
    (('counted', 2), None)
    """
    match = markers().match(text)
    if match is None or match.lastgroup == "bullet":
        return None
    return match.lastgroup or "", _number_of(match)


def _after(text: str, begin: int, end: int) -> int:
    match = markers().match(text, begin, end)
    return match.end() if match else begin


def _number_of(match: re.Match[str]) -> int:
    return _number(next((group for group in reversed(match.groups()) if group is not None), ""))


def _number(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if mark in ORDINALS:
        return ORDINALS[mark]
    tens, _, ones = mark.partition("十")
    return ORDINALS.get(tens, 1) * 10 + ORDINALS.get(ones, 0) if "十" in mark else 0


@cache
def markers() -> re.Pattern[str]:
    """Any marker; the group that matched is its kind."""
    entries = load("statements")["marker"]
    kinds = ("counted", "bracketed", "numbered", "ordinal", "bullet", "listed")
    # Nearly every character is passed over by the one set of first characters.
    first = load("statements")["marker_first"]["characters"]
    return re.compile(
        f"(?=[{first}])(?:{'|'.join(f'(?P<{kind}>' + '|'.join(entries[kind]['patterns']) + ')' for kind in kinds)})"
    )


@cache
def _lost_point() -> re.Pattern[str]:
    """2由于…: a number whose point is lost."""
    return re.compile(r"(?<![\d.])(\d{1,2})(?=[\u4e00-\u9fff])(?![年月日号个条次件项份篇家名人万元场期%])")
