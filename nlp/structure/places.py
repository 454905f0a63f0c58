"""Which place a name names: the six-digit code of its county, city or province, ambiguous rather than guessed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from nlp.records.report import Level
from nlp.structure.divisions import (
    FIRST_YEAR,
    LAST_YEAR,
    Division,
    begun,
    code_of_the_time,
    codes_of_today,
    divisions,
    ended_names,
)
from nlp.vocabulary.load import load

MAX_NAME_CHARS = 18
FIRST_REPORTS = 2003  # the first local rules on disclosure are of 2002


@dataclass(frozen=True, slots=True)
class Place:
    """``code`` is that of the county for a town, which has none of its own.

    Its reports are for the years from ``first`` to before ``last``; ``successors`` are the codes of what became of it.
    """

    level: Level
    name: str
    code: str
    province: str
    city: str
    county: str
    first: int = FIRST_YEAR
    last: int = LAST_YEAR
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The places that fit a name, the innermost it names; ``text`` is what of the name was read as a place."""

    places: tuple[Place, ...]
    text: str


# 紫云苗族布依族自治县 is also printed 紫云自治县 and 紫云县, 红河哈尼族彝族自治州 also 红河州.
SHORT_FORMS = (
    ("自治县", ("自治县", "县")),
    ("自治州", ("自治州", "州")),
    ("自治旗", ("自治旗", "旗")),
    ("自治区", ("自治区",)),
)


@cache
def _table() -> dict[str, list[str]]:
    """The lines of the table by each name they go by; its 46,000 lines are cut only when asked for."""
    packed = resources.files("nlp.vocabulary").joinpath("places.tsv.gz").read_bytes()
    bare = frozenset(load("identity")["places"]["bare"])
    without_reports = tuple(load("identity")["places"]["without_reports"])
    names: dict[str, list[str]] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        _, name, code, alias, _ = line.split("\t", 4)
        if code.startswith(without_reports):
            continue
        if code and (today := codes_of_today().get((name, code[:2]))):
            line = line.replace(code, today, 1)
        elif (name, code) in ended_names():
            continue  # the list of changes has it, with its years
        names.setdefault(name, []).append(line)
        for short in alias.split("/"):  # 克州/克孜勒苏
            if short and short != name and short not in bare:
                for form in (short, *_with_its_kind(name, short)):
                    names.setdefault(form, []).append(line)
    return names


def _with_its_kind(name: str, alias: str) -> Iterator[str]:
    for end, shorts in SHORT_FORMS:
        if name.endswith(end):
            yield from (alias + short for short in shorts if alias + short != name)


@cache
def _changed() -> dict[str, list[Place]]:
    """The places of the list of changes by name: those that ended in the time of the reports, and those of today."""
    names: dict[str, list[Place]] = {}
    for division in divisions():
        listed = not division.ended and division.name in _table()
        if division.last > FIRST_REPORTS and not listed:
            names.setdefault(division.name, []).append(_place_of(division))
    return names


def _place_of(division: Division) -> Place:
    province = _provinces()[division.code[:2]]
    if division.level == "prefecture":
        city, county = division.name, ""
    else:
        city, county = division.parent, division.name
    return Place(
        division.level, division.name, division.code, province, city, county, division.first, division.last,
        division.successors,
    )  # fmt: skip


@cache
def _provinces() -> dict[str, str]:
    """The names of the provinces by the first two digits of their codes."""
    cut = (line.split("\t") for lines in _table().values() for line in lines)
    return {code[:2]: name for level, name, code, *_ in cut if level == "0"}


@cache
def _county_code(province: str, city: str, county: str) -> str:
    """A town has no code of its own: that of its county, "" where the table has none."""
    counties = [p for p in _places(county) if (p.level, p.province, p.last) == ("county", province, LAST_YEAR)]
    return next((p.code for p in counties if p.city == city or len(counties) == 1), "")


