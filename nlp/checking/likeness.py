"""How much of one text stands in another, told by fingerprints of its clauses that do not keep the text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from nlp.records import Span

Part = Literal["overview", "problems"]

CLAUSE = re.compile(r"[^,。;:!?\n]+")
NO_WORD = re.compile(r"[^\u4e00-\u9fff]+")
ITSELF = re.compile(r"(?:我|本|全|各)(?:街道|单位|机关|部门|[省市县区镇乡局委厅校院办])")
MIN_CLAUSE_CHARS = 6
# Of a part that is compared with others; shorter ones are alike by what they are about.
MIN_CHARS = 80
MIN_CLAUSES = 5
# Share of a part that is the same; two reports on one template share a third of section five.
COPIED_SHARE = 0.7
MAX_CLAUSES = 2_000
HASH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a text: a hash of each one's words, its length in characters, and its place in the source."""

    hashes: array[int]
    sizes: array[int]
    starts: array[int]
    ends: array[int]

    @property
    def size(self) -> int:
        """Characters of all clauses."""
        return sum(self.sizes)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two reports of different bodies that share text in a part: how much of each (0–1) is also in the other."""

    report: str
    other: str
    part: Part
    share: float
    share_of_other: float


NO_CLAUSES = Clauses(array("Q"), array("H"), array("I"), array("I"))


def cut_clauses(text: str, start: int, end: int, *, names: Sequence[str] = ()) -> Iterator[tuple[str, int, int]]:
    """The clauses of ``text[start:end]`` with their positions, without numbers, marks and the body's own names.

    >>> [words for words, _, _ in cut_clauses("2021年,我镇组织学习条例3次。2022年,我乡组织学习条例5次。", 0, 33)]
    ['组织学习条例次', '组织学习条例次']
    """
    for count, found in enumerate(CLAUSE.finditer(text, start, end)):
        if count >= MAX_CLAUSES:
            return
        words = found.group()
        for name in names:
            words = words.replace(name, "")
        words = NO_WORD.sub("", ITSELF.sub("", words))
        if len(words) >= MIN_CLAUSE_CHARS:
            yield words, found.start(), found.end()


def long_enough(clauses: Clauses) -> bool:
    """Whether there is enough of a text to compare it with others."""
    return len(clauses.hashes) >= MIN_CLAUSES and clauses.size >= MIN_CHARS


def hash_words(words: str) -> int:
    """Eight bytes that are the same for the same words, in every process and on every machine."""
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=HASH_BYTES).digest(), "big")


def shared(here: Clauses, there: Clauses) -> float:
    """The share (0–1) of the characters of ``here`` that stand in clauses of ``there`` too."""
    known = set(there.hashes)
    return sum(size for value, size in zip(here.hashes, here.sizes, strict=True) if value in known) / (here.size or 1)


def passages(here: Clauses, there: Clauses, *, limit: int = 3) -> tuple[tuple[Span, Span], ...]:
    """The longest passages that both have, each as its span here and its span there."""
    where = {value: at for at, value in reversed(list(enumerate(there.hashes)))}
    runs: list[list[tuple[int, int]]] = []
    for at, value in enumerate(here.hashes):
        other = where.get(value)
        if other is None:
            continue
        if runs and runs[-1][-1] == (at - 1, other - 1):
            runs[-1].append((at, other))
        else:
            runs.append([(at, other)])
    runs.sort(key=lambda run: -sum(here.sizes[at] for at, _ in run))
    return tuple(
        (
            Span(here.starts[run[0][0]], here.ends[run[-1][0]]),
            Span(there.starts[run[0][1]], there.ends[run[-1][1]]),
        )
        for run in runs[:limit]
    )
