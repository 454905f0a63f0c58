"""`gongkai plot`: the figures of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.estimate import DesignFile, Partial
from nlp.cli.options import Force, TagsFolder
from nlp.cli.panel import Language
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo


def plot(
    tags: TagsFolder,
    out: Annotated[Path, typer.Option("--out", help="Folder for the figures.", show_default=False)],
    sample: Annotated[
        list[Path] | None,
        typer.Option("--sample", help="Sheet of a sample, filled in; may be repeated.", show_default=False),
    ] = None,
    partial: Partial = False,
    design: DesignFile = None,
    lang: Annotated[Language, typer.Option(help="Language of titles and labels.")] = Language.zh,
    force: Force = False,
) -> None:
    """Problems and measures by year, levels compared, applications and their
    outcomes, channels, provinces, and what is admitted against what is promised.

    Each as SVG, PNG and the numbers as CSV, and all on figures.html, which works
    offline. With --sample the shares have intervals.
    """
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions.answers import read_answers
    from nlp.conclusions.design import design_of, read_design
    from nlp.conclusions.plots.draw import draw
    from nlp.conclusions.tags import Tags

    with refusals(out), Tags(tags) as opened, steps_bar("drawing") as progress:
        drawn = (read_design(design) if design else design_of(sample)) if sample else None
        answers = read_answers(sample, drawn) if sample and drawn else None
        written = draw(
            opened,
            out,
            language=lang.value,
            design=drawn,
            answers=answers,
            partial=partial,
            force=force,
            progress=progress,
        )
    for path in written:
        echo(path)
    if not sample:
        say("No labelled sample: nothing but the model speaks, and the shares have no intervals. See `gongkai sample`.")
