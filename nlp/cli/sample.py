"""`gongkai sample`: statements or reports to be checked by hand."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import By, Force, TagsFolder, listed
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo


class Unit(StrEnum):
    """What is drawn."""

    statement = "statement"
    report = "report"


def sample(
    tags: TagsFolder,
    out: Annotated[
        Path,
        typer.Option(
            "--out", help="Sheet to write: .xlsx, .csv, .json (Label Studio), .jsonl (doccano).", show_default=False
        ),
    ],
    n: Annotated[int, typer.Option("--n", min=1, help="How many statements (or reports) to draw.")] = 300,
    unit: Annotated[
        Unit, typer.Option(help="Draw single statements, or whole reports with their statements.")
    ] = Unit.statement,
    by: By = "",
    equal: Annotated[
        bool, typer.Option("--equal", help="As many from each stratum, not in proportion to its size.")
    ] = False,
    uncertain: Annotated[bool, typer.Option("--uncertain", help="More weight where the model is unsure.")] = False,
    roles: Annotated[
        str,
        typer.Option(
            help="Roles whose statements may be drawn, joined by commas; those that bear labels by default.",
            show_default=False,
        ),
    ] = "",
    blind: Annotated[bool, typer.Option("--blind", help="Do not show what the model says.")] = False,
    annotators: Annotated[int, typer.Option(min=1, help="Write a sheet for each of so many persons.")] = 1,
    overlap: Annotated[int, typer.Option(min=0, help="How many units all of them get.")] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of all chance.")] = 0,
    force: Force = False,
) -> None:
    """Draw a random sample of TAGS to be checked by hand, for `gongkai estimate`.

    Each row holds a statement with its heading and neighbours, the role and
    labels that the model gives, and columns with drop-downs to fill in: the
    role, and up to four labels (none for no label). How the sample was drawn
    lies beside the sheet in NAME.design.json: keep the two together, and leave
    the ids as they are.
    """
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions.sample import Wanted, draw_sample
    from nlp.conclusions.sheet import write_sample
    from nlp.conclusions.tags import Tags

    wanted = Wanted(
        n, unit=unit.value, by=listed(by), equal=equal, uncertain=uncertain, roles=listed(roles), annotators=annotators,
        overlap=overlap, blind=blind, seed=seed,
    )  # fmt: skip
    with refusals(out), Tags(tags) as opened, steps_bar("drawing") as progress:
        progress(0, 2)
        design = draw_sample(opened, wanted)
        progress(1, 2)
        design, written = write_sample(opened, design, out, force=force)
    for path in written:
        echo(path)
    units = {"statement": "statements", "report": "reports"}[design.unit]
    drawn = sum(stratum.drawn for stratum in design.strata)
    strata = f" in {len(design.strata)} strata by {', '.join(design.by)}" if design.by else ""
    rows = "" if design.unit == "statement" else f", {len(design.rows)} rows"
    say(f"{drawn} of {design.units} {units} drawn{strata}{rows}")
