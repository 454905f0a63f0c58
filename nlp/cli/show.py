"""`gongkai show`: one report, in the terminal, as a page or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from nlp.cli.options import ChangedVocabulary, ModelFolder
from nlp.cli.outputs import refuse_taken, write_file
from nlp.cli.terminal import echo, print_json

if TYPE_CHECKING:
    from nlp.labelling.label_set import LabelSet
    from nlp.records import Analysis

# How a cell is printed that is not simply a number of the report.
MARKED = {"inferred": "{}*", "ambiguous_zero": "{}~", "ambiguous": "{}", "blank": "{}▁", "absent": "{}", "text": "{}"}


def show(
    report: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A report: text, HTML, Word, PDF or a scan.", show_default=False),
    ],
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to this file instead.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole analysis as JSON.")] = False,
    mask_personal: Annotated[bool, typer.Option(help="Hide private mobiles and persons' names.")] = False,
    model: ModelFolder = None,
    min_score: Annotated[
        float, typer.Option("--min-score", min=0, max=1, help="Leave out counts that are less certain than this.")
    ] = 0,
    why: Annotated[
        bool, typer.Option("--why", help="Print, in place of the report, why each number was read as it was.")
    ] = False,
    allow_changed_vocabulary: ChangedVocabulary = False,
) -> None:
    """Show what one report says."""
    from nlp.analyse import analyse
    from nlp.cli.limits import within_seconds
    from nlp.cli.messages import say, told
    from nlp.labelling.choice import choose_labeller
    from nlp.labelling.store import ModelUnusable
    from nlp.output.rows import mask_personal as mask
    from nlp.records import ReportUnreadable

    if sum(map(bool, (html, as_json, why))) > 1:
        say("--html, --json and --why exclude each other. Choose one.")
        raise typer.Exit(2)
    refuse_taken(html, reads=[report])
    refuse_table(report)
    try:
        labeller = choose_labeller(model, allow_changed_vocabulary=allow_changed_vocabulary)
        with within_seconds(report):
            analysis = analyse(report, labeller=labeller)
    except ModelUnusable as error:
        say(str(error))
        raise typer.Exit(2) from None
    except ReportUnreadable as error:
        say(told(report, error.message, error.hint))
        raise typer.Exit(1) from None
    if mask_personal:
        analysis = mask(analysis)
    if why:
        print_reasons(analysis)
        return
    if min_score:
        analysis = replace(
            analysis,
            counts=tuple(count for count in analysis.counts if count.score >= min_score),
            channel_counts=tuple(count for count in analysis.channel_counts if count.score >= min_score),
        )
    if as_json:
        print_json(analysis.to_dict())
    elif html:
        from nlp.output.page import page
        from nlp.output.whole import write_text

        shown = page(analysis, labeller.labels)
        write_file(html, lambda path: write_text(path, shown))
        say(f"{html} written")
    else:
        print_report(analysis, labeller.labels)


def refuse_table(report: str) -> None:
    """End with status 2 where the file is a table of texts: its rows are no parts of one report."""
    from nlp.cli.messages import say
    from nlp.inputs.tabular import columns_of

    columns = columns_of(Path(report))
    if not columns:
        return
    shown = ", ".join(columns[:6]) + (", …" if len(columns) > 6 else "")
    say(
        f"{report}: is a table of texts (columns {shown}), not one report. For reports: gongkai tag {report} "
        f"--text-column COLUMN --out tags; for other texts: gongkai apply MODEL {report} --out FILE."
    )
    raise typer.Exit(2)


def print_reasons(analysis: Analysis) -> None:
    """Print each decision about a number: what it was read as, how sure that is, and what spoke for and against it."""
    from nlp.extraction.ranker import default_ranker
    from nlp.extraction.why import explain
    from nlp.reading.clean import clean_text
    from nlp.structure.paragraphs import find_paragraphs

    source = analysis.source
    clean = clean_text(source)
    paragraphs = find_paragraphs(source, clean, analysis.sections)
    for decision in explain(clean, paragraphs, default_ranker()):
        reasons = "  ".join(f"{word} {weight:+.2f}" for word, weight in decision.reasons)
        words = " ".join(decision.span.of(source.text).split())
        echo(
            f"{decision.span.start}\t{words}\t{decision.reading} {decision.score:.2f}"
            f"\t({decision.rival} {decision.rival_score:.2f})\t{reasons}"
        )


def print_report(analysis: Analysis, known: LabelSet) -> None:
    """Print the analysis to the terminal; ``known`` are the labels of the model, for their names."""
    from rich.table import Table
    from rich.text import Text

    from nlp.checking.places import Places
    from nlp.cli.terminal import console_of
    from nlp.output import view
    from nlp.output.names import name_of

    console = console_of()
    text, places = analysis.source.text, Places(analysis)

    def table(title: str, *columns: str) -> Table:
        result = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 1))
        for column in columns:
            result.add_column(column, style="dim" if column == "位置" else "", overflow="fold")
        return result

    for name, value in view.identity_lines(analysis):
        console.print(Text.assemble((name, "dim"), "  ", value))
    console.print()
    if analysis.contacts:
        contacts = table("联系方式", "种类", "值", "位置")
        for contact in analysis.contacts:
            contacts.add_row(name_of("contacts", contact.kind), contact.value, places.of(contact.span).told())
        console.print(contacts, "")
    if numbers := view.number_lines(analysis):
        counts = table("数据", "指标", "数值", "原文", "位置")
        for name, amount, span in numbers:
            counts.add_row(name, amount, span.of(text), places.of(span).told())
        console.print(counts, "")
    for grid in view.grids(analysis):
        cells = table(f"表：{grid.name}")
        cells.add_column("", no_wrap=True, max_width=30)
        rows = [
            (label, [value and MARKED.get(value[1], "{}").format(value[0]) for value in values])
            for label, values in grid.rows
        ]
        if any(None in values for _, values in rows):  # rows with columns of their own: name them in each row
            cells.add_column("")
            for label, values in rows:
                pairs = zip(grid.columns, values, strict=True)
                named = [Text.assemble((column, "dim"), f" {value}") for column, value in pairs if value is not None]
                cells.add_row(label, Text("  ").join(named))
        else:
            for column in grid.columns:
                cells.add_column(column, justify="right")
            for label, values in rows:
                cells.add_row(label, *(value or "" for value in values))
        marks = {value[1] for _, values in grid.rows for value in values if value} & MARKED.keys()
        notes = [f"{MARKED[mark].format('').strip()} {name_of('statuses', mark)}" for mark in MARKED if mark in marks]
        console.print(cells, Text("  ".join(notes), "dim"))
    if listed := view.labelled_statements(analysis):
        labels, roles = known.names(), {key: zh for key, (zh, _) in known.roles.items()}
        title = "问题与改进措施" if {s.role for s in listed} <= {"problem", "measure"} else "陈述与标签"
        statements = table(title, "类别", "标签", "原文", "位置")
        for statement in listed:
            shown = "、".join(view.label_names(statement, labels)) or "—"
            role, where = view.role_name(statement.role, roles), statement.span
            statements.add_row(role, shown, where.of(text), places.of(where).told())
        console.print(statements, "")
    for issue in analysis.issues:
        severity = name_of("severities", issue.severity)
        console.print(Text.assemble((severity, "bold"), f" {issue.code}  {issue.message}"))
