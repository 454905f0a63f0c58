"""`gongkai bodies`: one row a body over the years, and what only a person can decide."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import Force, TagsFolder
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo

BodiesFile = Annotated[
    Path | None,
    typer.Option("--bodies", help="bodies_unsure.csv with the column same filled in.", show_default=False),
]


def bodies(
    tags: TagsFolder,
    out: Annotated[Path, typer.Option("--out", help="Folder for the two tables.", show_default=False)],
    decided: BodiesFile = None,
    kind: Annotated[str, typer.Option("--format", help="csv, parquet, jsonl or xlsx.")] = "csv",
    force: Force = False,
) -> None:
    """The bodies of TAGS over the years: their names, years, missing years, and
    what they were merged into.

    Names of one body (县财政局, 某县财政局, 某县人民政府财政局), reforms and changes of
    places are joined by what is known. What is not sure is written to
    bodies_unsure.csv with the reason: write yes or no into its column same, and
    give the file to this and other commands with --bodies.
    """
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions import bodies as of_bodies
    from nlp.conclusions.place import check_file
    from nlp.conclusions.tables import WRITERS, columns_of, write_table
    from nlp.conclusions.tags import Tags

    if f".{kind}" not in WRITERS:
        say(f"--format {kind}: unknown format. Choose from {', '.join(suffix[1:] for suffix in WRITERS)}.")
        raise typer.Exit(2)
    table, questions = out / f"bodies.{kind}", out / "bodies_unsure.csv"
    with refusals(out), Tags(tags) as opened, steps_bar("bodies") as progress:
        decisions = of_bodies.read_decisions(decided)
        for path in (table, questions):
            check_file(path, force=force)
        of_bodies.put_bodies(opened, decisions)
        progress(0, 2)
        count = write_table(table, columns_of("bodies"), of_bodies.bodies(opened))
        progress(1, 2)
        asked = write_table(questions, columns_of("bodies_unsure"), of_bodies.unsure(opened))
        nameless = opened.one("SELECT count(*) FROM bodied WHERE body IS NULL")
    echo(table)
    echo(questions)
    say(f"{count} bodies, {asked} pairs to decide, {nameless} reports whose body is not known")
