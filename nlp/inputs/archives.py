"""The files in archives (zip, tar, gzip), also archives in archives, read into memory within limits; nothing is unpacked to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from nlp.inputs.kinds import HEAD_BYTES, count_in_zip, is_archive
from nlp.inputs.paths import printable
from nlp.records import ReportUnreadable

MAX_UNPACKED = 512 * 2**20  # bytes of all members of an archive together, with those of the archives in it
MAX_RATIO = 100
RATIO_IS_READ_FROM = 4 * 2**20  # bytes; below them a ratio says nothing
MAX_MEMBER = 64 * 2**20
MAX_MEMBERS = 200_000
MAX_DEPTH = 4
COMPRESSED = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
MAX_EMPTY_READS = 2  # at the end of a tar file, before a size in it must be false
NAMELESS = "(no name)"
DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, LookupError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its bytes, or why they were not read."""

    name: str
    data: bytes = b""
    failure: ReportUnreadable | None = None


class Budget:
    """What may still be unpacked, shared by an archive and those in it."""

    def __init__(self, packed: int, unpacked: int = MAX_UNPACKED) -> None:
        self._packed, self._unpacked, self._taken = max(1, packed), unpacked, 0

    def take(self, size: int, name: str) -> None:
        """Count ``size`` bytes more; raise ``ReportUnreadable`` (``bomb``) when it is too much."""
        self._taken += size
        ratio = self._taken / self._packed
        if self._taken > self._unpacked or (self._taken > RATIO_IS_READ_FROM and ratio > MAX_RATIO):
            raise ReportUnreadable(
                "bomb",
                f"{name}: unpacks to more than {min(self._taken, self._unpacked) / 2**20:.0f} MB, {ratio:.0f} times its size.",
                f"Unpack it yourself if you trust it, or split it into archives of less than {self._unpacked // 2**20} MB.",
            )


def read_archive(file: BinaryIO, name: str, budget: Budget, depth: int = 1) -> Iterator[Member]:
    """Every file in an archive, named ``archive/path/in/it``, in the archive's order.

    A member that is locked, too large, a link, or has a name that leads out of the archive comes back with its failure; so
    does, as the last one, an archive that is damaged or unpacks to too much.
    """
    try:
        head = file.read(512)
        file.seek(0)
        if head.startswith(b"PK") and count_in_zip(file) > MAX_MEMBERS:
            raise _many(name)
        members = _zip_members(file, name, budget) if head.startswith(b"PK") else _tar_members(file, head, name, budget)
        for member in members:
            inner = io.BytesIO(member.data)
            if member.failure is None and is_archive(member.data[:HEAD_BYTES], inner):
                if depth >= MAX_DEPTH:
                    yield Member(member.name, failure=_nested(member.name))
                else:
                    yield from read_archive(inner, member.name, budget, depth + 1)
            else:
                yield member
    except ReportUnreadable as failure:
        if depth > 1 and failure.code == "bomb":
            raise  # nothing more of the outer archive may be read either
        yield Member(name, failure=failure)
    except DAMAGE as error:
        yield Member(
            name,
            failure=ReportUnreadable(
                "damaged", f"{name}: the archive is damaged ({error}).", "Fetch it again, or repair it.", "open"
            ),
        )


def _zip_members(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        for number, info in enumerate(archive.infolist()):
            if number >= MAX_MEMBERS:
                raise _many(name)
            if info.filename.endswith("/"):
                continue
            path = f"{name}/{_printed_name(info)}"
            if stat.S_ISLNK(info.external_attr >> 16):
                yield Member(path, failure=_link(path))
            elif leads_outside(_printed_name(info)):
                yield Member(path, failure=_outside(path))
            elif info.flag_bits & 1:
                yield Member(
                    path,
                    failure=ReportUnreadable(
                        "encrypted", f"{path}: is locked with a password.", "Unpack it with its password.", "open"
                    ),
                )
            elif info.file_size > MAX_MEMBER:
                yield Member(path, failure=_large(path, info.file_size))
            else:
                yield _zip_member(archive, info, path, budget)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, budget: Budget) -> Member:
    try:
        with archive.open(info) as file:
            data = file.read(MAX_MEMBER + 1)  # the size in the directory may lie
    except DAMAGE as error:
        return Member(
            path,
            failure=ReportUnreadable(
                "damaged", f"{path}: cannot be unpacked ({error}).", "Fetch the archive again.", "open"
            ),
        )
    budget.take(len(data), path)
    return Member(path, failure=_large(path, len(data))) if len(data) > MAX_MEMBER else Member(path, data)


