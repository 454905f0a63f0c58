"""The statements of the narrative: one for each marked item, one for each sentence where nothing is marked.

Rules of the labelling guide, section 2: cut at markers, then at stops; a heading and its explanation are one statement,
and so is a list under one predicate; a problem and the measure that follows it in the same sentence are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from nlp.narrative.markers import MAX_ITEM_CHARS, WORD, find_markers, markers
from nlp.narrative.markers import read_marker as read_marker
from nlp.reading.clean import CleanText
from nlp.records import SectionKey
from nlp.structure.paragraphs import Paragraph
from nlp.vocabulary.load import load

# Some web copies end sentences with a plain point.
STOPS = re.compile(r"[。!?;]+[”\")]?|(?<=[\u4e00-\u9fff”)])\.(?!\d)|\n")
CLAUSE_STOPS = re.compile(r"[,。;:!?]|(?<=[\u4e00-\u9fff])\.(?!\d)|\n")
# In a narrative of the year's work a statement without modal is work done (labelling guide, section 12);
# shortcomings and what is done about them are not looked for there.
REPORTING: frozenset[SectionKey | None] = frozenset(
    ["preamble", "overview", "work", "disclosure", "requests", "disputes", "fees", "proactive", "on_request",
     "management", "platform", "supervision", "interpretation", "training"]
)  # fmt: skip
MIN_HALF_CHARS = 5
MAX_HEAD_CHARS = 40
MAX_LINES_BETWEEN = 3
# A statement is cut no finer after this many characters: longer ones are damage.
MAX_TURNING_CHARS = 2_000
# More occur only in damaged files.
MAX_STATEMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """The place of one statement. ``start`` and ``end`` count in the clean text, without white space at either end."""

    section_key: SectionKey | None
    heading: str
    start: int
    end: int


def cut_statements(clean: CleanText, paragraphs: Sequence[Paragraph]) -> tuple[Piece, ...]:
    """The statements of the paragraphs, in their order.

    >>> from nlp.structure.paragraphs import Paragraph
    >>> text = "还存在以下问题:一是渠道单一。多靠网站;二是更新慢,下一步将每周更新。"
    >>> [text[p.start : p.end] for p in cut_statements(CleanText(text), [Paragraph("problems", "", 0, len(text))])]
    ['还存在以下问题:', '一是渠道单一。多靠网站;', '二是更新慢,', '下一步将每周更新。']
    """
    text = clean.text
    pieces: list[Piece] = []
    place: tuple[SectionKey | None, str] | None = None
    counts: dict[str, int] = {}
    local = ""
    narrative = [paragraph for paragraph in paragraphs if paragraph.section_key != "appendix"]
    for paragraph in _with_explanations(text, narrative):
        if (paragraph.section_key, paragraph.heading) != place:
            place, counts, local = (paragraph.section_key, paragraph.heading), {}, ""
        for item_start, item_end in _items(text, paragraph.start, paragraph.end, counts):
            start, end = _trim(text, item_start, item_end)
            label = _label().match(text, start, end)
            if label is not None:
                local = text[start : label.end()].rstrip(":。")
                start = label.end()
            halves = [(start, end)] if paragraph.section_key in REPORTING else _turns(text, start, end)
            for left, right in halves:
                left, right = _trim(text, left, right)
                if WORD.search(text, left, right) and not _sign_off().match(text, left, right):
                    pieces.append(Piece(paragraph.section_key, local or paragraph.heading, left, right))
            if len(pieces) > MAX_STATEMENTS:
                return tuple(pieces)
    return tuple(pieces)


def _with_explanations(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, a bare head (一是渠道单一。) as one with the unmarked paragraph below that explains it."""
    head: Paragraph | None = None
    for paragraph in paragraphs:
        if head is not None:
            if _explains(text, head, paragraph):
                yield replace(head, end=paragraph.end)
                head = None
                continue
            yield head
            head = None
        if paragraph.end - paragraph.start <= MAX_HEAD_CHARS and _is_bare_head(text, paragraph.start, paragraph.end):
            head = paragraph
        else:
            yield paragraph
    if head is not None:
        yield head


def _is_bare_head(text: str, start: int, end: int) -> bool:
    """One marked sentence without a clause, not the announcement of a list."""
    marker = markers().match(text, start, end)
    if marker is None or marker.lastgroup in ("bullet", None) or _label().match(text, start, end):
        return False
    stop = STOPS.search(text, marker.end(), end)
    return text[end - 1] != ":" and (stop is None or stop.end() == end) and text.find(",", marker.end(), end) < 0


def _explains(text: str, head: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph goes on where a bare head stopped: the next line, unmarked, and turning to nothing else."""
    at = paragraph.start
    return (
        (paragraph.section_key, paragraph.heading) == (head.section_key, head.heading)
        and text.count("\n", head.end, at) <= MAX_LINES_BETWEEN
        and not text[head.end : at].strip("\n \t。;")
        and markers().match(text, at, paragraph.end) is None
        and _label().match(text, at, paragraph.end) is None
        and _transition().match(text, at, paragraph.end) is None
        and _lead_in().match(text, at, paragraph.end) is None
    )


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
    for stop in STOPS.finditer(text, start, end):
        after, _ = _trim(text, stop.end(), end)
        if _transition().match(text, after, end):
            return stop.end()
    return end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in STOPS.finditer(text, start, end):
        lead = _lead_in().match(text, start, stop.end())
        if lead is not None and stop.end() - lead.end() >= MIN_HALF_CHARS:
            yield start, lead.end()
            start = lead.end()
        yield start, stop.end()
        start = stop.end()
    if start < end:
        yield start, end


def _turns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A statement cut where it turns from a shortcoming to what is done about it, or the other way round."""
    begin = start
    for stop in CLAUSE_STOPS.finditer(text, start, min(end, start + MAX_TURNING_CHARS)):
        at = stop.end()
        if at - begin < MIN_HALF_CHARS or end - at < MIN_HALF_CHARS:
            continue
        if _announcing().match(text, begin, at):
            continue
        if _turn().match(text, at, end):
            lacks = _deficit().search(text, max(begin, at - MAX_ITEM_CHARS), at) is not None
            if lacks and _need().search(text, at, min(end, at + 60)) is None:
                yield begin, at
                begin = at
        elif (
            _reversal().match(text, at, end)
            and _settled().search(text, max(begin, at - MAX_ITEM_CHARS), at)
            and _deficit().search(text, at, min(end, at + MAX_ITEM_CHARS))
        ):
            yield begin, at
            begin = at
    yield begin, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",、;。:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("statements")[table][name]["patterns"]))


def _label() -> re.Pattern[str]:
    return _pattern("cutting", "label")


def _transition() -> re.Pattern[str]:
    return _pattern("cutting", "transition")


def _turn() -> re.Pattern[str]:
    return _pattern("cutting", "turn")


def _reversal() -> re.Pattern[str]:
    return _pattern("cutting", "reversal")


@cache
def _terms(name: str) -> re.Pattern[str]:
    terms = sorted(load("cues")["role"][name]["surface"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, terms)))


@cache
def _deficit() -> re.Pattern[str]:
    return re.compile(_terms("deficit").pattern + "|" + _terms("need").pattern)


def _need() -> re.Pattern[str]:
    return _terms("need")


def _sign_off() -> re.Pattern[str]:
    return _pattern("cutting", "sign_off")


def _settled() -> re.Pattern[str]:
    return _pattern("cutting", "settled")


def _lead_in() -> re.Pattern[str]:
    return _pattern("cutting", "lead_in")


def _announcing() -> re.Pattern[str]:
    return _pattern("cutting", "announcing")
