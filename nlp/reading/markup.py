"""How much work the markup of a page can make, told before it is parsed."""

from __future__ import annotations

import re
from collections import Counter

from nlp.records import ReportUnreadable

# What the parser cannot read at length takes the time of the square, or the room: elements inside one another, attributes
# of one element, formatting that stays open (it is opened anew in every block: 48 kB can be 2 GB). Real pages have some
# 2,000 tags, their elements 20 attributes, 40 elements lie inside one another.
MAX_TAGS = 5_000
MAX_ATTRIBUTES = 200
MAX_COPIES = 2_000_000  # of formatting elements, at worst; they take 0.3 GB
MAX_DEPTH = 20_000  # 0.8 s; 19 s at 100,000
MAX_ALIKE = 3  # formatting elements with the same attributes that are opened anew; the standard says so
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})([^>]{0,200})")
# They end at the next of their kind, or have no end; a page of 30,000 lines parted by <br> is not deep.
NEVER_DEEP = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option optgroup thead tbody "
    "tfoot colgroup rp rt".split()
)
FORMATTING_NAMES = frozenset("a b big code em font i nobr s small strike strong tt u".split())
ONE_AT_A_TIME = frozenset({"a", "nobr"})
FORMATTING = re.compile(rf"<(?:{'|'.join(sorted(FORMATTING_NAMES))})[\s/>]", re.IGNORECASE)
# An attribute as the standard takes it apart: from the beginning of a tag on there is one way to read it.
ATTRIBUTE = r"""(?>[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?)?)"""
MANY_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]*+{ATTRIBUTE}{{{MAX_ATTRIBUTES}}}")
ABSURD_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]*+{ATTRIBUTE}{{{100 * MAX_ATTRIBUTES}}}")  # 2 s for one tag


def is_light(html: str) -> bool:
    """Whether the parser cannot need much time or room for a page, whoever made it: a bound, not a guess.

    >>> is_light("<p>一、总体情况</p>"), is_light("<p " + "a b c " * 100 + ">")
    (True, False)
    """
    tags = html.count("<")
    if tags > MAX_TAGS or MANY_ATTRIBUTES.search(html) is not None:
        return False
    if tags * tags <= 4 * MAX_COPIES:
        return True
    formatting = sum(1 for _ in FORMATTING.finditer(html))
    return formatting * (tags - formatting) <= MAX_COPIES


def refuse_depth(html: str, name: str) -> None:
    """Nothing for a page that can be read, though it may take long.

    Raises
    ------
    ReportUnreadable
        ``too_deep`` for elements inside one another, formatting left open, and attributes beyond what any page has
    """
    if ABSURD_ATTRIBUTES.search(html) is not None:
        raise ReportUnreadable(
            "too_deep",
            f"{name}: an element with thousands of attributes.",
            "Save the page from a browser, which mends it.",
        )
    depth = deepest = copies = 0
    left_open: Counter[str] = Counter()
    alike: Counter[tuple[str, str]] = Counter()
    for found in TAG.finditer(html):
        closes, tag = bool(found[1]), found[2].lower()
        if tag in FORMATTING_NAMES:
            if closes:
                left_open[tag] -= left_open[tag] > 0
            elif tag in ONE_AT_A_TIME:
                left_open[tag] = 1
            else:
                alike[tag, found[3]] += 1
                left_open[tag] += alike[tag, found[3]] <= MAX_ALIKE
        elif tag in {"td", "th"}:  # what is left open outside a cell is not opened anew in it
            left_open.clear()
        elif not closes:
            copies += left_open.total()
        if tag not in NEVER_DEEP:
            depth = max(0, depth - 1) if closes else depth + 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH or copies > 2 * MAX_COPIES:
        raise ReportUnreadable(
            "too_deep",
            f"{name}: {deepest} elements inside one another, or formatting that is never closed.",
            "Save the page from a browser, which mends it.",
        )
