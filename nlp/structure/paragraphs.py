"""The narrative of a report: its paragraphs without headings, tables and furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nlp.reading.clean import CleanText
from nlp.reading.numbering import read_number
from nlp.reading.row_labels import indicator_label, is_contents_line, table_label
from nlp.records import Section, SectionKey, Source, Span
from nlp.structure.dates import DATE
from nlp.structure.issuer import is_body
from nlp.structure.sections import indicator_table, report_title
from nlp.structure.titles import part_readings, plain_title
from nlp.vocabulary.load import load

LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W\d_]")  # rows of bare zeros say nothing


@cache
def _pattern(entry: str) -> re.Pattern[str]:
    return re.compile("|".join(load("sections")[entry]["patterns"]))


TABLED: frozenset[SectionKey] = frozenset({"disclosure", "requests", "disputes", "appendix"})
LISTING: frozenset[SectionKey] = frozenset({"problems", "measure_list", "other", "preamble"})
MAX_CELL_CHARS = 60
MAX_NUMBER_CHARS = 40  # cells are centred with spaces
MAX_LINES = 100_000
MAX_ROW_CHARS = 180  # the longest row label with its seven numbers has 90
MAX_HEAD_CHARS = 30
MAX_SIGNATURE_CHARS = 46
LAST_LINE = re.compile(rf"\s{{0,40}}(?:\Z|\(?(?:{DATE.pattern})\)?\s{{0,40}}(?:\n|\Z))")
MARKS = " \t#>*|●◆■▪•"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (or what of it follows a run-in heading). ``start`` and ``end`` count in the clean text."""

    section_key: SectionKey | None
    heading: str
    start: int
    end: int


def find_paragraphs(source: Source, clean: CleanText, sections: Sequence[Section]) -> tuple[Paragraph, ...]:
    """The lines that say something, in order, each with the key of the innermost part that holds it.

    The report's title, headings, the rows of tables and page furniture are left out. In the part on problems numbered heads without a key
    stay, since they may be the whole of what is said (2.公开渠道单一). A text without headings comes back line by line.

    Parameters
    ----------
    source : the report
    clean : its clean text
    sections : its parts, as ``find_sections`` gives them
    """
    text = clean.text
    title = report_title(text) or Span(0, 0)
    if not sections:
        return tuple(_every_line(text, title))
    tables = [
        (clean.position(block.span.start), clean.position(block.span.end))
        for block in source.blocks
        if block.kind == "table" and block.cells
    ]
    indicators = indicator_table(text)
    heads = {clean.position(block.span.start) for block in source.blocks if block.kind == "heading"}
    paragraphs: list[Paragraph] = []
    for stretch in _stretches(clean, sections):
        for line in LINE.finditer(text, stretch.start, stretch.end):
            at, stop = line.span()
            if title.start <= at < title.end or not WORD.search(text, at, stop):
                continue
            if text[stop - 1] in "0123456789 .…·" and is_contents_line(text, at, stop):
                continue
            if indicators is not None and indicators.start <= at < indicators.end:
                continue
            # The tables of the form; a table in the overview may say how much was published where.
            if tables and stretch.part in TABLED:
                number = bisect_right(tables, (at, len(text))) - 1
                if number >= 0 and at < tables[number][1]:
                    continue
            if indicators is not None and at < indicators.start < stop:
                stop = indicators.start
            body = _stripped(text, at, stop)
            if (
                body is None
                or _is_heading_again(text, *body, stretch.heading)
                or (at in heads and _is_bare_head(text, *body, stretch.part))
            ):
                continue
            narrative = _narrative(text, *body, stretch.part)
            if narrative is not None:
                paragraphs.append(Paragraph(stretch.key, stretch.heading, *narrative))
    return tuple(paragraphs)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text between two headings: ``part`` is the part that holds it, ``key`` the innermost heading's."""

    start: int
    end: int
    part: SectionKey | None
    key: SectionKey | None
    heading: str


def _stretches(clean: CleanText, sections: Sequence[Section]) -> Iterator[_Stretch]:
    """The text cut at every beginning and end of a section, titles left out."""
    bounds = [(clean.position(s.span.start), clean.position(s.span.end), s) for s in sections]
    titles = {start: _after_title(clean, section) for start, _, section in bounds}
    cuts = sorted({0, len(clean.text), *(start for start, _, _ in bounds), *(end for _, end, _ in bounds)})
    for start, end in pairwise(cuts):
        holders = sorted((s for first, last, s in bounds if first <= start < last), key=lambda section: section.level)
        yield _Stretch(
            min(end, titles.get(start, start)),
            end,
            holders[0].key if holders else None,
            holders[-1].key if holders else None,
            _heading(clean, holders),
        )


