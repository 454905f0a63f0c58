"""Everything that inputs hold: files, and what lies in archives, tables and standard input, taken apart into files.

Each report of a collection is a file below ``.gongkai/collected`` in the output folder until the run is complete, so that it
is tagged like any file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlp.batch.collecting import Collected, Collector, Columns
from nlp.inputs.collections import STANDARD_INPUT
from nlp.inputs.inventory import Found, look_into
from nlp.inputs.kinds import HEAD_BYTES, TABLES, kind_of
from nlp.inputs.paths import printable, sort_key
from nlp.records import Skipped


def list_reports(
    inputs: Iterable[str | Path], folder: Path, columns: Columns
) -> Iterator[tuple[int, bytes, Collected | Skipped]]:
    """Everything that inputs hold, one at a time in no order: the number of its input, a key to sort by, a report or what
    is left out.

    Collections are taken apart into files below ``folder``. Folders are searched at any depth; ``expanded`` takes patterns
    and lists apart before. A path that does not exist is passed on, so that reading it fails and is listed.

    Raises ``OSError`` when a file cannot be written, or no process can be started.
    """
    collector = Collector(folder, columns)
    try:
        for argument, given in enumerate(inputs):
            path = os.fspath(given)
            for found in (
                [_named(path)] if not os.path.isdir(path) else look_into(path, tables=columns.text is not None)
            ):
                if isinstance(found, Skipped):
                    yield argument, sort_key(found.name), found
                elif not found.collection:
                    plain = str(Path(found.path))
                    identity = os.fsencode(os.path.abspath(plain))
                    yield argument, sort_key(plain), Collected(os.fsencode(plain), printable(plain), identity)
                else:
                    for number, item in enumerate(collector.collect(found.path)):
                        yield argument, sort_key(found.path) + b"\0%08d" % number, item  # its order in the collection
    finally:
        collector.close()


def _named(path: str) -> Found:
    """A path that the user named: taken as what it is, whatever its name."""
    if path == STANDARD_INPUT:
        return Found(path, collection=True)
    try:
        if not os.path.isfile(path):  # a pipe can be read once only
            return Found(path)
        with open(path, "rb") as file:
            kind = kind_of(file.read(HEAD_BYTES), path, file)
    except (OSError, ValueError):  # reading it fails in the same way, and says why
        return Found(path)
    is_table = kind == "empty" and os.path.splitext(path)[1].lower() in TABLES
    return Found(path, collection=kind in ("archive", "table") or is_table)
