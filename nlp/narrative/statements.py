"""The statements of the narrative, as the labelling guide cuts them (section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nlp.narrative.cutting import Stretch, cut, packaged_cutting
from nlp.narrative.linear import Linear
from nlp.narrative.markers import WORD, find_markers
from nlp.narrative.markers import read_marker as read_marker
from nlp.narrative.stops import SENTENCE_END, run_in_label
from nlp.reading.clean import CleanText
from nlp.records import SectionKey
from nlp.structure.paragraphs import Paragraph
from nlp.vocabulary.load import load

# In a narrative of the year's work a statement without modal is work done (labelling guide, section 12);
# shortcomings and what is done about them are not looked for there.
REPORTING: frozenset[SectionKey | None] = frozenset(
    ["preamble", "overview", "work", "disclosure", "requests", "disputes", "fees", "proactive", "on_request",
     "management", "platform", "supervision", "interpretation", "training"]
)  # fmt: skip
MIN_HALF_CHARS = 5
MAX_LINES_BETWEEN = 3
MAX_HEADING_CHARS = 24
# More occur only in damaged files.
MAX_STATEMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """The place of one statement. ``start`` and ``end`` count in the clean text, without white space at either end."""

    section_key: SectionKey | None
    heading: str
    start: int
    end: int


def cut_statements(
    clean: CleanText, paragraphs: Sequence[Paragraph], *, cutting: Linear | None = None
) -> tuple[Piece, ...]:
    """The statements of the paragraphs, in their order.

    In a narrative of the year's work one for each marked item and each sentence outside of items; elsewhere, where
    problems and measures are looked for, as a trained model cuts.

    Parameters
    ----------
    cutting : the weights of signs; the packaged ones unless given

    >>> from nlp.structure.paragraphs import Paragraph
    >>> text = "还存在以下问题:一是渠道单一。多靠网站;二是更新慢,下一步将每周更新。"
    >>> [text[p.start : p.end] for p in cut_statements(CleanText(text), [Paragraph("problems", "", 0, len(text))])]
    ['还存在以下问题:', '一是渠道单一。多靠网站;', '二是更新慢,', '下一步将每周更新。']
    """
    text = clean.text
    pieces: list[Piece] = []
    for stretch in stretches(text, paragraphs):
        first, local = stretch[0], ""
        if first.section_key in REPORTING:
            bounds = list(_reported(text, stretch))
        else:
            begins = cut(Stretch(text, stretch), cutting or packaged_cutting())
            bounds = list(pairwise([*begins, stretch[-1].end]))
        for start, end in bounds:
            start, end = _trim(text, start, end)
            label = run_in_label().match(text, start, end)
            if label is not None:
                local = text[start : label.end()].rstrip(":。")
                start, end = _trim(text, label.end(), end)
            elif _is_heading(text, start, end, stretch):
                local = text[start:end]
                continue
            if WORD.search(text, start, end) and not _pattern("sign_off").match(text, start, end):
                pieces.append(Piece(first.section_key, local or first.heading, start, end))
        if len(pieces) > MAX_STATEMENTS:
            break
    return tuple(pieces[:MAX_STATEMENTS])


def _is_heading(text: str, start: int, end: int, stretch: Sequence[Paragraph]) -> bool:
    """A line of its own above others that names problems, measures or work done and says nothing of them (工作要求)."""
    return (
        end - start <= MAX_HEADING_CHARS
        and end < stretch[-1].end
        and any(paragraph.start <= start and _trim(text, start, paragraph.end)[1] == end for paragraph in stretch)
        and not any(mark in text[start:end] for mark in ",。;:!?、")
        and _headings().search(text, start, end) is not None
        and _lacking().search(text, start, end) is None
    )


def stretches(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs under one heading that nothing but line ends parts, and not many of those."""
    stretch: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.section_key == "appendix":
            continue
        if stretch and not _goes_on(text, stretch[-1], paragraph):
            yield stretch
            stretch = []
        stretch.append(paragraph)
    if stretch:
        yield stretch


def _goes_on(text: str, before: Paragraph, paragraph: Paragraph) -> bool:
    between = text[before.end : paragraph.start]
    return (
        (before.section_key, before.heading) == (paragraph.section_key, paragraph.heading)
        and between.count("\n") <= MAX_LINES_BETWEEN
        and not between.strip("\n \t。;")
    )


def _reported(text: str, stretch: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    counts: dict[str, int] = {}
    for paragraph in stretch:
        yield from _items(text, paragraph.start, paragraph.end, counts)


def _items(text: str, start: int, end: int, counts: dict[str, int]) -> Iterator[tuple[int, int]]:
    """The marked items of a paragraph and the sentences outside of them."""
    begins = [*find_markers(text, start, end, counts), end]
    yield from _sentences(text, start, begins[0])
    for position, following in pairwise(begins):
        stop = _item_end(text, position, following)
        yield position, stop
        yield from _sentences(text, stop, following)


def _item_end(text: str, start: int, end: int) -> int:
    """Where an item ends: before the sentence that turns to all the problems (针对上述问题…), else at ``end``."""
    for stop in SENTENCE_END.finditer(text, start, end):
        after, _ = _trim(text, stop.end(), end)
        if _pattern("transition").match(text, after, end):
            return stop.end()
    return end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in SENTENCE_END.finditer(text, start, end):
        lead = _pattern("lead_in").match(text, start, stop.end())
        if lead is not None and stop.end() - lead.end() >= MIN_HALF_CHARS:
            yield start, lead.end()
            start = lead.end()
        yield start, stop.end()
        start = stop.end()
    if start < end:
        yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",、;。:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("statements")["cutting"][name]["patterns"]))


@cache
def _headings() -> re.Pattern[str]:
    return re.compile("|".join(p for entry in load("statements")["heading"].values() for p in entry["patterns"]))


@cache
def _lacking() -> re.Pattern[str]:
    groups = load("cues")["role"]
    terms = sorted((*groups["deficit"]["surface"], *groups["need"]["surface"]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, terms)))
