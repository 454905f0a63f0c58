"""`gongkai estimate`: shares with intervals, from tags and a sample that was checked by hand."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nlp.cli.options import By, Force, TagsFolder, listed
from nlp.cli.refusals import refusals

if TYPE_CHECKING:
    from nlp.conclusions.estimate import Study


class Unit(StrEnum):
    """What a share is a share of."""

    statement = "statement"
    report = "report"


DesignFile = Annotated[
    Path | None,
    typer.Option("--design", help="NAME.design.json, when it does not lie beside the sheet.", show_default=False),
]
Partial = Annotated[
    bool, typer.Option("--partial", help="Take the rows that are filled in as a random part of those drawn.")
]


def estimate(
    tags: TagsFolder,
    sheets: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SAMPLE]...", help="Sheets that `gongkai sample` wrote, filled in.", show_default=False
        ),
    ] = None,
    by: By = "",
    unit: Annotated[
        Unit, typer.Option(help="Share of statements, or of reports that have such a statement.")
    ] = Unit.statement,
    mean: Annotated[bool, typer.Option("--mean", help="Mean number of such statements for each report.")] = False,
    label: Annotated[
        list[str] | None, typer.Option("--label", help="Only this label; may be repeated.", show_default=False)
    ] = None,
    differences: Annotated[
        bool, typer.Option("--differences", help="Also the differences between the groups.")
    ] = False,
    partial: Partial = False,
    design: DesignFile = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Write all columns to this file: .csv, .parquet, .xlsx, .json or .html (a page with plots).",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
) -> None:
    """How often each label occurs, with an interval that allows for the model's errors.

    Beside the estimate stand its 95% interval, the naive share (accepted
    labels counted, as if the model never erred) and what the labels made by
    hand say by themselves. Without a sample only the model speaks, and there
    are no intervals.
    """
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions.answers import read_answers
    from nlp.conclusions.design import design_of, read_design
    from nlp.conclusions.estimate import Question, answer
    from nlp.conclusions.study_files import check_study_path, write_study
    from nlp.conclusions.tags import Tags

    if mean and unit is Unit.report:
        say("--mean: counts statements. Leave --unit report out.")
        raise typer.Exit(2)
    question = Question(
        measure="number" if mean else "reports" if unit is Unit.report else "statements", by=listed(by),
        labels=tuple(label or ()), differences=differences, partial=partial,
    )  # fmt: skip
    with refusals(out), Tags(tags) as opened, steps_bar("estimating") as progress:
        check_study_path(out, force=force)
        drawn = (read_design(design) if design else design_of(sheets)) if sheets else None
        answers = read_answers(sheets, drawn) if sheets and drawn else None
        study = answer(opened, question, design=drawn, answers=answers, progress=progress)
        written = write_study(study, out) if out else []
    print_study(study)
    for note in study.notes:
        say(note)
    for path in written:
        say(f"{path} written")


def print_study(study: Study) -> None:
    """Print the estimates, and the differences if there are any: the most frequent labels of each group first."""
    from nlp.conclusions.estimate import MEASURES

    by = study.question.by
    shown = "{:.2f}" if study.question.measure == "number" else "{:.1%}"
    _print(MEASURES[study.question.measure][1], [*by], study.rows, shown, plain=True)
    if study.differences:
        _print(
            "differences",
            [f"{c}_{end}" for end in ("from", "to") for c in by],
            study.differences,
            "{:+.1%}",
            plain=False,
        )


def _print(title: str, groups: list[str], rows: list[dict[str, Any]], shown: str, *, plain: bool) -> None:
    from nlp.cli.messages import table_of
    from nlp.cli.terminal import console_of

    right = ("estimate", "95%", "naive", "labels alone", "labelled") if plain else ("difference", "95%")
    table = table_of(title, (*groups, "label", "名称"), right)
    order = {key: at for at, key in enumerate(dict.fromkeys(tuple(row[g] for g in groups) for row in rows))}
    for row in sorted(rows, key=lambda row: (order[tuple(row[g] for g in groups)], -row["estimate"])):
        cells = [shown.format(row["estimate"]), _interval(row, "", shown)]
        if plain:
            alone = _interval(row, "labels_only_", shown)
            cells += [
                shown.format(row["naive"]),
                alone,
                f"{row['borne']:g}/{row['labelled']}" if row["labelled"] else "—",
            ]
        left = (*(str(row[g] or "—") for g in groups), row["label"], row["zh"])
        table.add_row(*left, *cells)
    console_of().print(table)


def _interval(row: dict[str, Any], prefix: str, shown: str) -> str:
    low, high = row[f"{prefix}low"], row[f"{prefix}high"]
    return "—" if low is None else f"{shown.format(low)} – {shown.format(high)}"
