"""Where the words of a number stand: the piece of the sentence before it and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from nlp.extraction.grammar import reading
from nlp.quantities import Number

# The mark that ends a greedy match is the last one.
HARD = re.compile(r"\A(?s:.*)[。;!?\n]")  # nothing before it belongs to the number
SOFT = re.compile(r"\A(?s:.*)(?:[,(]|:(?!\s{0,2}$))")  # 总数:345 is one part
BRACKETS = re.compile(r"\([^()]{0,20}\)")  # a closed bracket is part of the noun: 信函(EMS)申请
AFTER = re.compile(r"[,。;:()!?\n/|\t]|(?<!专)、|均?未发生|均没有")  # 专、兼职 is one word; 3起申请均未发生复议
MAX_AFTER_CHARS = 30


class Field(Struct, frozen=True, gc=False):
    """A number with its surroundings; positions count in the text of the paragraph.

    Attributes
    ----------
    previous_end : end of the number before, 0 if there is none
    clause_start : start of the sentence, or end of the number before if that comes later
    segment_start : start of the part between commas in which the number stands
    left, right : the text of that part before and after the number
    gap : everything since the number before, punctuation included
    """

    number: Number
    previous_end: int
    clause_start: int
    segment_start: int
    left: str
    right: str
    gap: str

    @property
    def right_end(self) -> int:
        """Where the text after the number ends."""
        return self.number.end + len(self.right)

    def beginning_at(self, start: int, text: str) -> Field:
        """The field with its part of the sentence beginning at ``start``."""
        left = text[start : self.number.start]
        return replace(self, segment_start=start, clause_start=max(self.clause_start, start), left=left)

    @property
    def noun(self) -> str:
        """The text before the number without 共、达、为 and the like."""
        return without_tail(self.left)


def find_fields(text: str, numbers: list[Number]) -> Iterator[Field]:
    """The surroundings of every number of a paragraph, in order.

    >>> from nlp.quantities import find_numbers
    >>> text = "全年公开信息12条,召开3次工作会议。"
    >>> [(field.left, field.right) for field in find_fields(text, list(find_numbers(text)))]
    [('全年公开信息', ''), ('召开', '工作会议')]
    """
    previous_end = 0
    for position, number in enumerate(numbers):
        gap = text[previous_end : number.start]
        clause_start = previous_end + _after(HARD, gap)
        clause = text[clause_start : number.start]
        if "(" in clause:
            clause = BRACKETS.sub(lambda m: "\ufffc" * len(m[0]), clause)
        segment_start = clause_start + _after(SOFT, clause)
        while segment_start < number.start and text[segment_start] in "、)” 和及\t/|":
            segment_start += 1
        following = numbers[position + 1].start if position + 1 < len(numbers) else len(text)
        limit = min(following, number.end + MAX_AFTER_CHARS)
        stop = AFTER.search(text, number.end, limit)
        right_end = stop.start() if stop else limit
        yield Field(
            number=number,
            previous_end=previous_end,
            clause_start=clause_start,
            segment_start=segment_start,
            left=text[segment_start : number.start],
            right=text[number.end : right_end],
            gap=gap,
        )
        previous_end = number.end


@lru_cache(maxsize=4096)
def without_tail(left: str) -> str:
    """Words before a number without 共、达、为 and the like at their end."""
    return reading("tail").sub("", left)


def _after(last: re.Pattern[str], text: str) -> int:
    match = last.match(text)
    return match.end() if match else 0