def _every_line(text: str, title: Span) -> Iterator[Paragraph]:
    for number, line in enumerate(LINE.finditer(text)):
        body = _stripped(text, line.start(), line.end() if number < MAX_LINES else len(text))
        if body is not None and not title.start <= line.start() < title.end:
            yield Paragraph(None, "", *body)
        if number >= MAX_LINES:
            return


def _after_title(clean: CleanText, section: Section) -> int:
    """Where the text begins behind a title: words that carry their fact (依申请公开5件) are text as well as heading.

    So is a label with a colon (存在的问题:).
    """
    start, end = clean.position(section.title.start), clean.position(section.title.end)
    if section.title.start == section.title.end:
        return start
    number = read_number(clean.text[start : min(end, start + MAX_NUMBER_CHARS)])
    if section.key in {"problem_list", "measure_list"} and number is None and clean.text[end : end + 1] == ":":
        return start
    if section.level == 2 and _pattern("carried_fact").match(clean.text, end):
        return start + (number.end if number else 0)
    return end


def _heading(clean: CleanText, holders: Sequence[Section]) -> str:
    """The words of the innermost heading as printed, without number and white space."""
    if not holders or holders[-1].key == "preamble":
        return ""
    printed = re.sub(r"\s", "", _printed(clean, holders[-1]))
    number = read_number(printed)
    return printed[number.end :] if number else printed


def _printed(clean: CleanText, section: Section) -> str:
    return clean.text[clean.position(section.title.start) : clean.position(section.title.end)]


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(MARKS + "。:;,、."))
    if left and piece[left - 1] in "。:;,、." and left == len(piece):
        return None
    right = len(piece.rstrip(" \t|*#"))
    return (start + left, start + right) if right > left else None


def _is_heading_again(text: str, start: int, end: int, heading: str) -> bool:
    """Whether the line repeats the heading above it, with or without its number."""
    if not heading or not len(heading) <= end - start <= 2 * len(heading) + MAX_NUMBER_CHARS:
        return False
    printed = "".join(text[start:end].split())
    return printed.endswith(heading) and (
        len(printed) == len(heading)
        or ((number := read_number(printed)) is not None and len(printed) == number.end + len(heading))
    )


def _is_bare_head(text: str, start: int, end: int, part: SectionKey | None) -> bool:
    """A heading of the file that has no key and says nothing itself; a problem's head is part of what is said."""
    return part not in LISTING and end - start <= MAX_CELL_CHARS and "。" not in text[start:end]


@cache
def _signature_ends() -> frozenset[str]:
    """The last characters of bodies' names and of dates."""
    return frozenset("日)0123456789") | {name[-1] for name in load("identity")["body"]["ends"]}


def _is_signature(text: str, start: int, end: int) -> bool:
    """Whether a body's name stands alone on the last line or on the one above the date, or before a date on its line."""
    line = "".join(text[start:end].split())
    dated = DATE.search(line)
    if dated is not None:
        line = line[: dated.start()] + line[dated.end() :]
    if not is_body(line.strip("()")):
        return False
    return dated is not None or LAST_LINE.match(text, end) is not None


def _narrative(text: str, start: int, end: int, part: SectionKey | None) -> tuple[int, int] | None:
    """What of a line is narrative; ``None`` for a row or cell of a table and for a heading that is printed twice."""
    length = end - start
    if length <= MAX_SIGNATURE_CHARS and text[end - 1] in _signature_ends() and _is_signature(text, start, end):
        return None
    if part in TABLED and (table := _pattern("table_start").search(text, start, end)):
        return _stripped(text, start, table.start())
    separated = part in TABLED and (text.find("\t", start, end) >= 0 or text.find("|", start, end) >= 0)
    if length > MAX_ROW_CHARS and not separated:
        return start, end
    compact = "".join(text[start:end].split()).replace("#", "").replace("*", "")
    if length <= MAX_HEAD_CHARS and DATE.fullmatch(compact.strip("()")):
        return None
    if compact.isdecimal() or (
        _pattern("cell").fullmatch(compact) and not (compact == "无" and part in {"other", "problems"})
    ):
        return None
    if part in TABLED and "。" not in compact:
        if separated or (length <= MAX_CELL_CHARS and not _pattern("sentence").search(compact)):
            return None
        if indicator_label().search(compact[:40]):
            return None
    if compact[-1] not in "。;" and table_label().match(compact.lstrip("|")):
        return None
    number = read_number(compact) if length <= 40 else None
    if number is not None and part not in {"problems", "measure_list"}:
        title = compact[number.end :].rstrip("。:")
        if _pattern("introduction").fullmatch(title):
            return None
        plain = plain_title(title)
        if plain is not None and plain[1] == len(title) and part_readings(title):
            return None
        if (
            compact[-1] not in "。;:,、)"
            and length <= MAX_HEAD_CHARS
            and part not in LISTING
            and not _pattern("sentence").search(title)
        ):
            return None  # a numbered head without a key and without a sentence
    return start, end
