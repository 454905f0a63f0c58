"""Workers that may die, hang or never start: a death costs the job in hand, and is told with the file that was worked on.

``concurrent.futures`` gives up the whole pool when one process dies, and ``multiprocessing`` starts the user's own
script again in every worker. Here a worker is a plain process, fed and listened to by a thread.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from nlp.workers.process import Ended, Process, start_thread
from nlp.workers.serving import Channel, announce_to, limit_memory, refuse_network

SECONDS_A_FILE = 20.0  # a report of 300 pages takes 4
START_SECONDS = 120.0  # for a worker to load its libraries and its model, on a busy machine
MEMORY = 4 * 2**30  # bytes of address space beyond what the libraries take: a page of 64 MB is read with less
# The numeric libraries would otherwise start as many threads as there are cores in each worker.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")}

T = TypeVar("T")


class At(msgspec.Struct, tag=True):
    """A worker begins file number ``row`` of its job."""

    row: int


class Wait(msgspec.Struct, tag=True):
    """A worker begins a step with a limit of its own."""

    seconds: float


class Wrong(msgspec.Struct, tag=True):
    """A worker could not write its results."""

    errno: int | None
    reason: str


class Done(msgspec.Struct, tag=True):
    """A job is done."""

    result: bytes


Answer = At | Wait | Wrong | Done


@dataclass(frozen=True, slots=True)
class Finished(Generic[T]):
    """A job was done; ``result`` is what the worker made of it."""

    job: T
    result: bytes


@dataclass(frozen=True, slots=True)
class Unwritable(Generic[T]):
    """The results of a job could not be written, or no worker could be started for it."""

    job: T
    errno: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Died(Generic[T]):
    """A worker died in a job while it worked on file number ``at`` (``None``: before the first)."""

    job: T
    at: int | None
    timed_out: bool
    how: str


Event = Finished[T] | Unwritable[T] | Died[T]


class Workers(Generic[T]):
    """Processes, each with a thread.

    Parameters
    ----------
    code, arguments : what a worker runs (see ``python_command``); it calls ``serve``
    began : told the job and the number of each file when a worker begins it (from another thread)
    seconds_a_file : a worker that takes longer for one file is ended

    Raises ``OSError`` when the system has no room for the threads.
    """

    def __init__(
        self,
        jobs: int,
        code: str,
        *arguments: str,
        began: Callable[[T, int], None] = lambda job, row: None,
        seconds_a_file: float = SECONDS_A_FILE,
    ) -> None:
        self._code, self._arguments = code, arguments
        self._began, self._seconds_a_file = began, seconds_a_file
        self._jobs: queue.Queue[tuple[T, bytes] | None] = queue.Queue(maxsize=jobs)  # one waits for each worker
        self._events: queue.Queue[Event[T] | BaseException] = queue.Queue()
        self._processes: list[Process | None] = [None] * jobs
        self._closed = False
        self._threads = [start_thread(self._work, number) for number in range(jobs)]

    @property
    def room(self) -> bool:
        """Whether another job can be taken without waiting."""
        return not self._jobs.full()

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that run now."""
        return [process.pid for process in self._processes if process is not None]

    def submit(self, job: T, message: bytes) -> None:
        """Have a job done: a worker is sent ``message``."""
        self._jobs.put((job, message))

    def event(self) -> Event[T]:
        """What became of a job, in any order. Raises what went wrong in a thread of ours."""
        event = self._events.get()
        if isinstance(event, BaseException):
            raise event
        return event

    def close(self) -> None:
        """End all workers, also in the middle of a job."""
        self._closed = True
        while not self._jobs.empty():
            self._jobs.get_nowait()
        for process in self._processes:
            if process is not None:
                process.kill()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def _work(self, number: int) -> None:
        while (given := self._jobs.get()) is not None and not self._closed:
            try:
                self._events.put(self._give(number, *given))
            except BaseException as error:  # or the run would wait for this event for ever
                self._events.put(error)
        if (process := self._processes[number]) is not None:
            process.end(wait_seconds=2)

    def _give(self, number: int, job: T, message: bytes) -> Event[T]:
        at: int | None = None
        process = self._processes[number]
        seconds = self._seconds_a_file
        if process is None:
            try:
                process = self._processes[number] = Process(self._code, *self._arguments, environment=ONE_THREAD)
            except OSError as error:
                return Unwritable(job, error.errno, f"no worker can be started ({error.strerror or error})")
            seconds += START_SECONDS
        try:
            process.send(message, seconds=seconds)
            while True:
                answer = msgspec.msgpack.decode(process.receive(seconds=seconds), type=Answer)
                seconds = self._seconds_a_file
                if isinstance(answer, At):
                    at = answer.row
                    self._began(job, at)
                elif isinstance(answer, Wait):
                    seconds += answer.seconds
                elif isinstance(answer, Wrong):
                    return Unwritable(job, answer.errno, answer.reason)
                else:
                    return Finished(job, answer.result)
        except Ended as ended:
            self._processes[number] = None
            return Died(job, at, ended.timed_out, ended.how)
        except OSError as error:
            return Unwritable(job, error.errno, error.strerror or str(error))


def serve(work: Callable[[bytes, Callable[[int], None]], bytes]) -> None:
    """Do jobs until the program at the other end is gone.

    Parameters
    ----------
    work : makes the result of a message; calls its second argument with the number of each file before it begins it.
        An ``OSError`` that it raises tells that results cannot be written
    """
    channel = Channel()
    refuse_network()
    limit_memory(MEMORY, beyond_now=True)

    def answer(what: Answer) -> None:
        channel.answer(msgspec.msgpack.encode(what))

    announce_to(lambda seconds: answer(Wait(seconds)))
    for message in channel.questions():
        try:
            result = work(message, lambda row: answer(At(row)))
        except OSError as error:
            answer(Wrong(error.errno, error.strerror or str(error)))
        else:
            answer(Done(result))
