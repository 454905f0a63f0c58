"""A list of bodies held against the reports: which has no report for a year, a late one, or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.checking.rules.period import deadline
from nlp.conclusions.design import SampleUnusable
from nlp.conclusions.spreadsheet import read_lines
from nlp.conclusions.tags import Tags
from nlp.records import Identity
from nlp.structure.bodies import body_of

HEADINGS = {
    "name": "name", "issuer": "name", "名称": "name", "机关名称": "name", "单位名称": "name", "单位": "name",
    "发布机关": "name", "机关": "name", "region": "region", "code": "region", "区划代码": "region", "代码": "region",
    "year": "year", "年度": "year", "年份": "year", "body_id": "body_id", "机关标识": "body_id",
}  # fmt: skip
REPORTED, LATE, SEVERAL, ABSENT = "reported", "late", "several", "none"


@dataclass(frozen=True, slots=True)
class Listed:
    """A body of a list: its row, its name, the year asked for (``None`` for all), and the id that it has by its name."""

    row: int
    name: str
    year: int | None
    body_id: str | None


def read_list(path: Path) -> list[Listed]:
    """The bodies of a list with a column ``name`` (名称), and ``region`` (区划代码), ``year`` or ``body_id`` where there are.

    Raises
    ------
    SampleUnusable : the file cannot be read, has no names, or a year is none
    """
    found = []
    for line in read_lines(path, HEADINGS, needed=(("name",),), advice="Call the column of the names name or 名称."):
        name, year = line.cells["name"], line.cells.get("year", "").removesuffix("年")
        if not name:
            raise SampleUnusable(f"{line.place('name')}: empty. Write the name, or take the row out.")
        if year and not (year.isdecimal() and 1900 < int(year) < 2100):
            raise SampleUnusable(f"{line.place('year')}: {line.cells['year']!r} is no year. Write it in four digits.")
        region = line.cells.get("region") or None
        if region and not (region.isdecimal() and len(region) == 6):
            raise SampleUnusable(
                f"{line.place('region')}: {region!r} is no code of six digits. Mend it, or leave it empty."
            )
        given = int(year) if year else None
        body = body_of(name, region, given)
        found.append(Listed(line.row, name, given, line.cells.get("body_id") or (body.id if body else None)))
    if not found:
        raise SampleUnusable(f"{path}: no name in it. Write one body a row below the heading.")
    return found


def roster(
    tags: Tags, listed: Sequence[Listed], years: Sequence[int], *, townships: tuple[int, int] | None = None
) -> Iterator[dict[str, Any]]:
    """One row a body of the list and year. A body is known by its id, or where that is not in the tags by its name.

    Parameters
    ----------
    years : for bodies whose row names no year; all years of the tags unless given
    townships : month and day for townships, for which the law sets none
    """
    tags.db.execute("CREATE OR REPLACE TABLE listed (row BIGINT, name VARCHAR, body VARCHAR)")
    tags.db.executemany("INSERT INTO listed VALUES (?, ?, ?)", [(one.row, one.name, one.body_id) for one in listed])
    known = sorted(years) or [
        row[0] for row in tags.rows("SELECT DISTINCT year FROM bodied WHERE year IS NOT NULL ORDER BY 1")
    ]
    found: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    for row, *report in tags.stream("""
        WITH named AS (
            SELECT l.row, coalesce(
                       (SELECT any_value(b.body) FROM bodied b WHERE b.body = l.body),
                       (SELECT any_value(b.body) FROM bodied b WHERE b.issuer = l.name HAVING count(DISTINCT b.body) = 1)
                   ) AS body
            FROM listed l
        )
        SELECT n.row, r.year, r.body, r.report_id, r.name, r.published_on, r.issuer
        FROM named n JOIN bodied r USING (body) ORDER BY n.row, r.year, r.published_on, r.report_id
    """):
        found.setdefault((row, report[0]), []).append(tuple(report[1:]))
    for one in listed:
        for year in [one.year] if one.year else known:
            yield _row(one, year, found.get((one.row, year), []), townships)


def _row(
    one: Listed, year: int, reports: Sequence[tuple[Any, ...]], townships: tuple[int, int] | None
) -> dict[str, Any]:
    told = [published for _, _, _, published, _ in reports if published is not None]
    issuer = reports[0][4] if reports else one.name
    last = deadline(Identity(issuer=issuer, year=year), townships=townships)
    published = min(told, default=None)
    if len(reports) > 1:
        status = SEVERAL
    elif not reports:
        status = ABSENT
    else:
        status = LATE if published and last and published > last else REPORTED
    return {
        "row": one.row, "name": one.name, "year": year, "status": status, "reports": len(reports),
        "published_on": published, "deadline": last, "body_id": reports[0][0] if reports else one.body_id,
        "report_ids": ",".join(report for _, report, *_ in reports),
        "files": " | ".join(name for _, _, name, *_ in reports),
    }  # fmt: skip
