"""A worker process: tags the files it is told to and writes their results into shards. Started by ``pool``.

It reads one JSON object a line from standard input and answers the same way on what was its standard output. It ends
when its input ends, so it does not outlive the process that started it. Results go to disk from here: what is sent is
a few bytes a file.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from nlp.batch.settings import Settings
from nlp.batch.shards import write_shard
from nlp.batch.tagging import Watch, tag_batch
from nlp.inputs.paths import printable


@dataclass(frozen=True, slots=True)
class Task:
    """Files to tag together, with the size and time that each had when its content was noted (or -1)."""

    shard: str
    files: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a task gave: for each file its seconds and its failure (stage, code, message, hint), if any."""

    seconds: tuple[float, ...]
    failures: tuple[tuple[str, str, str, str] | None, ...]
    stages: dict[str, float]


def run_task(task: Task, settings: Settings, *, begins: Callable[[int], None] = lambda row: None) -> Done:
    """Tag the files of a task and write its shard.

    A file that changed since its content was noted gives the failure ``changed``.

    Raises ``OSError`` when the shard cannot be written.
    """
    watch = Watch(begins=begins)
    paths = [path for path, _, _ in task.files]
    batch = pa.record_batch(
        [pa.array(map(printable, paths), pa.string()), pa.array(map(os.fsencode, paths), pa.binary())],
        names=["name", "path"],
    )
    result = tag_batch(batch, settings, watch=watch)
    failures = [_failure(rows) for rows in result["failures"].to_pylist()]
    for at, (path, size, mtime_ns) in enumerate(task.files):
        if state_of(path) != (size, mtime_ns):
            failures[at] = failures[at] if size < 0 and failures[at] else _changed(path)
    started = time.perf_counter()
    write_shard(Path(task.shard), result)
    watch.add("writing", started)
    return Done(tuple(watch.rows), tuple(failures), dict(watch.stages))


def main() -> None:
    """Answer tasks until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what happens
    settings = Settings(**json.loads(sys.argv[1]))
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints may not get between the answers

    def answer(**values: Any) -> None:
        answers.write(json.dumps(values).encode() + b"\n")

    try:
        for line in tasks:
            values = json.loads(line)
            task = Task(values["shard"], tuple((path, size, mtime_ns) for path, size, mtime_ns in values["files"]))
            try:
                done = run_task(task, settings, begins=lambda row: answer(at=row))
            except OSError as error:
                answer(error=[error.errno, error.strerror or str(error)])
            else:
                answer(done=msgspec.to_builtins(done))
    except BrokenPipeError:
        pass  # the parent is gone; what is not in its ledger will be done again


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
