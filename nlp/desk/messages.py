"""What the desk and its workers say to each other: msgpack. Nothing but data comes back from a worker."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from nlp.checking.findings import Across, CheckedReport
from nlp.checking.settings import Settings
from nlp.records import Analysis, Failure


class Examine(Struct, tag="examine", frozen=True):
    """A file to be read and checked; an archive is answered with its files."""

    name: str
    data: bytes
    settings: Settings = msgspec.field(default_factory=Settings)


class Compare(Struct, tag="compare", frozen=True):
    """Reports to be checked against each other, as the fingerprints of ``Examined``."""

    prints: tuple[bytes, ...]
    settings: Settings = msgspec.field(default_factory=Settings)


class Draw(Struct, tag="draw", frozen=True):
    """A page of a PDF or picture (from 1) to be drawn."""

    name: str
    data: bytes
    page: int


class Note(Struct, frozen=True):
    """A comment for a Word document: its text, and the places of the document's text that it is about."""

    text: str
    spans: tuple[tuple[int, int], ...]


class Annotate(Struct, tag="annotate", frozen=True):
    """A Word document that is to get comments."""

    name: str
    data: bytes
    notes: tuple[Note, ...]


Task = Examine | Compare | Draw | Annotate


class Examined(Struct, tag="examined", frozen=True):
    """A report, what was found in it, and what others are compared with.

    ``heights`` has the height of each page in widths, for a PDF or picture.
    """

    analysis: Analysis
    report: CheckedReport
    print_: bytes
    heights: tuple[float, ...] = ()


class Member(Struct, frozen=True):
    """A file of an archive, or why it was not read."""

    name: str
    data: bytes = b""
    failure: Failure | None = None


class Members(Struct, tag="members", frozen=True):
    """The files of an archive."""

    members: tuple[Member, ...]


class Compared(Struct, tag="compared", frozen=True):
    """What was found between reports."""

    found: tuple[Across, ...]


class Made(Struct, tag="made", frozen=True):
    """A picture (PNG) or a document."""

    data: bytes


class Refused(Struct, tag="refused", frozen=True):
    """Why something was not done."""

    failure: Failure


Reply = Examined | Members | Compared | Made | Refused


def encoded(message: Task | Reply) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(message)


def task_of(data: bytes) -> Task:
    """The task that ``encoded`` made bytes of."""
    return msgspec.msgpack.decode(data, type=Task)


def reply_of(data: bytes) -> Reply:
    """The reply that ``encoded`` made bytes of."""
    return msgspec.msgpack.decode(data, type=Reply)
