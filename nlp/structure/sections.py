"""The parts of a report and their sub-headings: which headings are true, and how far each part runs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from nlp.reading.blocks import find_lines
from nlp.reading.clean import CleanText
from nlp.reading.numbering import UNNUMBERED
from nlp.reading.row_labels import indicator_label, is_contents_line
from nlp.reading.title import find_title
from nlp.records import Section, SectionKey, Source, Span
from nlp.structure.alignment import EMPTY_BODY_CHARS
from nlp.structure.headings import Heading, find_headings
from nlp.structure.parts import find_parts
from nlp.structure.subheadings import find_subheadings

HEAD_LINES = 40
HEAD_CHARS = 6_000  # the title of a report, once the page around it is gone, stands among its first characters
MIN_INDICATOR_ROWS = 4
INDICATOR_GATE = re.compile("统计指标|公开政府信息数|指标名称|答复总数")
INDICATOR_HEAD = re.compile(
    r"(?:统计指标|指标(?:名称)?)[\s|]{1,4}(?:计量)?单位[\s|]{1,4}(?:代码[\s|]{1,4})?(?:统计数|数量|本[期年])[^\n]{0,20}\n?[^\n]{200,}"
)


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
    parts, others = find_parts(text, headings)
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
        reading.key in {"proactive", "on_request"}
        for heading in others
        if heading.start < first
        for reading in heading.subs
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
    return [
        heading
        for heading in headings
        if not first <= heading.start < table.end or any(r.key == "appendix" for r in heading.parts)
    ]


def _subs(
    clean: CleanText, parent: SectionKey | None, headings: Sequence[Heading], stop: int, end: int
) -> list[Section]:
    """The keyed sub-headings of one part. One ends at the next sub-heading, also where that one has no key."""
    chain = find_subheadings(clean.text, parent, headings)
    sections = []
    for number, (heading, key) in enumerate(chain):
        if key is None:
            continue
        until = chain[number + 1][0].start if number + 1 < len(chain) else stop
        sections.append(_section(clean, key, 2, Span(heading.start, heading.end), heading.start, until, end))
    return sections
