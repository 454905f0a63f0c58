"""Archives and tables taken apart in a process of their own: one that hangs, swells or breaks its reader costs itself.

Each report becomes a file. It keeps the name it has in its archive, for the name tells the format; where it came from is
kept beside it and shown in its stead.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from nlp.inputs.archives import MAX_MEMBER
from nlp.inputs.collections import STANDARD_INPUT, STANDARD_NAME, Item, items_of_bytes, open_collection
from nlp.inputs.paths import printable
from nlp.records import Failure, Skipped
from nlp.workers.process import Ended, Process
from nlp.workers.serving import Channel, limit_files, limit_memory, refuse_network

MAX_NAME_BYTES = 120
UNSAFE = re.compile(r"[\x00-\x1f\\:*?\"<>|]")
SECONDS_A_REPORT = 20.0  # of a collection; and for its first, the list of an archive, the strings of a workbook
START_SECONDS = 60.0
MEMORY = 2**30  # bytes of address space beyond what the libraries take
SERVE = "from nlp.batch.collecting import serve\nserve()\n"
HINT = "Unpack it, or write it as CSV or JSON lines, in several parts."


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of tables hold the text and the name of a report; ``None`` takes those that are named so."""

    text: str | None = None
    identity: str | None = None


PLAIN_COLUMNS = Columns()


class Collected(msgspec.Struct, frozen=True, tag=True):
    """One report: its file, the name to show, what tells it from all others (its place, never its name), the other
    columns of its row as JSON, or why it was not read (then without a file, if it is one of a collection).

    ``path`` and ``identity`` are as the system writes them.
    """

    path: bytes
    shown: str
    identity: bytes
    columns: str | None = None
    failure: Failure | None = None

    @property
    def file(self) -> str:
        """The path as text."""
        return os.fsdecode(self.path)


class Left(msgspec.Struct, frozen=True, tag=True):
    """A file of a collection that is left out."""

    skipped: Skipped


class Unwritten(msgspec.Struct, frozen=True, tag=True):
    """A report could not be written to its file."""

    errno: int | None
    reason: str


class Over(msgspec.Struct, frozen=True, tag=True):
    """The collection has been told; ``out_of_memory`` if it was too large to be told to its end."""

    out_of_memory: bool = False


Answer = Collected | Left | Unwritten | Over


class Question(msgspec.Struct):
    """What to take apart: a path as the system writes it, or bytes from standard input; where to, and by which columns."""

    path: bytes
    data: bytes | None
    folder: bytes
    columns: Columns


class Collector:
    """Takes collections apart, one after the other, in a process that is started with the first."""

    def __init__(self, folder: Path, columns: Columns) -> None:
        self._folder, self._columns = folder, columns
        self._process: Process | None = None

    def collect(self, path: str) -> Iterator[Collected | Skipped]:
        """Every report of a collection as a file below the folder. A file that is there already is left alone.

        A collection that is too slow or too large, or breaks the process, ends with a failure; what came before it counts.

        Raises ``OSError`` when a file cannot be written, or no process can be started.
        """
        data = sys.stdin.buffer.read(MAX_MEMBER + 1) if path == STANDARD_INPUT else None
        question = Question(os.fsencode(path), data, os.fsencode(self._folder), self._columns)
        seconds = SECONDS_A_REPORT
        if self._process is None or not self._process.lives:
            self._process = Process(SERVE)
            seconds += START_SECONDS
        try:
            self._process.send(msgspec.msgpack.encode(question), seconds=seconds)
            while True:
                answer = msgspec.msgpack.decode(self._process.receive(seconds=seconds), type=Answer)
                seconds = SECONDS_A_REPORT
                if isinstance(answer, Over):
                    if answer.out_of_memory:
                        self.close()
                        yield _failed(path, "memory", f"needs more than {MEMORY / 2**30:g} GB to be read")
                    return
                if isinstance(answer, Unwritten):
                    raise OSError(answer.errno, answer.reason)
                yield answer.skipped if isinstance(answer, Left) else answer
        except Ended as ended:
            self._process = None
            if ended.timed_out:
                yield _failed(path, "timeout", f"took more than {SECONDS_A_REPORT:g} s for a report of it")
            else:
                yield _failed(path, "crashed", f"the reader of this format broke off ({ended.how})")

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()
        self._process = None


