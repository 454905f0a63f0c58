"""The parts of a report and their sub-headings: which headings are true, and how far each part runs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from nlp.reading.blocks import find_lines
from nlp.reading.clean import CleanText
from nlp.reading.headings import Heading, find_headings, indicator_label, is_contents_line
from nlp.reading.numbering import UNNUMBERED
from nlp.reading.title import find_title
from nlp.records import Section, SectionKey, Source, Span
from nlp.vocabulary.load import load

HEAD_LINES = 40
HEAD_CHARS = 6_000  # the title of a report, once the page around it is gone, stands among its first characters
MIN_INDICATOR_ROWS = 4
INDICATOR_GATE = re.compile("统计指标|公开政府信息数|指标名称|答复总数")
INDICATOR_HEAD = re.compile(
    r"(?:统计指标|指标(?:名称)?)[\s|]{1,4}(?:计量)?单位[\s|]{1,4}(?:代码[\s|]{1,4})?(?:统计数|数量|本[期年])[^\n]{0,20}\n?[^\n]{200,}"
)
EMPTY_BODY_CHARS = 12  # between two lines of a table of contents
FORM: frozenset[SectionKey] = frozenset({"overview", "disclosure", "requests", "disputes", "problems", "other"})
UNNUMBERED_PARTS = FORM | {"appendix"}
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


def find_sections(source: Source, clean: CleanText) -> tuple[Section, ...]:
    """The parts of the report in order, each followed by its keyed sub-headings; empty for a text without headings.

    The parts and their titles are those of 国办公开办函〔2021〕30号 and its predecessors of 2019, 2014 and 2008.
    """
    text = clean.text
    headings = find_headings(text)
    if not headings:
        return ()
    title = report_title(text)
    if title is not None:
        headings = [heading for heading in headings if heading.start >= title.end]
    headings = _without_indicator_rows(text, headings)
    parts, others = _parts(text, headings)
    end = len(text.rstrip())
    sections: list[Section] = []
    first = parts[0][0].start if parts else end
    body_start = title.start if title else len(text) - len(text.lstrip())
    if parts and _is_preamble(text, body_start, first, title):
        sections.append(
            _section(clean, "preamble", 1, Span(body_start, title.end if title else body_start), body_start, first, end)
        )
    if not parts:
        sections += _subs(clean, None, others, end, end)
    elif title is not None or any(
        heading.sub in {"proactive", "on_request"} for heading in others if heading.start < first
    ):
        # 主动公开 without a number before the first part is a line of an index card.
        before = [h for h in others if h.start < first and (h.depth != UNNUMBERED or parts[0][0].depth == UNNUMBERED)]
        sections += _subs(clean, None, before, first, end)
    starts = [heading.start for heading in others]
    for number, (heading, key) in enumerate(parts):
        stop = parts[number + 1][0].start if number + 1 < len(parts) else end
        if key is not None:
            sections.append(_section(clean, key, 1, Span(heading.start, heading.end), heading.start, stop, end))
        within = others[bisect_left(starts, heading.start + 1) : bisect_left(starts, stop)]
        sections += _subs(clean, key or "work", within, stop, end)
    return tuple(sections)


def _is_preamble(text: str, start: int, end: int, title: Span | None) -> bool:
    """Whether words of the report stand before its first part; without a title they may be the buttons of the page."""
    lines = [line for line in text[start:end].split("\n") if not is_contents_line(line, 0, len(line))]
    above = "\n".join(lines).strip(" \t\n#*|>-")
    return bool(above) and (title is not None or "。" in above or "公开" in above)


@lru_cache(maxsize=2)  # asked for twice a report
def report_title(text: str) -> Span | None:
    """Where the title of the report stands in its clean text; ``None`` without a title."""
    head = text[:HEAD_CHARS]
    return find_title(head, find_lines(head, HEAD_LINES)[:HEAD_LINES])


def _section(clean: CleanText, key: SectionKey, level: int, title: Span, start: int, stop: int, end: int) -> Section:
    where = clean.span(start, start).start
    last = clean.span(stop, stop).start if stop < end else clean.span(end - 1, end).end
    return Section(key, level, clean.span(title.start, title.end), Span(where, max(where, last)))


@lru_cache(maxsize=2)
def indicator_table(text: str) -> Span | None:
    """The rows of the statistical table of 2014–2018, or of a local one before; ``None`` when fewer than four stand there.

    ``text`` is the clean text.
    """
    if not INDICATOR_GATE.search(text):
        return None
    rows = [
        line.start()
        for line in re.finditer(r"[^\n]+", text)
        if indicator_label().search(re.sub(r"\s", "", line[0][:60]).lstrip("|"))
    ]
    if len(rows) < MIN_INDICATOR_ROWS:
        head = INDICATOR_HEAD.search(text)  # the whole table may be one line
        return Span(head.start(), head.end()) if head else None
    last = text.find("\n", rows[-1])
    return Span(rows[0], last if last >= 0 else len(text))


def _without_indicator_rows(text: str, headings: list[Heading]) -> list[Heading]:
    """Without the rows 一、主动公开情况 … 九、 of that table, which are worded like the parts of the report."""
    table = indicator_table(text)
    if table is None:
        return headings
    first = table.start
    # 一、主动公开情况 is the first row of the table and stands before the first label that nothing else bears.
    above = [heading for heading in headings if heading.start < first and heading.ordinal == 1 and heading.depth == 1]
    if above and len(text[above[-1].end : first].strip()) <= EMPTY_BODY_CHARS:
        first = above[-1].start
    return [heading for heading in headings if not first <= heading.start < table.end or heading.part == "appendix"]


def _parts(text: str, headings: list[Heading]) -> tuple[list[tuple[Heading, SectionKey | None]], list[Heading]]:
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
    kept: list[tuple[Heading, SectionKey | None]] = []
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


def _first_work_is_overview(kept: list[tuple[Heading, SectionKey | None]]) -> list[tuple[Heading, SectionKey | None]]:
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


def _bare_disclosure(
    text: str, kept: list[tuple[Heading, SectionKey | None]]
) -> list[tuple[Heading, SectionKey | None]]:
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


def _subs(
    clean: CleanText, parent: SectionKey | None, headings: Sequence[Heading], stop: int, end: int
) -> list[Section]:
    """The keyed sub-headings of one part. One ends at the next sub-heading, also where that one has no key."""
    keys = [_key_inside(parent, heading) for heading in headings]
    depths = [h.depth for h, key in zip(headings, keys, strict=True) if key is not None and h.depth != UNNUMBERED]
    if not any(keys):
        return []
    deepest = min(depths) if depths else UNNUMBERED
    chain: list[tuple[Heading, SectionKey | None]] = []
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
    sections = []
    for number, (heading, key) in enumerate(chain):
        if key is None:
            continue
        until = chain[number + 1][0].start if number + 1 < len(chain) else stop
        sections.append(_section(clean, key, 2, Span(heading.start, heading.end), heading.start, until, end))
    return sections


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
