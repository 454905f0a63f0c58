"""Results on disk, a few hundred reports to a file: written whole or not at all, read row by row in any order."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from nlp.output.whole import replace_file

OPEN_SHARDS = 8  # after a worker died, the reports of neighbouring inputs lie in a few different shards


def write_shard(path: Path, batch: pa.RecordBatch) -> None:
    """Put one batch of results into the file ``path``."""

    def write(temporary: Path) -> None:
        options = pa.ipc.IpcWriteOptions(compression="zstd")
        with pa.OSFile(str(temporary), "wb") as file, pa.ipc.new_file(file, batch.schema, options=options) as writer:
            writer.write_batch(batch)

    replace_file(path, write)


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
            with pa.OSFile(str(self._folder / file), "rb") as source:
                batch = pa.ipc.open_file(source).get_batch(0)
        self._open[file] = batch
        if len(self._open) > OPEN_SHARDS:
            self._open.popitem(last=False)
        return batch
