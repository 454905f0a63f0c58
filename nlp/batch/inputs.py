"""Which files a batch reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# In a folder, everything that may be a report is taken, also in formats that cannot be read yet: such a file becomes a
# failure that says so, instead of going missing silently. Data files beside reports (.json, .csv) are not reports.
REPORT_SUFFIXES = frozenset(
    ".txt .md .markdown .html .htm .shtml .xhtml .mhtml .pdf .doc .docx .wps .rtf .png .jpg .jpeg .tif .tiff".split()
)
# Where a run keeps its state. A folder that holds it is the output of a run: its codebook.md is no report.
STATE_FOLDER = ".gongkai"


def find_inputs(inputs: Iterable[str | Path]) -> Iterator[Path]:
    """The files to read: each file named, and of each folder (at any depth) those that may be reports, in sorted order.

    A path that does not exist is passed on, so that reading it fails and is listed. A file named twice comes once.
    """
    seen = set()
    for path in map(Path, inputs):
        files = sorted(files_in(path), key=sort_key) if path.is_dir() else [str(path)]
        for file in files:
            if (key := os.path.abspath(file)) not in seen:
                seen.add(key)
                yield Path(file)


def files_in(folder: str | Path) -> Iterator[str]:
    """The files below ``folder`` that may be reports, in any order, one at a time: a crawl may have millions.

    Hidden files and folders and the output of runs are left out. A folder that may not be read comes as a path of its
    own, so that it is listed as a failure.
    """
    folders = [os.fspath(folder)]
    while folders:
        here = folders.pop()
        is_output = os.path.exists(os.path.join(here, STATE_FOLDER))
        if is_output and here != os.fspath(folder):
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
                    folders.append(entry.path)
                elif (is_output and entry.name == "codebook.md") or os.path.splitext(entry.name)[0].upper() == "README":
                    continue
                elif os.path.splitext(entry.name)[1].lower() in REPORT_SUFFIXES and entry.is_file():
                    yield entry.path


def sort_key(path: str) -> bytes:
    """What paths are sorted by: part by part, so that the files of a folder stay together."""
    return os.fsencode(path).replace(os.fsencode(os.sep), b"\0")
