"""Which headings are the parts of a report: how they are numbered, what was lost, printed twice or listed as contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from nlp.reading.headings import Heading
from nlp.reading.numbering import UNNUMBERED
from nlp.records import SectionKey
from nlp.vocabulary.load import load

Part = tuple[Heading, SectionKey | None]
EMPTY_BODY_CHARS = 12  # between two lines of a table of contents
FORM: frozenset[SectionKey] = frozenset({"overview", "disclosure", "requests", "disputes", "problems", "other"})
UNNUMBERED_PARTS = FORM | {"appendix"}


def find_parts(text: str, headings: list[Heading]) -> tuple[list[Part], list[Heading]]:
    """The headings of the parts with their keys, ``None`` for a part that the form does not know, and the rest."""
    depth = _part_depth(headings)
    if depth is None:
        return [], headings
    candidates = [
        h
        for h in headings
        if (h.depth == depth != UNNUMBERED) or (h.depth == UNNUMBERED and h.part in UNNUMBERED_PARTS and h.plain)
    ]
    candidates = _without_contents(text, candidates)
    kept: list[Part] = []
    last, keyed = 0, [h for h in candidates if h.plain and h.part is not None and h.depth == depth]
    numbered_keys = {h.part for h in keyed}
    previous: Heading | None = None
    for heading in candidates:
        key = heading.part
        if previous is not None and key is not None and key == previous.part and _empty(text, previous, heading):
            previous = heading  # the heading is printed twice
            continue
        if heading.depth == UNNUMBERED and depth != UNNUMBERED:
            # A number was lost: only a part that no numbered heading names, and no sub-heading of where it stands.
            if (
                key in numbered_keys
                or any(k == key for _, k in kept)
                or heading.sub in {"proactive", "on_request", "problem_list"}
            ):
                continue
        elif depth == UNNUMBERED:
            again = any(h.part == key and h.start > heading.start for h in candidates)
            if any(k == key for _, k in kept) or (heading.sub in {"proactive", "on_request"} and again):
                continue
        else:
            ordinal = heading.ordinal if heading.ordinal is not None else last + 1
            later = any(h.ordinal == ordinal and h.start > heading.start for h in keyed)
            if ordinal <= last and any(k == "appendix" for _, k in kept):
                continue  # a row of the appended table
            follows = last < ordinal <= last + 3 or (last == 0 and not kept)
            if key == "overview" and ordinal > last and any(k == "overview" for _, k in kept):
                key = None  # 二、公文类信息基本情况
            if key is None and not (ordinal == last + 1 and not later):
                continue
            if key is not None and not heading.plain and not (follows and not later):
                continue
            if key is not None and any(k == key for _, k in kept) and ordinal <= last:
                continue
            last = ordinal
        kept.append((heading, key))
        previous = heading
    while kept and kept[-1][1] is None and not any(key for _, key in kept):
        kept.pop()
    kept = _bare_disclosure(text, _first_work_is_overview(kept))
    chosen = {heading.start for heading, _ in kept}
    return kept, [h for h in headings if h.start not in chosen and (h.depth > depth or h.depth == UNNUMBERED)]


def _part_depth(headings: Sequence[Heading]) -> int | None:
    """How the parts are numbered; ``None`` when the text has sub-headings only."""
    keys: dict[int, set[SectionKey]] = {}
    for heading in headings:
        if heading.part is not None:
            keys.setdefault(heading.depth, set()).add(heading.part)
    upper = {depth: len(found) for depth, found in keys.items() if depth <= 1}
    if upper:
        return max(upper, key=lambda depth: (upper[depth], -depth))
    lower = [depth for depth in sorted(keys) if len(keys[depth] & FORM) >= 3]
    if lower:
        return lower[0]
    unnumbered = [h for h in headings if h.depth == UNNUMBERED and h.plain and h.sub is None]
    return UNNUMBERED if unnumbered else None


def _empty(text: str, heading: Heading, following: Heading) -> bool:
    return len(text[heading.end : following.start].strip(" \t\n#*。.")) <= 2


def _without_contents(text: str, candidates: list[Heading]) -> list[Heading]:
    """Without a table of contents: a run of headings with nothing between them, whose keys all come again."""
    for number in range(2, len(candidates)):
        if candidates[number].part is not None and candidates[number].part == candidates[0].part:
            run = candidates[:number]
            later = {heading.part for heading in candidates[number:]}
            bare = all(len(text[a.end : b.start].strip()) <= EMPTY_BODY_CHARS for a, b in pairwise(run))
            if bare and all(heading.part is None or heading.part in later for heading in run):
                return candidates[number:]
    return candidates


def _first_work_is_overview(kept: list[Part]) -> list[Part]:
    """一、工作开展情况 is the overview when the other parts are those of the form since 2019."""
    keys = {key for _, key in kept}
    if (
        "overview" not in keys
        and kept
        and kept[0][1] == "work"
        and len(keys & {"requests", "disputes", "problems", "other"}) >= 3
    ):
        return [(kept[0][0], "overview"), *kept[1:]]
    return kept


def _bare_disclosure(text: str, kept: list[Part]) -> list[Part]:
    """二、政府信息公开情况 directly before 三、依申请公开… is the part on what was published."""
    if any(key == "disclosure" for _, key in kept):
        return kept
    for number, ((heading, key), (_, following)) in enumerate(pairwise(kept)):
        title = re.sub(r"\s", "", text[heading.start : heading.end])
        if key is None and following == "requests" and _bare_title().search(title):
            kept[number] = (heading, "disclosure")
    return kept


@cache
def _bare_title() -> re.Pattern[str]:
    return re.compile("|".join(load("sections")["bare_disclosure"]["patterns"]))
