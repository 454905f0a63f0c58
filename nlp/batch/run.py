"""One run over many inputs: what is missing is tagged, each result kept at once, and in the end the tables written."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from nlp.batch.collecting import PLAIN_COLUMNS, Columns
from nlp.batch.fingerprint import conditions
from nlp.batch.ledger import Outcome
from nlp.batch.merge import Merged, merge
from nlp.batch.pool import InProcess, Pool, start_workers
from nlp.batch.queue import Queue
from nlp.batch.recovery import made_under
from nlp.batch.settings import PLAIN, Settings
from nlp.batch.shards import Shards
from nlp.batch.state import RunStopped, Start, open_ledger, stopped, writing
from nlp.batch.worker import Done, Task
from nlp.inputs.inventory import STATE_FOLDER
from nlp.inputs.paths import expanded
from nlp.output.files import TableFiles
from nlp.output.partitions import ParquetByYear
from nlp.records import Failure, Skipped
from nlp.vocabulary.load import load
from nlp.workers.pool import SECONDS_A_FILE, Died, Event, Unwritable

LOG = logging.getLogger("gongkai.batch")
LOG.addHandler(logging.NullHandler())  # silent unless the program that uses this asks for the log
ATTEMPTS = 3  # a worker may also be ended from outside (memory short, an operator); a file that ends three is to blame
DEATHS_BEFORE_WORK = 3


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
        self._idle_deaths = 0
        self.tagged = 0
        self.seconds: Counter[str] = Counter()
        self.began = time.time()
        self.conditions = conditions(settings)
        self._left_nothing = False
        self._made = [folder for folder in (self._state, out) if not folder.exists()]
        paths = expanded(inputs)  # a list that cannot be read is told before results are thrown away
        self._ledger, self.mended = open_ledger(out, self.conditions, start)
        try:
            with writing(out):
                self.reused = self._ledger.results_count()
                self._ledger.note(conditions=self.conditions, finished=False)
                self.total = self._ledger.list_inputs(paths, self._state / "collected", columns)
                self._failed = self._ledger.unread_count()
                self._ledger.commit()
            self._queue = Queue(
                self._ledger,
                self._state / "shards",
                left=self.total - self._failed,
                jobs=jobs,
                made_under=made_under(self.conditions),
                passed_over=self._tell,
            )
            LOG.info("started", extra={"total": self.total, "done": self.reused})
        except BaseException:
            with suppress(sqlite3.Error):  # what went wrong is told already
                self._ledger.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with writing(self.out):
            self._ledger.close()
        if self._left_nothing:
            for folder in self._made:
                if folder == self.out:
                    with suppress(OSError):  # somebody put something there meanwhile
                        folder.rmdir()
                else:
                    shutil.rmtree(folder, ignore_errors=True)

    # Tagging --------------------------------------------------------------------------------------------------------

    def tag(self) -> None:
        """Tag every input that has no result yet. Can be interrupted at any point.

        Raises ``RunStopped`` when results cannot be written.
        """
        started = time.perf_counter()
        tasks = self._queue.tasks()
        running, more = 0, True
        with writing(self.out):
            pool = self._pool()
        try:
            with writing(self.out):
                while more or running:
                    while more and pool.room:
                        task = next(tasks, None)
                        if task is None:
                            more = running > 0  # what runs may have to be done again
                            break
                        pool.submit(task, msgspec.msgpack.encode(task))
                        running += 1
                    if running:
                        event = pool.event()
                        running -= 1
                        self._settle(event)
                        more = True
        finally:
            pool.close()
            self.seconds["tagging"] += time.perf_counter() - started  # type: ignore[assignment]

    def _pool(self) -> Pool:
        if not self.jobs:
            return InProcess(self.settings, began=_began)
        return start_workers(self.jobs, self.settings, began=_began, seconds_a_file=self._seconds_a_file)

    def _settle(self, event: Event[Task]) -> None:
        if isinstance(event, Unwritable):
            raise stopped(self.out, event.errno, event.reason)
        if isinstance(event, Died):
            self._bury(event)
            return
        self._idle_deaths = 0
        self.tagged += len(event.job.files)
        task, done = event.job, msgspec.msgpack.decode(event.result, type=Done)
        shard = self._ledger.add_shard(os.path.basename(os.fsdecode(task.shard)), done.stages, done.digest)
        for row, (path, seconds, failure) in enumerate(zip(task.paths, done.seconds, done.failures, strict=True)):
            pending = self._queue.settle(path)
            if failure is not None:
                self._failed += 1
                LOG.warning("not read", extra={"file": path, "stage": failure[0], "code": failure[1]})
            if pending.sha is not None and (failure is None or failure[1] not in TRANSIENT):
                self._ledger.add_result(path, pending.sha, shard=shard, row=row, seconds=seconds, failure=failure)
            else:
                self._ledger.add_unread(pending.position, Failure(path, *(failure or _appeared(path))))
        self._ledger.commit()
        LOG.info("shard", extra={"files": len(task.files), "seconds": round(sum(done.seconds), 3), "done": self._done})
        self._tell()

    def _bury(self, event: Died[Task]) -> None:
        """A worker died: the file it was at gets another chance by itself, the others of its task are done again."""
        LOG.warning("worker died", extra={"status": event.how, "timed_out": event.timed_out})
        paths = event.job.paths
        if event.at is None:
            self._idle_deaths += 1
            if self._idle_deaths >= DEATHS_BEFORE_WORK:
                raise RunStopped(
                    f"{self.out}: the worker processes end before they begin ({event.how}). Results so far are kept."
                )
            self._queue.put_back(paths)
            return
        culprit = paths.pop(event.at)
        self._queue.put_back(paths)
        if self._queue.count_attempt(culprit) >= ATTEMPTS or event.timed_out:
            pending = self._queue.settle(culprit)
            self._ledger.add_unread(pending.position, _death(culprit, event, self._seconds_a_file))
            self._ledger.commit()
            self._failed += 1
            self._tell()
        else:
            self._queue.put_alone(culprit)

    @property
    def _done(self) -> int:
        return self.total - self._queue.left

    def _tell(self) -> None:
        self._progress(self._done, self.total, self._failed)

    # Writing --------------------------------------------------------------------------------------------------------

    def write(self, formats: Iterable[str], *, by_year: bool = False) -> tuple[Path, Merged, dict[str, int]]:
        """Write the tables into a new folder, beside which the old ones stay as they are.

        The folder, what was merged, and the number of rows of each table come back. Raises ``RunStopped`` when the disk
        is full.
        """
        formats = list(formats)
        started = time.perf_counter()
        with writing(self.out):
            folder = self._state / "new"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            years = ParquetByYear(folder) if by_year and "parquet" in formats else None
            files = TableFiles(folder, [kind for kind in formats if not (years and kind == "parquet")])
            merged = merge(self.outcomes(), self.skipped(), self.shards(), files, years)
            files.close()
            if years is not None:
                years.close(load("codebook"))
            self.seconds["merging"] += time.perf_counter() - started  # type: ignore[assignment]
        return folder, merged, files.rows

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each input, in order."""
        return self._ledger.outcomes()

    def skipped(self) -> Iterator[Skipped]:
        """What was left out, in order."""
        return self._ledger.skipped()

    def shards(self) -> Shards:
        """Where the results lie."""
        return Shards(self._state / "shards")

    def finish(self) -> None:
        """Note that the run is complete."""
        with writing(self.out):
            self._ledger.note(finished=True)
            self._ledger.commit()
            for name in ("collected", "new"):
                shutil.rmtree(self._state / name, ignore_errors=True)
        LOG.info("finished", extra={"done": self._done, "total": self.total, "failed": self._failed})

    def discard(self) -> None:
        """Leave no trace of a run that read nothing: in the end, the folders that it made are removed."""
        shutil.rmtree(self._state / "new", ignore_errors=True)
        self._left_nothing = True

    def stages(self) -> dict[str, float]:
        """Seconds of all workers together in each stage, over all sessions, and of this process in this session."""
        return {stage: round(seconds, 3) for stage, seconds in {**self._ledger.stages(), **self.seconds}.items()}

    def slowest(self, count: int = 10) -> list[tuple[str, float]]:
        """The files that took longest, with seconds."""
        return self._ledger.slowest(count)


# Failures that say nothing about what the file holds: tried again on resume.
TRANSIENT = frozenset(
    {"changed", "missing", "no_access", "not_a_file", "internal_error", "timeout", "memory", "crashed"}
)


def _began(task: Task, row: int) -> None:
    LOG.debug("begins", extra={"file": task.paths[row]})


def _appeared(path: str) -> tuple[str, str, str, str]:
    message = f"{os.path.basename(path)}: could not be opened at first and then could."
    return "open", "changed", message, "Run again with --resume."


def _death(path: str, event: Died[Task], limit: float) -> Failure:
    name = os.path.basename(path)
    if event.timed_out:
        return Failure(
            path,
            "analyse",
            "timeout",
            f"{name}: took more than {limit:.0f} s.",
            "Look at the file; --resume tries it again.",
        )
    message = f"{name}: the worker process died of it {ATTEMPTS} times ({event.how})."
    return Failure(path, "analyse", "worker_died", message, "The file may be damaged; --resume tries it again.")
