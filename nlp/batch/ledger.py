"""What a run has done, by the content of its inputs: a small database that outlives a crash of everything."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.batch.collected import list_reports
from nlp.batch.collecting import Columns
from nlp.records import Failure, Skipped

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (id INTEGER PRIMARY KEY, file TEXT UNIQUE, stages TEXT, digest TEXT);
-- A result belongs to content and file name: the name tells the format, and messages quote it.
CREATE TABLE IF NOT EXISTS results (sha BLOB, name BLOB, shard INT, row INT, seconds REAL,
    stage TEXT, code TEXT, message TEXT, hint TEXT, PRIMARY KEY (sha, name)) WITHOUT ROWID;
-- The inputs of this session in their order, and those that could not be opened or whose worker died.
CREATE TABLE IF NOT EXISTS inputs
    (position INTEGER PRIMARY KEY, path BLOB, name BLOB, sha BLOB, size INT, mtime_ns INT, shown TEXT, columns TEXT);
CREATE INDEX IF NOT EXISTS inputs_by_content ON inputs (sha);
CREATE TABLE IF NOT EXISTS skipped (name TEXT, reason TEXT, hint TEXT);
CREATE TABLE IF NOT EXISTS unread (position INTEGER PRIMARY KEY, stage TEXT, code TEXT, message TEXT, hint TEXT);
"""
CACHE_KB = 16_384
VERSION = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input. ``file`` and ``row`` tell where its tables are; a copy has ``copy_of`` instead.

    What came out of a collection is ``shown`` under the name it has there, and may have ``columns`` (JSON) of its row.
    """

    path: str
    file: str | None
    row: int
    failure: Failure | None
    copy_of: str | None
    size: int
    mtime_ns: int
    shown: str | None = None
    columns: str | None = None


class LedgerForeign(Exception):
    """A ledger of another version."""


class Ledger:
    """The ledger of one output folder. One process at a time may hold it.

    Raises ``sqlite3.OperationalError`` when it is held by another, or when the disk is full, ``sqlite3.DatabaseError`` when
    it is damaged, ``LedgerForeign`` when another version of this program made it.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            self._open()
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        if self._count("SELECT count(*) FROM sqlite_master"):
            if self._count("PRAGMA user_version") != VERSION:
                raise LedgerForeign
            (found,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found)
        self._db.executescript(f"BEGIN; PRAGMA user_version = {VERSION}; {SCHEMA} COMMIT")  # wholly or not at all
        self._db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Write everything and let go."""
        self._db.commit()
        self._db.close()

    def commit(self) -> None:
        """Bring everything to disk that was noted since the last time."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def note(self, **values: object) -> None:
        """Keep facts about the run."""
        self._db.executemany("REPLACE INTO meta VALUES (?, ?)", [(key, json.dumps(v)) for key, v in values.items()])

    def noted(self, key: str) -> object:
        """A fact that was kept; ``None`` if it was not."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    # Inputs ---------------------------------------------------------------------------------------------------------

    def list_inputs(self, inputs: Iterable[str | Path], folder: Path, columns: Columns) -> int:
        """List the inputs anew, in their order; their number comes back. Memory stays small.

        Collections among them are taken apart into files below ``folder``; what could not be read there is ``unread``.
        """
        for table in ("inputs", "unread", "skipped"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute(
            "CREATE TEMP TABLE listed (argument INT, key BLOB, identity BLOB UNIQUE, path BLOB, shown TEXT, columns TEXT,"
            " stage TEXT, code TEXT, message TEXT, hint TEXT, reason TEXT)"
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO listed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _listed(inputs, folder, columns)
        )
        # SQLite sorts on disk.
        self._db.execute(
            "CREATE TEMP TABLE ordered AS SELECT row_number() OVER (ORDER BY argument, key) AS position, * FROM listed"
            " WHERE reason IS NULL"
        )
        self._db.execute(
            "INSERT INTO inputs (position, path, shown, columns) SELECT position, path, shown, columns FROM ordered"
        )
        self._db.execute(
            "INSERT INTO unread SELECT position, stage, code, message, hint FROM ordered WHERE code IS NOT NULL"
        )
        self._db.execute(
            "INSERT INTO skipped SELECT shown, reason, hint FROM listed WHERE reason IS NOT NULL ORDER BY argument, key"
        )
        self._db.execute("DROP TABLE listed")
        self._db.execute("DROP TABLE ordered")
        return self._count("SELECT count(*) FROM inputs")

    def skipped(self) -> Iterator[Skipped]:
        """What the folders and collections among the inputs hold beside reports, in order."""
        for name, reason, hint in self._db.execute("SELECT name, reason, hint FROM skipped ORDER BY rowid"):
            yield Skipped(name, reason, hint)

    def unread_count(self) -> int:
        """How many inputs are known not to be readable."""
        return self._count("SELECT count(*) FROM unread")

    def inputs(self, after: int, limit: int) -> list[tuple[int, str]]:
        """The next inputs in order, with their positions."""
        rows = self._db.execute(
            "SELECT position, path FROM inputs WHERE position > ?"
            " AND NOT EXISTS (SELECT 1 FROM unread u WHERE u.position = inputs.position) ORDER BY position LIMIT ?",
            (after, limit),
        )
        return [(position, os.fsdecode(path)) for position, path in rows]

    def has_content(self, position: int, path: str, sha: bytes, size: int, mtime_ns: int) -> None:
        """Note what an input holds."""
        self._db.execute(
            "UPDATE inputs SET sha = ?, name = ?, size = ?, mtime_ns = ? WHERE position = ?",
            (sha, _name(path), size, mtime_ns, position),
        )

    def is_settled(self, position: int, path: str, sha: bytes) -> bool:
        """Whether nothing is to be done for an input: it has a result, or one before it with the same bytes has."""
        return bool(
            self._db.execute("SELECT 1 FROM results WHERE sha = ? AND name = ?", (sha, _name(path))).fetchone()
            or self._db.execute(
                "SELECT 1 FROM inputs JOIN results USING (sha, name)"
                " WHERE sha = ? AND position < ? AND code IS NULL LIMIT 1",
                (sha, position),
            ).fetchone()
        )

    # Results --------------------------------------------------------------------------------------------------------

    def add_shard(self, file: str, stages: Mapping[str, float], digest: str) -> int:
        """Note a shard that is on disk; its number comes back."""
        values = (file, json.dumps(stages), digest)
        row = self._db.execute("INSERT INTO shards (file, stages, digest) VALUES (?, ?, ?)", values)
        return int(row.lastrowid or 0)

    def add_result(
        self, path: str, sha: bytes, *, shard: int, row: int, seconds: float, failure: Sequence[str] | None
    ) -> None:
        """Note that the result for a content is a row of a shard, or its failure (stage, code, message, hint)."""
        self._db.execute(
            "REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (sha, _name(path), shard, row, seconds, *(failure or (None,) * 4)),
        )

    def add_unread(self, position: int, failure: Failure) -> None:
        """Note a failure that says nothing about the content, and so is tried again on resume."""
        f = failure
        self._db.execute("REPLACE INTO unread VALUES (?, ?, ?, ?, ?)", (position, f.stage, f.code, f.message, f.hint))

    def shard_digests(self) -> list[tuple[str, str]]:
        """The files of all shards noted, with their digests."""
        return list(self._db.execute("SELECT file, digest FROM shards ORDER BY id"))

    def forget_shard(self, file: str) -> int:
        """Forget a shard and the results in it; their number comes back."""
        ours = "shard IN (SELECT id FROM shards WHERE file = ?)"
        lost = self._db.execute(f"DELETE FROM results WHERE {ours}", (file,)).rowcount
        self._db.execute("DELETE FROM shards WHERE file = ?", (file,))
        return lost

    def shard_files(self) -> set[str]:
        """The files of all shards noted."""
        return {file for (file,) in self._db.execute("SELECT file FROM shards")}

    def results_count(self) -> int:
        """How many results there are, also of earlier sessions."""
        return self._count("SELECT count(*) FROM results")

    def holes(self, limit: int) -> list[tuple[int, str]]:
        """Inputs with neither result nor failure nor original: they waited for another that then gave no result."""
        rows = self._db.execute(
            "SELECT i.position, i.path FROM inputs i LEFT JOIN results r ON r.sha = i.sha AND r.name = i.name"
            " WHERE r.sha IS NULL AND NOT EXISTS (SELECT 1 FROM unread u WHERE u.position = i.position)"
            " AND NOT EXISTS ("
            "  SELECT 1 FROM inputs f JOIN results USING (sha, name)"
            "  WHERE f.sha = i.sha AND f.position < i.position AND code IS NULL) ORDER BY i.position LIMIT ?",
            (limit,),
        )
        return [(position, os.fsdecode(path)) for position, path in rows]

    # The end --------------------------------------------------------------------------------------------------------

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each input, in order. Of inputs with the same bytes the first that could be read counts."""
        self._db.execute("DROP TABLE IF EXISTS temp.originals")
        self._db.execute(
            "CREATE TEMP TABLE originals AS SELECT sha, min(position) AS first"
            " FROM inputs JOIN results USING (sha, name)"
            " WHERE code IS NULL GROUP BY sha"
        )
        self._db.execute("CREATE UNIQUE INDEX temp.by_sha ON originals (sha)")
        rows = self._db.execute(
            "SELECT i.path, s.file, r.row,"
            " coalesce(u.stage, r.stage), coalesce(u.code, r.code), coalesce(u.message, r.message),"
            " coalesce(u.hint, r.hint), CASE WHEN o.first < i.position THEN coalesce(f.shown, f.path) END, i.size, i.mtime_ns,"
            " i.shown, i.columns"
            " FROM inputs i LEFT JOIN unread u USING (position)"
            " LEFT JOIN results r ON r.sha = i.sha AND r.name = i.name"
            " LEFT JOIN shards s ON s.id = r.shard LEFT JOIN originals o ON o.sha = i.sha"
            " LEFT JOIN inputs f ON f.position = o.first ORDER BY i.position"
        )
        for path, file, row, stage, code, message, hint, original, size, mtime_ns, shown, columns in rows:
            name = os.fsdecode(path)
            # A copy is a copy even where it was read and failed: whether it was read depends on what ran at the same
            # time.
            copy_of = os.fsdecode(original) if original is not None else None
            failure = Failure(shown or name, stage, code, message, hint) if code and not copy_of else None
            kept = None if failure or copy_of else file
            yield Outcome(name, kept, row or 0, failure, copy_of, size or 0, mtime_ns or 0, shown, columns)

    def stages(self) -> dict[str, float]:
        """Seconds that the workers spent in each stage, over all sessions."""
        total: dict[str, float] = {}
        for (stages,) in self._db.execute("SELECT stages FROM shards"):
            for stage, seconds in json.loads(stages).items():
                total[stage] = total.get(stage, 0.0) + seconds
        return total

    def slowest(self, count: int) -> list[tuple[str, float]]:
        """The files that took longest, with seconds."""
        rows = self._db.execute(
            "SELECT coalesce(shown, path), seconds FROM inputs JOIN results USING (sha, name) ORDER BY seconds DESC, position LIMIT ?",
            (count,),
        )
        return [(os.fsdecode(path), round(seconds, 3)) for path, seconds in rows]

    def _count(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])


def _listed(inputs: Iterable[str | Path], folder: Path, columns: Columns) -> Iterator[tuple[object, ...]]:
    for argument, key, item in list_reports(inputs, folder, columns):
        if isinstance(item, Skipped):
            identity = b"skipped\0" + os.fsencode(item.name)
            yield argument, key, identity, b"", item.name, None, None, None, None, item.hint, item.reason
            continue
        f = item.failure
        why = (f.stage, f.code, f.message, f.hint) if f else (None,) * 4
        shown = item.shown if f or item.shown != item.file else None
        yield argument, key, item.identity, item.path, shown, item.columns, *why, None


def _name(path: str) -> bytes:
    return os.fsencode(os.path.basename(path))
