"""Reports wherever they lie together: folders, archives, tables of crawled pages, standard input, lists of paths."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from nlp.inputs.archives import MAX_MEMBER, Budget, is_archive, read_archive
from nlp.inputs.tabular import SUFFIXES as TABLE_SUFFIXES
from nlp.inputs.tabular import Value, read_rows
from nlp.reading.files import read_bytes, read_report
from nlp.records import ReportUnreadable, Source

STANDARD_INPUT = "-"
# In a folder, everything that may be a report is taken, also in formats that cannot be read yet: such a file becomes a
# failure that says so, instead of going missing silently. Tables beside reports (.csv, …) are data, unless a column is named.
REPORT_SUFFIXES = frozenset(
    ".txt .md .markdown .html .htm .shtml .xhtml .mhtml .mht .pdf .doc .docx .docm .wps .rtf .png .jpg .jpeg .tif .tiff .ofd".split()
)
ARCHIVE_SUFFIXES = frozenset(".zip .tar .tgz .tbz2 .txz .gz .bz2 .xz".split())
ATTACHED = (
    "_files",
    ".files",
    "_file",
)  # the folder beside a page that was saved "complete": scripts, frames, pictures


@dataclass(frozen=True, slots=True)
class Item:
    """One report to be: where it comes from and what it is.

    ``content`` is a path not yet read, bytes (a member of an archive, standard input) or text (a row of a table).
    ``columns`` are the other columns of its row. With ``failure`` there is nothing to read.
    """

    name: str
    content: Path | bytes | str
    columns: Mapping[str, Value] = field(default_factory=dict)
    failure: ReportUnreadable | None = None


def find_items(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    standard_input: BinaryIO | None = None,
) -> Iterator[Item]:
    """Every report in ``inputs``, in a fixed order; a file that is named twice comes once.

    Parameters
    ----------
    inputs : files, folders (read to any depth), patterns (``reports/*.html``), archives, tables, ``-`` for standard input
    text_column : the column of tables that holds text or HTML; with it tables in folders are read too
    id_column : the column of tables that names their rows
    standard_input : what ``-`` reads; the process's own when ``None``

    A path that does not exist is passed on, so that reading it fails and is listed. What cannot be opened comes as an item
    with its failure. Nothing is raised for a bad input.
    """
    seen: set[str] = set()
    for given in inputs:
        if str(given) == STANDARD_INPUT:
            yield from items_of_bytes((standard_input or sys.stdin.buffer).read(MAX_MEMBER + 1), "standard input")
            continue
        for path in _expanded(Path(given)):
            files = sorted(_in_folder(path, text_column is not None)) if path.is_dir() else [path]
            for file in files:
                if (key := os.path.abspath(file)) not in seen:
                    seen.add(key)
                    yield from _of_file(file, text_column, id_column)


def read_item(item: Item) -> Source:
    """The source of an item.

    Raises
    ------
    ReportUnreadable
        its own failure, or that of ``read_report``
    """
    if item.failure is not None:
        raise item.failure
    if isinstance(item.content, Path):
        return read_report(item.content)
    data = item.content.encode("utf-8", "replace") if isinstance(item.content, str) else item.content
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReportUnreadable("empty", f"{item.name}: nothing is in it.", "Fetch the report again.", stage="open")
    # In a column a page is often cut to its body: one tag at its beginning is enough, as in a file named .html.
    fragment = isinstance(item.content, str) and item.content.lstrip()[:1] == "<"
    return replace(read_bytes(data, name=f"{item.name}.html" if fragment else item.name), name=item.name)


def read_path_list(file: Iterable[str]) -> Iterator[str]:
    """The paths of a list, one a line; empty lines and lines that begin with # are left out.

    >>> list(read_path_list(["reports/a.html\\n", "# those of 2022\\n", "b.docx"]))
    ['reports/a.html', 'b.docx']
    """
    for line in file:
        if (path := line.strip("\r\n\ufeff ")) and not path.startswith("#"):
            yield path


def _expanded(path: Path) -> Iterator[Path]:
    """The files that a pattern names; a path with * or [ in its own name is no pattern."""
    if glob.has_magic(str(path)) and not path.exists() and (found := sorted(glob.glob(str(path), recursive=True))):
        yield from map(Path, found)
    else:
        yield path


def _in_folder(folder: Path, tables: bool) -> Iterator[Path]:
    wanted = REPORT_SUFFIXES | ARCHIVE_SUFFIXES | (TABLE_SUFFIXES if tables else frozenset())
    for parent, folders, files in os.walk(folder, followlinks=False):
        pages = {Path(name).stem for name in files if Path(name).suffix.lower() in {".html", ".htm", ".shtml"}}
        folders[:] = [name for name in folders if not name.startswith(".") and not _is_attached(name, pages)]
        for name in files:
            path = Path(parent) / name
            if Path(name).suffix.lower() in wanted and not name.startswith((".", "~$")) and path.is_file():
                yield path


def _is_attached(folder: str, pages: set[str]) -> bool:
    return any(folder.endswith(ending) and folder.removesuffix(ending) in pages for ending in ATTACHED)


def _of_file(path: Path, text_column: str | None, id_column: str | None) -> Iterator[Item]:
    if path.suffix.lower() in TABLE_SUFFIXES and path.is_file():
        try:
            for row in read_rows(path, text_column=text_column, id_column=id_column):
                yield Item(os.path.join(path.parent, row.name), row.text, row.columns, row.failure)
        except ReportUnreadable as failure:
            yield Item(str(path), path, failure=failure)
        return
    try:
        with path.open("rb") as file:
            head = file.read(512)
            file.seek(0)
            if is_archive(head, file):
                budget = Budget(path.stat().st_size)
                for member in read_archive(file, str(path), budget):
                    yield Item(member.name, member.data, failure=member.failure)
                return
    except OSError:
        pass  # reading it will fail in the same way, and say why
    yield Item(str(path), path)


def items_of_bytes(data: bytes, name: str) -> Iterator[Item]:
    if len(data) > MAX_MEMBER:
        message = f"{name}: more than {MAX_MEMBER // 2**20} MB."
        yield Item(
            name, b"", failure=ReportUnreadable("too_large", message, "Save it to a file and name that.", "open")
        )
    elif is_archive(data[:512], io.BytesIO(data)):
        for member in read_archive(io.BytesIO(data), name, Budget(len(data))):
            yield Item(member.name, member.data, failure=member.failure)
    else:
        yield Item(name, data)
