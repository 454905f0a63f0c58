"""The terms of the cue vocabulary in a text, found in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from nlp.vocabulary.load import load

SENTENCE, CLAUSE = "。!?\n", ",;:"


class Lexicon:
    """The terms of the cue vocabulary under the given tables, longest match first, with ends of clauses among them."""

    __slots__ = ("_automaton", "_groups")

    def __init__(self, tables: Sequence[str]) -> None:
        groups: dict[str, list[str]] = {mark: ["end.sentence"] for mark in SENTENCE}
        groups |= {mark: ["end.clause"] for mark in CLAUSE}
        for table in tables:
            for name, entry in entries(load("cues")[table], table):
                for term in entry.get("surface", ()):
                    groups.setdefault(term, []).append(name)
        self._groups = [tuple(names) for names in groups.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(groups), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def groups(self) -> frozenset[str]:
        """The names of all groups."""
        return frozenset(group for groups in self._groups for group in groups)

    def terms(self) -> list[tuple[str, ...]]:
        """The groups of each term, in the order of the terms."""
        return self._groups

    def places(self, text: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Which terms ``find`` finds (by their order) and where they start, as arrays."""
        found = self._automaton.find_matches_as_indexes(text)
        flat = np.fromiter(chain.from_iterable(found), dtype=np.intp, count=3 * len(found)).reshape(-1, 3)
        return flat[:, 0], flat[:, 1]

    def find(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """The terms of ``text``, which must hold no lone surrogate, in order and without overlap."""
        groups = self._groups
        return [(start, end, groups[term]) for term, start, end in self._automaton.find_matches_as_indexes(text)]


def entries(table: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    """The entries of a table of cues under their full names (``aspect.staff.sure``)."""
    if "surface" in table or "patterns" in table:
        return [(name, table)]
    inner = [(f"{name}.{key}", entry) for key, entry in table.items() if isinstance(entry, dict)]
    return [found for path, entry in inner for found in entries(entry, path)]


def group_fingerprints(groups: Sequence[str]) -> dict[str, str]:
    """A short fingerprint of the terms and patterns of each group: says whether a model was trained with these."""
    tables = load("cues")
    known = {name: entry for table in tables for name, entry in entries(tables[table], table)}
    return {
        group: hashlib.sha256(
            "\n".join((*known[group].get("surface", ()), *known[group].get("patterns", ()))).encode()
        ).hexdigest()[:8]
        for group in groups
    }


@cache
def role_lexicon() -> Lexicon:
    """The cues of modality."""
    return Lexicon(["role"])
