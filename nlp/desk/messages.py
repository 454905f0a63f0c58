"""What the desk and its workers say to each other: msgpack with a length in front. Nothing but data comes back from a worker."""

from __future__ import annotations

import struct
from array import array
from decimal import Decimal
from typing import IO

import msgspec
from msgspec import Struct

from nlp.checking.findings import Across, CheckedReport
from nlp.checking.fingerprint import Fingerprint, Stated
from nlp.checking.likeness import Clauses
from nlp.checking.settings import Settings
from nlp.records import Analysis, Failure

LENGTH = struct.Struct("<Q")


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


def send(stream: IO[bytes], message: Task | Reply) -> None:
    """Send one message."""
    data = msgspec.msgpack.encode(message)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive_task(stream: IO[bytes]) -> Task | None:
    """The next task; ``None`` when the desk is gone."""
    data = _receive(stream)
    return None if data is None else msgspec.msgpack.decode(data, type=Task)


def receive_reply(stream: IO[bytes]) -> Reply | None:
    """The next reply; ``None`` when the worker is gone."""
    data = _receive(stream)
    return None if data is None else msgspec.msgpack.decode(data, type=Reply)


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


class _Print(Struct, array_like=True):
    """A fingerprint with lists in place of its arrays."""

    name: str
    report_id: str
    body: str
    region: str | None
    year: int | None
    values: list[int]
    places: list[int]
    totals: dict[str, Decimal]
    stated: tuple[Stated, ...]
    clauses: tuple[list[int], list[int], list[int], list[int]]
    overview: tuple[list[int], list[int], list[int], list[int]]
    body_id: str


def _lists(clauses: Clauses) -> tuple[list[int], list[int], list[int], list[int]]:
    return list(clauses.hashes), list(clauses.sizes), list(clauses.starts), list(clauses.ends)


def _clauses(lists: tuple[list[int], list[int], list[int], list[int]]) -> Clauses:
    hashes, sizes, starts, ends = lists
    return Clauses(array("Q", hashes), array("H", sizes), array("I", starts), array("I", ends))


def packed(print_: Fingerprint) -> bytes:
    """A fingerprint as bytes."""
    return msgspec.msgpack.encode(
        _Print(
            print_.name, print_.report_id, print_.body, print_.region, print_.year, list(print_.values),
            list(print_.places), print_.totals, print_.stated,
            _lists(print_.clauses), _lists(print_.overview), print_.body_id,
        )
    )  # fmt: skip


def unpacked(data: bytes) -> Fingerprint:
    """The fingerprint that ``packed`` made bytes of."""
    p = msgspec.msgpack.decode(data, type=_Print)
    return Fingerprint(
        p.name, p.report_id, p.body, p.region, p.year, array("q", p.values), array("I", p.places), p.totals, p.stated,
        _clauses(p.clauses), _clauses(p.overview), p.body_id,
    )  # fmt: skip
