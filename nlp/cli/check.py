"""`gongkai check`: what does not add up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def check(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT…", help="Files and folders.", show_default=False)],
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
) -> None:
    """Print the issues of each report; exit status 1 when one is an error or a file cannot be read."""
    from nlp.batch.local import tag_files
    from nlp.cli.messages import progress_bar, say
    from nlp.output.names import name_of

    with progress_bar() as progress:
        tagged = tag_files(inputs, jobs=jobs, progress=progress)
    if tagged.run["files"] == 0:
        say(f"{', '.join(map(str, inputs))}: no report found. Name files, or folders that hold .txt, .md or .html files.")
        raise typer.Exit(2)
    issues = tagged.tables["issues"].to_pylist()
    reports = {row["report_id"]: row["name"] for row in tagged.tables["reports"].to_pylist()}
    failed = tagged.tables["failures"].to_pylist()
    for issue in issues:
        where = "" if issue["start"] is None else f":{issue['start']}"
        severity = f"{name_of('severities', issue['severity'])} {issue['severity']}"
        typer.echo(f"{reports[issue['report_id']]}{where}: {severity} {issue['code']}: {issue['message']}")
    for failure in failed:
        say(f"{failure['name']}: {failure['message']} {failure['hint']}")
    errors = sum(issue["severity"] == "error" for issue in issues)
    say(f"{len(reports)} reports, {errors} errors, {len(issues)} findings, {len(failed)} files not read")
    raise typer.Exit(1 if errors or failed else 0)
