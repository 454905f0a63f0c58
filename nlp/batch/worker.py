"""A worker process: tags the files it is told to and writes their results into shards.

It ends when its input ends, so it does not outlive the process that started it. Results go to disk from here: what is sent
is a few bytes a file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa

from nlp.batch.settings import Settings
from nlp.batch.shards import write_shard
from nlp.batch.tagging import Watch, tag_batch
from nlp.inputs.paths import printable
from nlp.workers.pool import serve


@dataclass(frozen=True, slots=True)
class Task:
    """Files to tag together, as the system writes their paths, with the size and time that each had when its content was
    noted (or -1), and what the results depend on beside them."""

    shard: bytes
    files: tuple[tuple[bytes, int, int], ...]
    made_under: str

    @property
    def paths(self) -> list[str]:
        """The paths as text."""
        return [os.fsdecode(path) for path, _, _ in self.files]


@dataclass(frozen=True, slots=True)
class Done:
    """What a task gave: for each file its seconds and its failure (stage, code, message, hint), if any; the digest of its
    shard."""

    seconds: tuple[float, ...]
    failures: tuple[tuple[str, str, str, str] | None, ...]
    stages: dict[str, float]
    digest: str


def run_task(task: Task, settings: Settings, *, begins: Callable[[int], None] = lambda row: None) -> Done:
    """Tag the files of a task and write its shard.

    A file that changed since its content was noted gives the failure ``changed``.

    Raises ``OSError`` when the shard cannot be written.
    """
    watch = Watch(begins=begins)
    batch = pa.record_batch(
        [pa.array(map(printable, task.paths), pa.string()), pa.array([path for path, _, _ in task.files], pa.binary())],
        names=["name", "path"],
    )
    result = tag_batch(batch, settings, watch=watch)
    failures = [_failure(rows) for rows in result["failures"].to_pylist()]
    for at, (path, (_, size, mtime_ns)) in enumerate(zip(task.paths, task.files, strict=True)):
        if state_of(path) != (size, mtime_ns):
            failures[at] = failures[at] if size < 0 and failures[at] else _changed(path)
    started = time.perf_counter()
    digest = write_shard(Path(os.fsdecode(task.shard)), result, task.made_under)
    watch.add("writing", started)
    return Done(tuple(watch.rows), tuple(failures), dict(watch.stages), digest)


def main() -> None:
    """Answer tasks until the input ends. The first argument is the settings as JSON."""
    settings = Settings(**json.loads(sys.argv[1]))

    def work(message: bytes, begins: Callable[[int], None]) -> bytes:
        task = msgspec.msgpack.decode(message, type=Task)
        done = run_task(task, settings, begins=begins)
        return msgspec.msgpack.encode(done)

    serve(work)


def state_of(path: str) -> tuple[int, int]:
    """Size and time (ns) of a file, -1 and -1 where there is none."""
    try:
        state = os.stat(path)
    except OSError:
        return -1, -1
    return state.st_size, state.st_mtime_ns


def _failure(rows: list[dict[str, str]]) -> tuple[str, str, str, str] | None:
    return (rows[0]["stage"], rows[0]["code"], rows[0]["message"], rows[0]["hint"]) if rows else None


def _changed(path: str) -> tuple[str, str, str, str]:
    name = os.path.basename(path)
    return "open", "changed", f"{printable(name)}: changed or vanished while it was read.", "Run again with --resume."
