"""What is left of a state that was damaged: whole shards are kept, the rest is done anew, and both are told."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pyarrow as pa

from nlp.batch.ledger import Ledger
from nlp.batch.shards import MADE_UNDER, digest_of, read_shard

ASIDE = "ledger.damaged"


def drop_damaged_shards(ledger: Ledger, folder: Path) -> str | None:
    """Forget the results of shards that are missing or not as they were written; what to say, ``None`` if all are whole."""
    damaged = [file for file, digest in ledger.shard_digests() if digest_of(folder / file) != digest]
    if not damaged:
        return None
    lost = sum(ledger.forget_shard(file) for file in damaged)
    return f"{len(damaged)} files with results are damaged or missing: {lost} reports are tagged again."


def replace_damaged_ledger(path: Path, made_under: str) -> tuple[Ledger, str]:
    """A new ledger with the results of every shard that is whole and was made under the same conditions; what to say.

    The damaged one is set aside.

    Raises ``OSError`` when it cannot be, ``sqlite3.OperationalError`` when no new one can be made.
    """
    path.replace(path.with_name(ASIDE))
    for rest in path.parent.glob(f"{path.name}-*"):
        rest.unlink(missing_ok=True)
    ledger = Ledger(path)
    for file in sorted((path.parent / "shards").iterdir()):
        try:
            batch = read_shard(file)
        except (OSError, pa.ArrowException, ValueError):
            continue
        if (batch.schema.metadata or {}).get(MADE_UNDER) == made_under.encode():
            _take(ledger, file, batch)
    ledger.commit()
    count = ledger.results_count()
    return (
        ledger,
        f"The ledger was damaged and is set aside as {ASIDE}: {count} results are kept, the rest is done anew.",
    )


def _take(ledger: Ledger, file: Path, batch: pa.RecordBatch) -> None:
    shard = ledger.add_shard(file.name, {}, digest_of(file) or "")
    for row, (name, sha) in enumerate(zip(batch["name"].to_pylist(), batch["sha256"].to_pylist(), strict=True)):
        if name is not None and sha is not None:
            ledger.add_result(name, bytes.fromhex(sha), shard=shard, row=row, seconds=0.0, failure=None)


def made_under(conditions: dict[str, str]) -> str:
    """A digest of what results depend on beside their inputs."""
    return hashlib.sha256(repr(sorted(conditions.items())).encode()).hexdigest()


def is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether an error of SQLite says that the file is no whole database (not that it is locked, or the disk full)."""
    return not isinstance(error, sqlite3.OperationalError) or "malformed" in str(error)
