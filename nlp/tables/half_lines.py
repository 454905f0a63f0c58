"""Column heads that a page prints in two lines: 结果 结果 其他 尚未 总 above 维持 纠正 结果 审结 计."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from functools import cache

from nlp.records import Edition
from nlp.tables.forms import Form, Role
from nlp.tables.forms import form as form_of
from nlp.tables.labels import Label, simplify

WORD = re.compile(r"[^\s|]+")
MIN_HEADS = 4


def find_half_heads(text: str, start: int, end: int, form: Form) -> list[Label]:
    """The heads of ``text[start:end]`` that stand in two half lines, in order; each at the place of its second half.

    Only lines of halves alone are taken, and only where every first half meets its second.
    """
    whole, halves = _heads(form.edition)
    found: list[Label] = []
    run: list[re.Match[str]] = []
    at = start
    for line in text[start:end].split("\n"):
        words = list(WORD.finditer(text, at, at + len(line)))
        if words and all(simplify(word[0]) in halves for word in words):
            run += words
        elif words:
            found += _joined(run, whole)
            run = []
        at += len(line) + 1
    return found + _joined(run, whole)


@cache
def _heads(edition: Edition) -> tuple[dict[str, Role], frozenset[str]]:
    """The heads of an edition by their names, and all the beginnings and ends of those."""
    this = form_of(edition)
    whole = {this.names[table, key]: Role(table, "head", key) for table, keys in this.heads.items() for key in keys}
    halves = {half for name in whole for cut in range(1, len(name)) for half in (name[:cut], name[cut:])}
    return whole, frozenset(halves)


def _joined(words: Sequence[re.Match[str]], whole: dict[str, Role]) -> list[Label]:
    """The heads that a run of half words makes; none when one is left over."""
    waiting: deque[str] = deque()
    labels = []
    for word in words:
        half = simplify(word[0])
        name = waiting[0] + half if waiting else ""
        if name in whole:
            waiting.popleft()
            labels.append(Label(word.start(), word.end(), (whole[name],), True))
        else:
            waiting.append(half)
    return labels if not waiting and len(labels) >= MIN_HEADS else []
