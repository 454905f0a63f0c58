"""Where a position of the clean text stands: its sentence, its clause, and the part of the report that holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.reading.clean import CleanText
from nlp.records import Section, SectionKey

SENTENCE_END = re.compile(r"[。!?\n]")
MAX_SENTENCE_CHARS = 600


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds the characters ``start`` to ``end``.

    >>> text = "收到6件。办结5件;结转1件。"
    >>> text[slice(*sentence_at(text, 7, 9))]
    '办结5件;结转1件'
    """
    low = max(0, start - MAX_SENTENCE_CHARS)
    first = max(text.rfind(mark, low, start) for mark in "。!?\n") + 1
    found = SENTENCE_END.search(text, end, min(len(text), end + MAX_SENTENCE_CHARS))
    return max(first, low), found.start() if found else min(len(text), end + MAX_SENTENCE_CHARS)


def clause_start(text: str, start: int, sentence_start: int) -> int:
    """Where the clause of a number begins: behind the last comma, semicolon or colon before it.

    A comma within 、-lists does not end a clause; an opening bracket does.
    """
    return max(sentence_start, *(text.rfind(mark, sentence_start, start) + 1 for mark in ",;:("))


class Places:
    """The innermost part of the report that holds a position of the clean text."""

    def __init__(self, clean: CleanText, sections: Sequence[Section]) -> None:
        self._spans = [
            (clean.position(section.span.start), clean.position(section.span.end), section.level, section.key)
            for section in sections
        ]

    def key(self, position: int) -> SectionKey | None:
        """The key of the deepest section there; ``None`` outside every section."""
        best: tuple[int, SectionKey] | None = None
        for start, end, level, key in self._spans:
            if start <= position < end and (best is None or level > best[0]):
                best = (level, key)
        return best[1] if best else None

    def part(self, position: int) -> SectionKey | None:
        """The key of the part of level 1 there."""
        return next((key for start, end, level, key in self._spans if level == 1 and start <= position < end), None)
