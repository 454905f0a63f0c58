"""Which column or key of a corpus holds what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp.labelling.features import SURROGATE

ROLE_MARK = "role:"


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The column names that the user gave; ``None`` leaves it to ``columns.toml``.

    ``labels`` are the ids and names of the taxonomy, where there is one: they tell 0/1 columns of labels from others.
    ``joined`` is what stands between several labels in a cell, where the user said so. With ``every_annotator`` a text that
    several persons labelled gives an example for each of them.
    """

    text: str | None = None
    label: str | None = None
    role: str | None = None
    group: str | None = None
    heading: str | None = None
    labels: frozenset[str] = frozenset()
    joined: str | None = None
    every_annotator: bool = False

    def find(self, purpose: str, present: Iterable[str]) -> str | None:
        """The name, as the file spells it, of the column for a purpose; ``None`` when the file has none.

        >>> Columns().find("label", ["Text", "标签 "])
        '标签 '
        """
        given = getattr(self, purpose, None)
        if given is not None:
            return given if given in present else None
        spelt = {name.strip().lower(): name for name in reversed(list(present))}
        return next((spelt[name] for name in _names()[purpose] if name in spelt), None)


def is_bookkeeping(name: str) -> bool:
    """Whether a key belongs to the annotation tool or numbers the rows."""
    return name.strip().lower() in {*_names()["bookkeeping"], *_names()["id"]}


def as_text(value: Any) -> str:
    """A cell or JSON value as the text of a column: nothing is "", 2021.0 is 2021.

    Half a character (a lone surrogate, which JSON can hold and no file can be written with) becomes U+FFFD.

    >>> as_text(2021.0), as_text(None), as_text(["甲", "乙"])
    ('2021', '', '甲|乙')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return SURROGATE.sub("\ufffd", "|".join(value))
    return SURROGATE.sub("\ufffd", str(value))


def split_labels(value: Any) -> tuple[str, ...]:
    """Labels as written in one cell, separated by ``|``, or as a list; white space is kept for the check.

    >>> split_labels("timeliness_poor|content_incomplete")
    ('timeliness_poor', 'content_incomplete')
    """
    if value is None or value == "":
        return ()
    parts = value if isinstance(value, list) else as_text(value).split("|")
    return tuple(dict.fromkeys(as_text(part) for part in parts if as_text(part).strip()))


def from_marks(marks: Iterable[str]) -> tuple[str | None, tuple[str, ...]]:
    """Role and labels of one list that holds both, the role as ``role:problem`` (as our writers put them).

    >>> from_marks(["role:problem", "late"])
    ('problem', ('late',))
    """
    marks = list(marks)
    role = next((mark.removeprefix(ROLE_MARK) for mark in marks if mark.startswith(ROLE_MARK)), None)
    return role, tuple(mark for mark in marks if not mark.startswith(ROLE_MARK))


def extras(row: Mapping[str, Any], used: Iterable[str | None]) -> dict[str, str]:
    """The columns that are neither text nor label, as text. Role, group and heading stay, for slices."""
    taken = set(used)
    return {name: as_text(value) for name, value in row.items() if name not in taken and value is not None}