@cache
def _places(name: str) -> tuple[Place, ...]:
    direct_rule = load("identity")["places"]["direct_rule"]
    found: dict[Place, None] = {}
    for line in _table().get(name, ()):
        level, full, code, _, province, city, county = line.split("\t")
        if level == "0" or full in direct_rule:
            place = Place("province", full, code, full, "", "")
        elif level == "1":
            place = Place("prefecture", full, code, province, city, "", begun().get(code, FIRST_YEAR))
        elif level == "2":
            place = Place("county", full, code, province, city, county, begun().get(code, FIRST_YEAR))
        else:
            place = Place("township", full, _county_code(province, city, county), province, city, county)
        found[place] = None
    return (*found, *_changed().get(name, ()))


def fits(inner: Place, outer: Place) -> bool:
    """Whether ``inner`` lies or lay in ``outer``, or in what became of it, or is it."""
    if outer.level == "province":
        return inner.province == outer.name
    if outer.level == "prefecture":
        prefixes = {code[:4] for code in (outer.code, *outer.successors)}
        return (inner.province, inner.city) == (outer.province, outer.city) or inner.code[:4] in prefixes
    if outer.level == "county":
        names = (inner.province, inner.city, inner.county) == (outer.province, outer.city, outer.county)
        return names or (inner.level == "township" and inner.code in outer.successors)
    return inner == outer


def in_year(places: Sequence[Place], year: int | None) -> tuple[Place, ...]:
    """Those of ``places`` that report for ``year``; without a year, or when none does, those of today or the last ones.

    >>> [place.code for place in in_year(read_places("巢湖市").places, 2009)]
    ['341400']
    """
    then = tuple(p for p in places if year is not None and p.first <= year < p.last)
    latest = max((place.last for place in places), default=LAST_YEAR)
    return then or tuple(place for place in places if place.last == latest)


def as_coded_in(place: Place, year: int | None, printed: str) -> Place:
    """``place`` with the code of its county or city in ``year``, unless its name of today is printed in full."""
    today = place.county if place.level == "township" else place.name
    if year is None or not place.code or today in printed:
        return place
    return replace(place, code=code_of_the_time(place.code, year))


def _readings(name: str, at: int) -> list[tuple[int, tuple[Place, ...]]]:
    """What ``name`` may name from ``at`` on, the longest first."""
    readings = []
    for end in range(min(len(name), at + MAX_NAME_CHARS), at + 1, -1):
        if places := _places(name[at:end]):
            readings.append((end, places))
    return readings


@lru_cache(maxsize=8192)
def read_places(name: str) -> Found | None:
    """The place that begins ``name`` (a body's full name): outer places narrow the inner ones.

    ``None`` when no place stands at its beginning.

    >>> found = read_places("安顺市紫云苗族布依族自治县财政局")
    >>> [place.code for place in found.places]
    ['520425']
    """
    best: tuple[int, tuple[Place, ...]] | None = None
    states: list[tuple[int, tuple[Place, ...]]] = [(0, ())]
    while states:
        at, outer = states.pop()
        for end, places in _readings(name, at):
            printed = name[at:end]
            within = _within(places, outer) if outer else places
            if printed != places[0].name:
                within = tuple(p for p in within if p.level != "township")
            if not within:
                continue
            states.append((end, within))
            # 中山大学, 长安街: an alias counts only where a place name may end, or before a place within it (安徽舒城).
            if places[0].name != printed and not _alias_may_end(name, end):
                continue
            if best is None or end > best[0]:
                best = (end, within)
    if best is None:
        return None
    return Found(best[1], name[: best[0]])


def _within(places: Sequence[Place], outer: Sequence[Place]) -> tuple[Place, ...]:
    """Those of ``places`` that lie in one of ``outer``; a town takes the code of the county that is named."""
    found: dict[Place, None] = {}
    for place in places:
        for holder in outer:
            if fits(place, holder) and place != holder:
                town = place.level == "township" and holder.level == "county"
                found[replace(place, code=holder.code, first=holder.first, last=holder.last) if town else place] = None
    return tuple(found)


def _alias_may_end(name: str, end: int) -> bool:
    return end == len(name) or name.startswith(tuple(load("identity")["places"]["alias_followers"]), end)


def narrow(places: Sequence[Place], context: Sequence[Place]) -> tuple[Place, ...]:
    """Those of ``places`` that lie in one of ``context``; all of them when none does."""
    within = tuple(p for p in places if any(fits(p, outer) and p != outer for outer in context))
    return within or tuple(places)
