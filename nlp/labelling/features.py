"""The cues of a statement: which groups of the cue vocabulary it contains, clause by clause.

One pass of an Aho-Corasick automaton over all statements together finds the cues; rules and trained models read the
same result, so what a rule sees is what a model learns from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from nlp.narrative.lexicon import Lexicon, entries, role_lexicon
from nlp.vocabulary.load import load

# Raised when the code of the features changes so that the same text gives other columns.
FEATURES = 1
TABLES = ("role", "aspect", "part", "silent")
JOINTS = frozenset("、和及与")
SURROGATE = re.compile("[\ud800-\udfff]")
# The marker in front of an item (一是, (二), 3.) hides the word that its first clause begins with.
MARKER = re.compile(
    r"\s{0,40}(?:[一二三四五六七八九十]{1,2}(?:是|要|[、,.)])|\([一二三四五六七八九十\d]{1,2}\)是?|\d{1,2}[.、,)](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十][,、:是]?|其[一二三四五六七八九][,、:是]?|首先|其次|再次|最后|另外|同时|此外|[●•■◆★○◇\-—]+)[,、:]?\s*"
)


@cache
def role_patterns() -> re.Pattern[str]:
    """The cues of modality that are no fixed terms (18次); the matching group is the last part of the name."""
    entries = load("cues")["role"].items()
    return re.compile("|".join(f"(?P<{n}>{'|'.join(e['patterns'])})" for n, e in entries if "patterns" in e))


@cache
def aspect_lexicon() -> Lexicon:
    """The cues of aspects."""
    return Lexicon(["aspect", "part", "silent"])


@cache
def feature_groups() -> tuple[str, ...]:
    """The groups of cues that are features, in the order of the vocabulary."""
    tables = load("cues")
    return tuple(name for table in TABLES for name, _ in entries(tables[table], table))


@cache
def feature_names() -> tuple[str, ...]:
    """The columns of ``cue_matrix``: every group, in the first clause and in the others."""
    return tuple(f"{group}@{place}" for place in ("head", "body") for group in feature_groups())


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
