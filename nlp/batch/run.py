"""One run over many inputs: what is missing is tagged, each result kept at once, and in the end the tables written."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from nlp.batch.collected import PLAIN_COLUMNS, Columns
from nlp.batch.fingerprint import conditions
from nlp.batch.inputs import STATE_FOLDER, expanded
from nlp.batch.ledger import Outcome
from nlp.batch.merge import Merged, merge
from nlp.batch.pool import Died, Event, InProcess, Pool, Unwritable, Workers
from nlp.batch.settings import PLAIN, Settings
from nlp.batch.shards import Shards
from nlp.batch.state import RunStopped, Start, open_ledger, stopped, writing
from nlp.batch.worker import Task
from nlp.output.files import TableFiles, put_in_place
from nlp.output.partitions import ParquetByYear
from nlp.reading.files import MAX_FILE_BYTES
from nlp.records import Failure
from nlp.vocabulary.load import load

LOG = logging.getLogger("gongkai.batch")
LOG.addHandler(logging.NullHandler())  # silent unless the program that uses this asks for the log
FILES_A_TASK = 128  # half a second of work: little is lost with a task, and little time goes into messages and shards
BYTES_A_TASK = 8 * 2**20
ATTEMPTS = 3  # a worker may also be ended from outside (memory short, an operator); a file that ends three is to blame
SECONDS_A_FILE = 300.0
DEATHS_BEFORE_WORK = 3


@dataclass(slots=True)
class _Pending:
    """An input that is being tagged: its position, digest (``None`` if it could not be opened) and attempts so far."""

    position: int
    sha: bytes | None
    size: int
    mtime_ns: int
    attempts: int = 0


class Run:
    """A run with its state in the folder ``out``.

    Parameters
    ----------
    inputs : files, folders, archives, tables with a column of texts, ``-`` for standard input, patterns
        (``reports/*.html``), ``@list.txt`` for the paths in a list
    columns : which columns of tables hold the text and the name of a report
    jobs : worker processes; 0 works in this process, where a crash of a parser is a crash of the program
    start : ``new`` refuses to throw away the results of an unfinished run, ``restart`` does it, ``resume`` uses them
    progress : told ``(done, total, failed)`` as inputs are settled

    Raises
    ------
    RunRefused : the folder cannot be used, holds an unfinished run, or one made under other conditions
    """

    def __init__(
        self,
        inputs: Iterable[str | Path],
        out: Path,
        *,
        jobs: int = 1,
        settings: Settings = PLAIN,
        columns: Columns = PLAIN_COLUMNS,
        start: Start = "new",
        seconds_a_file: float = SECONDS_A_FILE,
        progress: Callable[[int, int, int], None] = lambda done, total, failed: None,
    ) -> None:
        self.out, self.jobs, self.settings = out, jobs, settings
        self._state = out / STATE_FOLDER
        self._progress, self._seconds_a_file = progress, seconds_a_file
        self._pending: dict[str, _Pending] = {}
        self._under_way: set[tuple[bytes, str]] = set()
        self._alone: list[str] = []  # files that ended a worker, to be tried by themselves
        self._again: list[str] = []  # files that shared its task
        self._idle_deaths = 0
        self.tagged = 0
        self.seconds: Counter[str] = Counter()
        self.began = time.time()
        self.conditions = conditions(settings)
        paths = expanded(inputs)  # a list that cannot be read is told before results are thrown away
        self._ledger = open_ledger(out, self.conditions, start)
        try:
            with writing(out):
                self.reused = self._ledger.results_count()
                self._ledger.note(conditions=self.conditions, finished=False)
                self.total = self._ledger.list_inputs(paths, self._state / "collected", columns)
                self._done = self._failed = self._ledger.unread_count()
                self._ledger.commit()
            LOG.info("started", extra={"total": self.total, "done": self.reused})
        except BaseException:
            self._ledger.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with writing(self.out):
            self._ledger.close()

    # Tagging --------------------------------------------------------------------------------------------------------

    def tag(self) -> None:
        """Tag every input that has no result yet. Can be interrupted at any point.

        Raises ``RunStopped`` when results cannot be written.
        """
        started = time.perf_counter()
        pool: Pool = (
            Workers(self.jobs, self.settings, began=_began, seconds_a_file=self._seconds_a_file)
            if self.jobs
            else InProcess(self.settings, began=_began)
        )
        tasks = self._tasks()
        running, more = 0, True
        try:
            with writing(self.out):
                while more or running:
                    while more and pool.room:
                        task = next(tasks, None)
                        if task is None:
                            more = running > 0  # what runs may have to be done again
                            break
                        pool.submit(task)
                        running += 1
                    if running:
                        event = pool.event()
                        running -= 1
                        self._settle(event)
                        more = True
        finally:
            pool.close()
            self.seconds["tagging"] += time.perf_counter() - started  # type: ignore[assignment]

    def _tasks(self) -> Iterator[Task | None]:
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
            if not files:
                yield None
                continue
            shard = self._state / "shards" / f"{uuid4().hex}.arrow"
            yield Task(str(shard), tuple((p, self._pending[p].size, self._pending[p].mtime_ns) for p in files))

    def _files_a_task(self) -> int:
        """Fewer towards the end, so that the last worker to finish does not keep the others waiting."""
        left = self.total - self._done - len(self._pending)
        return max(4, min(FILES_A_TASK, left // (4 * max(1, self.jobs))))

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
                    self._advance(1)
                else:
                    self._under_way.add(_key(path, pending))
                    yield path

    def _look_at(self, position: int, path: str) -> _Pending:
        sha, size, mtime_ns = self._content(path)
        if sha is not None:
            self._ledger.has_content(position, path, sha, size, mtime_ns)
        self._pending[path] = _Pending(position, sha, size, mtime_ns)
        return self._pending[path]

    def _content(self, path: str) -> tuple[bytes | None, int, int]:
        """Digest, size and time of a file; no digest for what cannot be opened, is no file, or is too large."""
        try:
            state = os.stat(path)
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_FILE_BYTES:
                return None, -1, -1
            known = self._ledger.known_content(path, state.st_size, state.st_mtime_ns)
            if known is None:
                with open(path, "rb") as file:
                    known = hashlib.file_digest(file, "sha256").digest()
        except (OSError, ValueError):  # ValueError: a zero byte in the path
            return None, -1, -1
        return known, state.st_size, state.st_mtime_ns

    def _settle(self, event: Event) -> None:
        if isinstance(event, Unwritable):
            raise stopped(self.out, event.errno, event.reason)
        if isinstance(event, Died):
            self._bury(event)
            return
        self._idle_deaths = 0
        self.tagged += len(event.task.files)
        task, done = event.task, event.done
        shard = self._ledger.add_shard(os.path.basename(task.shard), done.stages)
        for row, ((path, _, _), seconds, failure) in enumerate(
            zip(task.files, done.seconds, done.failures, strict=True)
        ):
            pending = self._pending.pop(path)
            self._under_way.discard(_key(path, pending))
            if failure is not None:
                self._failed += 1
                LOG.warning("not read", extra={"file": path, "stage": failure[0], "code": failure[1]})
            if pending.sha is not None and (failure is None or failure[1] not in TRANSIENT):
                self._ledger.add_result(path, pending.sha, shard=shard, row=row, seconds=seconds, failure=failure)
            else:
                self._ledger.add_unread(pending.position, Failure(path, *(failure or _appeared(path))))
        self._ledger.commit()
        LOG.info("shard", extra={"files": len(task.files), "seconds": round(sum(done.seconds), 3), "done": self._done})
        self._advance(len(task.files))

    def _bury(self, event: Died) -> None:
        """A worker died: the file it was at gets another chance by itself, the others of its task are done again."""
        LOG.warning("worker died", extra={"status": event.status, "timed_out": event.timed_out})
        paths = [path for path, _, _ in event.task.files]
        if event.at is None:
            self._idle_deaths += 1
            if self._idle_deaths >= DEATHS_BEFORE_WORK:
                raise RunStopped(
                    f"{self.out}: the worker processes end before they begin (status {event.status}). "
                    "Look at the messages above; results so far are kept."
                )
            self._again += paths
            return
        culprit = paths.pop(event.at)
        self._again += paths
        pending = self._pending[culprit]
        pending.attempts += 1
        if event.timed_out or pending.attempts >= ATTEMPTS:
            self._under_way.discard(_key(culprit, self._pending.pop(culprit)))
            self._ledger.add_unread(pending.position, _death(culprit, event, self._seconds_a_file))
            self._ledger.commit()
            self._failed += 1
            self._advance(1)
        else:
            self._alone.append(culprit)

    def _advance(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self.total, self._failed)

    # Writing --------------------------------------------------------------------------------------------------------

    def write(self, formats: Iterable[str], *, by_year: bool = False) -> tuple[Merged, dict[str, int]]:
        """Write the tables into ``out``; what was merged and the number of rows of each table come back.

        Raises ``RunStopped`` when the disk is full.
        """
        formats = list(formats)
        started = time.perf_counter()
        with writing(self.out):
            folder = self._state / "new"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            years = ParquetByYear(folder) if by_year and "parquet" in formats else None
            files = TableFiles(folder, [kind for kind in formats if not (years and kind == "parquet")])
            merged = merge(self.outcomes(), self.shards(), files, years)
            files.close()
            if years is not None:
                years.close(load("codebook"))
            put_in_place(folder, self.out)
            folder.rmdir()
            self.seconds["merging"] += time.perf_counter() - started  # type: ignore[assignment]
        return merged, files.rows

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each input, in order."""
        return self._ledger.outcomes()

    def shards(self) -> Shards:
        """Where the results lie."""
        return Shards(self._state / "shards")

    def finish(self) -> None:
        """Note that the run is complete."""
        with writing(self.out):
            self._ledger.note(finished=True)
            self._ledger.commit()
            shutil.rmtree(self._state / "collected", ignore_errors=True)
        LOG.info("finished", extra={"done": self._done, "total": self.total, "failed": self._failed})

    def stages(self) -> dict[str, float]:
        """Seconds of all workers together in each stage, over all sessions, and of this process in this session."""
        return {stage: round(seconds, 3) for stage, seconds in {**self._ledger.stages(), **self.seconds}.items()}

    def slowest(self, count: int = 10) -> list[tuple[str, float]]:
        """The files that took longest, with seconds."""
        return self._ledger.slowest(count)


# Failures that say nothing about what the file holds: tried again on resume.
TRANSIENT = frozenset({"changed", "missing", "no_access", "not_a_file", "internal_error"})


def _began(path: str) -> None:
    LOG.debug("begins", extra={"file": path})


def _key(path: str, pending: _Pending) -> tuple[bytes, str]:
    return pending.sha or path.encode("utf-8", "surrogateescape"), os.path.basename(path)


def _appeared(path: str) -> tuple[str, str, str, str]:
    message = f"{os.path.basename(path)}: could not be opened at first and then could."
    return "open", "changed", message, "Run again with --resume."


def _death(path: str, event: Died, limit: float) -> Failure:
    name = os.path.basename(path)
    if event.timed_out:
        return Failure(
            path,
            "analyse",
            "timed_out",
            f"{name}: took more than {limit:.0f} s.",
            "Look at the file; --resume tries it again.",
        )
    how = f"signal {-event.status}" if event.status < 0 else f"status {event.status}"
    message = f"{name}: the worker process died of it {ATTEMPTS} times ({how})."
    return Failure(path, "analyse", "worker_died", message, "The file may be damaged; --resume tries it again.")
