"""Characters, words and marks that are printed twice by mistake: 的的, 公开公开, 。。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.reading.clean import fold
from nlp.records import Issue, Span
from nlp.vocabulary.load import load

WORD = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,8})(?P=word)")
MAX_FOUND = 5


@cache
def _characters() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["doubled"]["characters"]["patterns"]))


@cache
def _meant() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["doubled"]["meant"]["patterns"]))


@check_for(
    Rule(
        "wording.doubled", "info", "疑为重复的字词或标点", "Looks printed twice", INTEGRITY,
        "“公开公开”应为“公开”",
    ),
)  # fmt: skip
def check_doubled(report: Examined) -> Iterator[Issue]:
    """An info for each place outside of tables where something is printed twice in a row and once is meant.

    It looks at what is printed: reading takes such slips for what is meant.
    """
    analysis = report.analysis
    printed = fold(analysis.source.text)
    tables = [block.span for block in analysis.source.blocks if block.kind == "table"]
    tables += [figure.span for figure in analysis.figures if figure.span]
    found = (span for span in _doubled(printed) if not _within(span[0], tables))
    for start, end in islice(found, MAX_FOUND):
        words = printed[start:end]
        half = words[: len(words) // 2]
        yield Issue(
            "wording.doubled",
            "info",
            f"“{words}”疑为重复，应为“{half}”。 “{words}” looks printed twice.",
            expected=half,
            found=words,
            spans=(Span(start, end),),
        )


def _within(position: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= position < span.end for span in spans)


def _doubled(text: str) -> Iterator[tuple[int, int]]:
    for found in _characters().finditer(text):
        yield found.span()
    for found in WORD.finditer(text):
        word = found["word"]
        if len(set(word)) == 1 or _meant().search(text, found.start(), min(len(text), found.end() + 2)):
            continue
        yield found.span()
