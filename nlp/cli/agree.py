"""`gongkai agree`: how far several annotators agree, and what is to be settled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.cli.options import Force, JoinedBy, LabelColumn, TaxonomyFile, TextColumn
from nlp.cli.terminal import echo, print_json

if TYPE_CHECKING:
    from training.agree import Agreement

MOST_SHOWN = 12


def agree(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="A B [C]...",
            help="One file for each person, in any form that `train` reads; or one export that holds several persons.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the disagreements to this sheet, to be settled.", show_default=False),
    ] = None,
    settled: Annotated[
        Path | None, typer.Option("--settled", help="The sheet, filled in: needs --corpus.", show_default=False)
    ] = None,
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", help="Write the agreed and settled texts to this file.", show_default=False),
    ] = None,
    group: Annotated[str | None, typer.Option(help="Column of the document: intervals resample it as a whole.")] = None,
    text: TextColumn = None,
    label: LabelColumn = None,
    joined_by: JoinedBy = None,
    taxonomy: TaxonomyFile = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the resampling.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
    force: Force = False,
) -> None:
    """Print how far persons agree who labelled the same texts.

    Krippendorff's α and Cohen's κ with 95% intervals, for the role, the labels as
    a whole and each label; how often which answers met. --out writes the texts on
    which they differ: fill in the column label (none for no label), then
    --settled SHEET --corpus FILE writes a corpus for `gongkai train`.
    """
    from dataclasses import asdict

    from nlp.cli.messages import say
    from nlp.inputs.texts import TextsUnusable
    from nlp.records import OutputRefused
    from training.agree import measure, write_disagreements, write_settled
    from training.annotators import read_judgements
    from training.columns import Columns
    from training.records import CorpusUnusable
    from training.taxonomy import TaxonomyUnusable, read_taxonomy

    if (settled is None) != (corpus is None):
        say("--settled and --corpus need each other: the sheet that was filled in, and the file to write.")
        raise typer.Exit(2)
    try:
        known = read_taxonomy(taxonomy) if taxonomy else None
        columns = Columns(text=text, label=label, group=group, joined=joined_by)
        judgements = read_judgements(files, columns=columns, taxonomy=known)
        found = measure(judgements, seed=seed)
        differ = write_disagreements(judgements, out, force=force) if out else None
        written = write_settled(judgements, settled, corpus, force=force) if settled and corpus else None
    except (CorpusUnusable, TaxonomyUnusable, TextsUnusable, OutputRefused) as error:
        say(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        say(f"{error.filename or out or corpus}: {error.strerror or error}. Choose another file.")
        raise typer.Exit(2) from None
    if as_json:
        pairs = {name: [[*pair, n] for pair, n in counts.items()] for name, counts in found.confusions.items()}
        print_json(asdict(found) | {"confusions": pairs})
    else:
        print_agreement(found)
    for warning in judgements.warnings:
        say(f"warning: {warning}")
    say(
        f"{len(found.persons)} persons ({', '.join(found.persons)}), {found.texts} texts, {found.doubled} judged by several"
    )
    if differ is not None:
        echo(out)
        say(f"{differ} texts to settle")
    if written:
        echo(corpus)
        say(f"{written[0]} texts written, {written[1]} still open and left out")


def print_agreement(found: Agreement) -> None:
    """Print the coefficients, and the pairs of answers that differ most often."""
    from nlp.cli.messages import table_of
    from nlp.cli.terminal import console_of

    console = console_of()
    table = table_of("agreement", ("question",), ("borne", "agreed", "of", "α [95%]", "κ [95%]"))
    for question in found.questions:
        figures = (
            str(question.borne),
            str(question.agreed),
            str(question.texts),
            str(question.alpha),
            str(question.kappa),
        )
        table.add_row(question.name, *figures)
    console.print(table, "")
    for name, counts in found.confusions.items():
        differing = [(pair, n) for pair, n in counts.items() if pair[0] != pair[1]][:MOST_SHOWN]
        if differing:
            table = table_of(f"{name}: answers that met and differ", ("one", "other"), ("texts",))
            for (one, other), n in differing:
                table.add_row(one, other, str(n))
            console.print(table, "")
