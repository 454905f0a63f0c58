"""`gongkai check`: what does not add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.cli.options import Force, Lang, ModelFolder, NameColumn, ReportColumn, Strict, chosen_language, named
from nlp.cli.outputs import refuse_taken, write_file
from nlp.cli.terminal import echo, one_line, print_json

if TYPE_CHECKING:
    from nlp.checking.findings import Checked
    from nlp.checking.settings import Settings
    from nlp.checking.verdicts import Kind


@dataclass(frozen=True, slots=True)
class Given:
    """Verdicts given on the command line: marks of findings by kind, with why and by whom."""

    kinds: dict[Kind, list[str]]
    reason: str
    by: str

    @property
    def marks(self) -> list[str]:
        """All marks."""
        return [mark for marks in self.kinds.values() for mark in marks]


def check(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT…",
            help="Files, folders, archives, tables (--text-column), - for standard input, patterns, @list.txt with one path a line.",
            show_default=False,
            callback=named,
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    text_column: ReportColumn = None,
    id_column: NameColumn = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to this file.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write a workbook to this file.")] = None,
    sheet_per_report: Annotated[bool, typer.Option("--sheet-per-report", help="One sheet for each report.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Folder for evaluators: a page and a workbook for each body, an index, scores and ranks, likeness, roll-up.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    list_rules: Annotated[
        bool, typer.Option("--list-rules", help="Print every rule with its severity, legal basis and an example.")
    ] = False,
    rules: Annotated[
        list[Path] | None,
        typer.Option("--rules", help="File of Python with checks of your own; may be repeated.", show_default=False),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only these codes, families or patterns.", show_default=False)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="Not these codes, families or patterns.", show_default=False)
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="TOML file of severities, days, shares and weights.")
    ] = None,
    model: ModelFolder = None,
    strict: Strict = False,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Known findings, silent until they change.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", help="Write what was found to this file, as known.")
    ] = None,
    verdicts: Annotated[
        Path | None,
        typer.Option(
            "--verdicts",
            help="File of verdicts (JSON Lines): what is dismissed or settled is silent.",
            show_default=False,
        ),
    ] = None,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            "--confirm", metavar="MARK", help="Write to --verdicts that these findings are true.", show_default=False
        ),
    ] = None,
    dismiss: Annotated[
        list[str] | None,
        typer.Option(
            "--dismiss",
            metavar="MARK",
            help="Write to --verdicts that these findings are none; needs --reason.",
            show_default=False,
        ),
    ] = None,
    settle: Annotated[
        list[str] | None,
        typer.Option(
            "--settle", metavar="MARK", help="Write to --verdicts that these findings are settled.", show_default=False
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is dismissed.", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", help="Who says so.", show_default=False)] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="Errors and warnings only, no infos.")] = False,
    lang: Lang = None,
) -> None:
    """Print what does not add up, grouped by report with the evidence; exit status 1 when there is an error.

    Reports of one body for several years, and of several bodies, are also checked against each other.
    """
    added = _added(rules)
    if list_rules:
        _print_rules(chosen_language(lang), as_json=as_json)
        return
    if not inputs:
        raise typer.BadParameter("nothing to check. Name files or folders.", param_hint="INPUT…")
    from nlp.batch.baseline import write_baseline as as_baseline
    from nlp.batch.collecting import Columns
    from nlp.batch.findings import check_files
    from nlp.cli.messages import no_report, progress_bar, say
    from nlp.inputs.paths import ListUnreadable
    from nlp.labelling.choice import choose_labeller
    from nlp.labelling.store import ModelUnusable
    from nlp.output.findings import end_line, failure_lines
    from nlp.output.whole import write_text

    given = Given({"confirmed": confirm or [], "dismissed": dismiss or [], "settled": settle or []}, reason, by)
    if given.marks and verdicts is None:
        say("--confirm, --dismiss and --settle need --verdicts FILE. Name the file that keeps them.")
        raise typer.Exit(2)
    if sheet_per_report and xlsx is None:
        say("--sheet-per-report needs --xlsx FILE. Name the workbook, or leave it out.")
        raise typer.Exit(2)
    reads: list[str | Path] = [*inputs, *([settings] if settings else [])]
    refuse_taken(html, xlsx, write_baseline, reads=reads)
    if out:
        _refuse_taken_folder(out, reads, force=force)
    chosen = replace(read_check_settings(settings), rules=added, strict=strict)
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
    if verdicts:
        checked = _judged(checked, verdicts, given)
    if quiet:
        _leave_out_infos(checked)
    _report(
        checked,
        as_json=as_json,
        html=html,
        xlsx=xlsx,
        sheet_per_report=sheet_per_report,
        language=chosen_language(lang),
        marks=verdicts is not None,
        silent=out is not None,
    )
    if out:
        _write_folder(checked, out, chosen, chosen_language(lang), reads)
    language = chosen_language(lang)
    for line in failure_lines(checked, language):
        say(one_line(line))
    say(end_line(checked, language))
    raise typer.Exit(1 if checked.count("error") or checked.failures else 0)


def _added(rules: list[Path] | None) -> tuple[str, ...]:
    """The files of rules, taken into the checks; one that cannot be used ends the command."""
    from nlp.checking.registry import RulesUnusable, add_rules
    from nlp.cli.messages import say

    files = tuple(map(str, rules or ()))
    try:
        add_rules(files)
    except RulesUnusable as error:
        say(str(error))
        raise typer.Exit(2) from None
    return files


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


def _judged(checked: Checked, path: Path, given: Given) -> Checked:
    """The findings with what people said of them, those that are dismissed or settled left out."""
    from nlp.checking.verdicts import (
        Verdicts,
        VerdictsWrong,
        add_verdict,
        find_marked,
        read_verdicts,
        verdict_on,
        with_verdicts,
        without_closed,
    )
    from nlp.cli.messages import say

    try:
        read_verdicts(path)  # a file of another kind is told before it is added to
        new = [
            verdict_on(report, finding, kind, reason=given.reason, by=given.by)
            for kind, marks in given.kinds.items()
            for report, finding in find_marked(checked, marks)
        ]
        for verdict in new:
            add_verdict(path, verdict)
        return without_closed(with_verdicts(checked, Verdicts.of(read_verdicts(path))))
    except VerdictsWrong as error:
        say(str(error))
    except OSError as error:
        say(f"{path}: cannot be used ({error.strerror or error}). Choose another file with --verdicts.")
    raise typer.Exit(2)


def _print_rules(language: str, *, as_json: bool) -> None:
    from nlp.output.rules import rule_lines, rule_records

    if as_json:
        print_json(rule_records())
        return
    for line in rule_lines(language):
        echo(line)


def _refuse_taken_folder(out: Path, reads: Iterable[str | Path], *, force: bool) -> None:
    """Before anything is read: a batch takes long."""
    from nlp.cli.messages import say
    from nlp.output.evaluation import refuse_taken_folder
    from nlp.records import OutputRefused

    try:
        refuse_taken_folder(out, reads, force=force)
    except OutputRefused as error:
        say(str(error))
        raise typer.Exit(2) from None


def _write_folder(checked: Checked, out: Path, settings: Settings, language: str, reads: Iterable[str | Path]) -> None:
    from nlp.cli.messages import say
    from nlp.output.evaluation import write_evaluation
    from nlp.records import OutputRefused

    try:
        for path in write_evaluation(checked, out, settings=settings, language=language, reads=reads):
            echo(path)
    except OutputRefused as error:
        say(str(error))
    except OSError as error:
        say(f"{out}: cannot write ({error.strerror or error}). Choose another folder with --out.")
    else:
        return
    raise typer.Exit(2)


def _leave_out_infos(checked: Checked) -> None:
    checked.reports = [
        replace(report, findings=tuple(f for f in report.findings if f.severity != "info"))
        for report in checked.reports
    ]


def _report(
    checked: Checked, *, as_json: bool, html: Path | None, xlsx: Path | None, sheet_per_report: bool, language: str,
    marks: bool, silent: bool,
) -> None:  # fmt: skip
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
    if not (as_json or html or xlsx or silent):
        for report in checked.reports:
            if report.findings:
                echo("\n".join(lines(report, language, marks=marks)) + "\n")
