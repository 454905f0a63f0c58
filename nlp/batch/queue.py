"""What of a run's inputs still has to be tagged, in tasks: new files, files of a task that failed, culprits alone."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import uuid4

from nlp.batch.ledger import Ledger
from nlp.batch.worker import Task
from nlp.reading.files import MAX_FILE_BYTES

FILES_A_TASK = 128  # half a second of work: little is lost with a task, and little time goes into messages and shards
BYTES_A_TASK = 8 * 2**20


@dataclass(slots=True)
class Pending:
    """An input that is being tagged: its position, digest (``None`` if it could not be opened) and attempts so far."""

    position: int
    sha: bytes | None
    size: int
    mtime_ns: int
    attempts: int = 0


class Queue:
    """The inputs of a ledger that have no result.

    Parameters
    ----------
    ledger : the inputs, and what is known of their content
    shards : the folder for the results of a task
    left : how many inputs are not done
    jobs : workers that take tasks
    made_under : what results depend on beside their inputs, noted in the shards
    passed_over : called after an input turned out to have a result, or to be the copy of one under way

    Attributes
    ----------
    left : how many inputs are not done
    """

    def __init__(
        self,
        ledger: Ledger,
        shards: Path,
        *,
        left: int,
        jobs: int,
        made_under: str,
        passed_over: Callable[[], None] = lambda: None,
    ) -> None:
        self.left, self._made_under = left, made_under
        self._ledger, self._shards, self._jobs, self._passed_over = ledger, shards, jobs, passed_over
        self._pending: dict[str, Pending] = {}
        self._under_way: set[tuple[bytes, str]] = set()
        self._alone: list[str] = []  # files that ended a worker, to be tried by themselves
        self._again: list[str] = []  # files that shared its task

    def tasks(self) -> Iterator[Task | None]:
        """Tasks with what is to be done; ``None`` when nothing is at the moment."""
        fresh = self._missing()
        while True:
            size = self._files_a_task()
            if self._alone:
                files = [self._alone.pop()]
            elif self._again:
                files, self._again = self._again[:size], self._again[size:]
            else:
                files = list(self._portion(fresh, size))
            if not files and not self._pending:  # everything was settled, or waited for what then gave no result
                files = [path for position, path in self._ledger.holes(size) if self._look_at(position, path)]
                self.left += len(files)  # they were passed over as copies
            if not files:
                yield None
                continue
            shard = self._shards / f"{uuid4().hex}.arrow"
            yield Task(
                os.fsencode(shard),
                tuple((os.fsencode(p), self._pending[p].size, self._pending[p].mtime_ns) for p in files),
                self._made_under,
            )

    def settle(self, path: str) -> Pending:
        """Take an input out that has a result or never will; what is known of it comes back."""
        pending = self._pending.pop(path)
        self._under_way.discard(_key(path, pending))
        self.left -= 1
        return pending

    def put_back(self, paths: list[str]) -> None:
        """Have the files of a task that failed done again."""
        self._again += paths

    def put_alone(self, path: str) -> None:
        """Have a file that may have ended a worker done again, in a task of its own."""
        self._alone.append(path)

    def count_attempt(self, path: str) -> int:
        """The number of workers that ended at this file, with the one that just did."""
        self._pending[path].attempts += 1
        return self._pending[path].attempts

    def _files_a_task(self) -> int:
        """Fewer towards the end, so that the last worker to finish does not keep the others waiting."""
        waiting = self.left - len(self._pending)
        return max(4, min(FILES_A_TASK, waiting // (4 * max(1, self._jobs))))

    def _portion(self, fresh: Iterator[str], size: int) -> Iterator[str]:
        size_bytes = 0
        for path in islice(fresh, size):
            yield path
            size_bytes += max(0, self._pending[path].size)
            if size_bytes > BYTES_A_TASK:
                return

    def _missing(self) -> Iterator[str]:
        """The inputs without a result, in order; what they hold is noted on the way."""
        position = 0
        while batch := self._ledger.inputs(position, 1000):
            for position, path in batch:
                pending = self._look_at(position, path)
                settled = pending.sha is not None and self._ledger.is_settled(position, path, pending.sha)
                if settled or _key(path, pending) in self._under_way:
                    del self._pending[path]
                    self.left -= 1
                    self._passed_over()
                else:
                    self._under_way.add(_key(path, pending))
                    yield path

    def _look_at(self, position: int, path: str) -> Pending:
        sha, size, mtime_ns = self._content(path)
        if sha is not None:
            self._ledger.has_content(position, path, sha, size, mtime_ns)
        self._pending[path] = Pending(position, sha, size, mtime_ns)
        return self._pending[path]

    def _content(self, path: str) -> tuple[bytes | None, int, int]:
        """Digest, size and time of a file; no digest for what cannot be opened, is no file, or is too large."""
        try:
            state = os.stat(path)
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_FILE_BYTES:
                return None, -1, -1
            with open(path, "rb") as file:  # on resume too: size and time may stay when the content changes
                digest = hashlib.file_digest(file, "sha256").digest()
        except (OSError, ValueError):  # ValueError: a zero byte in the path
            return None, -1, -1
        return digest, state.st_size, state.st_mtime_ns


def _key(path: str, pending: Pending) -> tuple[bytes, str]:
    return pending.sha or path.encode("utf-8", "surrogateescape"), os.path.basename(path)
