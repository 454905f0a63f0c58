"""The cues of a statement: which groups of the cue vocabulary it contains, clause by clause.

One pass of an Aho-Corasick automaton over all statements together finds the cues; rules and trained models read the
same result, so what a rule sees is what a model learns from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from nlp.vocabulary.load import load

TABLES = ("role", "aspect", "part", "silent")
SENTENCE, CLAUSE = "。!?\n", ",;:"
JOINTS = frozenset("、和及与")
SURROGATE = re.compile("[\ud800-\udfff]")
# The marker in front of an item (一是, (二), 3.) hides the word that its first clause begins with.
MARKER = re.compile(
    r"\s{0,40}(?:[一二三四五六七八九十]{1,2}(?:是|要|[、,.)])|\([一二三四五六七八九十\d]{1,2}\)是?|\d{1,2}[.、,)](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十][,、:是]?|其[一二三四五六七八九][,、:是]?|首先|其次|再次|最后|另外|同时|此外|[●•■◆★○◇\-—]+)[,、:]?\s*"
)


class Cue(NamedTuple):
    """A term found in a statement, with the groups it belongs to; positions count in the statement.

    ``listed`` says that it is a member of a list (范围、时效性).
    """

    start: int
    end: int
    groups: tuple[str, ...]
    listed: bool = False


@dataclass(slots=True)
class Clause:
    """A run of text between two commas or stops, and what it contains.

    ``sentence`` counts from 0. ``kind`` is ``main``, ``tail`` (goal or result: bears no label) or ``frame``
    (针对…, 根据…: what the statement starts from). ``roles`` holds the groups of each cue of modality.
    """

    start: int
    sentence: int
    kind: str = "main"
    roles: list[tuple[str, ...]] = field(default_factory=list)
    aspects: list[Cue] = field(default_factory=list)


class Lexicon:
    """The terms of the cue vocabulary under the given tables, longest match first, with ends of clauses among them."""

    __slots__ = ("_automaton", "_groups")

    def __init__(self, tables: Sequence[str]) -> None:
        groups: dict[str, list[str]] = {mark: ["end.sentence"] for mark in SENTENCE}
        groups |= {mark: ["end.clause"] for mark in CLAUSE}
        for table in tables:
            for name, entry in _entries(load("cues")[table], table):
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


def _entries(table: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    if "surface" in table or "patterns" in table:
        return [(name, table)]
    inner = [(f"{name}.{key}", entry) for key, entry in table.items() if isinstance(entry, dict)]
    return [found for path, entry in inner for found in _entries(entry, path)]


@cache
def role_patterns() -> re.Pattern[str]:
    """The cues of modality that are no fixed terms (18次); the matching group is the last part of the name."""
    entries = load("cues")["role"].items()
    return re.compile("|".join(f"(?P<{n}>{'|'.join(e['patterns'])})" for n, e in entries if "patterns" in e))


@cache
def role_lexicon() -> Lexicon:
    """The cues of modality."""
    return Lexicon(["role"])


@cache
def aspect_lexicon() -> Lexicon:
    """The cues of aspects, and the words with which a goal begins."""
    return Lexicon(["aspect", "part", "silent", "goal"])


@cache
def clause_openings() -> re.Pattern[str]:
    """What a clause begins with when it is a tail, a result or a frame: the group of that name matches."""
    openings = load("cues")["opening"]
    parts = []
    for kind in ("tail", "result", "frame"):
        terms = sorted(openings[kind]["surface"], key=len, reverse=True)
        parts.append(f"(?P<{kind}>{'|'.join(map(re.escape, terms))})")
    return re.compile(r"(?:并|也|又|同时|更加|有力|进一步)?(?:" + "|".join(parts) + ")")


def find_clauses(texts: Sequence[str]) -> list[list[Clause]]:
    """The clauses of each text, in order, with their cues.

    >>> [clause] = find_clauses(["一是栏目更新不够及时"])[0]
    >>> [cue.groups for cue in clause.aspects][-1]
    ('aspect.timeliness.sure',)
    """
    joined = SURROGATE.sub("\ufffd", "\n".join(text.replace("\n", "。") for text in texts))
    roles, aspects = role_lexicon().find(joined), aspect_lexicon().find(joined)
    roles += [(m.start(), m.end(), (f"role.{m.lastgroup}",)) for m in role_patterns().finditer(joined)]
    roles.sort()
    openings = clause_openings()
    found: list[list[Clause]] = []
    offset = r = a = 0
    for text in texts:
        stop = offset + len(text)
        marker = MARKER.match(joined, offset, stop)
        clause = Clause(marker.end() - offset if marker else 0, 0)
        clauses = [clause]
        _open(clause, joined, offset, openings)
        while a < len(aspects) and aspects[a][0] < stop:
            start, end, groups = aspects[a]
            a += 1
            if groups[0] == "end.clause" or groups[0] == "end.sentence":
                sentence = clause.sentence + (groups[0] == "end.sentence")
                clause = Clause(end - offset, sentence)
                clauses.append(clause)
                _open(clause, joined, offset, openings)
            elif groups[0] == "goal":
                # 确保, 从而 in the middle of a clause: what follows is a goal.
                if start - offset > clause.start:
                    clause = Clause(start - offset, clause.sentence, "tail")
                    clauses.append(clause)
            else:
                listed = joined[end : end + 1] in JOINTS or joined[start - 1 : start] in JOINTS
                clause.aspects.append(Cue(start - offset, end - offset, groups, listed))
        at = 0
        while r < len(roles) and roles[r][0] < stop:
            start, _, groups = roles[r]
            r += 1
            if groups[0] in ("end.clause", "end.sentence"):
                continue
            start -= offset
            while at + 1 < len(clauses) and clauses[at + 1].start <= start:
                at += 1
            clauses[at].roles.append(groups)
        # The line break between two texts is a match of its own.
        while a < len(aspects) and aspects[a][0] <= stop:
            a += 1
        while r < len(roles) and roles[r][0] <= stop:
            r += 1
        found.append([c for n, c in enumerate(clauses) if n == 0 or c.roles or c.aspects or c.kind != "main"])
        offset = stop + 1
    return found


def _open(clause: Clause, text: str, offset: int, openings: re.Pattern[str]) -> None:
    opening = openings.match(text, offset + clause.start)
    if opening is None:
        return
    clause.kind = opening.lastgroup or "main"


@cache
def feature_names() -> tuple[str, ...]:
    """The columns of ``cue_matrix``: every group, in the first clause and in the others."""
    tables = load("cues")
    groups = [name for table in TABLES for name, _ in _entries(tables[table], table)]
    return tuple(f"{group}@{place}" for place in ("head", "body") for group in groups)


def cue_matrix(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Which cue groups each text contains, 1 or 0: an array of ``n`` texts × ``len(feature_names())`` columns.

    >>> cue_matrix(["公开渠道单一"]).shape == (1, len(feature_names()))
    True
    """
    width = len(feature_names()) // 2
    matrix = np.zeros((len(texts), 2 * width), dtype=np.float32)
    bodies = [without_marker(text) for text in texts]
    joined = SURROGATE.sub("\ufffd", "\n".join(bodies))
    ends = np.cumsum([len(body) + 1 for body in bodies])
    head_ends = ends.copy()
    role_terms, role_starts = role_lexicon().places(joined)
    aspect_terms, aspect_starts = aspect_lexicon().places(joined)
    patterns = [(match.start(), match.lastgroup) for match in role_patterns().finditer(joined)]
    column = _columns_by_group()
    starts = np.concatenate((role_starts, aspect_starts, np.array([at for at, _ in patterns], dtype=np.intp)))
    columns = np.concatenate((
        _columns(role_lexicon())[role_terms],
        _columns(aspect_lexicon())[aspect_terms],
        np.array([(column[f"role.{group}"], *[NO_COLUMN] * (MAX_GROUPS - 1)) for _, group in patterns], dtype=np.intp).reshape(-1, MAX_GROUPS),
    ))  # fmt: skip
    rows = np.searchsorted(ends, starts, side="right")
    stops = np.flatnonzero(columns[: len(role_terms), 0] == STOP)[::-1]
    head_ends[rows[stops]] = starts[stops]  # of several the last, which is the first of its row
    cells = columns + (rows * (2 * width) + np.where(starts > head_ends[rows], width, 0))[:, None]
    matrix.reshape(-1)[cells[columns >= 0]] = 1
    return matrix


def without_marker(text: str) -> str:
    """The text behind its marker.

    >>> without_marker("二是 渠道单一")
    '渠道单一'
    """
    marker = MARKER.match(text)
    return text[marker.end() :] if marker else text


NO_COLUMN, STOP = -1, -2
MAX_GROUPS = 4  # that one term may stand in, on each side


@cache
def _columns(lexicon: Lexicon) -> npt.NDArray[np.intp]:
    """For each term the columns of its groups in the first clause; ``STOP`` for what ends a clause."""
    column = _columns_by_group()
    found = [
        [STOP] if names[0].startswith("end.") else [column[name] for name in names if name in column]
        for names in lexicon.terms()
    ]
    if max(map(len, found)) > MAX_GROUPS:
        raise ValueError(f"cues.toml: a term stands in more than {MAX_GROUPS} groups. Take it out of one.")
    return np.array([(row + [NO_COLUMN] * MAX_GROUPS)[:MAX_GROUPS] for row in found])


@cache
def _columns_by_group() -> dict[str, int]:
    """The column of each group in the first clause."""
    return {name.removesuffix("@head"): at for at, name in enumerate(feature_names()) if name.endswith("@head")}
