"""What lies in archives, tables and standard input, put into files of the run's own, so that it is tagged like any file.

Each report is a file below ``.gongkai/collected`` in the output folder until the run is complete. It keeps the name it has
in its archive, for the name tells the format; where it came from is kept beside it and shown in its stead.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.batch.inputs import REPORT_SUFFIXES, files_in, sort_key
from nlp.inputs.archives import is_archive
from nlp.inputs.collections import ARCHIVE_SUFFIXES, STANDARD_INPUT, find_items
from nlp.inputs.tabular import SUFFIXES as TABLE_SUFFIXES
from nlp.records import Failure

MAX_NAME_BYTES = 120
UNSAFE = re.compile(r"[\x00-\x1f\\:*?\"<>|]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of tables hold the text and the name of a report; ``None`` takes those that are named so."""

    text: str | None = None
    identity: str | None = None


PLAIN_COLUMNS = Columns()


@dataclass(frozen=True, slots=True)
class Collected:
    """One report out of a collection: its file, the name to show, its other columns as JSON, or why it was not read."""

    path: str
    shown: str
    columns: str | None = None
    failure: Failure | None = None


def is_collection(path: str) -> bool:
    """Whether a path named by the user is an archive, a table, or standard input."""
    if path == STANDARD_INPUT:
        return True
    if os.path.splitext(path)[1].lower() in TABLE_SUFFIXES:
        return os.path.isfile(path)
    try:
        with open(path, "rb") as file:
            return is_archive(file.read(512), file)
    except OSError:
        return False


def suffixes_in_folders(columns: Columns) -> frozenset[str]:
    """The suffixes of collections that are taken out of folders: archives, and tables once a column is named."""
    return ARCHIVE_SUFFIXES | (TABLE_SUFFIXES if columns.text else frozenset())


def list_reports(
    inputs: Iterable[str | Path], folder: Path, columns: Columns
) -> Iterator[tuple[int, bytes, Collected]]:
    """Every report that inputs hold, one at a time in no order: the number of its input, a key to sort by, the report.

    Collections are taken apart into files below ``folder``. Folders are searched at any depth; ``expanded`` takes patterns
    and lists apart before. A path that does not exist is passed on, so that reading it fails and is listed.
    """
    collections = suffixes_in_folders(columns)
    for argument, given in enumerate(inputs):
        path = os.fspath(given)
        if not os.path.isdir(path):
            named: Iterable[tuple[str, bool]] = [(path, is_collection(path))]
        else:
            named = (
                (file, os.path.splitext(file)[1].lower() in collections and is_collection(file))
                for file in files_in(path, REPORT_SUFFIXES | collections)
            )
        for file, collection in named:
            if not collection:
                plain = str(Path(file))
                yield argument, sort_key(plain), Collected(plain, plain)
                continue
            for number, item in enumerate(collect(file, folder, columns)):
                yield argument, sort_key(file) + b"\0%08d" % number, item  # the order of the archive, of the table


def collect(path: str, folder: Path, columns: Columns) -> Iterator[Collected]:
    """Write every report of a collection below ``folder``, and tell of each. A file that is there already is left alone.

    Raises ``OSError`` when a file cannot be written.
    """
    place = folder / hashlib.sha256(os.fsencode(os.path.abspath(path))).hexdigest()[:16]
    for number, item in enumerate(find_items([path], text_column=columns.text, id_column=columns.identity)):
        shown = item.name if path == STANDARD_INPUT or item.name.startswith(path) else f"{path}/{item.name}"
        other = json.dumps(dict(item.columns), ensure_ascii=False, default=str) if item.columns else None
        if (f := item.failure) is not None:
            yield Collected(shown, shown, other, Failure(shown, f.stage, f.code, f.message, f.hint))
            continue
        if isinstance(item.content, Path):
            yield Collected(str(item.content), shown, other)
            continue
        text = isinstance(item.content, str)
        data = item.content.encode("utf-8", "replace") if isinstance(item.content, str) else item.content
        suffix = (".html" if data.lstrip()[:1] == b"<" else ".txt") if text or path == STANDARD_INPUT else ""
        file = place / f"{number:08}" / f"{_safe(os.path.basename(item.name))}{suffix}"
        _write(file, data)
        yield Collected(str(file), shown, other)


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
