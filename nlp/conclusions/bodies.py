"""Bodies over the years: one row a body with its names and years, what became of it, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp.conclusions.design import SampleUnusable
from nlp.conclusions.spreadsheet import read_lines
from nlp.conclusions.tags import Tags
from nlp.structure.divisions import divisions
from nlp.vocabulary.load import load

NAMELESS = "name:"  # before a name without its place, which has no id
YES, NO = ("yes", "是", "同", "same", "1", "true"), ("no", "否", "异", "other", "0", "false", "")
UNSURE = ("body_id", "names", "years", "candidate_id", "candidate_names", "candidate_years", "reason", "same")
# How many candidates of one name are listed: 财政局 without its place fits every county.
MAX_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided: which id stands for which other one."""

    same: dict[str, str]

    def final(self, body: str) -> str:
        """The id that stands for ``body`` in the end."""
        seen = {body}
        while (other := self.same.get(body)) is not None and other not in seen:
            body = other
            seen.add(body)
        return body


NONE = Decisions({})


def read_decisions(path: Path | None) -> Decisions:
    """The decisions in a ``bodies_unsure.csv`` that a person filled in: ``yes`` where both are one body.

    The candidate may be changed to another id, or filled in where there is none.

    Raises
    ------
    SampleUnusable : the file cannot be read, a cell says neither yes nor no, or yes stands beside no candidate
    """
    if path is None:
        return NONE
    same: dict[str, str] = {}
    rows = read_lines(
        path,
        {name: name for name in UNSURE},
        needed=(("body_id",), ("candidate_id",), ("same",)),
        advice="Put back the headings that `gongkai bodies` wrote.",
    )
    for line in rows:
        body, candidate, said = (line.cells[name] for name in ("body_id", "candidate_id", "same"))
        if said.lower() not in (*YES, *NO):
            raise SampleUnusable(f"{line.place('same')}: {said!r} is neither yes nor no. Write one of the two.")
        if said.lower() in NO:
            continue
        if not body or not candidate:
            raise SampleUnusable(f"{line.place('candidate_id')}: yes, but no body to be one with. Write its id.")
        if same.get(body, candidate) != candidate:
            raise SampleUnusable(f"{line.place('candidate_id')}: {body} is said to be {same[body]}, too. Keep one.")
        same[body] = candidate
    return Decisions(same)


def put_bodies(tags: Tags, decisions: Decisions = NONE) -> None:
    """Make the view ``bodied``: ``reports`` with ``body``, the id after all decisions (NULL where none is known).

    Names without a place have ``name:NAME`` where a person decided on them.
    """
    tags.need("reports")
    tags.db.execute("CREATE OR REPLACE TABLE decided (body VARCHAR, stands_for VARCHAR)")
    pairs = [(body, decisions.final(body)) for body in decisions.same]
    if pairs:
        tags.db.executemany("INSERT INTO decided VALUES (?, ?)", pairs)
    tags.db.execute(f"""
        CREATE OR REPLACE VIEW bodied AS
        SELECT r.*, coalesce(d.stands_for, r.body_id) AS body
        FROM reports r LEFT JOIN decided d ON d.body = coalesce(r.body_id, '{NAMELESS}' || r.issuer)
    """)
    tags.db.execute("""
        CREATE OR REPLACE VIEW bodies AS
        SELECT body AS body_id,
               split_part(body, '/', 1) AS place, regexp_replace(body, '^[^/]*/', '') AS line,
               mode(region) FILTER (region <> 'ambiguous') AS region, mode(level) AS level,
               string_agg(DISTINCT issuer, ' | ' ORDER BY issuer) AS names,
               min(year) AS first_year, max(year) AS last_year, count(*) AS reports,
               string_agg(DISTINCT year, ',' ORDER BY year) AS years,
               list(DISTINCT year) FILTER (year IS NOT NULL) AS year_list
        FROM bodied WHERE body IS NOT NULL GROUP BY body
    """)


def put_chosen(tags: Tags) -> None:
    """Make the table ``chosen`` of ``bodied``: one report a body and year, the one published last, numbered from 0 as ``n``.

    ``reports`` is how many the body has for the year. What tells no body or no year is left out.
    """
    tags.db.execute("""
        CREATE OR REPLACE TABLE chosen AS
        WITH versions AS (
            SELECT *, count(*) OVER same AS reports,
                   row_number() OVER (PARTITION BY body, year ORDER BY published_on DESC NULLS LAST, report_id) AS rank
            FROM bodied WHERE body IS NOT NULL AND year IS NOT NULL
            WINDOW same AS (PARTITION BY body, year)
        )
        SELECT row_number() OVER (ORDER BY body, year) - 1 AS n, body AS body_id, year, issuer, region, level, report_id,
               name AS file, reports, edition, published_on, errors, warnings
        FROM versions WHERE rank = 1
    """)


def bodies(tags: Tags) -> Iterator[dict[str, Any]]:
    """One row a body, in the order of their ids: names, years, the years between them without a report, what it became.

    ``successor`` is the body that it was merged into, or that of the place its place became, joined by + where there are
    several; ``successor_from`` the first year of that at the latest, ``successor_kind`` merged or divided.
    """
    columns = (
        "body_id",
        "place",
        "line",
        "region",
        "level",
        "names",
        "first_year",
        "last_year",
        "reports",
        "years",
        "year_list",
    )
    for row in tags.stream(f"SELECT {', '.join(columns)} FROM bodies ORDER BY body_id"):
        body = dict(zip(columns, row, strict=True))
        there = set(body.pop("year_list") or ())
        first, last = body["first_year"], body["last_year"]
        missing = [year for year in range(first, last + 1) if year not in there] if there else []
        successor, kind, year = successor_of(body["place"], body["line"], last)
        yield body | {
            "missing_years": ",".join(map(str, missing)),
            "successor": successor,
            "successor_kind": kind,
            "successor_from": year,
        }


