"""Characters and pairs of characters of statements, weighted by TF-IDF: the features that need no vocabulary written by hand.

All statements are read together as one array of character codes. An n-gram is a number (two codes of 16 bits), the
n-grams that a model knows are a sorted array of such numbers, found again through a hash table made of arrays.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.labelling.features import without_marker

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]

# Characters beyond the basic plane, and halves of them, count as one unknown character. 0 is no character.
UNKNOWN, NONE = 0xFFFD, 0
MULTIPLIER = np.uint32(2_654_435_761)  # Knuth's multiplicative hash
SLOTS_PER_KEY = 4


@cache
def _folded() -> npt.NDArray[np.uint32]:
    """What each character is read as: digits as 0, capitals as small letters, white space as nothing."""
    table = np.arange(UNKNOWN + 1, dtype=np.uint32)
    for code in range(1, UNKNOWN):
        character = chr(code)
        if character.isspace():
            table[code] = NONE
        elif character.isdecimal():
            table[code] = ord("0")
        elif len(character.lower()) == 1:
            table[code] = min(ord(character.lower()), UNKNOWN)
    table[0] = table[0xD800:0xE000] = UNKNOWN
    return table


def read_codes(texts: Sequence[str]) -> tuple[Codes, Places]:
    """The characters of all statements and, for each, the number of its statement, counted from 0.

    Without markers and white space, runs of digits as one 0: 一是 and 49条 tell nothing about the topic.
    """
    bodies = [without_marker(text) for text in texts]
    encoding = f"utf-32-{sys.byteorder[0]}e"
    codes = np.frombuffer("".join(bodies).encode(encoding, "surrogatepass"), dtype=np.uint32)
    codes = _folded()[np.minimum(codes, UNKNOWN)]
    rows = np.repeat(np.arange(len(texts)), [len(body) for body in bodies])
    kept = codes != NONE
    if not kept.all():
        codes, rows = codes[kept], rows[kept]
    digits = codes == ord("0")
    if digits.any():
        kept = np.ones(len(codes), dtype=bool)
        kept[1:] = ~(digits[1:] & digits[:-1] & (rows[1:] == rows[:-1]))
        codes, rows = codes[kept], rows[kept]
    return codes, rows


def bare(text: str) -> str:
    """The statement as its n-grams are taken.

    >>> bare("(二) 发布信息 49条")
    '发布信息0条'
    """
    return "".join(map(chr, read_codes([text])[0].tolist()))


def ngrams(text: str) -> list[str]:
    """All characters and pairs of characters of the bare statement, in order, with repetitions.

    Three characters added nothing in cross-validation (README of the model).

    >>> ngrams("一是公开")
    ['公', '开', '公开']
    """
    text = bare(text)
    return [*text, *map("".join, pairwise(text))]


def key_of(term: str) -> int:
    """The number of an n-gram of one or two characters; numbers are in the order of the terms.

    >>> key_of("公") < key_of("公开") < key_of("开")
    True
    """
    return ord(term[0]) << 16 | (ord(term[1]) if len(term) > 1 else NONE)


@dataclass(frozen=True, slots=True)
class Ngrams:
    """The n-grams that a model knows (``key_of``, rising), with their inverse document frequencies (smoothed)."""

    keys: Codes
    idf: Floats
    _slots: npt.NDArray[np.int32] = field(init=False, repr=False, compare=False)
    _probes: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        bits = max(8, (SLOTS_PER_KEY * len(self.keys)).bit_length())
        slots = np.full(1 << bits, -1, dtype=np.int32)
        waiting, at, probes = np.arange(len(self.keys), dtype=np.int32), _hash(self.keys, bits), 0
        while len(waiting):
            free = slots[at] < 0
            slots[at[free]] = waiting[free]
            left = slots[at] != waiting
            waiting, at, probes = waiting[left], (at[left] + 1) & (len(slots) - 1), probes + 1
        object.__setattr__(self, "_slots", slots)
        object.__setattr__(self, "_probes", probes)

    def columns(self, keys: Codes) -> npt.NDArray[np.int32]:
        """The place of each key among the model's, -1 where the model does not know it."""
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int32)
        at = _hash(keys, len(self._slots).bit_length() - 1)
        found = self._slots[at]
        wrong = np.flatnonzero((found >= 0) & (self.keys[found] != keys))
        for _ in range(self._probes):
            if not len(wrong):
                break
            at[wrong] = (at[wrong] + 1) & (len(self._slots) - 1)
            found[wrong] = self._slots[at[wrong]]
            wrong = wrong[(found[wrong] >= 0) & (self.keys[found[wrong]] != keys[wrong])]
        return found

    def project(self, texts: Sequence[str], weighted: Floats) -> Floats:
        """TF-IDF rows of the texts (1 + log tf, length 1) times weights: ``n`` texts × the columns of ``weighted``.

        Parameters
        ----------
        weighted : a row for each n-gram, already times its ``idf``
        """
        result = np.zeros((len(texts), weighted.shape[1]), dtype=np.float32)
        codes, rows = read_codes(texts)
        firsts = codes << np.uint32(16)
        pairs = np.flatnonzero(rows[1:] == rows[:-1])
        columns = self.columns(np.concatenate((firsts, firsts[pairs] | codes[pairs + 1])))
        rows = np.concatenate((rows, rows[pairs]))
        known = columns >= 0
        # Row and column as one number: sorted, equal n-grams of a statement stand together and can be counted.
        width = len(self.keys)
        kind: Any = np.uint32 if len(texts) * width < 2**32 else np.uint64
        cells: npt.NDArray[Any] = np.sort(rows[known].astype(kind) * kind(width) + columns[known].astype(kind))
        if not len(cells):
            return result
        first = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))
        counts = np.diff(first, append=len(cells))
        cells = cells[first]
        of = (cells // kind(width)).astype(np.intp)
        columns = (cells - of.astype(kind) * kind(width)).astype(np.intp)
        repeated = np.flatnonzero(counts > 1)
        more = 1 + np.log(counts[repeated]).astype(np.float32)
        values = self.idf[columns]
        values[repeated] *= more
        parts = weighted.take(columns, axis=0)
        parts[repeated] *= more[:, None]
        starts = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1])))
        filled = of[starts]
        lengths = np.sqrt(np.add.reduceat(values * values, starts))
        result[filled] = np.add.reduceat(parts, starts, axis=0) / lengths[:, None]
        return result


def _hash(keys: Codes, bits: int) -> Places:
    return ((keys * MULTIPLIER) >> np.uint32(32 - bits)).astype(np.intp)
