"""Which headings are the parts of a report."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from nlp.reading.numbering import UNNUMBERED
from nlp.records import SectionKey
from nlp.structure.alignment import Candidate, Part, align
from nlp.structure.headings import Heading
from nlp.structure.titles import EXACT, WORDED, Reading
from nlp.vocabulary.load import load

MARK_LOST = 0.5  # from the weight of exact words
MIN_KEYS_IN_BRACKETS = 3  # (一)总体情况 … are the parts where nothing is numbered 一、


@cache
def orders() -> dict[str, tuple[SectionKey, ...]]:
    """The orders of parts that forms prescribe, and of sub-headings, by name."""
    return {name: tuple(keys) for name, keys in load("sections")["orders"].items() if isinstance(keys, list)}


def find_parts(text: str, headings: list[Heading]) -> tuple[list[Part], list[Heading]]:
    """The headings of the parts with their keys, ``None`` for a part that the form does not know, and the rest."""
    best: tuple[float, int, list[Part]] = (0.0, UNNUMBERED, [])
    numbers = {(heading.style, heading.ordinal) for heading in headings}
    for depth in sorted({heading.depth for heading in headings if heading.parts}):
        candidates = [candidate for heading in headings if (candidate := _as_part(heading, depth, numbers))]
        candidates = _with_work_above_its_parts(candidates, headings)
        keys = {reading.key for candidate in candidates for reading in candidate.readings}
        for name in ("form",) if keys <= set(orders()["form"]) else ("form", "free"):
            score, chain = align(text, candidates, orders()[name], fixed=name == "form")
            if score > best[0] + 1e-9 and _may_be_parts(depth, chain):
                best = (score, depth, chain)
        if best[2] and depth >= 1 and best[1] <= 1:
            break  # sub-headings are parts only where nothing lies above them
    _, depth, chain = best
    if not chain:
        return [], headings
    chosen = {heading.start for heading, _ in chain}
    below = [h for h in headings if h.start not in chosen and (h.depth > depth or UNNUMBERED in {depth, h.depth})]
    return chain, below


def _may_be_parts(depth: int, chain: Sequence[Part]) -> bool:
    if depth == UNNUMBERED:
        return any(key not in {None, "appendix"} for _, key in chain)
    if depth <= 1:
        return any(key is not None for _, key in chain)
    numbered = {key for heading, key in chain if heading.depth == depth} & set(orders()["form"])
    unnumbered = [heading for heading, _ in chain if heading.depth == UNNUMBERED]
    return len(numbered) >= MIN_KEYS_IN_BRACKETS and len(numbered) > len(unnumbered)


def _as_part(heading: Heading, depth: int, numbers: Set[tuple[str, int | None]]) -> Candidate | None:
    """The heading as a part of a report whose parts are numbered as deep as ``depth``; ``None`` for one that is none.

    One in the form's own words may be numbered otherwise than its fellows, (六、其他… or 5、存在…, where no list of its own
    style holds it; ``numbers`` are the styles and numbers of all headings.
    """
    if heading.depth == depth:
        return Candidate(heading, heading.parts) if heading.parts or depth != UNNUMBERED else None
    exact = tuple(reading for reading in heading.parts if reading.weight >= EXACT - MARK_LOST)
    if not exact:
        return None
    if heading.depth == UNNUMBERED:
        named = any(reading.key == "appendix" or reading.key in orders()["form"] for reading in exact)
        return Candidate(heading, exact, own_style=False) if named else None
    number = heading.ordinal or 0
    alone = (heading.style, number - 1) not in numbers and (heading.style, number + 1) not in numbers
    if not alone or depth == UNNUMBERED:
        return None
    return Candidate(heading, exact, own_style=heading.style == "open" and depth == 1)


def _with_work_above_its_parts(candidates: Sequence[Candidate], headings: Sequence[Heading]) -> list[Candidate]:
    """二、政府信息公开情况 is the work of the year, not the part on disclosure, where that is a sub-heading below it."""
    found = []
    for at, candidate in enumerate(candidates):
        if {reading.key for reading in candidate.readings} == {"work", "disclosure"}:
            end = candidates[at + 1].heading.start if at + 1 < len(candidates) else None
            below = {
                reading.key
                for heading in headings
                if candidate.heading.end <= heading.start and (end is None or heading.start < end)
                for reading in heading.subs
            }
            if "proactive" in below:
                candidate = Candidate(candidate.heading, (Reading("work", WORDED),), candidate.own_style)
        found.append(candidate)
    return found
