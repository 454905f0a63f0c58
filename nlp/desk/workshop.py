"""The desk's side of its workers: a task is asked, a worker that hangs or dies costs that task alone."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress

from nlp.desk.messages import Examine, Refused, Reply, Task, receive_reply, send
from nlp.reading.scans.read import SCAN_SECONDS
from nlp.records import Failure
from nlp.workers.interpreter import python_command

WORKER = "from nlp.desk.worker import main\nmain()\n"
TEXT_SECONDS = 60.0  # for a text, web page, picture of a page, comments; a report takes 0.05
DOCUMENT_SECONDS = SCAN_SECONDS + 60.0  # the reading of documents has limits of its own, which come first
# First bytes of what is taken apart in a further process: Word, PDF, pictures, old Office documents, RTF, archives.
DOCUMENTS = (
    b"PK",
    b"\x89PNG",
    b"\xff\xd8",
    b"II*\x00",
    b"MM\x00*",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x1f\x8b",
    b"BZh",
)
HINT = "Save the document anew, or as a web page or text, and read that."


class Workshop:
    """One worker process at a time, started when it is first needed; safe to use from several threads.

    Parameters
    ----------
    seconds : how long a task may take; by the kind of the file unless given
    """

    def __init__(self, *, seconds: float | None = None) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: Task) -> Reply:
        """What becomes of a task; ``Refused`` (``timeout``, ``crashed``) when the worker did not live to tell."""
        name = getattr(task, "name", "")
        with self._lock:
            process = self._ready()
            slow = threading.Event()

            def end() -> None:
                slow.set()
                process.kill()

            seconds = self._seconds or seconds_for(task)
            timer = threading.Timer(seconds, end)
            timer.start()
            try:
                reply = _exchange(process, task)
            finally:
                timer.cancel()
            if reply is not None:
                return reply
            self._stop()
        if slow.is_set():
            return Refused(Failure(name, "read", "timeout", f"{name}: was not read within {seconds:g} s.", HINT))
        return Refused(Failure(name, "read", "crashed", f"{name}: the program died on it.", HINT))

    def warm(self) -> None:
        """Start the worker, so that the first task need not wait for it."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """End the worker, also in the middle of a task."""
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._stop()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(
                python_command(WORKER), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not yet sent cannot be sent any more
                    stream.close()


def seconds_for(task: Task) -> float:
    """How long a task may take, by the first bytes of its file."""
    if not isinstance(task, Examine):
        return TEXT_SECONDS
    if not task.data.startswith(DOCUMENTS) and b"%PDF-" not in task.data[:1024]:
        return TEXT_SECONDS
    return DOCUMENT_SECONDS


def _exchange(process: subprocess.Popen[bytes], task: Task) -> Reply | None:
    assert process.stdin is not None and process.stdout is not None
    try:
        send(process.stdin, task)
        return receive_reply(process.stdout)
    except (OSError, ValueError):  # it died while it was spoken to, or in the middle of an answer
        return None
