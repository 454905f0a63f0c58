"""What lies in the folders that are read: every file is a report to be tried, a collection, or left out with a reason."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

from nlp.inputs.kinds import HEAD_BYTES, Kind, kind_of
from nlp.inputs.paths import printable
from nlp.reading.decode import decode
from nlp.records import ReportUnreadable, Skipped
from nlp.vocabulary.load import load

# Where a run keeps its state, and the list of the files that it wrote: they are results, not reports.
STATE_FOLDER = ".gongkai"
RUN = "run.json"
SEAL = b"gongkai:sha256:"  # at the end of a page of ours
SEAL_WITHIN_BYTES = 200
MAX_RUN_BYTES = 64 * 2**20
ATTACHED = (
    "_files",
    ".files",
    "_file",
)  # the folder beside a page that was saved "complete": scripts, frames, pictures
PAGES = frozenset({".html", ".htm", ".shtml"})
LOOKED_AT_BYTES = 2**20  # of a text whose name does not tell that it is a report
HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]")
MIN_TRACES = 2
MIN_CHINESE_OF_PAGE = 20
HINTS = {
    "hidden": "Name it if it holds a report.",
    "lock": "Nothing: it is the mark of an open document.",
    "attached": "Nothing: it belongs to the saved page beside it.",
    "result": "Nothing: a run of gongkai wrote it.",
    "link": "Name the folder that it leads to.",
    "no_file": "Nothing: it is a device, a pipe or a link that leads nowhere.",
    "no_report": "Name it to have it read in any case.",
    "table": "Name its column of texts with --text-column to read it.",
    "format": "Save it as text, web page, Word or PDF; unpack .rar and .7z.",
    "empty": "Fetch it again if it should hold a report.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read, and whether it is a collection of reports."""

    path: str
    collection: bool = False


def look_into(folder: str | Path, *, tables: bool) -> Iterator[Found | Skipped]:
    """Everything below a folder at any depth, in any order, one at a time: a crawl may have millions of files.

    A folder that may not be read comes as a path of its own, so that it is listed as a failure.

    Parameters
    ----------
    tables : whether tables are collections of reports, since their column of texts is known
    """
    folders = [os.fspath(folder)]
    while folders:
        here = folders.pop()
        results = results_in(here)
        if results is not None and here != os.fspath(folder):
            yield skipped(here, "result")
            continue
        try:
            with os.scandir(here) as entries:
                listed = list(entries)
        except OSError:
            yield Found(here)
            continue
        pages = {
            os.path.splitext(entry.name)[0] for entry in listed if os.path.splitext(entry.name)[1].lower() in PAGES
        }
        for entry in listed:
            reason = _left_out(entry, pages, results or frozenset())
            if reason is not None:
                if entry.name != STATE_FOLDER:
                    yield skipped(entry.path, reason)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                yield look_at(entry.path, tables=tables)


def look_at(path: str, *, tables: bool) -> Found | Skipped:
    """A file of a folder: to be read, or left out by what its bytes and its name tell."""
    try:
        with open(path, "rb") as file:
            head = file.read(HEAD_BYTES)
            kind = kind_of(head, path, file)
            rest = b""
            if (kind in ("text", "page")) and not is_report_name(path):
                rest = file.read(LOOKED_AT_BYTES - len(head))
            elif kind == "page":
                file.seek(max(0, os.fstat(file.fileno()).st_size - SEAL_WITHIN_BYTES))
                if SEAL in file.read():
                    return skipped(path, "result")
    except (OSError, ValueError):
        return Found(path)  # reading it fails in the same way, and says why
    reason = reason_to_skip(path, kind, head + rest, tables=tables)
    return Found(path, collection=kind in ("archive", "table")) if reason is None else skipped(path, reason)


def reason_to_skip(name: str, kind: Kind, data: bytes, *, tables: bool) -> str | None:
    """Why a file of a folder or an archive is not read; ``None`` when it is.

    Parameters
    ----------
    data : of a text whose name is not that of a report, all of it or its beginning
    """
    if kind in ("document", "picture", "archive"):
        return None
    if kind == "table":
        return None if tables else "table"
    if is_report_name(name):
        return None  # if it is none, its reader says what it is
    if kind in ("empty", "unread"):
        return "empty" if kind == "empty" else "format"
    if os.path.splitext(name)[1].lower() in load("collections")["no_report"]["surface"]:
        return "no_report"
    return None if _may_be_report(data, page=kind == "page") else "no_report"


def is_report_name(name: str) -> bool:
    """Whether a name is one that reports usually have; a README is none."""
    stem, suffix = os.path.splitext(os.path.basename(name))
    return suffix.lower() in load("collections")["report_name"]["surface"] and stem.lower() != "readme"


def hidden_reason(name: str) -> str | None:
    """Why a name alone tells that nothing is to be read: of a part of a path in a folder or an archive."""
    return "lock" if name.startswith("~$") else "hidden" if name.startswith(".") or name == "__MACOSX" else None


def skipped(path: str, reason: str) -> Skipped:
    """A file or folder that is left out, with the reason and what to do."""
    return Skipped(printable(path), reason, HINTS[reason])


def results_in(folder: str) -> frozenset[str] | None:
    """The files and folders that a run of ours wrote directly into a folder; ``None`` where no run wrote."""
    try:
        if os.path.getsize(os.path.join(folder, RUN)) > MAX_RUN_BYTES:
            return None
        with open(os.path.join(folder, RUN), encoding="utf-8") as file:
            written = json.load(file)["written"]
        return frozenset({RUN, *(str(name).split("/")[0] for name in written)})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset() if os.path.isdir(os.path.join(folder, STATE_FOLDER)) else None


def _left_out(entry: os.DirEntry[str], pages: set[str], results: frozenset[str]) -> str | None:
    if (reason := hidden_reason(entry.name)) is not None:
        return reason
    if entry.name in results:
        return "result"
    try:
        if entry.is_dir(follow_symlinks=False):
            stems = {entry.name.removesuffix(ending) for ending in ATTACHED if entry.name.endswith(ending)}
            return "attached" if stems & pages else None
        if entry.is_symlink() and entry.is_dir():
            return "link"
        return None if entry.is_file() else "no_file"
    except OSError:  # a loop of links
        return "no_file"


def _may_be_report(data: bytes, *, page: bool) -> bool:
    """Whether a text reads like a Chinese report: mostly Chinese, with words that reports have."""
    try:
        text, _ = decode(data, declares=page)
    except ReportUnreadable:
        return False
    chinese = len(HAN.findall(text))
    enough = MIN_CHINESE_OF_PAGE if page else len(LATIN.findall(text)) / 2  # a page is mostly marks and scripts
    return chinese >= enough and sum(word in text for word in _traces()) >= MIN_TRACES


@cache
def _traces() -> tuple[str, ...]:
    return tuple(load("furniture")["report"]["surface"])


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a path in an archive, whatever its separator.

    >>> parts_of("a/b\\\\c.txt")
    ('a', 'b', 'c.txt')
    """
    return PurePath(name.replace("\\", "/")).parts
