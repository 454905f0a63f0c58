"""Messages and the progress bar, on standard error; tables, on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

import typer

from nlp.cli.terminal import one_line, visible

if TYPE_CHECKING:
    from rich.table import Table

SHOWN_SUFFIXES = (".txt", ".html", ".docx", ".pdf")


def say(message: str) -> None:
    """Print a message to standard error."""
    typer.echo(visible(message), err=True)


def told(name: str, message: str, hint: str) -> str:
    """What could not be read and why, with the name once: readers begin their messages with the name of the file.

    >>> told("in/a.txt", "a.txt: nothing is in the file.", "Fetch the report again.")
    'in/a.txt: nothing is in the file. Fetch the report again.'
    """
    for begin in (f"{name}: ", f"{PurePath(name).name}: "):
        message = message.removeprefix(begin)
    return one_line(f"{name}: {message} {hint}".rstrip())


def no_report(inputs: Sequence[str]) -> str:
    """That nothing was found to read, and what would be read."""
    return f"{', '.join(inputs)}: no report found. Name files, or folders that hold reports ({', '.join(SHOWN_SUFFIXES)} …)."


def table_of(title: str, left: tuple[str, ...], right: tuple[str, ...]) -> Table:
    """An empty table with columns of text on the left and of numbers on the right."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 1))
    for column in left:
        table.add_column(column, overflow="fold")
    for column in right:
        table.add_column(column, justify="right", no_wrap=True)
    return table


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, int], None]]:
    """A function to be told ``(done, total, failed)``; it draws a bar with rate and time left when a person looks on."""
    if not sys.stderr.isatty():
        yield lambda done, total, failed: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}/s, {task.fields[failed]} not read"),
        TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="–", failed=0)

        def tell(done: int, total: int, failed: int) -> None:
            seconds = bar.tasks[0].elapsed or 1e-9
            bar.update(task, completed=done, total=total, failed=failed, rate=f"{done / seconds:.0f}")

        yield tell


@contextmanager
def steps_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A function to be told ``(done, total)``; it draws a bar with the time when a person looks on."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
