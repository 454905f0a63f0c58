"""Reads documents in a process of their own, with limits of time and memory: what goes wrong there costs that file alone."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from nlp.reading.rendering import Line
from nlp.reading.worker import Reply, Task, read_message, write_message
from nlp.records import ReportUnreadable
from nlp.workers.interpreter import python_command

MAX_SECONDS = 20.0  # for a file; a report of 300 pages takes 4
MAX_MEMORY = 2**30  # bytes of address space; a report of 60 pages takes 150 MB
FILES_A_WORKER = 200  # then a fresh one: native parsers lose memory with every file
# The package is entered without its __init__, which loads the labelling: 0.1 s to start instead of 0.6.
SERVE = """
import types
package = types.ModuleType("nlp")
package.__path__ = [sys.argv[1]]
sys.modules["nlp"] = package
from nlp.reading.worker import serve
serve()
"""


@dataclass(slots=True)
class _Worker:
    """One process. ``log`` takes what native code prints; its last line tells of a crash."""

    process: subprocess.Popen[bytes]
    log: IO[bytes]
    owner: int = field(default_factory=os.getpid)
    files: int = 0
    memory: int = 0

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.log):
            if stream is not None:
                with suppress(OSError):  # what was not yet sent cannot be sent any more
                    stream.close()

    def last_words(self) -> str:
        self.log.seek(0)
        lines = self.log.read(1_000_000).decode("utf-8", "replace").split("\n")
        return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


_lock = threading.Lock()
_worker: _Worker | None = None


def read_isolated(
    reader: str, data: bytes, name: str, *, seconds: float = MAX_SECONDS, memory: int = MAX_MEMORY
) -> list[Line]:
    """The lines that ``reader`` makes of ``data``.

    Parameters
    ----------
    reader : a key of ``nlp.reading.worker.READERS``, or a function as ``module:function``
    seconds : how long it may take
    memory : bytes of address space that it may use (not limited on Windows)

    Raises
    ------
    ReportUnreadable
        what the reader raises, or ``timeout``, ``memory``, ``crashed``
    """
    with _lock:
        if _worker is not None and memory < _worker.memory:
            stop_worker()  # it has grown beyond the limit of this file
        worker = _ready_worker()
        worker.memory = memory
        killed = threading.Event()

        def kill() -> None:
            killed.set()
            worker.process.kill()

        timer = threading.Timer(seconds, kill)
        timer.start()
        try:
            reply = _ask(worker, Task(reader, name, data, seconds, memory))
        finally:
            timer.cancel()
        if reply is None or reply.out_of_memory or killed.is_set():
            failure = _failure(worker, name, reply, seconds if killed.is_set() else None, memory)
            stop_worker()
            raise failure
        worker.files += 1
        if worker.files >= FILES_A_WORKER:
            stop_worker()
    if reply.failure is not None:
        code, message, hint, stage = reply.failure
        raise ReportUnreadable(code, message, hint, stage)
    return reply.lines


def stop_worker() -> None:
    """End the process, if one is running; the next file starts another."""
    global _worker
    if _worker is not None and _worker.owner == os.getpid():
        _worker.stop()
    _worker = None


atexit.register(stop_worker)


def _ready_worker() -> _Worker:
    global _worker
    # After a fork the process belongs to the parent: two must not talk to it at once.
    if _worker is None or _worker.owner != os.getpid() or _worker.process.poll() is not None:
        stop_worker()
        log = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the process)
        package = str(Path(__file__).resolve().parent.parent)
        process = subprocess.Popen(
            python_command(SERVE, package),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        _worker = _Worker(process, log)
    return _worker


def _ask(worker: _Worker, task: Task) -> Reply | None:
    assert worker.process.stdin is not None and worker.process.stdout is not None
    try:
        write_message(worker.process.stdin, task)
        reply = read_message(worker.process.stdout, Reply)
    except OSError:  # it died while it was spoken to
        return None
    return reply if isinstance(reply, Reply) else None


def _failure(worker: _Worker, name: str, reply: Reply | None, seconds: float | None, memory: int) -> ReportUnreadable:
    if seconds is not None:
        return ReportUnreadable(
            "timeout",
            f"{name}: was not read within {seconds:g} s.",
            "Save the document anew, or as a web page or text, and read that.",
        )
    if reply is not None:
        return ReportUnreadable(
            "memory",
            f"{name}: needs more than {memory / 2**30:g} GB to be read.",
            "Save the document anew, or as a web page or text, and read that.",
        )
    worker.process.wait()
    said = worker.last_words()
    return ReportUnreadable(
        "crashed",
        f"{name}: the reader of this format broke off (status {worker.process.returncode}{': ' + said if said else ''}).",
        "Save the document anew, or as a web page or text, and read that.",
    )
