"""`gongkai check`: what does not add up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.cli.options import Inputs, Lang, ModelFolder, NameColumn, ReportColumn, chosen_language
from nlp.cli.outputs import refuse_taken, write_file
from nlp.cli.terminal import echo, print_json

if TYPE_CHECKING:
    from nlp.checking.findings import Checked
    from nlp.checking.settings import Settings


def check(
    inputs: Inputs,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    text_column: ReportColumn = None,
    id_column: NameColumn = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to this file.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write a workbook to this file.")] = None,
    sheet_per_report: Annotated[bool, typer.Option("--sheet-per-report", help="One sheet for each report.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only these codes, families or patterns.", show_default=False)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="Not these codes, families or patterns.", show_default=False)
    ] = None,
    settings: Annotated[Path | None, typer.Option("--settings", help="TOML file of severities and days.")] = None,
    model: ModelFolder = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Known findings, silent until they change.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", help="Write what was found to this file, as known.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Errors and warnings only, no infos.")] = False,
    lang: Lang = None,
) -> None:
    """Print what does not add up, grouped by report with the evidence; exit status 1 when there is an error.

    Reports of one body for several years, and of several bodies, are also checked against each other.
    """
    from nlp.batch.baseline import write_baseline as as_baseline
    from nlp.batch.collected import Columns
    from nlp.batch.findings import check_files
    from nlp.cli.messages import no_report, progress_bar, say, told
    from nlp.inputs.paths import ListUnreadable
    from nlp.labelling.choice import choose_labeller
    from nlp.labelling.store import ModelUnusable
    from nlp.output.whole import write_text

    if sheet_per_report and xlsx is None:
        say("--sheet-per-report needs --xlsx FILE. Name the workbook, or leave it out.")
        raise typer.Exit(2)
    refuse_taken(html, xlsx, write_baseline, reads=[*inputs, *([settings] if settings else [])])
    chosen = read_check_settings(settings)
    _refuse_unknown("--only", _codes(only))
    _refuse_unknown("--ignore", _codes(ignore))
    if settings:
        _refuse_unknown(str(settings), chosen.severity)
    try:
        choose_labeller(model)
        with progress_bar() as progress:
            checked = check_files(
                inputs,
                jobs=jobs,
                columns=Columns(text_column, id_column),
                settings=chosen,
                only=_codes(only),
                ignore=_codes(ignore),
                model=model,
                progress=progress,
            )
    except (ListUnreadable, ModelUnusable) as error:
        say(str(error))
        raise typer.Exit(2) from None
    if not checked.reports and not checked.failures:
        say(no_report(inputs))
        raise typer.Exit(2)
    found = as_baseline(checked)
    if baseline:
        checked = _silenced(checked, baseline)
    if write_baseline:  # after comparing: the two may be one file
        write_file(write_baseline, lambda path: write_text(path, found))
    if quiet:
        _leave_out_infos(checked)
    _report(
        checked,
        as_json=as_json,
        html=html,
        xlsx=xlsx,
        sheet_per_report=sheet_per_report,
        language=chosen_language(lang),
    )
    for failure in checked.failures:
        say(told(failure.name, failure.message, failure.hint))
    errors = checked.count("error")
    total = sum(len(report.findings) for report in checked.reports)
    known = f", {checked.silenced} known" if checked.silenced else ""
    left_out = f", {len(checked.skipped)} left out" if checked.skipped else ""
    say(
        f"{len(checked.reports)} reports, {errors} errors, {total} findings{known},"
        f" {len(checked.failures)} files not read{left_out}"
    )
    raise typer.Exit(1 if errors or checked.failures else 0)


def _codes(given: list[str] | None) -> list[str]:
    return [code.strip() for codes in given or () for code in codes.split(",") if code.strip()]


def _refuse_unknown(where: str, patterns: Iterable[str]) -> None:
    """A code mistyped would silence its check without a word."""
    from nlp.checking.codes import unknown
    from nlp.cli.messages import say

    if said := unknown(patterns):
        say(f"{where}: {said}. The codebook of `gongkai tag` lists the codes.")
        raise typer.Exit(2)


def read_check_settings(path: Path | None) -> Settings:
    """The settings of a file, the usual ones for ``None``; a file that cannot be used ends the command."""
    from nlp.checking.settings import Settings, SettingsWrong, read_settings
    from nlp.cli.messages import say

    if path is None:
        return Settings()
    try:
        return read_settings(path)
    except OSError as error:
        say(f"{path}: cannot read ({error.strerror}). Choose another file with --settings.")
    except SettingsWrong as error:
        say(str(error))
    raise typer.Exit(2)


def _silenced(checked: Checked, path: Path) -> Checked:
    from nlp.batch.baseline import BaselineWrong, read_baseline, silence
    from nlp.cli.messages import say

    try:
        return silence(checked, read_baseline(path))
    except OSError as error:
        say(f"{path}: cannot read ({error.strerror}). Write a baseline with --write-baseline.")
    except BaselineWrong as error:
        say(str(error))
    raise typer.Exit(2)


def _leave_out_infos(checked: Checked) -> None:
    from dataclasses import replace

    checked.reports = [
        replace(report, findings=tuple(f for f in report.findings if f.severity != "info"))
        for report in checked.reports
    ]


def _report(
    checked: Checked, *, as_json: bool, html: Path | None, xlsx: Path | None, sheet_per_report: bool, language: str
) -> None:

    from nlp.output.findings import findings_page, lines, write_workbook
    from nlp.output.whole import write_text

    if as_json:
        print_json(checked.to_dict())
    if html:
        write_file(html, lambda path: write_text(path, findings_page(checked, language)))
    if xlsx:
        write_file(
            xlsx, lambda path: write_workbook(checked, path, sheet_per_report=sheet_per_report, language=language)
        )
    if not (as_json or html or xlsx):
        for report in checked.reports:
            if report.findings:
                echo("\n".join(lines(report, language)) + "\n")
