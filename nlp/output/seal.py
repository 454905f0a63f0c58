"""A mark in a file of ours that proves that we wrote it and that nobody has changed it since.

The mark is the digest of the file with zeros in its place. A page has it in a comment at its end, a baseline in a field,
a workbook among its properties.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path

BLANK = "gongkai:sha256:" + "0" * 64
MARK = re.compile(rb"gongkai:sha256:[0-9a-f]{64}")
PROPERTIES = "docProps/core.xml"  # the part of a workbook that holds the mark
MAX_BYTES = 512 * 2**20  # of a file that may be ours, unpacked


def seal(data: bytes) -> bytes:
    """``data`` with the digest in place of the last ``BLANK`` in it.

    Raises ``ValueError`` when there is none.
    """
    mark = _mark(data)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _with(data, mark)
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, _with(content, mark) if info.filename == PROPERTIES else content)
    return result.getvalue()


def sealed(text: str) -> str:
    """The same for a text."""
    return seal(text.encode("utf-8", "replace")).decode("utf-8")


def is_sealed(path: Path) -> bool:
    """Whether a file bears a mark of ours, and is as it was when it got it. ``False`` for what cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return False
        data = path.read_bytes()
        mark = _mark(data)
        if not zipfile.is_zipfile(io.BytesIO(data)):
            return _place(data)[1] == mark
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return _place(file.read(PROPERTIES))[1] == mark
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return False


def _mark(data: bytes) -> bytes:
    """The mark that a file must bear."""
    digest = hashlib.sha256()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        digest.update(_with(data, BLANK.encode()))
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if sum(info.file_size for info in file.infolist()) > MAX_BYTES:
                raise ValueError("too large to be ours")
            for info in file.infolist():
                content = file.read(info)
                content = _with(content, BLANK.encode()) if info.filename == PROPERTIES else content
                digest.update(info.filename.encode() + b"\0" + hashlib.sha256(content).digest())
    return BLANK.encode()[:-64] + digest.hexdigest().encode()


def _with(data: bytes, mark: bytes) -> bytes:
    (start, end), _ = _place(data)
    return data[:start] + mark + data[end:]


def _place(data: bytes) -> tuple[tuple[int, int], bytes]:
    """Where the mark stands, and the mark: the last one, for a report may quote others."""
    at = data.rfind(BLANK.encode()[:-64])
    found = MARK.match(data, at) if at >= 0 else None
    if found is None:
        raise ValueError("no place for a mark")
    return found.span(), found[0]
