"""`gongkai tag`: many reports into tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from nlp.cli.options import ChangedVocabulary, Inputs, ModelFolder, NameColumn, ReportColumn, Strict
from nlp.cli.terminal import echo

if TYPE_CHECKING:
    from nlp.batch.settings import Settings


MAX_SPARK_LINES = 12


class Engine(StrEnum):
    """Where the work is done."""

    local = "local"
    spark = "spark"


class Scheme(StrEnum):
    """Which labels are wanted."""

    problem = "problem"
    measure = "measure"


def tag(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the tables to.", show_default=False)],
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    formats: Annotated[
        str, typer.Option("--format", help="parquet, csv, jsonl, xlsx, duckdb; several joined by commas.")
    ] = "parquet",
    by_year: Annotated[bool, typer.Option("--by-year", help="Parquet in folders by year: TABLE/year=2022/.")] = False,
    resume: Annotated[
        bool | None,
        typer.Option(
            "--resume/--force",
            help="Do only what is missing / replace the results of an earlier run there.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[Engine, typer.Option(help="This machine, or a Spark cluster.")] = Engine.local,
    text_column: ReportColumn = None,
    id_column: NameColumn = None,
    mask_personal: Annotated[bool, typer.Option(help="Hide private mobiles and persons' names.")] = False,
    model: ModelFolder = None,
    allow_changed_vocabulary: ChangedVocabulary = False,
    strict: Strict = False,
    scheme: Annotated[
        Scheme | None, typer.Option(help="Label only problems, or only measures.", show_default=False)
    ] = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="Write events as JSON lines to standard error.")] = False,
) -> None:
    """Tag reports: one file per table, codebook.md, datapackage.json and run.json."""
    from nlp.batch.collecting import Columns
    from nlp.batch.local import tag_into
    from nlp.batch.settings import Settings
    from nlp.batch.state import RunStopped
    from nlp.cli.log import json_log
    from nlp.cli.messages import no_report, progress_bar, say
    from nlp.inputs.paths import ListUnreadable
    from nlp.labelling.choice import find_model
    from nlp.labelling.store import ModelUnusable
    from nlp.output.files import WRITERS
    from nlp.records import OutputRefused

    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    if not wanted or any(name not in WRITERS for name in wanted):
        say(f"--format {formats}: unknown format. Choose from {', '.join(WRITERS)}, several joined by commas.")
        raise typer.Exit(2)
    try:
        folder = str(find_model(model).absolute()) if model else None
        settings = Settings(mask_personal, folder, scheme.value if scheme else None, allow_changed_vocabulary, strict)
        settings.labeller()
    except ModelUnusable as error:
        say(str(error))
        raise typer.Exit(2) from None
    if engine is Engine.spark:
        local_only = {
            "--jobs": jobs != 1, "--by-year": by_year, "--resume": resume is True, "--log-json": log_json
        }  # fmt: skip
        if unusable := [option for option, given in local_only.items() if given]:
            say(f"{', '.join(unusable)}: not with --engine spark, which has its own settings. Leave it out.")
            raise typer.Exit(2)
        tag_on_spark(
            inputs,
            out,
            wanted,
            settings,
            text_column=text_column or "text",
            name_column=id_column,
            force=resume is False,
        )
    try:
        with json_log(log_json), progress_bar() as progress:
            run = tag_into(
                inputs, out, formats=wanted, by_year=by_year, jobs=jobs, settings=settings, progress=progress,
                columns=Columns(text_column, id_column), start="new" if resume is None else "resume" if resume else "restart",
            )  # fmt: skip
    except (OutputRefused, ListUnreadable) as error:
        say(str(error))
        raise typer.Exit(2) from None
    except RunStopped as error:
        say(str(error))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say(f"{out}: interrupted. What was done is kept: go on with --resume.")
        raise typer.Exit(1) from None
    if run["files"] == 0:
        say(no_report(inputs))
        raise typer.Exit(2)
    report(run, out, wanted[0], by_year=by_year)


def report(run: dict[str, Any], out: Path, kind: str, *, by_year: bool) -> NoReturn:
    """Print what a run wrote and what it could not read, and exit."""
    from nlp.cli.messages import say, told

    failed = sum(run["failures"].values())

    for name, count in run["rows"].items():
        file = {"xlsx": "gongkai.xlsx", "duckdb": "gongkai.duckdb"}.get(kind, f"{name}.{kind}")
        echo(f"{name:16}{count:>8}  {out / (name if by_year and kind == 'parquet' else file)}")
    for failure in run["first_failures"]:
        say(told(failure["name"], failure["message"], failure["hint"]))
    if failed > len(run["first_failures"]):
        where = ": see the table failures" if run["reports"] else ""
        say(f"… and {failed - len(run['first_failures'])} more{where}.")
    if not run["reports"]:
        say(f"{out}: no report could be read, so nothing was written. What was there stays.")
        raise typer.Exit(2 if set(run["failures"]) == {"missing"} else 1)
    if run["copies"]:
        say(f"{run['copies']} files are copies of others: tagged once, listed in failures with the code duplicate")
    for sentence in run["mended"]:
        say(f"{out}: {sentence}")
    if count := run["changed_since_read"]["files"]:
        say(
            f"{count} files changed or vanished since they were read, {run['changed_since_read']['first'][0]} first. "
            "Run again with --resume."
        )
    again = "" if run["tagged_now"] == run["files"] else f" ({run['tagged_now']} of them now)"
    say(f"{run['files']} files{again}, {failed} not read{left_out(run)}, {run['seconds']} s")
    raise typer.Exit(1 if failed else 0)


def left_out(run: dict[str, Any]) -> str:
    """How many files were no reports, for the last line of a run; nothing when there were none."""
    count = sum(run["skipped"].values())
    return f", {count} left out" if count else ""


def tag_on_spark(
    inputs: list[str],
    out: Path,
    formats: list[str],
    settings: Settings,
    *,
    text_column: str,
    name_column: str | None,
    force: bool,
) -> NoReturn:
    """Tag on the cluster that the environment names (`spark-submit`, or all cores of this machine), and exit."""
    from importlib.util import find_spec

    from nlp.cli.messages import say

    if find_spec("pyspark") is None:
        say("--engine spark: PySpark is not installed. Install gongkai[spark], or leave --engine out.")
        raise typer.Exit(2)
    if formats != ["parquet"]:
        say("--engine spark writes Parquet only: a folder per table, from which other programs make other formats.")
        raise typer.Exit(2)
    from pyspark.errors import PySparkException

    from nlp.batch.local import check_out
    from nlp.batch.spark import session, tag_inputs
    from nlp.records import OutputRefused

    try:
        check_out(out, [*inputs], formats, start="restart" if force else "new")  # before the cluster is asked
        run = tag_inputs(
            session(), inputs, out, text_column=text_column, name_column=name_column, settings=settings, force=force
        )
    except OutputRefused as error:
        say(str(error))
        raise typer.Exit(2) from None
    except (ValueError, OSError) as error:
        say(f"{out}: {error}")
        raise typer.Exit(2) from None
    except PySparkException as error:
        say(f"{out}: Spark ended with an error, the first lines of which are below. Its own log says more.")
        say("\n".join(str(error).strip().splitlines()[:MAX_SPARK_LINES]))
        raise typer.Exit(1) from None
    for name, count in run["rows"].items():
        echo(f"{name:16}{count:>8}  {out / name}.parquet")
    failed = sum(run["failures"].values())
    if not run["reports"]:
        say(f"{out}: no report could be read, so nothing was written. What was there stays.")
    say(f"{run['reports']} reports, {failed} not read{left_out(run)}")
    raise typer.Exit(1 if failed else 0)
