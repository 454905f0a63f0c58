"""What stands around a statement and bears on its role: section, heading, and what was announced before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from nlp.narrative.statements import REPORTING as REPORTING
from nlp.narrative.statements import read_marker
from nlp.records import Role, SectionKey
from nlp.vocabulary.load import load


@dataclass(frozen=True, slots=True)
class Context:
    """What bears on the role of one statement.

    ``expected`` is the role that heading and preceding statements announce, ``None`` when they leave it open.
    ``position`` and ``count`` say which statement of how many under its heading this is; ``list_number`` is the same
    for the items of one list (一是…二是…), ``None`` where nothing is marked.
    """

    section_key: SectionKey | None = None
    heading: str = ""
    expected: Role | None = None
    position: int = 0
    count: int = 1
    list_number: int | None = None


class Placed(Protocol):
    """Anything that knows its section and its heading (a ``Piece``)."""

    @property
    def section_key(self) -> SectionKey | None: ...
    @property
    def heading(self) -> str: ...


@cache
def _announcements() -> dict[Role, re.Pattern[str]]:
    entries = load("statements")["heading"]
    return {role: re.compile("|".join(entries[role]["patterns"])) for role in ("problem", "measure", "achievement")}


def announced_role(text: str) -> Role | None:
    """The role that a heading or a lead-in announces for what follows; ``None`` when it names several or none.

    >>> announced_role("(二)改进措施"), announced_role("五、存在的主要问题及改进情况")
    ('measure', None)
    """
    found = [role for role, pattern in _announcements().items() if pattern.search(text)]
    return found[0] if len(found) == 1 else None


def find_contexts(texts: Sequence[str], pieces: Sequence[Placed]) -> list[Context]:
    """The context of each statement, from the headings and from the lead-ins and transitions before it.

    Parameters
    ----------
    texts : the statements in order, folded
    pieces : where each stands
    """
    transition = re.compile("|".join(load("statements")["following"]["measure"]["patterns"]))
    opening = re.compile("|".join(load("statements")["following"]["problem"]["patterns"]))
    runs: dict[tuple[SectionKey | None, str], int] = {}
    for piece in pieces:
        place = (piece.section_key, piece.heading)
        runs[place] = runs.get(place, 0) + 1
    contexts: list[Context] = []
    here: tuple[SectionKey | None, str] | None = None
    expected: Role | None = None
    position = lists = 0
    lead_in: int | None = None  # how many lists had begun when a lead-in announced problems
    last: dict[str, tuple[int, int]] = {}  # kind of marker → its last number, and the list it is in
    for text, piece in zip(texts, pieces, strict=True):
        if (piece.section_key, piece.heading) != here:
            here, position = (piece.section_key, piece.heading), 0
            expected, last, lead_in = _expected_at(piece), {}, None
        reporting = piece.section_key in REPORTING
        if not reporting and transition.match(text):
            expected, lead_in = "measure", None
        marker = read_marker(text)
        list_number = None
        if marker is not None:
            kind, number = marker
            before, list_number = last.get(kind, (0, 0))
            if number != before + 1 or number == 1:
                lists += 1
                list_number = lists
                if lead_in is not None and lead_in < lists - 1:
                    # A second list after the lead-in to the problems: its items must speak for themselves.
                    expected, lead_in = None, None
            last[kind] = (number, list_number)
        elif lead_in is not None and lead_in < lists:
            expected, lead_in = None, None
        contexts.append(Context(piece.section_key, piece.heading, expected, position, runs[here], list_number))
        # A lead-in that names shortcomings opens them, but not after the measures were announced by a heading.
        if expected is None and not reporting and opening.search(text):
            expected, lead_in = "problem", lists
        position += 1
    return contexts


def _expected_at(piece: Placed) -> Role | None:
    if piece.section_key == "problem_list":
        return "problem"
    if piece.section_key == "measure_list":
        return "measure"
    if piece.section_key in REPORTING:
        return "achievement"
    return announced_role(piece.heading)
