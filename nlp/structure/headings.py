"""Every line, and every place inside a line, that looks like a heading of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from nlp.reading.numbering import CHINESE, UNNUMBERED, Number, read_item, read_number, read_numbers
from nlp.reading.row_labels import is_contents_line, table_label
from nlp.structure.titles import (
    EXACT,
    WORDED,
    Reading,
    is_nominal,
    part_readings,
    plain_title,
    run_in_sub,
    sub_readings,
)
from nlp.vocabulary.load import load

LINE = re.compile(r"[^\n]+")
MARKS = " \t#>*|•●◆■▪-–—　"
READ_CHARS = 110  # of a line, to find the title at its beginning
STOP = re.compile(r"[。:;!?|\t]")
NUMBERED = frozenset("一二三四五六七八九十第(壹贰叁肆伍陆柒捌玖拾—–―ー㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ其")
NUMBERED_ROWS = NUMBERED | frozenset("〔[【)〕0123456789①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⒈⒉⒊⒋⒌⒍⒎⒏⒐IVX")
LONG_LINE_CHARS = 40
MAX_LINES = 100_000
MAX_NUMBERS_IN_LINE = 3_000  # a report on one line has 120
MIN_UNMARKED_CHARS = 8  # 五存在的主要问题…, its mark lost; 一些主要问题 is no heading
MAX_SPACED_CHARS = 20  # 四 咨询情况; 一 些单位… is no heading
MIN_RUN_ON_CHARS = 4  # 概述 needs a sentence behind it (概述2021年,我局…)
MAX_REST_CHARS = 24  # of a heading, on its second line
# A letter or sign that got in front of a number.
STRAY_BEFORE = re.compile(rf"[A-Za-z.,;:'\"·…`~^_]{{1,2}} ?(?=第?{CHINESE}{{1,2}}[、.部章]|\({CHINESE}{{1,2}}\))")

# What the end of a title takes from its words: the end of the line or a stop takes nothing.
END_COSTS = {"line": 0.0, "stop": 0.0, "space": 0.2, "fact": 0.4, "comma": 0.5, "runs on": 2.2, "sub runs on": 3.2}
# What a damaged number takes.
STYLE_COSTS = {"bare": 1.0, "empty": 0.5, "spaced": 0.5, "open": 0.3}
INSIDE_COST = 0.3
COMMA_COST = 0.4  # titles have none


@dataclass(frozen=True, slots=True)
class Heading:
    """A possible heading. ``start`` is its number or first word, ``end`` the end of the title, in the clean text.

    ``parts`` and ``subs`` are what its words may name as a part and as a sub-heading, likeliest first; ``whole`` says that
    nothing follows on the line, ``inside`` that it stands inside a line, and ``label`` that a colon follows it.
    """

    start: int
    end: int
    style: str
    depth: int
    ordinal: int | None
    parts: tuple[Reading, ...] = ()
    subs: tuple[Reading, ...] = ()
    whole: bool = False
    inside: bool = False
    label: bool = False


def find_headings(text: str) -> list[Heading]:
    """The possible headings of a clean text in their order; which of them are headings is for the alignment to say."""
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
            headings.append(_over_two_lines(text, heading, end) or heading)
        if end - start > LONG_LINE_CHARS:
            headings += _inside(text, heading.end if heading else start + 1, end)
    return headings


def _over_two_lines(text: str, heading: Heading, end: int) -> Heading | None:
    """The heading that a line and the next one make together, as a narrow column prints it: in the form's own words."""
    if not heading.whole or heading.ordinal is None or any(r.weight >= EXACT for r in heading.parts) or heading.subs:
        return None
    following = text.find("\n", end + 1)
    rest = text[end + 1 : following if following >= 0 else len(text)].rstrip(" \t*#|")
    if not 0 < len(rest) <= MAX_REST_CHARS or read_number(rest) is not None:
        return None
    number = read_numbers(text[heading.start : heading.end])
    words = "".join((text[heading.start + (number.end if number else 0) : end] + rest).split())
    parts = part_readings(words)
    if not parts or parts[0].weight < EXACT:
        return None
    return replace(heading, end=end + 1 + len(rest), parts=parts, subs=sub_readings(words))