def serve() -> None:
    """Take apart what is asked for, until the program at the other end is gone."""
    channel = Channel()
    refuse_network()
    limit_memory(MEMORY, beyond_now=True)
    limit_files(2 * MAX_MEMBER)
    for message in channel.questions():
        question = msgspec.msgpack.decode(message, type=Question)
        answer: Answer = Over()
        try:
            for item in take_apart(question):
                channel.answer(msgspec.msgpack.encode(Left(item) if isinstance(item, Skipped) else item))
        except (MemoryError, RecursionError):
            answer = Over(out_of_memory=True)
        except OSError as error:
            answer = Unwritten(error.errno, error.strerror or str(error))
        channel.answer(msgspec.msgpack.encode(answer))


def take_apart(question: Question) -> Iterator[Collected | Skipped]:
    """Write every report of a collection below the folder, and tell of each. A file that is there already is left alone.

    Raises ``OSError`` when a file cannot be written.
    """
    path, columns = os.fsdecode(question.path), question.columns
    root = STANDARD_NAME if question.data is not None else os.path.abspath(path)
    place = Path(os.fsdecode(question.folder)) / hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    opened = (
        items_of_bytes(question.data, STANDARD_NAME)
        if question.data is not None
        else open_collection(path, text_column=columns.text, id_column=columns.identity)
    )
    shown: Counter[str] = Counter()
    for number, item in enumerate(opened):
        if isinstance(item, Skipped):
            yield item
            continue
        name = printable(item.name)
        shown[name] += 1
        name = name if shown[name] == 1 else f"{name} ({shown[name]})"  # two members may bear one name
        identity = os.fsencode(f"{root}\0{number}")  # never its name, which may be that of another file
        other = json.dumps(dict(item.columns), ensure_ascii=False, allow_nan=False) if item.columns else None
        if (f := item.failure) is not None:
            yield Collected(b"", name, identity, other, Failure(name, f.stage, f.code, f.message, f.hint))
            continue
        file = place / f"{number:08}" / f"{_safe(os.path.basename(item.name))}{_suffix(item)}"
        data = item.content.encode() if isinstance(item.content, str) else item.content
        _write(file, data)
        yield Collected(os.fsencode(file), name, identity, other)


def _suffix(item: Item) -> str:
    """What tells the format of a text that has no name of its own."""
    if isinstance(item.content, bytes) and item.name != STANDARD_NAME:
        return ""
    first = item.content.lstrip()[:1]
    return ".html" if first in ("<", b"<") else ".txt"


def _failed(path: str, code: str, what: str) -> Collected:
    name = STANDARD_NAME if path == STANDARD_INPUT else printable(path)
    identity = os.fsencode(f"{os.path.abspath(path)}\0{code}")
    return Collected(b"", name, identity, None, Failure(name, "open", code, f"{name}: {what}.", HINT))


def _safe(name: str) -> str:
    """A name that every file system takes; a long one keeps its beginning and its end."""
    name = UNSAFE.sub("_", name).strip(". ") or "report"
    data = name.encode("utf-8", "replace")
    if len(data) <= MAX_NAME_BYTES:
        return data.decode()
    stem, suffix = os.path.splitext(name)
    kept = stem.encode("utf-8", "replace")[: MAX_NAME_BYTES - 32].decode("utf-8", "ignore")
    return f"{kept}-{hashlib.sha256(data).hexdigest()[:16]}{suffix[:12]}"


def _write(file: Path, data: bytes) -> None:
    try:
        if file.read_bytes() == data:
            return
    except OSError:
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
