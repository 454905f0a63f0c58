"""`gongkai export`: what a model says, as tasks for an annotation tool."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import Force
from nlp.cli.terminal import echo


class Form(StrEnum):
    """The tools and files that are written."""

    label_studio = "label-studio"
    doccano = "doccano"
    prodigy = "prodigy"
    docbin = "docbin"
    csv = "csv"
    tsv = "tsv"
    xlsx = "xlsx"


def export(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="TAGS|APPLIED",
            help="Folder that `gongkai tag --out` wrote, or a table that `gongkai apply` wrote.",
            show_default=False,
        ),
    ],
    to: Annotated[Form, typer.Option("--to", help="Tool or kind of file.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="File to write.", show_default=False)],
    n: Annotated[
        int | None, typer.Option("--n", min=1, help="Only so many, the least certain.", show_default=False)
    ] = None,
    prefix: Annotated[str, typer.Option("--prefix", help="How the columns of predictions begin.")] = "predicted",
    force: Force = False,
) -> None:
    """Write what a model says as tasks to be corrected, the least certain first.

    Beside the tasks lies what the tool needs to know of the labels: NAME.xml for
    Label Studio, NAME.labels.json for doccano, NAME.labels.txt for Prodigy.
    Correct them there; `gongkai train` reads what the tool exports, with all ids
    and columns.
    """
    from nlp.cli.messages import say
    from nlp.conclusions.tags import TagsUnusable
    from nlp.inputs.texts import TextsUnusable
    from nlp.records import OutputRefused
    from training.export import export as export_tasks
    from training.tasks import TasksUnusable, read_tasks

    try:
        tasks = read_tasks(source, n=n, prefix=prefix)
        written = export_tasks(tasks, to.value, out, force=force)
    except (TagsUnusable, TextsUnusable, TasksUnusable, OutputRefused) as error:
        say(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        say(f"{out}: cannot write ({error.strerror or error}). Choose another file with --out.")
        raise typer.Exit(2) from None
    for path in written:
        echo(path)
    first = tasks.tasks[0]
    say(f"{len(tasks.tasks)} tasks, the first with certainty {first.certainty:.2f}")
