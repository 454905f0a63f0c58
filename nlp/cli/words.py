"""`gongkai words`: what one year, level or label says more often than the others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import Force, TagsFolder, listed
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo

SHOWN_CHARS = 40


def words(
    tags: TagsFolder,
    by: Annotated[
        str,
        typer.Option("--by", help="Of year, level, issuer, region, role, section, label; several joined by commas."),
    ] = "year",
    top: Annotated[int, typer.Option(min=1, help="Key words of a group.")] = 20,
    least: Annotated[int, typer.Option(min=1, help="Times that a group must say a word.")] = 3,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write all columns to this .csv, .parquet, .jsonl or .xlsx.", show_default=False),
    ] = None,
    force: Force = False,
) -> None:
    """Key words of groups of statements, each with the passage that has it first.

    A word is weighed by its log-odds against all other statements; z above 2 is hardly chance.
    """
    from nlp.cli.messages import say
    from nlp.conclusions.place import check_file
    from nlp.conclusions.tables import WRITERS, columns_of, write_table
    from nlp.conclusions.tags import Tags
    from nlp.conclusions.words import FIELDS, key_words

    fields = listed(by)
    if not fields or (unknown := [field for field in fields if field not in FIELDS]):
        say(f"--by {by}: unknown field {', '.join(unknown) if fields else ''}. Choose from {', '.join(FIELDS)}.")
        raise typer.Exit(2)
    if out is not None and out.suffix.lower() not in WRITERS:
        say(f"--out {out}: unknown format. End the name in {', '.join(WRITERS)}.")
        raise typer.Exit(2)
    with refusals(out), Tags(tags) as opened:
        check_file(out, force=force)
        found = list(key_words(opened, fields, top=top, least=least))
        if out is not None:
            write_table(out, columns_of("words"), found)
            echo(out)
    if not found:
        say(f"{tags}: no group says a word {least} times more than the others do. Try --least 1, or other fields.")
    for row in found if out is None else ():
        passage = " ".join(row["text"].split())[:SHOWN_CHARS]
        echo(f"{row['group']}\t{row['word']}\t{row['count']}/{row['others']}\tz {row['z']:.1f}\t{passage}")
