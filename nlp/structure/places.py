"""Which place a name names: the six-digit code of its county, city or province, ambiguous rather than guessed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from nlp.records.report import Level
from nlp.vocabulary.load import load

MAX_NAME_CHARS = 18


@dataclass(frozen=True, slots=True)
class Place:
    """``code`` is that of the county for a town, which has none of its own."""

    level: Level
    name: str
    code: str
    province: str
    city: str
    county: str


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
def _county_code(province: str, city: str, county: str) -> str:
    """A town has no code of its own: that of its county, "" where the table has none."""
    for line in _table().get(county, ()):
        level, name, code, _, its_province, its_city, _ = line.split("\t")
        if level == "2" and (name, its_province, its_city) == (county, province, city):
            return code
    return ""


def _places(name: str) -> list[Place]:
    direct_rule = load("identity")["places"]["direct_rule"]
    found = []
    for line in _table().get(name, ()):
        level, full, code, _, province, city, county = line.split("\t")
        if level == "0" or full in direct_rule:
            place = Place("province", full, code, full, "", "")
        elif level == "1":
            place = Place("prefecture", full, code, province, city, "")
        elif level == "2":
            place = Place("county", full, code, province, city, county)
        else:
            place = Place("township", full, _county_code(province, city, county), province, city, county)
        if place not in found:
            found.append(place)
    return found


def fits(inner: Place, outer: Place) -> bool:
    """Whether ``inner`` lies in ``outer``, or is it."""
    if outer.level == "province":
        return inner.province == outer.name
    if outer.level == "prefecture":
        return inner.province == outer.province and inner.city == outer.name
    if outer.level == "county":
        return (inner.province, inner.city, inner.county) == (outer.province, outer.city, outer.county)
    return inner == outer


def _readings(name: str, at: int) -> list[tuple[int, list[Place]]]:
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
            within = tuple(p for p in places if not outer or any(fits(p, o) and p != o for o in outer))
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


def _alias_may_end(name: str, end: int) -> bool:
    return end == len(name) or name.startswith(tuple(load("identity")["places"]["alias_followers"]), end)


def narrow(places: Sequence[Place], context: Sequence[Place]) -> tuple[Place, ...]:
    """Those of ``places`` that lie in one of ``context``; all of them when none does."""
    within = tuple(p for p in places if any(fits(p, outer) and p != outer for outer in context))
    return within or tuple(places)
