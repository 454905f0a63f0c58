"""The desk's side of its workers: a task is asked, a worker that hangs or dies costs that task alone."""

from __future__ import annotations

import threading

from nlp.desk.messages import Examine, Refused, Reply, Task, encoded, reply_of
from nlp.reading.scans.read import SCAN_SECONDS
from nlp.records import Failure
from nlp.workers.process import Ended, Process

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
        self._process: Process | None = None

    def ask(self, task: Task) -> Reply:
        """What becomes of a task; ``Refused`` (``timeout``, ``crashed``) when the worker did not live to tell."""
        name, seconds = getattr(task, "name", ""), self._seconds or seconds_for(task)
        with self._lock:
            try:
                process = self._ready()
                process.send(encoded(task), seconds=seconds)
                return reply_of(process.receive(seconds=seconds))
            except Ended as ended:
                if ended.timed_out:
                    return Refused(
                        Failure(name, "read", "timeout", f"{name}: was not read within {seconds:g} s.", HINT)
                    )
                return Refused(Failure(name, "read", "crashed", f"{name}: the program died on it ({ended.how}).", HINT))

    def warm(self) -> None:
        """Start the worker, so that the first task need not wait for it."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """End the worker, also in the middle of a task."""
        if self._process is not None:
            self._process.kill()
        with self._lock:
            if self._process is not None:
                self._process.end()
            self._process = None

    def _ready(self) -> Process:
        if self._process is None or not self._process.lives:
            if self._process is not None:
                self._process.end()
            self._process = Process(WORKER)
        return self._process


def seconds_for(task: Task) -> float:
    """How long a task may take, by the first bytes of its file."""
    if not isinstance(task, Examine):
        return TEXT_SECONDS
    if not task.data.startswith(DOCUMENTS) and b"%PDF-" not in task.data[:1024]:
        return TEXT_SECONDS
    return DOCUMENT_SECONDS
