"""Worker processes that may die: a death costs the task in hand, and is told with the file that was worked on.

``concurrent.futures`` gives up the whole pool when one process dies, and ``multiprocessing`` starts the user's own
script again in every worker. Here a worker is a plain process that talks over its standard streams, watched by a
thread.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from nlp.batch.settings import Settings
from nlp.batch.worker import Done, Task, run_task
from nlp.workers.interpreter import python_command

WORKER = "from nlp.batch.worker import main\nmain()\n"


@dataclass(frozen=True, slots=True)
class Finished:
    """A task was done."""

    task: Task
    done: Done


@dataclass(frozen=True, slots=True)
class Unwritable:
    """The results of a task could not be written."""

    task: Task
    errno: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Died:
    """A worker died in a task while it worked on file number ``at`` (``None``: before the first)."""

    task: Task
    at: int | None
    status: int
    timed_out: bool


Event = Finished | Unwritable | Died


class Pool(Protocol):
    """Takes tasks and tells what became of them, in any order."""

    @property
    def room(self) -> bool: ...

    def submit(self, task: Task) -> None: ...

    def event(self) -> Event: ...

    def close(self) -> None: ...


class InProcess:
    """No workers: each task is done when its event is asked for."""

    def __init__(self, settings: Settings, *, began: Callable[[str], None]) -> None:
        self._settings, self._began = settings, began
        self._tasks: list[Task] = []

    @property
    def room(self) -> bool:
        return not self._tasks

    def submit(self, task: Task) -> None:
        self._tasks.append(task)

    def event(self) -> Event:
        task = self._tasks.pop(0)
        try:
            done = run_task(task, self._settings, begins=lambda row: self._began(task.files[row][0]))
        except OSError as error:
            return Unwritable(task, error.errno, error.strerror or str(error))
        return Finished(task, done)

    def close(self) -> None:
        self._tasks.clear()


class Workers:
    """Processes, each with a thread that feeds it and listens to it.

    Parameters
    ----------
    began : told the path of each file when a worker begins it (from another thread)
    seconds_a_file : a worker that takes longer for one file is ended
    """

    def __init__(self, jobs: int, settings: Settings, *, began: Callable[[str], None], seconds_a_file: float) -> None:
        self._began, self._seconds_a_file = began, seconds_a_file
        self._command = python_command(WORKER, json.dumps(settings.as_dict()))
        self._tasks: queue.Queue[Task | None] = queue.Queue(maxsize=jobs)  # back-pressure: one waits for each worker
        self._events: queue.Queue[Event] = queue.Queue()
        self._hands = [_Hand() for _ in range(jobs)]
        self._closed = False
        self._threads = [threading.Thread(target=self._work, args=(hand,), daemon=True) for hand in self._hands]
        for thread in self._threads:
            thread.start()

    @property
    def room(self) -> bool:
        return not self._tasks.full()

    @property
    def pids(self) -> list[int]:
        """The processes that run now."""
        return [hand.process.pid for hand in self._hands if hand.process is not None]

    def submit(self, task: Task) -> None:
        self._tasks.put(task)

    def event(self) -> Event:
        while True:
            try:
                return self._events.get(timeout=0.5)
            except queue.Empty:
                self._end_slow_workers()

    def close(self) -> None:
        """End all workers, also in the middle of a task."""
        self._closed = True
        for hand in self._hands:
            if hand.process is not None:
                hand.process.kill()
        while not self._tasks.empty():
            self._tasks.get_nowait()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def _end_slow_workers(self) -> None:
        for hand in self._hands:
            if hand.process is not None and time.monotonic() - hand.since > self._seconds_a_file:
                hand.timed_out = True
                hand.process.kill()

    def _work(self, hand: _Hand) -> None:
        while (task := self._tasks.get()) is not None and not self._closed:
            event = self._give(hand, task)
            if not self._closed:
                self._events.put(event)
            hand.since = float("inf")
        if hand.process is not None:
            hand.end()

    def _give(self, hand: _Hand, task: Task) -> Event:
        at: int | None = None
        hand.timed_out = False
        hand.since = time.monotonic() + self._seconds_a_file  # the start of the process has its own allowance
        if hand.process is None:
            hand.process = _start(self._command)
        process = hand.process
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps({"shard": task.shard, "files": task.files}).encode() + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                answer = json.loads(line)
                if "at" in answer:
                    at = answer["at"]
                    hand.since = time.monotonic()
                    self._began(task.files[at][0])
                elif "error" in answer:
                    return Unwritable(task, *answer["error"])
                else:
                    done = answer["done"]
                    failures = tuple(None if f is None else (f[0], f[1], f[2], f[3]) for f in done["failures"])
                    return Finished(task, Done(tuple(done["seconds"]), failures, done["stages"]))
        except (OSError, ValueError):
            pass  # it died while it was written to, or in the middle of an answer
        status = hand.end()
        return Died(task, at, status, hand.timed_out)


@dataclass(slots=True)
class _Hand:
    """A place for a worker: its process, if one runs, and when it began what it is at."""

    process: subprocess.Popen[bytes] | None = None
    since: float = float("inf")
    timed_out: bool = False

    def end(self) -> int:
        """End the process; its exit status comes back."""
        process, self.process = self.process, None
        if process is None:
            return 0
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # what was not yet written to a dead process
        try:
            return process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # One thread a process: the numeric libraries would otherwise start as many as there are cores in each worker.
    threads = {
        name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
    }
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=threads | os.environ)
