"""Which paths the inputs of a command stand for, and how a path is shown."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

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
            reason = next((f"line {at} has a zero byte" for at, line in enumerate(lines, 1) if "\0" in line), None)
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    if reason is not None:
        raise ListUnreadable(
            f"{text}: the list of paths cannot be read ({reason}). Name a text file in UTF-8 with one path a line."
        )


def _paths_in(text: str) -> Iterator[str]:
    with open(text[len(LIST_MARK) :], encoding="utf-8-sig") as lines:
        yield from read_path_list(lines)


def read_path_list(file: Iterable[str]) -> Iterator[str]:
    """The paths of a list, one a line; empty lines and lines that begin with # are left out.

    >>> list(read_path_list(["reports/a.html\\n", "# those of 2022\\n", "b.docx"]))
    ['reports/a.html', 'b.docx']
    """
    for line in file:
        if (path := line.strip("\r\n\ufeff ")) and not path.startswith("#"):
            yield path


def _matching(path: str) -> list[str]:
    if glob.has_magic(path) and not os.path.lexists(path) and (found := sorted(glob.glob(path, recursive=True))):
        return found
    return [path]


def sort_key(path: str) -> bytes:
    """What paths are sorted by: part by part, so that the files of a folder stay together."""
    return os.fsencode(path).replace(os.fsencode(os.sep), b"\0")


def printable(text: str) -> str:
    """A name, or a text of a table, as valid Unicode: what is none (a name that is no UTF-8) becomes U+FFFD.

    >>> printable("a" + chr(0xDCFF) + ".txt")
    'a\\ufffd.txt'
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
