"""`gongkai evaluate`: how well a trained model does on a labelled corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import CorpusFile, JoinedBy, LabelColumn, ModelName, SkipBadRows, TaxonomyFile, TextColumn
from nlp.cli.terminal import print_json


def evaluate(
    model: ModelName,
    corpus: CorpusFile,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for a page, its plots (SVG) and JSON.")] = None,
    slices: Annotated[list[str] | None, typer.Option("--slice", help="Column to score by; may be repeated.")] = None,
    group: Annotated[str | None, typer.Option(help="Column of the document: intervals resample it as a whole.")] = None,
    text: TextColumn = None,
    label: LabelColumn = None,
    joined_by: JoinedBy = None,
    taxonomy: TaxonomyFile = None,
    trained_on: Annotated[
        Path | None,
        typer.Option(
            "--trained-on",
            help="The corpus that MODEL was trained on, when it lies neither beside it nor beside CORPUS.",
            show_default=False,
        ),
    ] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="Also what a part of the training gives (learns anew).")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the resampling.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
    skip_bad_rows: SkipBadRows = False,
) -> None:
    """Print how well a model does on a corpus that it was not trained on.

    Precision, recall and F1 with 95% intervals, calibration, coverage at precision
    .95 and, for roles, the confusions; --slice year adds the figures of each year.
    CORPUS may have any form that `gongkai train` reads, or be a sheet of `gongkai sample`.
    --out also gets errors.csv: what was given, what MODEL says, and the nearest
    example that it was trained on.
    """

    from nlp.cli.messages import say
    from nlp.cli.scores import print_confusion, print_curve, print_scores, print_slices
    from nlp.labelling.store import ModelUnusable
    from nlp.records import OutputRefused
    from training.columns import Columns
    from training.evaluate import evaluate as evaluate_model
    from training.evaluate import write_evaluation
    from training.records import CorpusUnusable
    from training.taxonomy import TaxonomyUnusable, read_taxonomy

    try:
        known = read_taxonomy(taxonomy) if taxonomy else None
        columns = Columns(text=text, label=label, group=group, joined=joined_by)
        evaluation = evaluate_model(
            model,
            corpus,
            columns=columns,
            taxonomy=known,
            slices=slices or [],
            skip_bad_rows=skip_bad_rows,
            seed=seed,
            trained_on=trained_on,
            curve=curve,
        )
    except (CorpusUnusable, ModelUnusable, TaxonomyUnusable) as error:
        say(str(error))
        raise typer.Exit(2) from None
    if as_json:
        print_json(evaluation.figures)
    else:
        for head, scores in evaluation.figures["heads"].items():
            print_scores(evaluation.card, head, scores)
            if "confusion" in scores:
                print_confusion(scores["confusion"])
            print_slices(evaluation.figures["slices"][head])
        print_curve(evaluation.figures.get("curve", []))
    for warning in evaluation.figures["warnings"]:
        say(f"warning: {warning}")
    if out:
        try:
            for path in write_evaluation(evaluation, out, reads=[corpus]):
                say(f"{path} written")
        except OutputRefused as error:
            say(str(error))
            raise typer.Exit(2) from None
        except OSError as error:
            say(f"{out}: cannot write ({error.strerror}). Choose another folder with --out.")
            raise typer.Exit(2) from None
