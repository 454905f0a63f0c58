"""`gongkai recurring`: promises kept and problems that stand, from one year to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from nlp.cli.bodies import BodiesFile
from nlp.cli.options import Force, TagsFolder
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo


def recurring(
    tags: TagsFolder,
    out: Annotated[Path, typer.Option("--out", help="Folder for the two tables.", show_default=False)],
    decided: BodiesFile = None,
    kind: Annotated[str, typer.Option("--format", help="csv, parquet, jsonl or xlsx.")] = "csv",
    force: Force = False,
) -> None:
    """Which measures promised in one year are told as done in the next, and which
    problems stand for two years and more, with both passages side by side.

    Bodies with reports on two years in a row are compared. What is told as done
    is what a report says, not what was done.
    """
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions import recurring as of_years
    from nlp.conclusions.bodies import put_bodies, put_chosen, read_decisions
    from nlp.conclusions.place import check_file
    from nlp.conclusions.tables import WRITERS, columns_of, write_table
    from nlp.conclusions.tags import Tags

    if f".{kind}" not in WRITERS:
        say(f"--format {kind}: unknown format. Choose from {', '.join(suffix[1:] for suffix in WRITERS)}.")
        raise typer.Exit(2)
    promised, standing = out / f"promises.{kind}", out / f"recurring.{kind}"
    outcomes: Counter[str] = Counter()
    years: Counter[int] = Counter()

    def counted(rows: Iterator[dict[str, Any]], into: Counter[Any], column: str) -> Iterator[dict[str, Any]]:
        for row in rows:
            into[row[column]] += 1
            yield row

    with refusals(out), Tags(tags) as opened, steps_bar("comparing years") as progress:
        for path in (promised, standing):
            check_file(path, force=force)
        put_bodies(opened, read_decisions(decided))
        put_chosen(opened)
        progress(0, 2)
        write_table(promised, columns_of("promises"), counted(of_years.promises(opened), outcomes, "outcome"))
        progress(1, 2)
        write_table(standing, columns_of("recurring"), counted(of_years.recurring(opened), years, "standing"))
    echo(promised)
    echo(standing)
    told = ", ".join(
        f"{outcomes[name]} {shown}"
        for name, shown in (("done", "told as done"), ("again", "promised again"), ("not_told", "not told"))
    )
    say(f"{outcomes.total()} promises: {told}")
    say(
        ", ".join(f"{count} problems told {number} years in a row" for number, count in sorted(years.items()))
        or "no problem told again"
    )
