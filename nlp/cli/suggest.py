"""`gongkai suggest`: which texts to label next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import Force, ModelName
from nlp.cli.terminal import echo


def suggest(
    model: ModelName,
    pool: Annotated[
        Path,
        typer.Argument(
            metavar="POOL",
            help="A table of texts (.csv, .tsv, .xlsx, .jsonl, .parquet), or a folder of .txt files.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", help="Table to write: .csv, .tsv, .xlsx, .jsonl or .parquet.", show_default=False)
    ],
    n: Annotated[int, typer.Option("--n", min=1, help="How many texts.")] = 100,
    random: Annotated[
        float, typer.Option("--random", min=0, max=1, help="Share drawn at random, to measure on.")
    ] = 0.2,
    text_column: Annotated[
        str | None,
        typer.Option("--text-column", help="Column of the texts, when it has an unusual name.", show_default=False),
    ] = None,
    heading_column: Annotated[
        str | None,
        typer.Option("--heading-column", help="Column of the heading above each text.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random ones.")] = 0,
    force: Force = False,
) -> None:
    """Choose the texts of POOL that are worth labelling next.

    Most are those that MODEL is unsure of, unlike each other; no two are nearly
    the same. Some are drawn at random: measure a model on these only (column
    suggested is random), for the others are harder than the rest. All columns of
    POOL come back, with suggested, uncertainty, and label to be filled in.
    """
    from nlp.cli.messages import say
    from nlp.inputs.texts import TextsUnusable
    from nlp.labelling.store import ModelUnusable
    from nlp.records import OutputRefused
    from training.suggestions import write_suggestions

    try:
        found = write_suggestions(
            model, pool, out, n, random_share=random, text_column=text_column, heading_column=heading_column, seed=seed,
            force=force,
        )  # fmt: skip
    except (ModelUnusable, TextsUnusable, OutputRefused) as error:
        say(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        say(f"{error.filename or out}: {error.strerror or error}. Choose another file.")
        raise typer.Exit(2) from None
    echo(out)
    unsure, drawn, size = found
    few = "" if unsure + drawn >= min(n, size) else "; the others are nearly the same as these"
    say(f"{unsure + drawn} of {size} texts: {unsure} unsure ones, {drawn} at random{few}")
