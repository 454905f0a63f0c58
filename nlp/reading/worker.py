"""The process in which documents are taken apart: it may hang, crash or swell, and only the file at hand is lost.

It is told what to read on its standard input and answers on its standard output; both as msgpack with a length in front.
Nothing but data comes back, so that a document that takes over a parser cannot reach the program itself.
"""

from __future__ import annotations

import importlib
import signal

import msgspec

from nlp.reading.rendering import Line
from nlp.records import ReportUnreadable
from nlp.workers.serving import Channel, limit_memory, refuse_network

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


def serve() -> None:
    """Answer until the program at the other end is gone. The first answer is empty: it comes when the first file begins."""
    channel = Channel()
    refuse_network()
    for number, question in enumerate(channel.questions()):
        task = msgspec.msgpack.decode(question, type=Task)
        if number == 0:
            channel.answer(b"")
        _limit(task)
        channel.answer(msgspec.msgpack.encode(_answer(task)))
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


def _limit(task: Task) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(int(task.seconds) + GRACE_SECONDS)
    limit_memory(task.memory)
