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

from nlp.reading.clean import CleanText
from nlp.reading.paragraphs import Paragraph
from nlp.records import SectionKey
from nlp.vocabulary.load import load

ORDINALS = {mark: value for value, mark in enumerate("一二三四五六七八九", 1)}
ORDINALS |= {"十": 10, "首先": 1, "其次": 2, "再次": 3}
ORDINALS |= {mark: value for value, mark in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫", 1)}
# Some web copies end sentences with a plain point.
STOPS = re.compile(r"[。!?;]+[”\")]?|(?<=[\u4e00-\u9fff”)])\.(?!\d)|\n")
CLAUSE_STOPS = re.compile(r"[,。;:!?]|(?<=[\u4e00-\u9fff])\.(?!\d)|\n")
# In a narrative of the year's work a statement without modal is work done (labelling guide, section 12);
# shortcomings and what is done about them are not looked for there.
REPORTING: frozenset[SectionKey | None] = frozenset(
    ["preamble", "overview", "work", "disclosure", "requests", "disputes", "fees", "proactive", "on_request",
     "management", "platform", "supervision", "interpretation", "training"]
)  # fmt: skip
# A lone 。 or a bracket between two items is no statement.
WORD = re.compile(r"[\w]")
SECOND = re.compile("二[是要]")
# What may stand before a marker that begins an item within a paragraph.
AFTER = {
    "listed": "。.;:",
    "numbered": "。.;:!?” \n",
    "ordinal": "。.;:!?,\n ",
    "bracketed": "。.;:!?,、 \n",
    "counted": "。.;:!?,、)” \n",
}
MIN_HALF_CHARS = 5
MAX_HEAD_CHARS = 40
MAX_LINES_BETWEEN = 3
MAX_ITEM_CHARS = 600
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

    >>> from nlp.reading.paragraphs import Paragraph
    >>> text = "还存在以下问题:一是渠道单一。多靠网站;二是更新慢,下一步将每周更新。"
    >>> [text[p.start : p.end] for p in cut_statements(CleanText(text), [Paragraph("problems", "", 0, len(text))])]
    ['还存在以下问题:', '一是渠道单一。多靠网站;', '二是更新慢,', '下一步将每周更新。']
    """
    text = clean.text
    pieces: list[Piece] = []
    place: tuple[SectionKey | None, str] | None = None
    counts: dict[str, int] = {}
    local = ""
    for paragraph in _with_explanations(text, paragraphs):
        if (paragraph.section_key, paragraph.heading) != place:
            place, counts, local = (paragraph.section_key, paragraph.heading), {}, ""
        for start, end in _items(text, paragraph.start, paragraph.end, counts):
            label = _label().match(text, start, end)
            if label is not None:
                local = text[start : label.end()].rstrip(":。")
                start = label.end()
            halves = [(start, end)] if paragraph.section_key in REPORTING else _turns(text, start, end)
            for left, right in halves:
                left, right = _trim(text, left, right)
                if WORD.search(text, left, right):
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
    marker = _markers().match(text, start, end)
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
        and _markers().match(text, at, paragraph.end) is None
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
        if _transition().match(text, stop.end(), end):
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


def find_markers(text: str, start: int, end: int, counts: dict[str, int]) -> list[int]:
    """Where items begin in ``text[start:end]``.

    A marker counts at the start of a paragraph and after a stop. Inside a sentence, where the stop before it may be
    lost (…认可度三是开拓…), it must continue the count of its kind. ``counts`` carries the last number of each kind
    from paragraph to paragraph.
    """
    begins: list[int] = []
    first = next((position for position in range(start, end) if not text[position].isspace()), end)
    for match in _markers().finditer(text, first, end):
        kind, number, at = match.lastgroup or "", _number_of(match), match.start()
        if not (at == first or _opens_item(text, match, number, counts.get(kind, 0))):
            continue
        if not begins or WORD.search(text, _after(text, begins[-1], end), at):
            begins.append(at)
        # (一)首先…: two markers at one place are one item.
        counts[kind] = number
        if kind in ("bracketed", "listed"):
            # A new part counts its own items from one.
            counts.pop("counted", None)
            counts.pop("numbered", None)
    lost = _lost_point().match(text, first, end)
    if lost is not None and not (begins and begins[0] == first) and int(lost[1]) == counts.get("numbered", 0) + 1:
        begins.insert(0, first)
        counts["numbered"] = int(lost[1])
    return begins


def _opens_item(text: str, match: re.Match[str], number: int, last: int) -> bool:
    """Whether a marker inside a paragraph begins an item; ``last`` is the number of the last one of its kind."""
    kind, before = match.lastgroup or "", text[match.start() - 1]
    follows = number == last + 1 and number > 1
    if kind == "bullet":
        return False
    if kind == "ordinal":
        return before in AFTER[kind]
    if kind in ("listed", "numbered"):
        return before in AFTER[kind] and (follows or number == 1)
    if follows or (number == 1 and before in AFTER[kind]):
        return True
    # A 一是 in the middle of a sentence opens a list when 二是 comes after it.
    ahead = match.end() + MAX_ITEM_CHARS
    return kind == "counted" and number == 1 and SECOND.search(text, match.end(), ahead) is not None


def read_marker(text: str) -> tuple[str, int] | None:
    """The kind of marker that ``text`` begins with, and its number; ``None`` when it bears none.

    >>> read_marker("二是渠道单一"), read_marker("渠道单一")
    (('counted', 2), None)
    """
    match = _markers().match(text)
    if match is None or match.lastgroup == "bullet":
        return None
    return match.lastgroup or "", _number_of(match)


def _after(text: str, begin: int, end: int) -> int:
    match = _markers().match(text, begin, end)
    return match.end() if match else begin


def _number_of(match: re.Match[str]) -> int:
    return _number(next((group for group in reversed(match.groups()) if group is not None), ""))


def _number(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if mark in ORDINALS:
        return ORDINALS[mark]
    tens, _, ones = mark.partition("十")
    return ORDINALS.get(tens, 1) * 10 + ORDINALS.get(ones, 0) if "十" in mark else 0


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
def _markers() -> re.Pattern[str]:
    entries = load("statements")["marker"]
    kinds = ("counted", "bracketed", "numbered", "ordinal", "bullet", "listed")
    return re.compile("|".join(f"(?P<{kind}>{'|'.join(entries[kind]['patterns'])})" for kind in kinds))


@cache
def _lost_point() -> re.Pattern[str]:
    """2由于…: a number whose point is lost, at the start of a paragraph."""
    return re.compile(r"(\d{1,2})(?=[\u4e00-\u9fff])(?![年月日号个条次件项份篇家名人万元场期%])")


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


def _settled() -> re.Pattern[str]:
    return _pattern("cutting", "settled")


def _lead_in() -> re.Pattern[str]:
    return _pattern("cutting", "lead_in")


def _announcing() -> re.Pattern[str]:
    return _pattern("cutting", "announcing")
