"""What the narrative claims: a number tied to what it counts, whose it is, and the cells that it repeats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nlp.records import Quantity, SectionKey

Period = Literal["year", "previous_year", "cumulative", "other_year"]
# Table, row, column.
Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of the narrative, or a number said in words (未收到, 均予维持: ``in_words``).

    ``scope`` is ``whole`` when the number is the body's of the whole year, ``part`` when it is a part of another one,
    ``unsure`` when the sentence does not tell. ``readings`` are the cells that it may repeat, the first the one meant;
    the number should be the sum of the cells of one of them. ``start`` and ``end`` are its place in the clean text,
    ``sentence`` the range of its sentence there.
    """

    metric: str
    quantity: Quantity
    period: Period
    scope: Literal["whole", "part", "unsure"]
    start: int
    end: int
    sentence: tuple[int, int]
    section: SectionKey | None = None
    category: str | None = None
    in_words: bool = False
    readings: tuple[tuple[Cell, ...], ...] = ()