@cache
def _words(entry: str) -> re.Pattern[str]:
    return re.compile("|".join(load("sections")[entry]["patterns"]))


@cache
def _starts() -> frozenset[str]:
    """The characters that a line with a heading at its start can begin with."""
    return frozenset(MARKS) | NUMBERED_ROWS | _first_characters() | frozenset("abcdefghijklmnopqrstuvwxyz.,;:'\"·…`~^_")


@cache
def _first_characters() -> frozenset[str]:
    """Titles without a number begin with few characters; a digit or Latin letter never begins one but a year."""
    return frozenset(load("sections")["first_character"]["characters"])


def _at_line_start(text: str, start: int, end: int) -> Heading | None:
    raw = text[start : min(end, start + READ_CHARS)]
    skipped = len(raw) - len(raw.lstrip(MARKS))
    if skipped and raw[skipped - 1] in "—–―" and raw.startswith("、", skipped):
        skipped -= 1  # —、总体情况 has a dash for 一
    if raw[skipped : skipped + 1].isascii() and (stray := STRAY_BEFORE.match(raw, skipped)):
        skipped = stray.end()
    start, raw = start + skipped, raw[skipped:].rstrip(" \t*#|")
    if not raw:
        return None
    if ("|" in raw or "\t" in raw) and sum(1 for cell in re.split(r"[|\t]", raw) if cell.strip()) > 1:
        return None
    if _is_row_label(raw):
        return None
    number = read_numbers(raw) or read_item(raw)
    if number is None and raw[0] not in _first_characters():
        return None
    begin = number.end if number else 0
    compact, places = _without_spaces(raw[begin:])
    if not compact or _words("introduction").match(compact):
        return None
    whole_line = start + len(raw) >= end or not text[start + len(raw) : end].strip(" |\t*#")
    title = _Words(compact, places, start + begin, whole_line)
    if number is None:
        return _unnumbered(title)
    return _item(number, title, start) if number.style == "item" else _numbered(number, title, start)


