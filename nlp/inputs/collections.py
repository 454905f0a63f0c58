"""Reports that lie together in one file: archives, tables of crawled pages, standard input."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from nlp.inputs.archives import MAX_MEMBER, Budget, Member, read_archive
from nlp.inputs.inventory import hidden_reason, parts_of, reason_to_skip, skipped
from nlp.inputs.kinds import HEAD_BYTES, kind_of
from nlp.inputs.tabular import Value, read_rows
from nlp.records import ReportUnreadable, Skipped

STANDARD_INPUT = "-"
STANDARD_NAME = "standard input"
MAX_TABLE = 2**50  # bytes of all texts of a table: only their ratio to its size is limited


@dataclass(frozen=True, slots=True)
class Item:
    """One report to be out of a collection: bytes (a member of an archive) or text (a row of a table).

    ``columns`` are the other columns of its row. With ``failure`` there is nothing to read.
    """

    name: str
    content: bytes | str
    columns: Mapping[str, Value] = field(default_factory=dict)
    failure: ReportUnreadable | None = None


def open_collection(
    path: str, *, text_column: str | None = None, id_column: str | None = None
) -> Iterator[Item | Skipped]:
    """Every report in an archive or a table, in its order; what it holds beside reports comes as left out.

    Parameters
    ----------
    text_column : the column of a table that holds text or HTML
    id_column : the column of a table that names its rows

    What cannot be opened comes as an item with its failure, so does a collection with nothing in it. Nothing is raised
    for a bad input.
    """
    found = False
    for item in _of_file(path, text_column, id_column):
        found = True
        yield item
    if not found:
        failure = ReportUnreadable("empty", f"{path}: nothing is in it.", "Fetch it again, or leave it out.", "open")
        yield Item(path, b"", failure=failure)


def open_bytes(stream: BinaryIO) -> Iterator[Item | Skipped]:
    """The report, or those of the archive, that come on standard input."""
    return items_of_bytes(stream.read(MAX_MEMBER + 1), STANDARD_NAME)


def items_of_bytes(data: bytes, name: str) -> Iterator[Item | Skipped]:
    """The report, or those of the archive, that ``data`` is; too much of it comes as an item with its failure."""
    if len(data) > MAX_MEMBER:
        message = f"{name}: more than {MAX_MEMBER // 2**20} MB."
        failure = ReportUnreadable("too_large", message, "Save it to a file and name that.", "open")
        yield Item(name, b"", failure=failure)
    elif kind_of(data[:HEAD_BYTES], "", io.BytesIO(data)) == "archive":
        yield from _members(io.BytesIO(data), name, len(data))
    else:
        yield Item(name, data)


def _of_file(path: str, text_column: str | None, id_column: str | None) -> Iterator[Item | Skipped]:
    try:
        with open(path, "rb") as file:
            kind = kind_of(file.read(HEAD_BYTES), path, file)
            file.seek(0)
            if kind == "archive":
                yield from _members(file, path, os.fstat(file.fileno()).st_size)
            if kind in ("archive", "empty"):
                return
        folder = os.path.dirname(path)
        budget = Budget(os.path.getsize(path), unpacked=MAX_TABLE)
        for row in read_rows(Path(path), text_column=text_column, id_column=id_column):
            if isinstance(row, Skipped):
                yield row
                continue
            budget.take(len(row.text), path)  # a column may hold one long text a million times in few bytes
            yield Item(os.path.join(folder, row.name), row.text, row.columns, row.failure)
    except ReportUnreadable as failure:
        yield Item(path, b"", failure=failure)
    except OSError as error:
        message = f"{path}: {error.strerror or error}."
        yield Item(path, b"", failure=ReportUnreadable("no_access", message, "Check the path and the disk.", "open"))


def _members(file: BinaryIO, name: str, size: int) -> Iterator[Item | Skipped]:
    for member in read_archive(file, name, Budget(size)):
        reason = _reason(member, name)
        if reason is not None:
            yield skipped(member.name, reason)
        else:
            yield Item(member.name, member.data, failure=member.failure)


def _reason(member: Member, archive: str) -> str | None:
    """Why a file of an archive is left out; the same as in a folder."""
    if member.failure is not None:
        return None
    for part in parts_of(member.name.removeprefix(archive)):
        if (reason := hidden_reason(part)) is not None and part not in ("..", "."):
            return reason
    kind = kind_of(member.data[:HEAD_BYTES], member.name, io.BytesIO(member.data))
    return reason_to_skip(member.name, kind, member.data, tables=False)
