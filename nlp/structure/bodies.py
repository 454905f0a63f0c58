"""The body behind a name: 县财政局, 檀渡县财政局 and 檀渡县人民政府财政局 of one place are one body, in whatever year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.structure.divisions import SAME_PLACE, divisions
from nlp.structure.places import read_places
from nlp.vocabulary.load import load

AMBIGUOUS = "ambiguous"
GOVERNMENT, OFFICE, STREET = "政府", "政府办公室", "街道办事处"


@dataclass(frozen=True, slots=True)
class Body:
    """What a name tells of a body.

    ``place`` is the code of today of the county, city or province, with the name of a town behind it; the words of the name
    where no code is known, and "" where the name has no place. ``line`` is the line of work in the words of today, as far
    as ``vocabulary/bodies.toml`` knows it, otherwise the words of the name. ``coded`` says that the place is known by its
    code.
    """

    place: str
    line: str
    coded: bool

    @property
    def id(self) -> str | None:
        """The id of the body, ``PLACE/LINE``; ``None`` where the name needs a place that nobody tells."""
        return f"{self.place}/{self.line}" if self.place else None


def body_of(issuer: str | None, region: str | None, year: int | None) -> Body | None:
    """The body that a name names.

    Parameters
    ----------
    issuer : as ``Identity.issuer``
    region : the six-digit code of its place in that year, ``"ambiguous"`` or ``None``
    year : the year of the report

    >>> [body_of(name, "410527", 2022).id for name in ("县财政局", "内黄县财政局", "内黄县人民政府财政局")]
    ['410527/财政', '410527/财政', '410527/财政']
    >>> body_of("大邑县国土资源局", "510129", 2015).id, body_of("县财政局", None, 2022).id
    ('510129/自然资源', None)
    """
    if not issuer:
        return None
    name = _without_state(issuer.strip())
    code = code_of_today(region, year) if region and region != AMBIGUOUS else ""
    if _pattern("bare_town").match(name):  # a code is that of the county, and which of its towns nobody tells
        return Body("", name, False)
    places, rest = _places_before(name)
    town = match[0] if (match := _pattern("town").match(rest)) else ""
    rest = rest.removeprefix(town)
    bare = None if places or town or _known(rest) else _pattern("bare").match(rest)
    if bare:
        rest = rest[bare.end() :]
    line = _line(rest, town)
    if code:
        return Body(code + town, line, True)
    if places or town:
        return Body(places + town, line, False)
    # 县财政局 and 财政局 need a place; a university or a hospital is named by its name.
    return Body("" if bare or _known(rest) else name, line, False)


def _without_state(name: str) -> str:
    for before in load("identity")["places"]["before"]:
        if name.startswith(before):
            return name.removeprefix(before)
    return name


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(load("bodies")["places"][kind]["patterns"]))


def _places_before(name: str) -> tuple[str, str]:
    """The places that begin a name and what is left: known ones, then others by their endings; towns are left."""
    found = read_places(name)
    taken = found.text if found is not None else ""
    if found is not None and found.places[0].level == "township":
        taken = _outside(found.text)
    rest = name[len(taken) :]
    while (more := _pattern("unknown").match(rest)) and not _known(more[0]):
        taken, rest = taken + more[0], rest[more.end() :]
    return taken, rest


def _outside(text: str) -> str:
    """What stands before the town in the name of a town with its county."""
    for start in range(1, len(text) - 1):
        before = read_places(text[:start])
        if before is not None and len(before.text) == start and _pattern("town").fullmatch(text, start):
            return text[:start]
    return ""


def _line(rest: str, town: str) -> str:
    """The line of work in the words of today: of a place by itself its government."""
    known = _known(rest)
    for prefix in load("bodies")["government"]["names"]:
        inner = rest.removeprefix(prefix)
        if known is None and inner != rest:
            known = _known(inner)
    if town and (not rest or known in (GOVERNMENT, STREET)):
        return STREET if town.endswith("街道") else GOVERNMENT
    return known or rest or GOVERNMENT


@cache
def lines() -> dict[str, str]:
    """The line of today of every spelling, 财政 → 财政, 国土资源 → 自然资源; one that was merged keeps its own name."""
    entries = load("bodies")["lines"].values()
    found = {name: part["names"][0] for line in entries for part in line.get("merged", ()) for name in part["names"]}
    return found | {name: line["zh"] for line in entries for name in (*line.get("renamed", ()), *line["names"])}


@cache
def _known(text: str) -> str | None:
    """The line of a name without its place; ``None`` when the vocabulary does not know it."""
    entries = load("bodies")
    for key, line in (("government", GOVERNMENT), ("government_office", OFFICE), ("street_office", STREET)):
        if text in entries[key]["names"]:
            return line
    stems = (text.removesuffix(kind) for kind in entries["kinds"]["names"] if text.endswith(kind))
    return next((lines()[stem] for stem in stems if stem in lines()), None)


@cache
def _continued() -> dict[str, list[tuple[int, str]]]:
    """For a code that was: until when, and the code that continues it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for division in divisions():
        if division.kind in SAME_PLACE and len(division.successors) == 1 and division.successors[0] != division.code:
            found.setdefault(division.code, []).append((division.last, division.successors[0]))
    return found


def code_of_today(code: str, year: int | None) -> str:
    """The code that a place has today, of a code as it was in a year; the code itself where nothing is known.

    >>> code_of_today("510122", 2012), code_of_today("510116", 2020)
    ('510116', '510116')
    """
    for _ in range(8):  # places were renumbered three times at most
        later = [(last, successor) for last, successor in _continued().get(code, ()) if year is None or year < last]
        if not later:
            return code
        _, code = min(later)
    return code
