"""`gongkai train-facts`: the ranker of counts from marked passages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import Force
from nlp.cli.terminal import echo


def train_facts(
    corpus: Annotated[
        Path | None, typer.Argument(help="Marked passages, JSON lines; the project's by default.", show_default=False)
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for the ranker.")] = Path("models/facts"),
    far_test: Annotated[
        bool, typer.Option("--far-test/--no-far-test", help="Measure on families of passages held out.")
    ] = True,
    force: Force = False,
) -> None:
    """Train the ranker of counts and channel counts; print its scores on kinds of text that it never saw.

    CORPUS holds passages in which every number is marked with its reading
    (corpora/guidelines.md). The same corpus gives the same ranker.
    """
    from nlp.cli.messages import say
    from training.facts.notation import CORPUS, NotationError
    from training.facts.train import train

    if out.exists() and not force:
        say(f"{out} exists. Name another folder, or give --force to replace the ranker in it.")
        raise typer.Exit(2)
    try:
        card = train(out, corpus=corpus or CORPUS, progress=say, measured=far_test)
    except (NotationError, OSError) as error:
        say(str(error))
        raise typer.Exit(2) from None
    for reader in ("ranked", "rules_alone"):
        if scores := card.get("far_test", {}).get(reader):
            shown = ", ".join(f"{kind} {score['f1']:.3f}" for kind, score in scores.items())
            echo(f"{reader}: F1 {shown}")
    for sentence in card["broken"]:
        say(f"Must hold and does not: {sentence}")
    say(f"{out} written: facts {card['version']}")
