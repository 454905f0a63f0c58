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
    settings: Annotated[
        Path | None, typer.Option("--settings", help="TOML file of severities and days.", show_default=False)
    ] = None,
    host: Annotated[str, typer.Option(help="Address of this machine to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    lang: Lang = None,
) -> None:
    """Open a page on this machine to check drafts of reports and to read the tags of a run.

    Drop a report on it: what does not add up is shown beside the place where it
    stands. Nothing leaves the machine, and nothing of a draft is kept. With
    TAGS, its statements, figures and findings are listed and filtered, bodies
    laid side by side over the years. Only who has the address with its token
    can open the page. End it with Ctrl-C.
    """
    from nlp.cli.messages import say
    from nlp.cli.refusals import refusals
    from nlp.desk.serve import HostRefused, serve

    chosen = read_check_settings(settings)
    try:
        with refusals():
            serve(
            tags, host=host, port=port, language=chosen_language(lang), settings=chosen, open_browser=not no_browser,
            ready=echo,
        )  # fmt: skip
    except HostRefused as error:
        say(str(error))
        raise typer.Exit(2) from None
