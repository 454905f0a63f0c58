"""The command `gongkai`. Data goes to standard output, progress and messages to standard error.

Exit status: 0 all right, 1 partial (files failed, or `check` found errors), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from typer.main import get_command

from nlp.cli.agree import agree
from nlp.cli.apply import apply
from nlp.cli.bodies import bodies
from nlp.cli.check import check
from nlp.cli.desk import desk
from nlp.cli.estimate import estimate
from nlp.cli.evaluate import evaluate
from nlp.cli.export import export
from nlp.cli.models import models
from nlp.cli.options import Language
from nlp.cli.panel import panel
from nlp.cli.plan import plan
from nlp.cli.plot import plot
from nlp.cli.recurring import recurring
from nlp.cli.release import release, verify
from nlp.cli.roster import roster
from nlp.cli.sample import sample
from nlp.cli.show import show
from nlp.cli.suggest import suggest
from nlp.cli.tag import tag
from nlp.cli.terminal import run
from nlp.cli.train import train
from nlp.cli.train_facts import train_facts
from nlp.cli.translated import language_asked, translate_errors, translate_help
from nlp.cli.words import words
from nlp.vocabulary.texts import LANGUAGE_VARIABLE, SOURCE_LANGUAGE

app = typer.Typer(
    name="gongkai",
    help="Read 政府信息公开工作年度报告 and turn them into evidence-backed data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def every_command(
    lang: Annotated[
        Language | None,
        typer.Option(
            "--lang",
            help="Language of help, messages and results; that of the locale by default.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Read 政府信息公开工作年度报告 and turn them into evidence-backed data."""
    # What it says was taken from the arguments before they are parsed: help is shown while they are.


app.command()(tag)
app.command()(show)
app.command()(check)
app.command()(desk)
app.command()(train)
app.command("train-facts")(train_facts)
app.command()(evaluate)
app.command()(apply)
app.command()(models)
app.command()(agree)
app.command()(suggest)
app.command()(export)
app.command()(sample)
app.command()(estimate)
app.command()(plan)
app.command()(bodies)
app.command()(roster)
app.command()(panel)
app.command()(plot)
app.command()(recurring)
app.command()(words)
app.command()(release)
app.command()(verify)


def main() -> None:
    """Run the command."""
    os.environ["PYTHONSAFEPATH"] = "1"  # no Python that is started from here imports from the current folder
    language = language_asked(sys.argv[1:])
    os.environ[LANGUAGE_VARIABLE] = language
    command = get_command(app)
    if language == SOURCE_LANGUAGE:
        translate_help(command)
        translate_errors()
    run(command)
