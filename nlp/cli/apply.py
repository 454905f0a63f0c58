"""`gongkai apply`: a model on a table of texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import Force, ModelName
from nlp.cli.terminal import echo


def apply(
    model: ModelName,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT",
            help="A table of texts (.csv, .tsv, .xlsx, .jsonl, .parquet), or a folder of .txt files.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", help="File to write: .csv, .tsv, .xlsx, .jsonl or .parquet.", show_default=False),
    ],
    text_column: Annotated[
        str | None,
        typer.Option("--text-column", help="Column of the texts, when it has an unusual name.", show_default=False),
    ] = None,
    heading_column: Annotated[
        str | None,
        typer.Option("--heading-column", help="Column of the heading above each text.", show_default=False),
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="One column for each label, in place of all in one.")] = False,
    prefix: Annotated[str, typer.Option("--prefix", help="Beginning of the names of the new columns.")] = "predicted",
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    trust_joblib: Annotated[
        bool,
        typer.Option(
            "--trust-joblib",
            help="MODEL is a file of `gongkai train --joblib` that you wrote yourself: reading one runs the code in it.",
        ),
    ] = False,
    force: Force = False,
) -> None:
    """Label every text of INPUT with MODEL; all columns of INPUT come back.

    New columns: the role, where the model judges roles; the accepted labels and
    their names; the score of each label; whether any label is accepted; and, for
    a row that could not be labelled, why. Millions of rows are read and written
    piece by piece. Exit status 1 when a row could not be labelled.
    """
    from nlp.batch.apply import ColumnsTaken, apply_table
    from nlp.cli.messages import progress_bar, say
    from nlp.inputs.texts import TextsUnusable
    from nlp.labelling.store import ModelUnusable
    from nlp.records import OutputRefused

    try:
        with progress_bar() as progress:
            done = apply_table(
                model, source, out, text_column=text_column, heading_column=heading_column, wide=wide, prefix=prefix,
                jobs=jobs, trust_joblib=trust_joblib, force=force, progress=progress,
            )  # fmt: skip
    except (ModelUnusable, TextsUnusable, ColumnsTaken, OutputRefused) as error:
        say(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        say(f"{error.filename or out}: {error.strerror or error}. Choose another file.")
        raise typer.Exit(2) from None
    for fault in done.first_faults:
        say(fault)
    if done.failed > len(done.first_faults):
        say(f"… and {done.failed - len(done.first_faults)} more: see the column {prefix}_failure.")
    echo(out)
    say(f"{done.rows} texts, {done.failed} not labelled")
    raise typer.Exit(1 if done.failed else 0)
