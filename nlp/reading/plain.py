"""Plain text and Markdown as a source: repairs, title, furniture, blocks."""

from __future__ import annotations

import re

from nlp.reading.blocks import find_blocks, find_lines
from nlp.reading.furniture import find_furniture
from nlp.reading.line_breaks import find_breaks
from nlp.reading.repair import find_repairs
from nlp.reading.title import find_title
from nlp.records import Block, Repair, Span

MARKDOWN = re.compile(r"(?:^|\n)#{1,6} ?[^\s#]|\|[ :]?-{3}|-{3}[ :]?\|")


def read_plain(text: str) -> tuple[tuple[Block, ...], tuple[Repair, ...]]:
    """The blocks and repairs of ``text``."""
    lines = find_lines(text)
    title = find_title(text, lines)
    furniture = sorted(set(find_furniture(text, lines, title)), key=lambda span: span.start)
    repairs = find_repairs(text)
    repairs += [Repair("furniture", whole_line(text, span), "") for span in furniture]
    repairs += [Repair("line_break", span, "") for span in find_breaks(text, lines)]
    return tuple(find_blocks(text, lines, furniture)), tuple(sorted(repairs, key=lambda r: (r.span.start, r.span.end)))


def whole_line(text: str, span: Span) -> Span:
    """``span`` and its line end when nothing else stands on the line: what is taken out leaves no empty line behind."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    if end >= 0 and not text[start : span.start].strip() and not text[span.end : end].strip():
        return Span(start, end + 1)
    return span


def is_markdown(text: str) -> bool:
    """Whether ``text`` has Markdown headings or tables.

    >>> is_markdown("## 一、总体情况")
    True
    """
    return MARKDOWN.search(text) is not None
