"""`gongkai tag`: many reports into tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def tag(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT…", help="Files and folders.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the tables to.", show_default=False)],
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    formats: Annotated[str, typer.Option("--format", help="parquet, csv, jsonl; several joined by commas.")] = "parquet",
    mask_personal: Annotated[bool, typer.Option(help="Hide private mobiles and persons' names.")] = False,
) -> None:
    """Tag reports: one file per table, codebook.md and run.json."""
    from nlp.batch.local import tag_files, write_run
    from nlp.cli.messages import progress_bar, say
    from nlp.output.files import WRITERS

    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    if not wanted or any(name not in WRITERS for name in wanted):
        say(f"--format {formats}: unknown format. Choose from {', '.join(WRITERS)}, several joined by commas.")
        raise typer.Exit(2)
    with progress_bar() as progress:
        tagged = tag_files(inputs, jobs=jobs, masked=mask_personal, progress=progress)
    if tagged.run["files"] == 0:
        say(f"{', '.join(map(str, inputs))}: no report found. Name files, or folders that hold .txt, .md or .html files.")
        raise typer.Exit(2)
    try:
        write_run(tagged, out, wanted)
    except OSError as error:
        say(f"{out}: cannot write ({error.strerror}). Choose another folder with --out.")
        raise typer.Exit(2) from None
    for name, table in tagged.tables.items():
        typer.echo(f"{name:16}{table.num_rows:>8}  {out / name}.{wanted[0]}")
    failed = tagged.tables["failures"].to_pylist()
    for failure in failed:
        say(f"{failure['name']}: {failure['message']} {failure['hint']}")
    say(f"{tagged.run['files']} files, {len(failed)} not read, {tagged.run['seconds']} s")
    raise typer.Exit(1 if failed else 0)
