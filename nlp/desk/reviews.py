"""What reviewers decide about statements: a SQLite file to which every decision is committed as it is made.

Nothing is ever changed in it but that a decision is marked as taken back: what counts is the last one of a reviewer about a
statement that was not. Several desks on one machine may use the file at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

FORMAT = 1
WAIT_SECONDS = 15.0  # for another desk to finish writing
MAX_ANNOTATOR_CHARS = 40
MAX_NOTE_CHARS = 2_000
MAX_PARTS = 20
ARBITER = "裁定"  # decides where two reviewers differ
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS units (
    id INTEGER PRIMARY KEY, report_id TEXT NOT NULL, statement_id INTEGER NOT NULL, sample_id TEXT,
    sheets TEXT NOT NULL, shown TEXT NOT NULL, UNIQUE (report_id, statement_id));
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, unit INTEGER NOT NULL REFERENCES units (id), annotator TEXT NOT NULL,
    decision TEXT NOT NULL, at TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS of_unit ON decisions (annotator, unit, id);
"""


class ReviewsUnusable(Exception):
    """A file of reviews that cannot be used, or a decision that makes no sense; the message says what to do."""


class Shown(msgspec.Struct, frozen=True):
    """What a reviewer is shown of a statement; ``role`` and ``labels`` are the model's."""

    text: str
    report: str = ""
    issuer: str = ""
    year: int | None = None
    heading: str = ""
    before: str = ""
    after: str = ""
    role: str | None = None
    labels: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement, or a part of one that was split, up to character ``end`` of its text."""

    end: int
    role: str | None = None
    labels: tuple[str, ...] = ()


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reviewer says of a statement. ``joined``: it goes on in the next one. ``done``: the reviewer has finished it."""

    parts: tuple[Part, ...]
    joined: bool = False
    note: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement in the queue. ``sheets`` are the numbers of the annotators it is for, from 0; empty for all of them."""

    id: int
    report_id: str
    statement_id: int
    shown: Shown
    sample_id: str | None = None
    sheets: tuple[int, ...] = ()


@dataclass(slots=True)
class Progress:
    """How many statements of the queue a reviewer has finished."""

    annotator: str
    done: int
    all: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A statement on which reviewers differ, and what was decided between them, if anything."""

    unit: Unit
    decisions: dict[str, Decision]
    settled: Decision | None = None


