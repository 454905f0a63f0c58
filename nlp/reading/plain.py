"""Plain text and Markdown as a source: repairs, title, furniture, blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.reading.blocks import find_blocks, find_lines, whole_line
from nlp.reading.furniture import find_furniture
from nlp.reading.line_breaks import find_breaks
from nlp.reading.repair import find_repairs, in_order
from nlp.reading.struck import blank, find_struck
from nlp.reading.title import find_title
from nlp.records import Block, Repair, Span

MARKDOWN = re.compile(r"(?:^|\n)#{1,6} ?[^\s#]|\|[ :]?-{3}|-{3}[ :]?\|")


def read_plain(text: str) -> tuple[tuple[Block, ...], tuple[Repair, ...]]:
    """The blocks and repairs of ``text``."""
    lines = find_lines(text)
    struck = list(find_struck(text))
    unstruck = blank(text, struck)
    repairs = find_repairs(unstruck) + [Repair("struck", Span(*piece), "") for piece in struck]
    readable = _simplified(unstruck, repairs)
    title = find_title(readable, lines)
    furniture = sorted(set(find_furniture(readable, lines, title)), key=lambda span: span.start)
    removed = [whole_line(text, span) for span in furniture]
    repairs += [Repair("furniture", span, "") for span in removed]
    chrome = {span.start for span in furniture}
    prose = [line for line in lines if line.start not in chrome and (title is None or line.start >= title.end)]
    repairs += find_breaks(unstruck, prose, removed)
    return tuple(find_blocks(text, lines, furniture)), in_order(repairs)


def _simplified(text: str, repairs: Sequence[Repair]) -> str:
    """``text`` in simplified script, character for character; itself where nothing is traditional."""
    script = [repair for repair in repairs if repair.kind == "script"]
    if not script:
        return text
    pieces, at = [], 0
    for repair in script:
        pieces += [text[at : repair.span.start], repair.replacement]
        at = repair.span.end
    return "".join([*pieces, text[at:]])


def is_markdown(text: str) -> bool:
    """Whether ``text`` has Markdown headings or tables.

    >>> is_markdown("## 一、总体情况")
    True
    """
    return MARKDOWN.search(text) is not None
