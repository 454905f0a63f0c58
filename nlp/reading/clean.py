"""The text as it is matched: repaired, its punctuation folded, and every position traceable to ``Source.text``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache

from nlp.reading.characters import Folding
from nlp.records import Repair, Source, Span

# Web copies of one and the same report use （）：；， and ():;, side by side (half of the reports each way), so patterns
# are written for the half-width forms only. One character for one character: positions do not move.
FOLD = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord(space): " " for space in "\u00a0\u3000\u2002\u2003\u2009\u202f\u205f"
}
FOLD |= {ord("｡"): "。", ord("﹙"): "(", ord("﹚"): ")", ord("﹐"): ",", ord("﹔"): ";", ord("﹕"): ":"}

LONG_CHARS = 500


def fold(text: str) -> str:
    """``text`` with full-width forms and odd spaces replaced by their plain forms, character by character.

    >>> fold("（一）电话：０１２")
    '(一)电话:012'
    """
    return text.translate(FOLD) if len(text) < LONG_CHARS else _fold_long(text)


@lru_cache(maxsize=2)  # a text is folded to find its page chrome and again to be matched
def _fold_long(text: str) -> str:
    folded = _folding().apply(text)
    # Two lone surrogates side by side would come back as one character, and every place behind them would move.
    return folded if len(folded) == len(text) else text.translate(FOLD)


@cache
def _folding() -> Folding:
    return Folding(FOLD)


class CleanText:
    """Repaired and folded text with its way back.

    Parameters
    ----------
    text : the text of a ``Source``
    repairs : what is to be read otherwise; where two overlap, the one that starts first holds

    Attributes
    ----------
    text : what patterns are matched on

    >>> from nlp.records import Repair, Span
    >>> clean = CleanText("自20231月1日起（统计）", [Repair("lost_character", Span(5, 5), "年")])
    >>> clean.text
    '自2023年1月1日起(统计)'
    >>> clean.span(1, 10)
    Span(start=1, end=9)
    """

    __slots__ = ("_clean", "_kept", "_source", "_starts", "text")

    def __init__(self, text: str, repairs: Sequence[Repair] = ()) -> None:
        # Pieces in order, kept text and replaced text mixed: where each begins in the clean text, and its source span.
        self._clean: list[int] = []
        self._source: list[Span] = []
        self._kept: list[bool] = []
        folded, pieces, length, at = fold(text), [], 0, 0

        def add(piece: str, span: Span, kept: bool) -> None:
            nonlocal length
            pieces.append(piece)
            self._clean.append(length)
            self._source.append(span)
            self._kept.append(kept)
            length += len(piece)

        for repair in sorted(repairs, key=lambda r: (r.span.start, r.span.end)):
            if repair.span.start < at:
                continue
            if repair.span.start > at:
                add(folded[at : repair.span.start], Span(at, repair.span.start), True)
            add(repair.replacement, repair.span, False)
            at = repair.span.end
        add(folded[at:], Span(at, len(text)), True)
        self.text = "".join(pieces)
        self._starts = [span.start for span in self._source]

    def span(self, start: int, end: int) -> Span:
        """The span of ``Source.text`` that the clean characters ``start`` to ``end`` were read from."""
        piece = bisect_right(self._clean, start) - 1
        if self._kept[piece] and start < end and (piece + 1 == len(self._clean) or end <= self._clean[piece + 1]):
            shift = self._source[piece].start - self._clean[piece]  # within one piece of text kept as it is
            return Span(start + shift, min(end + shift, self._source[piece].end))
        first = self._character(start).start
        return Span(first, first if end <= start else self._character(end - 1).end)

    def _character(self, position: int) -> Span:
        """Where the clean character at ``position`` was read from: one character, or the whole of a repaired place."""
        piece = bisect_right(self._clean, position) - 1
        source = self._source[piece]
        if not self._kept[piece]:
            return source
        offset = source.start + position - self._clean[piece]
        return Span(offset, min(offset + 1, source.end))

    def position(self, offset: int) -> int:
        """Where the character at ``offset`` of the source stands in the clean text, or what follows it if it was removed."""
        piece = max(0, bisect_right(self._starts, offset) - 1)
        if self._kept[piece]:
            return self._clean[piece] + min(offset, self._source[piece].end) - self._source[piece].start
        return self._clean[piece]


def clean_text(source: Source) -> CleanText:
    """The clean text of a source."""
    return CleanText(source.text, [repair for repair in source.repairs if repair.kind != "ocr"])
