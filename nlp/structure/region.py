"""The level and the code of the place a body belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.reading.clean import CleanText
from nlp.records import Span
from nlp.records.report import Level
from nlp.structure.places import Found, Place, as_coded_in, in_year, narrow, read_places
from nlp.vocabulary.load import load

MAX_OUTER_CHARS = 16  # 内蒙古自治区呼伦贝尔市 before the name of a county
MAX_MENTIONS = 12
GOVERNMENT = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,16}?[省市县区旗州])(?:人民)?政府")


@dataclass(frozen=True, slots=True)
class Region:
    """``code`` is six digits, ``"ambiguous"`` or ``None``; ``span`` is where an outer place settles which is meant."""

    level: Level | None
    code: str | None
    span: Span | None = None


def find_region(clean: CleanText, issuer: str, preamble_end: int, year: int | None) -> Region:
    """The place of ``issuer`` as it was in ``year``; of several that bear its name the one whose outer places are named.

    The code is that of the place itself, never of what it lies in: a county that no table has has none.
    """
    name = _without_state(issuer)
    found = _place_of(name)
    if found is None:
        return Region(_level_by_name(issuer), None)
    places, evidence = in_year(found.places, year), None
    if len(places) > 1:
        for start, end, outer in _fuller_names(clean.text, found.text):
            if len(outer) < len(places):
                places, evidence = in_year(outer, year), clean.span(start, end)
                break
    if len(places) > 1:
        context = list(_context(clean.text[: max(preamble_end, 400)]))
        places = narrow(places, context)
    places = tuple(dict.fromkeys(as_coded_in(place, year, found.text) for place in places))
    levels = {place.level for place in places}
    level = levels.pop() if len(levels) == 1 else None
    codes = {place.code for place in places}
    code = "ambiguous" if len(places) > 1 and len(codes) > 1 else (codes.pop() or None)
    behind = name.partition(found.text)[2]
    if all(_is_zone(place) for place in places) or _has_no_level(issuer, behind):
        return Region(None, code, evidence)
    if not (unknown := _unknown_place(behind, level)):
        return Region(level, code, evidence)
    inner = _level_of(unknown, level)
    # 某市 with an unknown county or town behind it: its code is not theirs, but that of a county is its towns'.
    theirs = inner == "township" and (level in {"county", "township"} or code in _cities_without_counties())
    return Region(inner, code if theirs else None, evidence)


def _unknown_place(behind: str, level: Level | None) -> str:
    """The place that no table has behind a known one (清溪镇 behind 某县); "" when none follows."""
    levels = load("identity")["levels"]
    if re.fullmatch(levels["town"], behind):
        return behind
    if level not in {"province", "prefecture"} or not (county := re.match(levels["county_behind"], behind)):
        return ""
    return behind if re.fullmatch(levels["town"], behind[county.end() :]) else county[0]


def _level_of(unknown: str, outer: Level | None) -> Level | None:
    """What the words of an unknown place tell: 某省某市 may be a city or a county."""
    if re.fullmatch(load("identity")["levels"]["town"], unknown):
        return "township"
    return None if outer == "province" and unknown.endswith("市") else "county"


@cache
def _cities_without_counties() -> frozenset[str]:
    return frozenset(load("identity")["levels"]["cities_without_counties"])


def _has_no_level(issuer: str, behind: str) -> bool:
    """Whether a zone, customs or a division reports rather than what the place in its name is."""
    return _is_of_a_division(issuer) or any(special in behind for special in load("identity")["levels"]["special"])


def _is_zone(place: Place) -> bool:
    """苏州工业园区 is among the counties of the table, with a code of those kept for zones; 黄山风景区 among the towns."""
    if place.level == "township":
        return place.name.endswith(tuple(load("identity")["levels"]["special"]))
    return place.level == "county" and place.code[4:5] == "7"


def _place_of(issuer: str) -> Found | None:
    """The place that begins the name, or the district in it whose branch of a bureau reports (公安局崇川分局)."""
    found = read_places(issuer)
    branch = re.search(load("identity")["levels"]["branch"], issuer)
    if found is None or branch is None:
        return found
    for start in range(len(branch["inner"]) - 1):
        inner = branch["inner"][start:]
        within = read_places(found.text + inner)
        if within is not None and len(within.text) == len(found.text) + len(inner):
            return Found(within.places, found.text)
    return found


def _is_of_a_division(issuer: str) -> bool:
    """第六师五家渠市 is a division of 兵团 and a city at once, which belongs to no level."""
    return re.match(load("identity")["places"]["division"], issuer) is not None


def _without_state(issuer: str) -> str:
    if _is_of_a_division(issuer):
        return re.sub(load("identity")["places"]["division"], "", issuer, count=1)
    for before in load("identity")["places"]["before"]:
        if issuer.startswith(before):
            return issuer.removeprefix(before)
    return issuer


def _level_by_name(issuer: str) -> Level | None:
    """The level that the name itself tells when the table has no such place."""
    levels = load("identity")["levels"]
    if re.fullmatch(levels["town"], issuer):
        return "township"
    places: tuple[Level, ...] = ("township", "county", "prefecture", "province")
    bare = load("identity")["bare_levels"]
    for level in places:
        if re.match(f"(?:{'|'.join(bare[level])}){bare['bodies']}", issuer):
            return level
    if any(special in issuer for special in levels["special"]):
        return None
    for level in places:
        if any(
            re.search(
                rf"[\u4e00-\u9fff]{{2}}{ending}(?:$|人民|政府|办事|[\u4e00-\u9fff]{{2,12}}(?:局|委|办|院|站|所|厅|中心))",
                issuer,
            )
            for ending in levels[level]
        ):
            return level
    return None


def _fuller_names(text: str, name: str) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
    """Where ``name`` is printed with the places around it (仁寿县 before 向家镇), and what is meant then."""
    at, seen = text.find(name), 0
    while at >= 0 and seen < MAX_MENTIONS:
        for start in range(max(0, at - MAX_OUTER_CHARS), at - 1):
            if not "\u4e00" <= text[start] <= "\u9fff":
                continue
            fuller = read_places(text[start : at + len(name)])
            if fuller is not None and len(fuller.text) == at + len(name) - start:
                yield start, at + len(name), fuller.places
                break
        at, seen = text.find(name, at + len(name)), seen + 1


def _context(text: str) -> Iterator[Place]:
    """The places whose governments the first lines of the report name."""
    for number, found in enumerate(GOVERNMENT.finditer(text)):
        if number >= MAX_MENTIONS:
            return
        name = found["place"]
        for start in range(len(name) - 1):
            outer = read_places(name[start:])
            if outer is not None and len(outer.text) == len(name) - start and len(outer.places) == 1:
                yield outer.places[0]
                break
