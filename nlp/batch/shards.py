"""Results on disk, a few hundred reports to a file: written whole or not at all, read row by row in any order."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from nlp.output.whole import replace_file

OPEN_SHARDS = 8  # after a worker died, the reports of neighbouring inputs lie in a few different shards


MADE_UNDER = b"made_under"  # a digest of program, model and settings, in the metadata


def write_shard(path: Path, batch: pa.RecordBatch, made_under: str) -> str:
    """Put one batch of results into the file ``path``; the digest of the file comes back.

    Raises ``OSError`` when it cannot be written.
    """
    batch = batch.replace_schema_metadata({MADE_UNDER: made_under.encode()})

    def write(temporary: Path) -> None:
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        with pa.OSFile(str(temporary), "wb") as file, pa.ipc.new_file(file, batch.schema, options=options) as writer:
            writer.write_batch(batch)

    replace_file(path, write)
    digest = digest_of(path)
    if digest is None:
        raise OSError(None, f"{path.name} vanished")
    return digest


def read_shard(path: Path) -> pa.RecordBatch:
    """The batch in a file. Raises ``OSError`` or ``pyarrow.ArrowException`` when it is damaged."""
    with pa.OSFile(str(path), "rb") as source:
        return pa.ipc.open_file(source).get_batch(0)


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file; ``None`` when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


class Shards:
    """The shards of a folder, the last few of them kept open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: OrderedDict[str, pa.RecordBatch] = OrderedDict()

    def rows(self, file: str, rows: Sequence[int]) -> pa.RecordBatch:
        """Some rows of a shard, in the order asked for."""
        batch = self._batch(file)
        if list(rows) == list(range(rows[0], rows[0] + len(rows))):
            return batch.slice(rows[0], len(rows))
        return batch.take(pa.array(rows, pa.int32()))

    def _batch(self, file: str) -> pa.RecordBatch:
        batch = self._open.pop(file, None)
        if batch is None:
            batch = read_shard(self._folder / file)
        self._open[file] = batch
        if len(self._open) > OPEN_SHARDS:
            self._open.popitem(last=False)
        return batch