@dataclass(slots=True)
class Reviews:
    """The file of reviews at ``path``; made when something is first written to it."""

    path: Path
    _ready: bool = field(default=False, init=False)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for each question: threads and other desks do not wait for one another longer."""
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise ReviewsUnusable(
                f"{self.path}: cannot be opened ({error}). Choose another file with --reviews."
            ) from None
        try:
            connection.execute("PRAGMA synchronous = FULL")  # a decision is on the disk before it is confirmed
            if not self._ready:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(SCHEMA)
                self._check_format(connection)
                self._ready = True
            yield connection
        except sqlite3.DatabaseError as error:
            raise ReviewsUnusable(f"{self.path}: is no file of reviews, or damaged ({error}).") from None
        finally:
            connection.close()

    def _check_format(self, connection: sqlite3.Connection) -> None:
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", [str(FORMAT)])
        (found,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        if found != str(FORMAT):
            raise ReviewsUnusable(f"{self.path}: reviews of format {found}; this version has {FORMAT}.")

    # The queue --------------------------------------------------------------------------------------------------

    def add(self, units: Sequence[Unit], *, blind: bool = False) -> int:
        """Put statements at the end of the queue; those that are in it already stay. How many are new comes back."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            before = connection.total_changes
            connection.executemany(
                "INSERT OR IGNORE INTO units (report_id, statement_id, sample_id, sheets, shown) VALUES (?, ?, ?, ?, ?)",
                [
                    (
                        u.report_id,
                        u.statement_id,
                        u.sample_id,
                        json.dumps(u.sheets),
                        msgspec.json.encode(u.shown).decode(),
                    )
                    for u in units
                ],
            )
            added = connection.total_changes - before
            if blind:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('blind', '1')")
            connection.execute("COMMIT")
        return added

    @property
    def blind(self) -> bool:
        """Whether reviewers are not shown what the model says."""
        with self._open() as connection:
            return connection.execute("SELECT 1 FROM meta WHERE key = 'blind' AND value = '1'").fetchone() is not None

    def units(self, annotator: str | None = None) -> list[Unit]:
        """The queue in its order; for an annotator of a sample with several sheets, that annotator's statements."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT id, report_id, statement_id, sample_id, sheets, shown FROM units ORDER BY id"
            )
            units = [
                Unit(row[0], row[1], row[2], msgspec.json.decode(row[5], type=Shown), row[3], tuple(json.loads(row[4])))
                for row in rows
            ]
            if annotator is None or not any(unit.sheets for unit in units):
                return units
            number = self._number(connection, annotator)
        return [unit for unit in units if not unit.sheets or number in unit.sheets]

    def _number(self, connection: sqlite3.Connection, annotator: str) -> int:
        """The sheet of an annotator: the first who comes has the first one, and keeps it."""
        connection.execute("BEGIN IMMEDIATE")
        found = connection.execute("SELECT value FROM meta WHERE key = ?", [f"sheet:{annotator}"]).fetchone()
        if found is None:
            (taken,) = connection.execute("SELECT count(*) FROM meta WHERE key LIKE 'sheet:%'").fetchone()
            found = (str(taken),)
            connection.execute("INSERT INTO meta VALUES (?, ?)", [f"sheet:{annotator}", found[0]])
        connection.execute("COMMIT")
        return int(found[0])

    # Decisions --------------------------------------------------------------------------------------------------

    def decide(self, unit: Unit, annotator: str, decision: Decision) -> None:
        """Commit a decision; when this returns it is on the disk. Raises ``ReviewsUnusable`` for one that makes no sense."""
        _check(unit, annotator, decision)
        with self._open() as connection:
            connection.execute(
                "INSERT INTO decisions (unit, annotator, decision, at) VALUES (?, ?, ?, ?)",
                [unit.id, annotator, msgspec.json.encode(decision).decode(), datetime.now(UTC).isoformat()],
            )

    def undo(self, annotator: str) -> int | None:
        """Take back the last decision of an annotator; the id of its statement, ``None`` when there is none left."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            found = connection.execute(
                "SELECT id, unit FROM decisions WHERE annotator = ? AND NOT undone ORDER BY id DESC LIMIT 1",
                [annotator],
            ).fetchone()
            if found is not None:
                connection.execute("UPDATE decisions SET undone = 1 WHERE id = ?", [found[0]])
            connection.execute("COMMIT")
        return None if found is None else int(found[1])

    def decisions(self, annotator: str | None = None) -> dict[int, dict[str, Decision]]:
        """What counts: for each statement (by its id) the last decision of each annotator, or of one of them."""
        with self._open() as connection:
            rows = connection.execute(
                """SELECT unit, annotator, decision FROM decisions WHERE id IN (
                       SELECT max(id) FROM decisions WHERE NOT undone AND (?1 IS NULL OR annotator = ?1)
                       GROUP BY unit, annotator)""",
                [annotator],
            ).fetchall()
        found: dict[int, dict[str, Decision]] = {}
        for unit, who, decision in rows:
            found.setdefault(unit, {})[who] = msgspec.json.decode(decision, type=Decision)
        return found

    def annotators(self) -> list[str]:
        """Everybody who decided anything, in the order in which they began; not the arbiter."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT annotator FROM decisions WHERE NOT undone GROUP BY annotator ORDER BY min(id)"
            ).fetchall()
        return [annotator for (annotator,) in rows if annotator != ARBITER]

    # What comes of it ---------------------------------------------------------------------------------------------

    def progress(self) -> list[Progress]:
        """How far each annotator is."""
        decisions = self.decisions()
        return [
            Progress(
                annotator,
                sum(bool((d := decisions.get(unit.id, {}).get(annotator)) and d.done) for unit in units),
                len(units),
            )
            for annotator in self.annotators()
            if (units := self.units(annotator)) is not None
        ]

    def conflicts(self) -> list[Conflict]:
        """The statements that two have finished with different roles, labels or limits, in the order of the queue."""
        decisions = self.decisions()
        found = []
        for unit in self.units():
            here = {who: d for who, d in decisions.get(unit.id, {}).items() if d.done}
            settled = here.pop(ARBITER, None)
            if len({_judged(decision) for decision in here.values()}) > 1:
                found.append(Conflict(unit, here, settled))
        return found

    def settled(self) -> list[tuple[Unit, str, Decision]]:
        """Each finished statement with who decided: the arbiter, else the only opinion there is; others are left out."""
        decisions = self.decisions()
        found = []
        for unit in self.units():
            here = {who: d for who, d in decisions.get(unit.id, {}).items() if d.done}
            if ARBITER in here:
                found.append((unit, ARBITER, here[ARBITER]))
            elif len({_judged(decision) for decision in here.values()}) == 1:
                who = next(iter(here))
                found.append((unit, who, here[who]))
        return found


def _judged(decision: Decision) -> tuple[object, ...]:
    """What two decisions must share to agree: limits, roles and labels, not notes."""
    return decision.joined, tuple((part.end, part.role, frozenset(part.labels)) for part in decision.parts)


def _check(unit: Unit, annotator: str, decision: Decision) -> None:
    if not annotator.strip() or len(annotator) > MAX_ANNOTATOR_CHARS:
        raise ReviewsUnusable(
            f"请写下标注人姓名（不超过{MAX_ANNOTATOR_CHARS}字）。 Give a name of at most {MAX_ANNOTATOR_CHARS} characters."
        )
    ends = [part.end for part in decision.parts]
    if (
        not ends
        or len(ends) > MAX_PARTS
        or sorted(set(ends)) != ends
        or ends[0] < 1
        or ends[-1] != len(unit.shown.text)
    ):
        raise ReviewsUnusable(
            "切分位置不对，请刷新页面。 The parts are not those of the statement; load the page again."
        )
    if len(decision.note) > MAX_NOTE_CHARS:
        raise ReviewsUnusable(f"备注太长（不超过{MAX_NOTE_CHARS}字）。 The note is too long.")
    if decision.done and any(part.role is None for part in decision.parts):
        raise ReviewsUnusable("还没有选类别。 Choose a role first.")
