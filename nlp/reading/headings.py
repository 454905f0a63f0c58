"""Every line, and every place inside a line, that looks like a heading of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.reading.numbering import CHINESE, UNNUMBERED, Number, read_number
from nlp.reading.titles import part_key, plain_title, run_in_sub, sub_key
from nlp.records import SectionKey
from nlp.vocabulary.load import load

LINE = re.compile(r"[^\n]+")
MARKS = " \t#>*|•●◆■▪-–—　"
READ_CHARS = 110  # of a line, to find the title at its beginning
TITLE_END = re.compile(r"[。:;!?|\t]")
NUMBERED = frozenset("一二三四五六七八九十第(")
NUMBERED_ROWS = frozenset("一二三四五六七八九十第(〔[【)〕0123456789①②③④⑤⑥⑦⑧⑨⑩")
LONG_LINE_CHARS = 40
MAX_LINES = 100_000
MAX_NUMBERS_IN_LINE = 3_000  # a report on one line has 120
MIN_UNMARKED_CHARS = 8  # 五存在的主要问题…, its mark lost; 一些主要问题 is no heading
MAX_SPACED_CHARS = 20  # 四 咨询情况; 一 些单位… is no heading
OPEN_PARTS: frozenset[SectionKey] = frozenset({"overview", "disclosure", "requests", "disputes", "problems", "other"})
CANONICAL_SUBS: tuple[SectionKey, ...] = ("proactive", "on_request", "management", "platform", "supervision")


@dataclass(frozen=True, slots=True)
class Heading:
    """A possible heading. ``start`` is its number or first word, ``end`` the end of the title, in the clean text.

    ``part`` and ``sub`` are what its words name as a part and as a sub-heading; ``plain`` says that they are the words
    of the form itself; ``whole`` that nothing follows on the line; ``inside`` that it stands inside a line.
    """

    start: int
    end: int
    depth: int
    ordinal: int | None
    part: SectionKey | None
    sub: SectionKey | None
    plain: bool
    whole: bool
    inside: bool = False
    label: bool = False


def find_headings(text: str) -> list[Heading]:
    """The possible headings of a clean text in their order; which of them are headings is for the structure to say."""
    headings, telling, starts = [], _words("telling"), _starts()
    for number, line in enumerate(LINE.finditer(text)):
        if number >= MAX_LINES:
            break
        start, end = line.span()
        if text[end - 1] in "0123456789 .…·" and is_contents_line(text, start, end):
            continue
        heading = None
        if (
            end - start > 1
            and text[start] in starts
            and (end - start > LONG_LINE_CHARS or text[start] in NUMBERED or telling.search(text, start, end))
            and (heading := _at_line_start(text, start, end)) is not None
        ):
            headings.append(heading)
        if end - start > LONG_LINE_CHARS:
            headings += _inside(text, heading.end if heading else start + 1, end)
    return headings


@cache
def _words(entry: str) -> re.Pattern[str]:
    return re.compile("|".join(load("sections")[entry]["patterns"]))


def is_contents_line(text: str, start: int, end: int) -> bool:
    """Whether a line is one of a table of contents: its words, dots, and the number of a page."""
    return end - start <= READ_CHARS and _words("contents_line").search(text, start, end) is not None


@cache
def table_label() -> re.Pattern[str]:
    """Rows and columns of the statutory tables of 2019 and 2021."""
    return re.compile("|".join(load("sections")["table_label"]["patterns"]))


@cache
def indicator_label() -> re.Pattern[str]:
    """Rows and columns of the table of 2014–2018."""
    return re.compile("|".join(load("sections")["indicator_label"]["patterns"]))


def _at_line_start(text: str, start: int, end: int) -> Heading | None:
    raw = text[start : min(end, start + READ_CHARS)]
    skipped = len(raw) - len(raw.lstrip(MARKS))
    start, raw = start + skipped, raw[skipped:].rstrip(" \t*#|")
    if not raw:
        return None
    if ("|" in raw or "\t" in raw) and sum(1 for cell in re.split(r"[|\t]", raw) if cell.strip()) > 1:
        return None
    if _is_row_label(raw):
        return None
    number = read_number(raw)
    if number is None and raw[0] not in _first_characters():
        return None
    compact, places = _without_spaces(raw[number.end :] if number else raw)
    if not compact or _words("introduction").match(compact):
        return None
    whole_line = start + len(raw) >= end or not text[start + len(raw) : end].strip(" |\t*#")
    offset = start + (number.end if number else 0)
    if number is None:
        return _unnumbered(compact, places, offset, whole_line)
    return _numbered(number, compact, places, start, offset, whole_line)


@lru_cache(maxsize=4096)
def _is_row_label(raw: str) -> bool:
    """Whether a line is a numbered row of the tables; the same hundred lines stand in every report."""
    return (
        raw[0] in NUMBERED_ROWS
        and table_label().match("".join(raw.split())) is not None
        and read_number(raw) is not None
    )


@cache
def _starts() -> frozenset[str]:
    """The characters that a line with a heading at its start can begin with."""
    return frozenset(MARKS) | NUMBERED_ROWS | _first_characters()


@cache
def _first_characters() -> frozenset[str]:
    """Titles without a number begin with few characters; a digit or Latin letter never begins one but a year."""
    return frozenset(load("sections")["first_character"]["characters"])


def _numbered(
    number: Number, compact: str, places: list[int], start: int, offset: int, whole_line: bool
) -> Heading | None:
    cut = TITLE_END.search(compact)
    title_end = cut.start() if cut else len(compact)
    title = compact[:title_end].rstrip(",、.")
    whole = whole_line and not compact[title_end:].strip("。:;.!")

    def heading(length: int, part: SectionKey | None, sub: SectionKey | None, plain: bool, whole: bool) -> Heading:
        end = offset + places[max(0, length - 1)] + 1
        # (六、存在的主要问题 is a part with a bracket too many, (一、主动公开 a sub-heading with a bracket lost.
        open_part = number.style == "open" and plain and part in OPEN_PARTS and sub not in CANONICAL_SUBS
        return Heading(start, end, 1 if open_part else number.depth, number.ordinal, part, sub, plain, whole)

    plain, run_in = plain_title(compact[:70]), run_in_sub(compact[:60])
    runs_in = run_in is not None and _runs_in(number.ordinal, run_in, compact)
    if cut or whole:
        clause, comma, _ = title.partition(",")
        if comma and clause.endswith("方面") and (sub := sub_key(clause)) is not None:
            return heading(len(clause), None, sub, False, False)
        part, sub = part_key(title), sub_key(title)
        exact = plain is not None and plain[1] >= len(title)
        if not exact and sub is None and (_words("prose").search(title, 2) or _begins_only(title, plain, runs_in)):
            part = None  # 一、总体情况2023年,我乡…: the title ends before the sentence does
        if part is not None or sub is not None:
            lost = not exact and (number.style == "bare" or (number.style == "empty" and sub is None))
            if number.style == "spaced" and not whole and not exact:
                return None
            if lost and not (whole and len(title) >= MIN_UNMARKED_CHARS and _words("title_end").search(title)):
                return None
            if whole or plain is None or exact or sub is not None:
                return heading(len(title), part, sub, exact, whole)
    if (
        plain is not None
        and (plain[1] >= 4 or plain[1] == len(compact) or places[plain[1]] > places[plain[1] - 1] + 1)
        and not _goes_on(compact, plain[1])
    ):  # 一、概述 with its text behind a space
        return heading(plain[1], plain[0], sub_key(compact[: plain[1]]), True, False)
    if run_in is not None and runs_in:
        return heading(run_in[1], None, run_in[0], False, False)
    if number.style in {"bare", "empty"} or number.ordinal is None:
        return None
    if number.style == "spaced" and not (whole and len(title) <= MAX_SPACED_CHARS and "," not in title):
        return None
    return heading(min(len(title), len(compact)), None, None, False, whole)


def _begins_only(title: str, plain: tuple[SectionKey, int] | None, runs_in: bool) -> bool:
    """Whether a title stands at the beginning of the words, and they go on as a sentence."""
    return (plain is not None or runs_in) and _words("title_end").search(title) is None


def _runs_in(ordinal: int | None, run_in: tuple[SectionKey, int], compact: str) -> bool:
    """Whether (二)依申请公开 at its own place in the order of the form is followed by a sentence about it."""
    key, length = run_in
    return (
        key in CANONICAL_SUBS
        and ordinal == CANONICAL_SUBS.index(key) + 1
        and len(compact) > length + 3
        and _words("one_word").match(compact, length) is None
    )


def _goes_on(compact: str, length: int) -> bool:
    """Whether the words are the beginning of a sentence rather than a title (存在的问题是…)."""
    return _words("goes_on").match(compact, length) is not None


def _unnumbered(compact: str, places: list[int], start: int, whole_line: bool) -> Heading | None:
    cut = TITLE_END.search(compact)
    title = compact[: cut.start()] if cut else compact
    if cut and compact.startswith("附"):
        title = compact.rstrip("。:;")
    whole = whole_line and not compact[len(title) :].strip("。:;.!")
    if whole and len(title) <= 40 and title[0] in "附政信2" and part_key(title) == "appendix":
        return Heading(start, start + places[len(title) - 1] + 1, UNNUMBERED, None, "appendix", None, True, True)
    if whole:
        plain = plain_title(title)
        if plain is not None and plain[1] == len(title) and "," not in title:
            return Heading(
                start, start + places[len(title) - 1] + 1, UNNUMBERED, None, plain[0], sub_key(title), True, True
            )
    if "," in title or len(title) > 22:
        return None
    sub = sub_key(title)
    labelled = cut is not None and compact[cut.start()] == ":" and sub in {"problem_list", "measure_list"}
    if sub is not None and (labelled or (whole and not compact.endswith("。"))):
        return Heading(
            start, start + places[len(title) - 1] + 1, UNNUMBERED, None, None, sub, False, whole, label=labelled
        )
    return None


def _without_spaces(raw: str) -> tuple[str, list[int]]:
    """``raw`` without white space, and where each of its characters stood."""
    if " " not in raw and "\t" not in raw:
        return raw, list(range(len(raw)))
    places = [place for place, character in enumerate(raw) if not character.isspace()]
    return "".join(raw[place] for place in places), places


INSIDE = re.compile(
    rf"(?P<cn>{CHINESE}{{1,2}}) ?[、.] ?(?=[\u4e00-\u9fff\d])|\( ?(?P<bracket>{CHINESE}) ?\) ?(?=[\u4e00-\u9fff])"
)
QUOTED = frozenset('“《(〈"')


def _inside(text: str, start: int, end: int) -> Iterator[Heading]:
    """Headings in the middle of a line, as when the whole report is one line: their words must be the form's."""
    for count, found in enumerate(INSIDE.finditer(text, start, end)):
        if count >= MAX_NUMBERS_IN_LINE:
            return
        if text[found.start() - 1] in QUOTED:
            continue
        title_start = found.end()
        compact, places = _without_spaces(text[title_start : min(end, title_start + 60)])
        if not compact or _words("introduction").match(compact):
            continue
        number = read_number(text[found.start() : title_start])
        ordinal = number.ordinal if number else None
        if found["cn"]:
            plain = plain_title(compact)
            if plain is None or _goes_on(compact, plain[1]):
                continue
            stop = title_start + places[plain[1] - 1] + 1
            if plain[1] >= 4 or text[stop : stop + 1] == " ":  # 一、概述 with a space behind it
                yield Heading(found.start(), stop, 1, ordinal, plain[0], None, True, False, inside=True)
            continue
        cut = re.search(r"[。:,]", compact)
        sub = sub_key(compact[: cut.start()]) if cut else None
        if sub is not None and cut is not None:
            yield Heading(
                found.start(),
                title_start + places[cut.start() - 1] + 1,
                2,
                ordinal,
                None,
                sub,
                False,
                False,
                inside=True,
            )
        elif (run_in := run_in_sub(compact)) and (
            text[title_start + places[run_in[1] - 1] + 1 : title_start + places[run_in[1] - 1] + 2] == " "
            or _runs_in(ordinal, run_in, compact)
        ):
            stop = title_start + places[run_in[1] - 1] + 1
            yield Heading(found.start(), stop, 2, ordinal, None, run_in[0], False, False, inside=True)