def successor_of(place: str, line: str, last: int | None) -> tuple[str | None, str | None, int | None]:
    """What a body became: the id, how, and the first year at the latest; three times ``None`` where nothing is known.

    >>> successor_of("410527", "工商行政管理", 2016)
    ('410527/市场监督管理', 'merged', 2020)
    """
    for division in divisions():
        gone = division.code == place and division.kind in ("merged", "divided") and division.successors
        if gone and (last is None or last < division.last):
            return "+".join(f"{code}/{line}" for code in division.successors), division.kind, division.last
    into = _merged().get(line)
    if into is None:
        return None, None, None
    return f"{place}/{into[0]}", "merged", into[1] + 1


@cache
def _merged() -> dict[str, tuple[str, int]]:
    """The line that each merged line went into, and the last year that its own name may be met."""
    found = {}
    for line in load("bodies")["lines"].values():
        for part in line.get("merged", ()):
            if part["until"] < 9999 and part["names"][0] not in {
                entry["zh"] for entry in load("bodies")["lines"].values()
            }:
                found[part["names"][0]] = line["zh"], part["until"]
    return found


def unsure(tags: Tags) -> Iterator[dict[str, Any]]:
    """Pairs of bodies that may be one, with the reason, for a person to decide; ``same`` is empty.

    Bodies that report for the same year are two and are not listed, but for names without a place.
    """
    for query, parameters in (
        (_NO_PLACE, [MAX_CANDIDATES]),
        (_UNCODED, []),
        (_WITHIN, []),
        (_TOWNS, []),
    ):
        for row in tags.rows(query, parameters):
            yield dict(zip(UNSURE, (*row, ""), strict=True))


# A name without its place (县财政局), and the bodies of that line: as many as can be shown.
_NO_PLACE = f"""
WITH nameless AS (
    SELECT issuer, mode(level) AS level, string_agg(DISTINCT year, ',' ORDER BY year) AS years
    FROM bodied WHERE body IS NULL AND issuer IS NOT NULL GROUP BY issuer
), fitting AS (
    SELECT n.issuer, n.years, b.body_id, b.names, b.years AS their_years,
           row_number() OVER (PARTITION BY n.issuer ORDER BY b.body_id) AS number
    FROM nameless n LEFT JOIN bodies b
         ON ends_with(b.names, regexp_replace(n.issuer, '^(自治区|自治州|自治县|[省市县区旗州镇乡])', ''))
        AND (b.level IS NOT DISTINCT FROM n.level OR n.level IS NULL)
)
SELECT '{NAMELESS}' || issuer, issuer, years, coalesce(body_id, ''), coalesce(names, ''), coalesce(their_years, ''),
       'the name lacks its place 名称没有写地名'
FROM fitting WHERE number <= ? ORDER BY issuer, number
"""
# The same names, in some years with a code of the place and in others without.
_UNCODED = """
WITH named AS (
    SELECT DISTINCT body, issuer, regexp_matches(split_part(body, '/', 1), '^[0-9]{6}') AS coded
    FROM bodied WHERE body IS NOT NULL
), pairs AS (
    SELECT DISTINCT u.body AS one, c.body AS other FROM named u JOIN named c USING (issuer) WHERE NOT u.coded AND c.coded
)
SELECT one, a.names, a.years, other, b.names, b.years,
       'the same name, the place of which is told in some years only 同名，部分年度未能确定区划代码'
FROM pairs JOIN bodies a ON a.body_id = one JOIN bodies b ON b.body_id = other
WHERE NOT list_has_any(a.year_list, b.year_list) ORDER BY one, other
"""
# 教育 and 教育和体育 of one place, never for the same year.
_WITHIN = """
SELECT a.body_id, a.names, a.years, b.body_id, b.names, b.years,
       'one line of work lies within the other, and no year has both 职能名称互相包含，且没有同一年度的报告'
FROM bodies a JOIN bodies b ON a.place = b.place AND a.body_id <> b.body_id
WHERE length(a.line) >= 2 AND contains(b.line, a.line) AND a.line NOT IN ('政府', '政府办公室')
  AND b.line NOT IN ('政府', '政府办公室')
  AND NOT list_has_any(a.year_list, b.year_list)
ORDER BY a.body_id, b.body_id
"""
# 城关镇 without its county may be many.
_TOWNS = """
WITH doubled AS (
    SELECT body, max(number) AS most FROM (
        SELECT body, year, count(*) AS number FROM bodied
        WHERE body IS NOT NULL AND NOT regexp_matches(body, '^[0-9]{6}') GROUP BY body, year
    ) GROUP BY body HAVING most > 1
)
SELECT b.body_id, b.names, b.years, '', '', '',
       'a place without code has ' || most || ' reports for one year: several places may bear its name '
       || '没有区划代码的地名同一年度有多份报告，可能是几个同名的地方'
FROM doubled JOIN bodies b ON b.body_id = body ORDER BY b.body_id
"""
