"""`gongkai desk`: the page on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.check import read_check_settings
from nlp.cli.options import Lang, chosen_language
from nlp.cli.terminal import echo


def desk(
    tags: Annotated[
        Path | None,
        typer.Argument(metavar="[TAGS]", help="Folder of a run of `gongkai tag` to browse.", show_default=False),
    ] = None,
    sample: Annotated[
        Path | None, typer.Option("--sample", help="Sheet of `gongkai sample` to be reviewed.", show_default=False)
    ] = None,
    reviews: Annotated[
        Path | None,
        typer.Option("--reviews", help="File of reviews; TAGS.reviews.sqlite by default.", show_default=False),
    ] = None,
    verdicts: Annotated[
        Path | None,
        typer.Option(
            "--verdicts", help="File of verdicts on findings; gongkai-verdicts.jsonl by default.", show_default=False
        ),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="TOML file of severities and days.", show_default=False)
    ] = None,
    host: Annotated[str, typer.Option(help="Address of this machine to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    lang: Lang = None,
) -> None:
    """Open a page on this machine: check drafts, read the tags of a run, review them.

    Drop a report on it: what does not add up is shown beside the place where it
    stands. Nothing leaves the machine, and nothing of a draft is kept. With
    TAGS, its statements, figures and findings are listed and filtered, bodies
    laid side by side over the years, and statements reviewed by keyboard; every
    decision is on the disk before the next one. Only who has the address with
    its token can open the page. End it with Ctrl-C.
    """
    from nlp.checking.verdicts import VerdictsWrong
    from nlp.cli.messages import say
    from nlp.cli.refusals import refusals
    from nlp.desk.reviews import ReviewsUnusable
    from nlp.desk.serve import HostRefused, serve

    if tags is None and (sample or reviews):
        say("--sample and --reviews need TAGS. Name the folder that `gongkai tag --out` wrote.")
        raise typer.Exit(2)
    chosen = read_check_settings(settings)
    try:
        with refusals():
            serve(
                tags, sample=sample, reviews=reviews, verdicts=verdicts, host=host, port=port, language=chosen_language(lang),
                settings=chosen, open_browser=not no_browser, ready=echo,
            )  # fmt: skip
    except (HostRefused, ReviewsUnusable, VerdictsWrong) as error:
        say(str(error))
        raise typer.Exit(2) from None
