"""`gongkai release` and `gongkai verify`: a dataset to deposit, and how a stranger checks it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import Force, Inputs, ModelFolder, NameColumn, ReportColumn, TagsFolder
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo


def release(
    tags: TagsFolder,
    out: Annotated[Path, typer.Option("--out", help="Folder for the release.", show_default=False)],
    title: Annotated[str, typer.Option(help="Title of the dataset.", show_default=False)],
    creator: Annotated[list[str], typer.Option(help="'Name' or 'Name <ORCID>'; may be repeated.", show_default=False)],
    licence: Annotated[
        str, typer.Option(help="CC-BY-4.0, CC-BY-SA-4.0, CC-BY-NC-4.0, CC0-1.0 or ODbL-1.0.")
    ] = "CC-BY-4.0",
    release_version: Annotated[str, typer.Option(help="Version of the dataset.")] = "1.0.0",
    description: Annotated[str, typer.Option(help="What the data are, in a few sentences.", show_default=False)] = "",
    url: Annotated[str, typer.Option(help="Where the dataset will be (DOI or page).", show_default=False)] = "",
    date: Annotated[str, typer.Option(help="Day of issue, YYYY-MM-DD; today by default.", show_default=False)] = "",
    sample: Annotated[
        list[Path] | None,
        typer.Option("--sample", help="Filled-in sheet to go with it; may be repeated.", show_default=False),
    ] = None,
    keep_personal: Annotated[bool, typer.Option(help="Keep private mobiles and persons' names.")] = False,
    force: Force = False,
) -> None:
    """A dataset that can be deposited: the tables as Parquet and CSV, a data
    package, a Croissant description, codebooks in Chinese and English,
    CITATION.cff, licence, README, where everything came from, and digests.

    Personal data are hidden in every table unless asked otherwise.
    """
    from datetime import date as day

    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions.release.about import About, read_creator
    from nlp.conclusions.release.make import make_release
    from nlp.conclusions.tags import Tags

    try:
        issued = day.fromisoformat(date) if date else day.today()
    except ValueError:
        say(f"--date {date}: no day. Write it as 2026-01-31.")
        raise typer.Exit(2) from None
    with refusals(out), Tags(tags) as opened, steps_bar("release") as progress:
        for sheet in sample or ():
            if not sheet.is_file():
                say(f"{sheet}: no such file. Give the sheet of the sample, filled in.")
                raise typer.Exit(2)
        about = About(
            title=title, creators=tuple(map(read_creator, creator)), licence=licence, version=release_version, issued=issued,
            description=description, url=url,
        )  # fmt: skip
        rows = make_release(
            opened, out, about, sheets=sample or (), keep_personal=keep_personal, force=force, progress=progress
        )
    for name, count in rows.items():
        echo(f"{name:16}{count:>8}")
    say(f"{out} written: {about.citation()}")


def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder that `gongkai release` wrote.", show_default=False)
    ],
    sources: Inputs,
    n: Annotated[int, typer.Option("--n", min=1, help="How many values to compute anew.")] = 100,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draw.")] = 0,
    model: ModelFolder = None,
    text_column: ReportColumn = None,
    id_column: NameColumn = None,
) -> None:
    """Check a release: its files against their digests, and random values against
    the sources, computed anew. Exit status 1 when something differs.

    Sources are known by their bytes, wherever they lie and whatever they are called.
    """
    from nlp.batch.collecting import Columns
    from nlp.batch.settings import Settings
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions.verify import check_sums
    from nlp.conclusions.verify import verify as compare

    with refusals(folder), steps_bar("verifying") as progress:
        faults = check_sums(folder)
        found = compare(
            folder, sources, count=n, seed=seed, settings=Settings(model=model),
            columns=Columns(text_column, id_column), progress=progress,
        )  # fmt: skip
    for note in found.notes:
        say(note)
    for fault in faults:
        echo(f"{folder}/{fault}")
    for value, now in found.different:
        echo(f"{value}: {now}")
    if found.without_source:
        say(
            f"{len(found.without_source)} values are of reports that are not among the sources, {found.without_source[0]} first"
        )
    total = found.equal + len(found.different) + len(found.without_source)
    say(f"{found.equal} of {total} values computed anew are equal, {len(faults)} files are not as listed")
    raise typer.Exit(0 if found.right and not faults else 1)
