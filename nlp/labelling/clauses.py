"""The parts of a statement between its commas: where each of several aspects is said most plainly."""

from __future__ import annotations

import re

MARKS = re.compile(r"[,;:。]")
MIN_CHARS = 6  # 二是 and 一年来 say nothing by themselves


def clauses(text: str) -> list[str]:
    """The clauses of a folded statement that are long enough to say something; none where there is only one.

    >>> clauses("一是更新不及时,有的栏目长期空白,今后要改")
    ['一是更新不及时', '有的栏目长期空白']
    >>> clauses("更新不及时。")
    []
    """
    found = [part for part in MARKS.split(text) if len(part) >= MIN_CHARS]
    return found if len(found) > 1 else []
