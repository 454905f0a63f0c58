"""`gongkai plan`: how many more statements bring intervals to a width, and the next sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from nlp.cli.estimate import DesignFile, Partial, Unit
from nlp.cli.options import By, Force, TagsFolder, listed
from nlp.cli.refusals import refusals
from nlp.cli.terminal import echo


def plan(
    tags: TagsFolder,
    sheets: Annotated[
        list[Path], typer.Argument(metavar="SAMPLE...", help="Sheets filled in so far.", show_default=False)
    ],
    width: Annotated[float, typer.Option(help="Half the width of each interval, in percentage points.")] = 3.0,
    by: By = "",
    unit: Annotated[
        Unit, typer.Option(help="Shares of statements, or of reports that have such a statement.")
    ] = Unit.statement,
    label: Annotated[
        list[str] | None, typer.Option("--label", help="Only for this label; may be repeated.", show_default=False)
    ] = None,
    partial: Partial = False,
    design: DesignFile = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the next sheet, with the rows that are lacking.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the next draw.")] = 0,
    force: Force = False,
) -> None:
    """How many more units must be labelled until every interval is ± so many points.

    The next sheet holds new rows only; give it to `gongkai estimate` together
    with the sheets before: estimate TAGS sample.xlsx next.xlsx.
    """
    from nlp.cli.messages import say, steps_bar
    from nlp.conclusions.answers import read_answers
    from nlp.conclusions.design import design_of, read_design
    from nlp.conclusions.estimate import Question
    from nlp.conclusions.plan import extend_sample, make_plan
    from nlp.conclusions.sheet import write_sample
    from nlp.conclusions.tags import Tags

    question = Question(
        measure="reports" if unit is Unit.report else "statements",
        by=listed(by),
        labels=tuple(label or ()),
        partial=partial,
    )
    with refusals(out), Tags(tags) as opened, steps_bar("planning") as progress:
        drawn = read_design(design) if design else design_of(sheets)
        answers = read_answers(sheets, drawn)
        made = make_plan(opened, question, width / 100, design=drawn, answers=answers, progress=progress)
        written: list[Path] = []
        if out is not None:
            extended, number = extend_sample(opened, drawn, made, question, seed=seed)
            _, written = write_sample(opened, extended, out, first_sheet=number, force=force)
    _print(made.rows, list(question.by), width)
    for values, needed in made.needed.items():
        group = ", ".join(f"{c} {v or '—'}" for c, v in zip(question.by, values, strict=True)) or "all"
        labelled = made.labelled[values]
        say(f"{group}: {labelled} labelled, {max(0, needed - labelled)} more for ± {width:g} points")
    for path in written:
        echo(path)


def _print(rows: list[dict[str, Any]], groups: list[str], width: float) -> None:
    from nlp.cli.messages import table_of
    from nlp.cli.terminal import console_of

    table = table_of(f"± {width:g} points", (*groups, "label", "名称"), ("± now", "labelled", "needed", "more"))
    for row in rows:
        now = row["half_width_now"]
        cells = [
            "—" if now is None else f"{100 * now:.1f}",
            *(str(row[key]) for key in ("labelled", "needed", "more")),
        ]
        table.add_row(*(str(row[g] or "—") for g in groups), str(row["label"]), str(row["zh"]), *cells)
    console_of().print(table)
