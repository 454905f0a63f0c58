"""The process in which documents are taken apart: it may hang, crash or swell, and only the file at hand is lost.

It is told what to read on its standard input and answers on its standard output; both as msgpack with a length in front.
Nothing but data comes back, so that a document that takes over a parser cannot reach the program itself.
"""

from __future__ import annotations

import importlib
import os
import signal
import struct
import sys
from typing import IO

import msgspec

from nlp.reading.rendering import Line
from nlp.records import ReportUnreadable

# What can be asked for, and the function that does it: (bytes, name) → list of lines.
READERS = {
    "html": "nlp.reading.html:read_heavy",
    "word": "nlp.reading.word.read:read_word",
    "pdf": "nlp.reading.pdf.read:read_pdf",
    "mixed": "nlp.reading.scans.read:read_mixed",
    "scan": "nlp.reading.scans.read:read_scan",
    "ofd": "nlp.reading.ofd.read:read_ofd",
    "ofd_scan": "nlp.reading.ofd.read:read_ofd_scan",
}
LENGTH = struct.Struct("<Q")
NO_ROOM = ("failed to map segment", "Cannot allocate memory")  # what the loader of libraries says then
GRACE_SECONDS = 5  # after which a worker whose program is gone ends itself


class Task(msgspec.Struct):
    """A file to read."""

    reader: str
    name: str
    data: bytes
    seconds: float
    memory: int


class Reply(msgspec.Struct):
    """The lines, or the reason why there are none."""

    lines: list[Line] = []
    failure: tuple[str, str, str, str] | None = None
    out_of_memory: bool = False


def write_message(stream: IO[bytes], message: msgspec.Struct) -> None:
    """Send one message."""
    data = msgspec.msgpack.encode(message)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_message(stream: IO[bytes], kind: type[Task] | type[Reply]) -> Task | Reply | None:
    """The next message; ``None`` when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    return msgspec.msgpack.decode(data, type=kind) if len(data) == length else None


def serve() -> None:
    """Answer until the program at the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the program at the other end decides
    requests = sys.stdin.buffer
    # Native code may print; its words must not get between ours.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.addaudithook(_refuse_network)
    while (task := read_message(requests, Task)) is not None:
        assert isinstance(task, Task)
        _limit(task)
        write_message(replies, _answer(task))
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _answer(task: Task) -> Reply:
    module, _, function = READERS.get(task.reader, task.reader).partition(":")
    read = getattr(importlib.import_module(module), function)
    try:
        return Reply(lines=read(task.data, task.name))
    except ReportUnreadable as error:
        return Reply(failure=(error.code, error.message, error.hint, error.stage))
    except (MemoryError, RecursionError):
        return Reply(out_of_memory=True)
    except (ImportError, OSError) as error:  # a library found no room for itself
        if any(words in str(error) for words in NO_ROOM):
            return Reply(out_of_memory=True)
        raise


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        raise PermissionError(f"{event}: reading a document uses no network.")


def _limit(task: Task) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(int(task.seconds) + GRACE_SECONDS)
    try:
        import resource
    except ImportError:  # Windows sets no such limits; the time limit holds there too
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > task.memory:
        resource.setrlimit(resource.RLIMIT_AS, (task.memory, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
