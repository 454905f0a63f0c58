"""Which sub-headings of a part have a key, and which."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.reading.numbering import UNNUMBERED
from nlp.records import SectionKey
from nlp.structure.alignment import Candidate, Part, align
from nlp.structure.headings import Heading
from nlp.structure.parts import orders
from nlp.structure.titles import EXACT, Reading
from nlp.vocabulary.load import load

# Outside the overview of the forms since 2019 these sub-headings are the parts of the older reports.
AS_PART: dict[SectionKey, SectionKey] = {
    "proactive": "disclosure",
    "on_request": "requests",
    "problem_list": "problems",
}


def find_subheadings(text: str, parent: SectionKey | None, headings: Sequence[Heading]) -> list[Part]:
    """The sub-headings of one part, from the first numbering that has keys, each with its key or ``None``."""
    candidates = [Candidate(heading, _readings(parent, heading)) for heading in headings]
    order = orders().get(parent or "overview", orders()["overview"])
    depths = sorted({c.heading.depth for c in candidates if c.readings})
    for depth in depths:
        chosen = [
            Candidate(c.heading, c.readings, own_style=c.heading.depth == depth)
            for c in candidates
            if c.heading.depth == depth or (c.heading.depth == UNNUMBERED and c.readings)
        ]
        _, chain = align(text, chosen, order, fixed=parent in {"overview", None})
        if any(key is not None for _, key in chain):
            return chain
    return []


def _readings(parent: SectionKey | None, heading: Heading) -> tuple[Reading, ...]:
    """What a heading may name inside a part."""
    readings = heading.subs
    if not readings and parent in {"work", None} and heading.whole:
        readings = tuple(reading for reading in heading.parts if reading.weight >= EXACT)
    if heading.depth == UNNUMBERED and heading.label and parent not in {"problems", "measure_list"}:
        return ()
    allowed = load("sections")["inside"].get(parent) if parent else None
    keyed = (Reading(_key_inside(parent, reading.key), reading.weight) for reading in readings)
    return tuple(reading for reading in keyed if allowed is None or reading.key in allowed)


def _key_inside(parent: SectionKey | None, key: SectionKey) -> SectionKey:
    if parent == "problems" and key == "problems":
        return "problem_list"
    if parent == "work":
        return AS_PART.get(key, key)
    return "problems" if parent == "overview" and key == "problem_list" else key
