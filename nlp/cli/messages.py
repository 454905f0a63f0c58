"""Messages and the progress bar, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


def say(message: str) -> None:
    """Print a message to standard error."""
    typer.echo(message, err=True)


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
