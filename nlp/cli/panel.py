"""`gongkai panel`: one row a body and year, for R, Stata, SPSS, pandas."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.bodies import BodiesFile
from nlp.cli.estimate import DesignFile, Partial
from nlp.cli.options import Force, TagsFolder
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo


class Language(StrEnum):
    """Of the variable labels."""

    zh = "zh"
    en = "en"


def panel(
    tags: TagsFolder,
    out: Annotated[
        Path, typer.Option("--out", help="File to write: .dta, .sav, .csv, .xlsx or .parquet.", show_default=False)
    ],
    sample: Annotated[
        list[Path] | None,
        typer.Option("--sample", help="Sheet of a sample, filled in; may be repeated.", show_default=False),
    ] = None,
    partial: Partial = False,
    design: DesignFile = None,
    decided: BodiesFile = None,
    lang: Annotated[Language, typer.Option(help="Language of the variable labels.")] = Language.zh,
    force: Force = False,
) -> None:
    """One row for each body and year: statutory figures, problems and measures by
    label, channels, contacts, findings.

    Why a number is missing is kept: in Stata as .a absent, .b blank, .c not
    applicable, .d ambiguous, .e words; in SPSS as user-missing values; beside
    CSV, Excel and Parquet in NAME.missing.csv. With --sample the columns adj_…
    hold design-adjusted numbers of statements, which a regression may take as
    they are, with standard errors by report.
    """
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions.answers import read_answers
    from nlp.conclusions.bodies import read_decisions
    from nlp.conclusions.design import design_of, read_design
    from nlp.conclusions.panel import Panel
    from nlp.conclusions.panel_files import SUFFIXES, paths_of, write_panel
    from nlp.conclusions.place import check_file
    from nlp.conclusions.tables import TooLong
    from nlp.conclusions.tags import Tags

    if out.suffix.lower() not in SUFFIXES:
        say(f"{out}: unknown format. Name a file that ends in {', '.join(SUFFIXES)}.")
        raise typer.Exit(2)
    with refusals(out), Tags(tags) as opened, steps_bar("panel") as progress:
        for path in paths_of(out):
            check_file(path, force=force)
        drawn = (read_design(design) if design else design_of(sample)) if sample else None
        answers = read_answers(sample, drawn) if sample and drawn else None
        made = Panel(opened, decisions=read_decisions(decided), design=drawn, answers=answers, partial=partial)
        try:
            written = write_panel(made, out, language=lang.value, progress=progress)
        except TooLong as error:
            say(f"{out}: {error}")
            raise typer.Exit(2) from None
    for path in written:
        echo(path)
    say(f"{made.rows_count} rows, {len(made.variables)} variables beside those of body, year and report")
    if made.versions:
        say(
            f"{made.versions} reports are earlier versions of one for the same body and year: the last published counts"
        )
    if made.left_out:
        say(f"{made.left_out} reports left out whose body or year is not known: see `gongkai bodies`")
