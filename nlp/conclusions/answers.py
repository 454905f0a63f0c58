"""What annotators answered: sheets held against the design of their sample, every cell that does not fit told with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.conclusions.design import Design, SampleUnusable
from nlp.conclusions.filled import LABELS, ROLE, read_filled
from nlp.conclusions.sheet import NONE
from nlp.conclusions.spreadsheet import Line
from nlp.labelling.label import OWN_SCHEME
from nlp.output.names import names

FAULTS_SHOWN = 5
Key = tuple[str, str]  # scheme and label


@dataclass(frozen=True, slots=True)
class Answer:
    """What one annotator says of one statement: its role (``None`` where a taxonomy of one's own needs none) and labels."""

    role: str | None
    labels: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers by id of the row, one or more for each; and the ids of drawn rows that nobody filled in."""

    by_id: Mapping[str, tuple[Answer, ...]]
    open: tuple[str, ...]

    @property
    def doubled(self) -> int:
        """How many rows several annotators answered."""
        return sum(len(given) > 1 for given in self.by_id.values())


def read_answers(paths: Iterable[Path], design: Design) -> Answers:
    """Read sheets that annotators filled in.

    A row counts as filled in when a role or a label stands in it (``none`` for no label). Keys, Chinese names and
    what the drop-downs show are all understood.

    Raises
    ------
    SampleUnusable : ids that were not drawn, doubled or missing; a role or label that does not exist; a label of
        another role; the sentence names file, row and column, and the first few where there are more
    """
    reader = _Reader(design)
    for path in paths:
        reader.read(path)
    return reader.result()


class _Reader:
    def __init__(self, design: Design) -> None:
        self.design = design
        self.ids = {row.id for row in design.rows}
        self.roles = {s: key for key, zh in names("roles").items() for s in _spellings(key, zh)}
        self.labels: dict[str, list[Key]] = {}
        for label in design.taxonomy:
            for spelling in _spellings(label.key, label.zh, label.en):
                keys = self.labels.setdefault(spelling, [])
                if (label.scheme, label.key) not in keys:
                    keys.append((label.scheme, label.key))
        self.needs_role = any(label.scheme != OWN_SCHEME for label in design.taxonomy)
        self.given: dict[str, list[Answer]] = {}
        self.faults: list[str] = []

    def read(self, path: Path) -> None:
        seen: dict[str, int] = {}
        for row in read_filled(path):
            key = row.cells.get("id", "")
            if key not in self.ids:
                what = f"id {key!r} is not in this sample" if key else "something is filled in, but no id"
                self.faults.append(f"{row.place('id')}: {what}. Take the row out, or put its id back.")
            elif key in seen:
                self.faults.append(f"{row.place('id')}: {key} stands in row {seen[key]}, too. Keep one of them.")
            else:
                seen[key] = row.row
                if (answer := self._answer(row)) is not None:
                    self.given.setdefault(key, []).append(answer)
                else:
                    self.given.setdefault(key, [])

    def _answer(self, row: Line) -> Answer | None:
        role = self._role(row)
        labels: set[Key] = set()
        none = False
        for column in (*LABELS, "labels"):
            for text in row.cells.get(column, "").replace("；", "|").replace(";", "|").split("|"):
                if not (text := text.strip()):
                    continue
                if text.split()[0].lower() in (NONE, "无", "无标签"):
                    none = True
                elif (key := self._label(row, column, text, role)) is not None:
                    labels.add(key)
        if role is None and not labels and not none:
            return None
        if role is None and self.needs_role:
            self.faults.append(f"{row.place(ROLE)}: labels, but no role. Choose the role from the list.")
        if none and labels:
            self.faults.append(f"{row.place(LABELS[0])}: none beside other labels. Keep one of them.")
        return Answer(role, frozenset(labels))

    def _role(self, row: Line) -> str | None:
        text = row.cells.get(ROLE, "").strip()
        if not text:
            return None
        if (role := self.roles.get(_folded(text))) is None:
            self.faults.append(f"{row.place(ROLE)}: {text!r} is no role. Choose from {', '.join(names('roles'))}.")
        return role

    def _label(self, row: Line, column: str, text: str, role: str | None) -> Key | None:
        keys = self.labels.get(_folded(text), [])
        if not keys:
            near = difflib.get_close_matches(_folded(text), self.labels, 1, 0.5)
            meant = f"Did you mean {self.labels[near[0]][0][1]}?" if near else "Choose from the list."
            self.faults.append(f"{row.place(column)}: {text!r} is no label of this sample. {meant}")
            return None
        if role is None:
            return keys[0]  # with roles of its own the sheet is refused for the missing role
        fitting = [key for key in keys if key[0] in (role, OWN_SCHEME)]
        if not fitting:
            self.faults.append(
                f"{row.place(column)}: {keys[0][1]} is a label of the scheme {keys[0][0]}, and the role is {role}. "
                "Change one of them."
            )
        return fitting[0] if fitting else None

    def result(self) -> Answers:
        if self.faults:
            shown = self.faults[:FAULTS_SHOWN]
            if more := len(self.faults) - len(shown):
                shown.append(f"… and {more} more.")
            raise SampleUnusable("\n".join(shown))
        missing = [row.id for row in self.design.rows if row.id not in self.given]
        if missing:
            shown_ids = ", ".join(missing[:FAULTS_SHOWN]) + (" …" if len(missing) > FAULTS_SHOWN else "")
            raise SampleUnusable(
                f"{len(missing)} of {len(self.design.rows)} drawn rows are in none of the sheets given ({shown_ids}). "
                "Give the sheets of all annotators; put rows back that were taken out, empty if need be."
            )
        filled = {key: tuple(given) for key, given in self.given.items() if given}
        return Answers(filled, tuple(row.id for row in self.design.rows if row.id not in filled))


def _spellings(key: str, *names: str) -> Sequence[str]:
    return [_folded(text) for text in (key, *names, *(f"{key} {name}" for name in names if name)) if text]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
