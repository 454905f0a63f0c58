"""Which files a batch reads."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlp.inputs.collections import read_path_list
from nlp.output.manifest import RUN, STATE_FOLDER, read_manifest
from nlp.records import OutputRefused

# In a folder, everything that may be a report is taken, also in formats that cannot be read yet: such a file becomes a
# failure that says so, instead of going missing silently. Data files beside reports (.json, .csv) are not reports.
REPORT_SUFFIXES = frozenset(
    ".txt .md .markdown .html .htm .shtml .xhtml .mhtml .pdf .doc .docx .wps .rtf .png .jpg .jpeg .tif .tiff".split()
)
LIST_MARK = "@"


class ListUnreadable(ValueError):
    """A list of paths (``@list.txt``, or that of the inputs) that cannot be used; the message says what to do."""


def expanded(inputs: Iterable[str | Path]) -> Iterator[str]:
    """The paths that inputs stand for: ``@list.txt`` is the paths in it, ``reports/*.html`` the files it names, in order.

    A file or folder with ``@``, ``*`` or ``[`` in its own name is itself, and so is a pattern that names nothing: it fails
    as a missing file. Paths in a list are relative to the working folder, as those of the command line.

    Raises ``ListUnreadable`` at once, also for an empty path, before anything is asked of the iterator.
    """
    given = [os.fspath(path) for path in inputs]
    for text in given:
        if not text:
            raise ListUnreadable("An empty path was given. Name files or folders.")
        if _is_list(text):
            _check_list(text)
    return (
        path for text in given for named in (_paths_in(text) if _is_list(text) else [text]) for path in _matching(named)
    )


def _is_list(text: str) -> bool:
    return text.startswith(LIST_MARK) and not os.path.lexists(text)


def _check_list(text: str) -> None:
    try:
        with open(text[len(LIST_MARK) :], encoding="utf-8-sig") as lines:
            for _ in lines:
                pass
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    else:
        return
    raise ListUnreadable(
        f"{text}: the list of paths cannot be read ({reason}). Name a text file in UTF-8 with one path a line."
    )


def _paths_in(text: str) -> Iterator[str]:
    with open(text[len(LIST_MARK) :], encoding="utf-8-sig") as lines:
        yield from read_path_list(lines)


def _matching(path: str) -> list[str]:
    if glob.has_magic(path) and not os.path.lexists(path) and (found := sorted(glob.glob(path, recursive=True))):
        return found
    return [path]


def find_inputs(inputs: Iterable[str | Path]) -> Iterator[Path]:
    """The files to read: each file named, and of each folder (at any depth) those that may be reports, in sorted order.

    Lists and patterns are taken apart first (``expanded``, which see for what it raises).

    A path that does not exist is passed on, so that reading it fails and is listed. A file named twice comes once.
    """
    seen = set()
    for path in map(Path, expanded(inputs)):
        files = sorted(files_in(path), key=sort_key) if path.is_dir() else [str(path)]
        for file in files:
            if (key := os.path.abspath(file)) not in seen:
                seen.add(key)
                yield Path(file)


def files_in(folder: str | Path, suffixes: frozenset[str] = REPORT_SUFFIXES) -> Iterator[str]:
    """The files below ``folder`` that may be reports, in any order, one at a time: a crawl may have millions.

    Hidden files and folders and the output of runs are left out. A folder that may not be read comes as a path of its
    own, so that it is listed as a failure.
    """
    folders = [os.fspath(folder)]
    while folders:
        here = folders.pop()
        written = _written(here)
        if written is not None and here != os.fspath(folder):
            continue
        try:
            entries = os.scandir(here)
        except OSError:
            yield here
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in (written or ()):
                        folders.append(entry.path)
                elif entry.name in (written or ()) or os.path.splitext(entry.name)[0].upper() == "README":
                    continue
                elif os.path.splitext(entry.name)[1].lower() in suffixes and entry.is_file():
                    yield entry.path


def _written(folder: str) -> set[str] | None:
    """The files and folders that a run wrote directly into a folder; ``None`` where no run wrote."""
    if not any(os.path.exists(os.path.join(folder, name)) for name in (STATE_FOLDER, RUN)):
        return None
    try:
        names = read_manifest(Path(folder)).written
    except OutputRefused:  # a run.json of somebody else
        names = {}
    return {name.split("/")[0] for name in names} or (
        set() if os.path.isdir(os.path.join(folder, STATE_FOLDER)) else None
    )


def sort_key(path: str) -> bytes:
    """What paths are sorted by: part by part, so that the files of a folder stay together."""
    return os.fsencode(path).replace(os.fsencode(os.sep), b"\0")


def printable(path: str) -> str:
    """A path as valid Unicode: bytes that are none become "?"."""
    return path.encode("utf-8", "replace").decode("utf-8")
