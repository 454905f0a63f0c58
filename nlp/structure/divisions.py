"""Counties and prefectures that are no more, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast, get_args

from nlp.records.report import Level

FIRST_YEAR, LAST_YEAR = 0, 9999
# Kinds of change after which the place is still the same one, whatever it is called and coded.
SAME_PLACE = frozenset({"district", "city", "county", "renamed", "renumbered", "moved"})


@dataclass(frozen=True, slots=True)
class Division:
    """One line of ``places_changes.tsv``. It reports for the years from ``first`` to before ``last``."""

    name: str
    level: Level
    code: str
    parent: str
    first: int
    last: int
    successors: tuple[str, ...]
    kind: str

    @property
    def ended(self) -> bool:
        """Whether it is no more."""
        return self.last < LAST_YEAR


@cache
def divisions() -> tuple[Division, ...]:
    """The divisions that ended since 2000, and those that began too late for the table of places.

    >>> [(d.last, d.successors) for d in divisions() if d.name == "卢湾区"]
    [(2011, ('310101',))]
    """
    text = resources.files("nlp.vocabulary").joinpath("places_changes.tsv").read_text(encoding="utf-8")
    return tuple(_read(line) for line in text.splitlines() if line and not line.startswith("#"))


def _read(line: str) -> Division:
    name, level, code, parent, first, last, successors, kind = line.split("\t")
    if level not in get_args(Level):
        raise ValueError(f"places_changes.tsv: {name} has the level {level!r}, which is none of {get_args(Level)}")
    return Division(
        name, cast(Level, level), code, parent, int(first or FIRST_YEAR), int(last or LAST_YEAR),
        tuple(filter(None, successors.split("+"))), kind,
    )  # fmt: skip


@cache
def ended_names() -> frozenset[tuple[str, str]]:
    """Name and code of every division that is no more."""
    return frozenset((division.name, division.code) for division in divisions() if division.ended)


@cache
def codes_of_today() -> dict[tuple[str, str], str]:
    """The codes of divisions of today that the table of places has otherwise, by name and province."""
    return {(division.name, division.code[:2]): division.code for division in divisions() if not division.ended}


@cache
def begun() -> dict[str, int]:
    """The year in which a code of today began to stand for what another stood for before."""
    years = {division.code: division.first for division in divisions() if not division.ended}
    for division in _continued():
        years[division.successors[0]] = max(division.last, years.get(division.successors[0], 0))
    return years


def code_of_the_time(code: str, year: int) -> str:
    """What a county or prefecture of today was coded in a year; ``code`` itself when nothing is known.

    >>> code_of_the_time("510116", 2012), code_of_the_time("510116", 2020)
    ('510122', '510116')
    """
    before = min((d for d in _before().get(code, ()) if year < d.last), key=lambda d: d.last, default=None)
    return code if before is None or before.code == code else code_of_the_time(before.code, year)


@cache
def _before() -> dict[str, list[Division]]:
    """The divisions that a code continues."""
    found: dict[str, list[Division]] = {}
    for division in _continued():
        found.setdefault(division.successors[0], []).append(division)
    return found


def _continued() -> Iterator[Division]:
    return (d for d in divisions() if d.kind in SAME_PLACE and len(d.successors) == 1)