def _printed_name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: Windows packs Chinese names in GBK without saying so."""
    if not info.filename:
        return NAMELESS
    if info.flag_bits & 0x800:
        return info.filename
    try:
        packed = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return packed.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


class _Limited(io.RawIOBase):
    """An unpacked stream that counts what is read of it."""

    def __init__(self, stream: BinaryIO, name: str, budget: Budget) -> None:
        self._stream, self._name, self._budget = stream, name, budget
        self._empty_reads = 0

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > MAX_MEMBER + 2**20:
            self._budget.take(MAX_UNPACKED, self._name)
        data = self._stream.read(size)
        self._empty_reads = 0 if data or not size else self._empty_reads + 1
        if self._empty_reads > MAX_EMPTY_READS:
            raise EOFError("it ends before a file in it does")
        self._budget.take(len(data), self._name)
        return data


def _tar_members(file: BinaryIO, head: bytes, name: str, budget: Budget) -> Iterator[Member]:
    opened = next((opener for magic, opener in COMPRESSED.items() if head.startswith(magic)), None)
    stream = _Limited(file if opened is None else opened(file), name, budget)  # type: ignore[operator]
    first = stream.read(512)
    if opened is not None and first[257:262] != b"ustar":  # one file, packed by itself
        pieces, size = [first], len(first)
        while size <= MAX_MEMBER and (piece := stream.read(2**20)):
            pieces.append(piece)
            size += len(piece)
        inner = PurePosixPath(name).stem or NAMELESS
        yield (
            Member(f"{name}/{inner}", failure=_large(name, size))
            if size > MAX_MEMBER
            else Member(f"{name}/{inner}", b"".join(pieces))
        )
        return
    joined = _Joined(first, stream)
    with tarfile.open(fileobj=joined, mode="r|") as archive:
        for number, info in enumerate(archive):
            path = f"{name}/{printable(info.name) or NAMELESS}"
            if number >= MAX_MEMBERS:
                raise _many(name)
            if info.issym() or info.islnk():
                yield Member(path, failure=_link(path))
            elif leads_outside(info.name):
                yield Member(path, failure=_outside(path))
            elif info.isfile():
                if info.size > MAX_MEMBER:
                    yield Member(path, failure=_large(path, info.size))
                elif (member := archive.extractfile(info)) is not None:
                    if info.issparse():
                        budget.take(info.size, path)  # its holes cost nothing in the archive
                    yield Member(path, member.read())


class _Joined(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, first: bytes, rest: _Limited) -> None:
        self._first, self._rest = first, rest

    def read(self, size: int = -1) -> bytes:
        if not self._first:
            return self._rest.read(size)
        taken, self._first = self._first[:size], self._first[size:]
        return taken if len(taken) == size else taken + self._rest.read(size - len(taken))


def leads_outside(name: str) -> bool:
    """Whether a name in an archive points anywhere but into the folder it would be unpacked to.

    >>> leads_outside("../../etc/passwd"), leads_outside("C:\\\\x"), leads_outside("年报/2023.docx")
    (True, True, False)
    """
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or path[1:2] == ":" or "\x00" in path


def _many(name: str) -> ReportUnreadable:
    return ReportUnreadable("bomb", f"{name}: more than {MAX_MEMBERS} files.", "Split the archive.", "open")


def _link(path: str) -> ReportUnreadable:
    return ReportUnreadable("link", f"{path}: is a link, which is not followed.", "Pack the file itself.", "open")


def _outside(path: str) -> ReportUnreadable:
    return ReportUnreadable(
        "outside", f"{path}: its name leads out of the archive.", "Do not trust the archive.", "open"
    )


def _large(path: str, size: int) -> ReportUnreadable:
    message = f"{path}: {size / 2**20:.0f} MB or more; a report has at most {MAX_MEMBER // 2**20} MB."
    return ReportUnreadable("too_large", message, "Split the file into one file per report.", "open")


def _nested(path: str) -> ReportUnreadable:
    return ReportUnreadable(
        "bomb", f"{path}: an archive in {MAX_DEPTH} others is not opened.", "Unpack the outer archives.", "open"
    )
