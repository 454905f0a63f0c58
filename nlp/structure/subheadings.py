"""Which sub-headings of a part have a key, and which."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.reading.headings import Heading
from nlp.reading.numbering import UNNUMBERED
from nlp.records import SectionKey
from nlp.structure.parts import FORM, Part

# What a sub-heading may name inside each part; in the others whatever it names.
LISTS: frozenset[SectionKey] = frozenset({"problem_list", "measure_list"})
ALLOWED: dict[SectionKey, frozenset[SectionKey]] = {
    "problems": LISTS,
    "measure_list": frozenset({"measure_list"}),
    "disclosure": frozenset({"platform", "interpretation", "management", "training", "supervision", "fees"}),
    "requests": frozenset({"fees", "disputes"}),
    "disputes": frozenset(),
    "other": frozenset({"fees", "training", "interpretation", "disputes", "supervision", "management", "platform"}),
    "appendix": frozenset(),
    "fees": frozenset(),
}
# Outside the overview of the forms since 2019 these sub-headings are the parts of the older reports.
AS_PART: dict[SectionKey, SectionKey] = {
    "proactive": "disclosure",
    "on_request": "requests",
    "problem_list": "problems",
}


def find_subheadings(parent: SectionKey | None, headings: Sequence[Heading]) -> list[Part]:
    """The sub-headings of one part, from the first numbering that has keys, each with its key or ``None``."""
    keys = [_key_inside(parent, heading) for heading in headings]
    depths = [h.depth for h, key in zip(headings, keys, strict=True) if key is not None and h.depth != UNNUMBERED]
    if not any(keys):
        return []
    deepest = min(depths) if depths else UNNUMBERED
    chain: list[Part] = []
    last = 0
    for heading, key in zip(headings, keys, strict=True):
        if heading.depth > deepest and heading.depth != UNNUMBERED:
            continue
        if key is None and (
            heading.depth == UNNUMBERED or (heading.ordinal is not None and heading.ordinal != last + 1)
        ):
            continue
        if chain and key is not None and chain[-1][1] == key and heading.depth == UNNUMBERED:
            continue
        if heading.ordinal is not None and heading.depth != UNNUMBERED:
            last = heading.ordinal
        elif heading.depth != UNNUMBERED:
            last += 1
        chain.append((heading, key))
    return chain


def _key_inside(parent: SectionKey | None, heading: Heading) -> SectionKey | None:
    key = heading.sub
    if parent == "problems" and key == "problems":
        key = "problem_list"
    if (
        parent in {"work", None}
        and key is None
        and heading.whole
        and heading.part in FORM | {"fees", "training", "interpretation"}
    ):
        key = heading.part if heading.plain else None
    if key is None:
        return None
    if heading.depth == UNNUMBERED and heading.label and parent not in {"problems", "measure_list"}:
        return None
    if parent == "work":
        key = AS_PART.get(key, key)
    elif parent == "overview" and key == "problem_list":
        key = "problems"
    if parent is not None and parent in ALLOWED and key not in ALLOWED[parent]:
        return None
    return key