@lru_cache(maxsize=4096)
def _is_row_label(raw: str) -> bool:
    """Whether a line is a numbered row of the tables; the same hundred lines stand in every report."""
    return (
        raw[0] in NUMBERED_ROWS
        and table_label().match("".join(raw.split())) is not None
        and read_number(raw) is not None
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What follows a number: ``compact`` without white space, where each character stood, and where that begins."""

    compact: str
    places: list[int]
    offset: int
    whole_line: bool

    def end(self, length: int) -> int:
        """Where the first ``length`` characters end in the text."""
        return self.offset + self.places[max(0, length - 1)] + 1

    def ends(self) -> Iterator[tuple[int, str]]:
        """Where a title may end, and what ends it there."""
        stop = STOP.search(self.compact)
        last = stop.start() if stop else len(self.compact)
        if stop or self.whole_line:
            yield len(self.compact[:last].rstrip(",、.")), "stop" if stop else "line"
        comma = self.compact.find(",", 0, last)
        if comma > 0 and self.compact[:comma].endswith(("方面", "情况")):
            yield comma, "comma"
        gap = next((n for n in range(2, last) if self.places[n] > self.places[n - 1] + 1), 0)
        if gap:
            yield gap, "space"
        fact = re.search(r"(?<=[\u4e00-\u9fff)])(?:[约近共计为]{0,2})(?=\d)", self.compact[:last])
        if fact is not None and fact.start() > 2:
            yield fact.start(), "fact"
        plain = plain_title(self.compact[:70])
        if plain is not None and _runs_on(self.compact, plain[1]):
            yield plain[1], "runs on"
        run_in = run_in_sub(self.compact[:60])
        if run_in is not None and _runs_in(self.compact, run_in[1]):
            yield run_in[1], "sub runs on"


def _runs_on(compact: str, length: int) -> bool:
    """Whether the text begins behind a title without a sign between: behind 概述 it must be a sentence for sure."""
    if _goes_on(compact, length):
        return False
    return length >= MIN_RUN_ON_CHARS or _words("sentence_start").match(compact, length) is not None


def _goes_on(compact: str, length: int) -> bool:
    """Whether the words are the beginning of a sentence rather than a title (存在的问题是…)."""
    return _words("goes_on").match(compact, length) is not None


def _runs_in(compact: str, length: int) -> bool:
    """Whether a sentence follows the words of a sub-heading, rather than a word that they are a part of."""
    return len(compact) > length + 3 and _words("one_word").match(compact, length) is None


def _numbered(number: Number, title: _Words, start: int) -> Heading | None:
    best: tuple[float, Heading] | None = None
    for length, kind in title.ends():
        words = title.compact[:length]
        cost = END_COSTS[kind] + STYLE_COSTS.get(number.style, 0.0) + (COMMA_COST if "," in words else 0.0)
        parts = _at_a_cost(part_readings(words) if kind != "sub runs on" else (), cost)
        subs = _at_a_cost(sub_readings(words), cost)
        exact = bool(parts) and parts[0].weight + cost >= EXACT
        if not (parts or subs) or not _is_marked(number.style, words, kind, exact):
            continue
        weight = max(reading.weight for reading in (*parts, *subs))
        if best is None or weight > best[0]:
            whole = title.whole_line and not title.compact[length:].strip("。:;.!")
            label = title.compact[length : length + 1] == ":"
            best = (
                weight,
                Heading(
                    start,
                    title.end(length),
                    number.style,
                    number.depth,
                    number.ordinal,
                    parts,
                    subs,
                    whole,
                    label=label,
                ),
            )
    return best[1] if best is not None else _unknown(number, title, start)


def _at_a_cost(readings: tuple[Reading, ...], cost: float) -> tuple[Reading, ...]:
    return tuple(Reading(reading.key, reading.weight - cost) for reading in readings) if cost else readings


def _is_marked(style: str, words: str, kind: str, exact: bool) -> bool:
    """Whether a number whose mark was lost is one: its words must be those of the form, or a whole line."""
    if exact or style not in {"bare", "empty", "spaced"}:
        return True
    if style == "spaced":
        return kind == "line"
    return kind in {"line", "stop"} and is_nominal(words) and (style == "empty" or len(words) >= MIN_UNMARKED_CHARS)


def _unknown(number: Number, title: _Words, start: int) -> Heading | None:
    """A numbered head that says nothing known: it ends what stands before it all the same."""
    if number.style in {"bare", "empty"} or number.ordinal is None:
        return None
    stop = STOP.search(title.compact)
    length = stop.start() if stop else len(title.compact)
    whole = title.whole_line and not title.compact[length:].strip("。:;.!")
    words = title.compact[:length]
    if number.style == "spaced" and not (whole and len(words) <= MAX_SPACED_CHARS and "," not in words):
        return None
    return Heading(start, title.end(len(words)), number.style, number.depth, number.ordinal, whole=whole)


def _item(number: Number, title: _Words, start: int) -> Heading | None:
    """一是主动公开方面。 names a sub-heading only where it says nothing else."""
    for length, kind in title.ends():
        words = title.compact[:length]
        if kind in {"line", "stop", "comma"} and words.endswith(("方面", "情况")) and "," not in words:
            subs = _at_a_cost(sub_readings(words), END_COSTS[kind])
            if subs:
                return Heading(start, title.end(length), "item", number.depth, number.ordinal, (), subs)
    return None


def _unnumbered(title: _Words) -> Heading | None:
    compact = title.compact
    stop = STOP.search(compact)
    words = compact[: stop.start()] if stop else compact
    if stop and compact.startswith("附"):
        words = compact.rstrip("。:;")
    whole = title.whole_line and not compact[len(words) :].strip("。:;.!")
    end = title.end(len(words))
    if whole and len(words) <= 40 and words[0] in "附政信2" and any(r.key == "appendix" for r in part_readings(words)):
        return Heading(title.offset, end, "", UNNUMBERED, None, (Reading("appendix", EXACT),), whole=True)
    subs = tuple(reading for reading in sub_readings(words) if reading.weight >= WORDED)
    if whole:
        plain = plain_title(words)
        if plain is not None and plain[1] == len(words) and "," not in words:
            return Heading(title.offset, end, "", UNNUMBERED, None, (Reading(plain[0], EXACT),), subs, True)
    if "," in words or len(words) > 22:
        return None
    parts = part_readings(words) if whole and is_nominal(words) and stop is None else ()
    parts = tuple(reading for reading in parts if reading.key in {"work", "measure_list"})
    labelled = stop is not None and stop[0] == ":" and any(r.key in {"problem_list", "measure_list"} for r in subs)
    if (subs and (labelled or (whole and not compact.endswith("。")))) or parts:
        return Heading(title.offset, end, "", UNNUMBERED, None, parts, subs, whole, label=labelled)
    return None


def _without_spaces(raw: str) -> tuple[str, list[int]]:
    """``raw`` without white space, and where each of its characters stood."""
    if " " not in raw and "\t" not in raw:
        return raw, list(range(len(raw)))
    places = [place for place, character in enumerate(raw) if not character.isspace()]
    return "".join(raw[place] for place in places), places


INSIDE = re.compile(
    rf"(?P<cn>{CHINESE}{{1,2}}) ?[、.] ?(?=[\u4e00-\u9fff\d])|\( ?(?P<bracket>{CHINESE}) ?\) ?(?=[\u4e00-\u9fff])"
    rf"|(?<=[。;;:\n ])(?P<item>{CHINESE})是(?=[\u4e00-\u9fff])"
)
QUOTED = frozenset('“《(〈"')


def _inside(text: str, start: int, end: int) -> Iterator[Heading]:
    """Headings in the middle of a line, as when the whole report is one line: their words must be the form's."""
    for count, found in enumerate(INSIDE.finditer(text, start, end)):
        if count >= MAX_NUMBERS_IN_LINE:
            return
        if text[found.start() - 1] in QUOTED:
            continue
        number = read_item(text[found.start() : found.end() + 1]) if found["item"] else read_number(found[0])
        if number is None:
            continue
        compact, places = _without_spaces(text[found.end() : min(end, found.end() + 60)])
        if not compact or _words("introduction").match(compact):
            continue
        title = _Words(compact, places, found.end(), False)
        if found["item"]:
            heading = _item(number, title, found.start())
        elif found["cn"]:
            heading = _part_inside(number, title, found.start())
        else:
            heading = _sub_inside(number, title, found.start())
        if heading is not None:
            yield replace(heading, inside=True)


def _part_inside(number: Number, title: _Words, start: int) -> Heading | None:
    plain = plain_title(title.compact)
    if plain is None or _goes_on(title.compact, plain[1]):
        return None
    key, length = plain
    spaced = length < len(title.places) and title.places[length] > title.places[length - 1] + 1
    if length < MIN_RUN_ON_CHARS and not spaced:  # 一、概述 with a space behind it
        return None
    parts = (Reading(key, EXACT - INSIDE_COST),)
    return Heading(start, title.end(length), number.style, number.depth, number.ordinal, parts)


def _sub_inside(number: Number, title: _Words, start: int) -> Heading | None:
    for length, kind in title.ends():
        if kind in {"stop", "comma", "space", "sub runs on"}:
            subs = _at_a_cost(sub_readings(title.compact[:length]), END_COSTS[kind] + INSIDE_COST)
            if subs:
                return Heading(start, title.end(length), number.style, number.depth, number.ordinal, (), subs)
    return None
