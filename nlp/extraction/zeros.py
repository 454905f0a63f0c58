"""Zeros that are said in words: 未收到政府信息公开申请, 没有发生行政复议和行政诉讼."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from nlp.extraction.cues import Cues
from nlp.extraction.grammar import reading
from nlp.extraction.metrics import conjuncts

SCOPE_END = re.compile(r"[,。;:!?()\n]")
YEAR = re.compile(r"20\d\d年度?")  # 无2021年结转申请
MAX_SCOPE_CHARS = 80


class Zero(Struct, frozen=True, gc=False):
    """One thing that is denied: its metric, and the words that say so."""

    metric: str
    start: int
    end: int


def find_zeros(text: str, cues: Cues) -> Iterator[Zero]:
    """What a paragraph says there was none of, in order; one zero verb covers its whole list.

    Only what the vocabulary allows to be denied (``zero``) counts: 无规章 or 没有机制 is no zero, and neither is a
    duty (不收费). A list that holds a number is left to the number.

    >>> text = "全年未收到公开申请,没有行政复议或行政诉讼。"
    >>> [zero.metric for zero in find_zeros(text, Cues(text))]
    ['applications_received', 'reviews', 'litigations']
    """
    for verb in reading("zero_verbs").finditer(text):
        limit = min(len(text), verb.end() + MAX_SCOPE_CHARS)
        stop = SCOPE_END.search(text, verb.end(), limit)
        end = stop.start() if stop else limit
        scope = text[verb.start() : end]
        if re.search(r"\d", YEAR.sub("", scope)):
            continue
        found = list(_list(text, cues, verb.start(), end))
        more = reading("denied_too").match(text, end)
        if found and more:  # 未受理公开申请,行政复议和行政诉讼
            found += _list(text, cues, end + 1, more.end())
        before = _clause_start(text, verb.start())
        if not found and end - verb.end() <= len("过") and not re.search(r"\d", text[before:end]):
            found = list(_list(text, cues, before, verb.start()))  # 行政诉讼未发生
        costs = reading("costs_of").match(text, end)
        yield from (zero for zero in found if not (costs and zero.metric in ("reviews", "litigations")))
    for said in reading("none_said").finditer(text):
        begin, end = _clause_start(text, said.start()), said.start("none")
        if not re.search(r"\d", text[begin:end]):
            yield from _list(text, cues, begin, end)  # 行政复议、行政诉讼情况:无


def _list(text: str, cues: Cues, start: int, end: int) -> Iterator[Zero]:
    """What the members of a coordination deny; the first shows the zero verb too."""
    for piece_start, piece_end in conjuncts(text, start, end):
        metric = _denied(cues, piece_start, piece_end, text[piece_start:piece_end])
        if metric is None and reading("issues").search(text, piece_start, piece_end):
            metric = "normative_docs_issued" if "规范性文件" in text[piece_end:end] else None
        if metric in ("reviews", "litigations") and reading("overturned").search(text, piece_start, end):
            metric = f"{metric}_corrected"  # 没有行政复议纠错和行政诉讼败诉: there may have been both
        if metric:
            yield Zero(metric, piece_start, piece_end)


def _clause_start(text: str, end: int) -> int:
    begin = max(0, end - MAX_SCOPE_CHARS)
    return max((stop.end() for stop in SCOPE_END.finditer(text, begin, end)), default=begin)


def _denied(cues: Cues, start: int, end: int, piece: str) -> str | None:
    """The last noun that may be denied; a verb alone (受理) only where there is none: 未发生投诉受理 is no application."""
    verb = None
    for cue in reversed(cues.between(start, end)):
        if cue.family == "business":
            return None  # 未收到行政许可申请
        for metric in cue.metrics:
            noun = metric.family or not metric.need_family
            if metric.zero and (noun or verb is None) and metric.admits(piece):
                if noun:
                    return metric.key
                verb = metric.key
    return verb
