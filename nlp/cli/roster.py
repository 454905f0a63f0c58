"""`gongkai roster`: which bodies of a list have no report, a late one, or several."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from nlp.cli.bodies import BodiesFile
from nlp.cli.options import Force, TagsFolder, listed
from nlp.cli.refusals import refusals


def roster(
    tags: TagsFolder,
    names: Annotated[
        Path, typer.Argument(metavar="LIST", help="CSV or Excel with a column name (名称).", show_default=False)
    ],
    year: Annotated[
        str, typer.Option("--year", help="Years to look for, joined by commas; all by default.", show_default=False)
    ] = "",
    townships: Annotated[
        str, typer.Option(help="Last day for townships, as 01-31; the law sets none for them.", show_default=False)
    ] = "",
    decided: BodiesFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the table: .csv, .parquet, .jsonl or .xlsx.", show_default=False)
    ] = None,
    force: Force = False,
) -> None:
    """Hold a list of bodies against the reports of TAGS: reported, late, several
    for one year, or none. Exit status 1 when one has none or a late one.

    LIST has a column name (名称), and if you like region (区划代码), year (年度) or
    body_id (机关标识).
    """
    from datetime import date

    from nlp.cli.messages import say, table_of
    from nlp.cli.terminal import console_of
    from nlp.conclusions import roster as of_lists
    from nlp.conclusions.bodies import put_bodies, read_decisions
    from nlp.conclusions.place import check_file
    from nlp.conclusions.tables import WRITERS, columns_of, write_table
    from nlp.conclusions.tags import Tags

    years = listed(year)
    if not all(one.isdecimal() for one in years):
        say(f"--year {year}: no years. Write 2022,2023.")
        raise typer.Exit(2)
    try:
        last = date.fromisoformat(f"2000-{townships}") if townships else None
    except ValueError:
        say(f"--townships {townships}: no day. Write month and day, as 01-31.")
        raise typer.Exit(2) from None
    if out is not None and out.suffix.lower() not in WRITERS:
        say(f"{out}: unknown format. Name a file that ends in {', '.join(WRITERS)}.")
        raise typer.Exit(2)
    with refusals(out), Tags(tags) as opened:
        check_file(out, force=force)
        put_bodies(opened, read_decisions(decided))
        wanted = of_lists.read_list(names)
        rows = list(
            of_lists.roster(opened, wanted, [*map(int, years)], townships=(last.month, last.day) if last else None)
        )
        if out is not None:
            write_table(out, columns_of("roster"), rows)
    table = table_of(str(names), ("row", "name", "year", "status"), ("reports", "published", "deadline"))
    for row in rows:
        if row["status"] != of_lists.REPORTED:
            days = (str(row[key] or "—") for key in ("published_on", "deadline"))
            table.add_row(str(row["row"]), row["name"], str(row["year"]), row["status"], str(row["reports"]), *days)
    console_of().print(table)
    counts = Counter(row["status"] for row in rows)
    say(
        ", ".join(
            f"{counts[status]} {status}"
            for status in (of_lists.REPORTED, of_lists.LATE, of_lists.SEVERAL, of_lists.ABSENT)
        )
    )
    raise typer.Exit(1 if counts[of_lists.LATE] or counts[of_lists.ABSENT] else 0)
