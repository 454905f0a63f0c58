"""Reads documents in a process of their own, with limits of time and memory: what goes wrong there costs that file alone."""

from __future__ import annotations

import atexit
import os
import threading
from pathlib import Path

import msgspec

from nlp.reading.rendering import Line
from nlp.reading.worker import Reply, Task
from nlp.records import ReportUnreadable
from nlp.workers.process import Ended, Process
from nlp.workers.serving import announce

MAX_SECONDS = 20.0  # for a file; a report of 300 pages takes 4
MAX_MEMORY = 2**30  # bytes of address space; a report of 60 pages takes 150 MB
START_SECONDS = 60.0  # for the process to load its libraries, on a busy machine
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
HINT = "Save the document anew, or as a web page or text, and read that."

_lock = threading.Lock()
_process: Process | None = None
_files = 0  # that it read
_memory = 0  # that it was allowed


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
    global _files
    with _lock:
        try:
            process, new = _ready(memory)
            announce(seconds + (START_SECONDS if new else 0))
            process.send(
                msgspec.msgpack.encode(Task(reader, name, data, seconds, memory)), seconds=seconds + START_SECONDS
            )
            if new:
                process.receive(seconds=START_SECONDS)  # it has loaded its libraries, and begins
            reply = msgspec.msgpack.decode(process.receive(seconds=seconds), type=Reply)
        except Ended as ended:
            stop_worker()
            raise _failure(name, ended, seconds) from None
        except OSError as error:
            stop_worker()
            message = f"{name}: no process can be started to read it ({error.strerror or error})."
            raise ReportUnreadable("crashed", message, "Close other programs, and read it again.") from None
        _files += 1
        if reply.out_of_memory or _files >= FILES_A_WORKER:
            stop_worker()
    if reply.out_of_memory:
        raise ReportUnreadable("memory", f"{name}: needs more than {memory / 2**30:g} GB to be read.", HINT)
    if reply.failure is not None:
        code, message, hint, stage = reply.failure
        raise ReportUnreadable(code, message, hint, stage)
    return reply.lines


def stop_worker() -> None:
    """End the process, if one is running; the next file starts another."""
    global _process, _files, _memory
    if _process is not None and _process.owner == os.getpid():  # after a fork it belongs to the parent
        _process.end()
    _process, _files, _memory = None, 0, 0


atexit.register(stop_worker)


def _ready(memory: int) -> tuple[Process, bool]:
    """The process that reads, and whether it is new. One that may have grown beyond ``memory`` is replaced."""
    global _process, _memory
    new = _process is None or not _process.lives or memory < _memory
    if new:
        stop_worker()
        _process = Process(SERVE, str(Path(__file__).resolve().parent.parent))
    assert _process is not None
    _memory = memory
    return _process, new


def _failure(name: str, ended: Ended, seconds: float) -> ReportUnreadable:
    if ended.timed_out:
        return ReportUnreadable("timeout", f"{name}: was not read within {seconds:g} s.", HINT)
    return ReportUnreadable("crashed", f"{name}: the reader of this format broke off ({ended.how}).", HINT)
