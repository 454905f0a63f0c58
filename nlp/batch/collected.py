"""What lies in archives, tables and standard input, put into files of the run's own, so that it is tagged like any file.

Each report is a file below ``.gongkai/collected`` in the output folder until the run is complete. It keeps the name it has
in its archive, for the name tells the format; where it came from is kept beside it and shown in its stead.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.inputs.collections import STANDARD_INPUT, STANDARD_NAME, open_bytes, open_collection
from nlp.inputs.inventory import Found, look_into
from nlp.inputs.kinds import HEAD_BYTES, TABLES, kind_of
from nlp.inputs.paths import printable, sort_key
from nlp.records import Failure, Skipped

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
    """One report: its file, the name to show, what tells it from all others (its place, never its name), the other
    columns of its row as JSON, or why it was not read (then without a file, if it is one of a collection)."""

    path: str
    shown: str
    identity: str
    columns: str | None = None
    failure: Failure | None = None


def list_reports(
    inputs: Iterable[str | Path], folder: Path, columns: Columns
) -> Iterator[tuple[int, bytes, Collected | Skipped]]:
    """Everything that inputs hold, one at a time in no order: the number of its input, a key to sort by, a report or what
    is left out.

    Collections are taken apart into files below ``folder``. Folders are searched at any depth; ``expanded`` takes patterns
    and lists apart before. A path that does not exist is passed on, so that reading it fails and is listed.
    """
    for argument, given in enumerate(inputs):
        path = os.fspath(given)
        for found in [_named(path)] if not os.path.isdir(path) else look_into(path, tables=columns.text is not None):
            if isinstance(found, Skipped):
                yield argument, sort_key(found.name), found
            elif not found.collection:
                plain = str(Path(found.path))
                yield argument, sort_key(plain), Collected(plain, printable(plain), os.path.abspath(plain))
            else:
                for number, item in enumerate(collect(found.path, folder, columns)):
                    yield argument, sort_key(found.path) + b"\0%08d" % number, item  # its order in the collection


def _named(path: str) -> Found:
    """A path that the user named: taken as what it is, whatever its name."""
    try:
        with open(path, "rb") as file:
            return Found(path, collection=kind_of(file.read(HEAD_BYTES), path, file) in ("archive", "table"))
    except (OSError, ValueError):
        is_table = os.path.splitext(path)[1].lower() in TABLES and os.path.isfile(path)
        return Found(path, collection=path == STANDARD_INPUT or is_table)


def collect(path: str, folder: Path, columns: Columns) -> Iterator[Collected | Skipped]:
    """Write every report of a collection below ``folder``, and tell of each. A file that is there already is left alone.

    Raises ``OSError`` when a file cannot be written.
    """
    root = STANDARD_NAME if path == STANDARD_INPUT else os.path.abspath(path)
    place = folder / hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    opened = (
        open_bytes(sys.stdin.buffer)
        if path == STANDARD_INPUT
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
        identity = f"{root}\0{number}"  # never its name, which may be that of another file
        other = json.dumps(dict(item.columns), ensure_ascii=False, allow_nan=False) if item.columns else None
        if (f := item.failure) is not None:
            yield Collected("", name, identity, other, Failure(name, f.stage, f.code, f.message, f.hint))
            continue
        text = isinstance(item.content, str)
        data = item.content.encode() if isinstance(item.content, str) else item.content
        suffix = (".html" if data.lstrip()[:1] == b"<" else ".txt") if text or path == STANDARD_INPUT else ""
        file = place / f"{number:08}" / f"{_safe(os.path.basename(item.name))}{suffix}"
        _write(file, data)
        yield Collected(str(file), name, identity, other)


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
