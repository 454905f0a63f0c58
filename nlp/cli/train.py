"""`gongkai train`: a classifier from a labelled corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.options import CorpusFile, JoinedBy, LabelColumn, SkipBadRows, TaxonomyFile, TextColumn


def train(
    corpus: CorpusFile,
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.", show_default=False)],
    group: Annotated[str | None, typer.Option(help="Column of the document: it is never split between folds.")] = None,
    text: TextColumn = None,
    label: LabelColumn = None,
    joined_by: JoinedBy = None,
    taxonomy: TaxonomyFile = None,
    settings: Annotated[Path | None, typer.Option(help="TOML file of settings (see training/settings.toml).")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of all chance.")] = None,
    folds: Annotated[int | None, typer.Option(min=2, help="Folds of the cross-validation.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the model; the folder's by default.")] = None,
    version: Annotated[str | None, typer.Option(help="Version of the model; from the corpus by default.")] = None,
    joblib: Annotated[
        Path | None,
        typer.Option(
            "--joblib",
            help="Also write the labels as a scikit-learn pipeline to this file (and roles beside it, as NAME.role.joblib).",
            show_default=False,
        ),
    ] = None,
    skip_bad_rows: SkipBadRows = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier model in the folder.")] = False,
) -> None:
    """Train a classifier on your labels; print its scores on unseen groups.

    CORPUS may be: CSV, TSV or Excel, with columns text and label (several labels
    joined by | or ; or #, or a list of JSON) or text and a 0/1 column for each label; doccano JSONL; Label
    Studio JSON or JSON-MIN; Prodigy JSONL; spaCy DocBin; this project's passages.
    Columns role, group and heading are used where there are any, others kept.

    The folder gets the model, its card (card.json, README.md) and suspects.csv,
    the labels most likely wrong.
    """
    from nlp.cli.messages import say
    from nlp.cli.scores import print_scores
    from nlp.labelling.choice import load_labeller
    from nlp.records import OutputRefused
    from training.columns import Columns
    from training.examples import read_corpus
    from training.joblib_file import check_file, write_pipelines
    from training.records import CorpusUnusable
    from training.settings import DEFAULTS, SettingsUnusable, read_settings
    from training.taxonomy import TaxonomyUnusable, read_taxonomy
    from training.train import train as train_model

    try:
        if joblib:
            check_file(joblib, force=force)
        chosen = read_settings(settings or DEFAULTS, seed=seed, folds=folds)
        known = read_taxonomy(taxonomy) if taxonomy else None
        columns = Columns(text=text, label=label, group=group, joined=joined_by)
        read = read_corpus(corpus, columns=columns, taxonomy=known, skip_bad_rows=skip_bad_rows)
        trained = train_model(read, out, settings=chosen, name=name, version=version, force=force, progress=say)
        written = write_pipelines(load_labeller(trained.folder), joblib) if joblib else []
    except (CorpusUnusable, OutputRefused, SettingsUnusable, TaxonomyUnusable) as error:
        say(str(error))
        raise typer.Exit(2) from None
    for head, scores in trained.card["scores"].items():
        print_scores(trained.card, head, scores)
    for warning in trained.warnings:
        say(f"warning: {warning}")
    for file in written:
        say(f"{file} written: read it with joblib.load, and only where you know where it comes from")
    say(f"{out} written: {trained.model.name} {trained.model.version}")
