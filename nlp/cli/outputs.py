"""The files that a command writes for a person: where they may go, and what is said where they may not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import typer


def refuse_taken(*paths: Path | None, reads: Iterable[str | Path]) -> None:
    """Exit with status 2 and a message unless each of these files is new or a sealed one of ours.

    ``reads`` are the inputs of the command, none of which may be written over.
    """
    from nlp.cli.messages import say
    from nlp.output.manifest import refuse_foreign_file
    from nlp.records import OutputRefused

    wanted = [path for path in paths if path is not None]
    reads = list(reads)
    try:
        for at, path in enumerate(wanted):
            if os.path.abspath(path) in map(os.path.abspath, wanted[:at]):
                raise OutputRefused(f"{path}: is named for two outputs. Name two files.")
            refuse_foreign_file(path, reads=reads)
    except OutputRefused as error:
        say(str(error))
        raise typer.Exit(2) from None


def write_file(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` write to ``path``; exit with status 2 and a message when it cannot."""
    from nlp.cli.messages import say

    try:
        write(path)
    except OSError as error:
        say(f"{path}: cannot write ({error.strerror or error}). Choose another file.")
        raise typer.Exit(2) from None
