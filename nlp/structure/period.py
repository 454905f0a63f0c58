"""When a report was published and which period its figures cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from nlp.reading.clean import CleanText, fold
from nlp.records import Source, Span
from nlp.structure.dates import DATE, RANGE, RUN_TOGETHER, WHOLE_YEAR, make_date, read_date
from nlp.vocabulary.load import load

PERIOD_CHARS = 12_000  # the period stands in the preamble, seldom in the overview
CONTEXT_CHARS = 45  # 本年度报告中所列数据的统计期限自… stands directly before it
UNTIL = re.compile(r"截[至止](?:到|至)? ?(?=(?:19|20)\d\d ?年)")
DATE_BELOW = re.compile(r"\s{1,24}(?:19|20)\d\d[^\n]{0,30}")
# The hour, the number of a document, and items with their label (信息提供:办公室).
BESIDE_A_DATE = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?|[\u4e00-\u9fff]{0,10} ?[〔\[(]20\d\d[〕\])](?:年?第?)?\d{1,4}号|[\u4e00-\u9fff]{2,6}:\S{0,20}"
)
CHROME_CHARS = 1_500  # the page lines around the title; copyright years stand at the foot
SIGNATURE_LINES = 12
LINES_UNDER_TITLE = 6  # the body's name, a number and the date may stand there, one below the other
MAX_SIGNATURE_CHARS = 46
MAX_HEAD_LINES = 40
MAX_PAGE_LINE_CHARS = 120


def find_period(clean: CleanText, year: int | None) -> dict[str, tuple[date, Span]]:
    """``period_start`` and ``period_end`` with their places; what the report does not say is left out.

    Parameters
    ----------
    year : the year of the report, for a period printed without one (1月1日至12月31日)
    """
    text = clean.text[:PERIOD_CHARS]
    best: tuple[int, dict[str, tuple[date, Span]]] | None = None
    for found in RANGE.finditer(text):
        context = _context().search(text, max(0, found.start() - CONTEXT_CHARS), found.start()) is not None
        printed_year = found["year"] or (found["to_year"] if context else None)
        if printed_year is None and not (context and year):
            continue
        start = make_date(printed_year or year or 0, found["month"], found["day"])
        end = make_date(found["to_year"] or printed_year or year or 0, found["to_month"], found["to_day"])
        if start is None or end is None or end < start:
            continue
        whole = (start.month, start.day) == (1, 1) or (end.month, end.day) == (12, 31)
        score = 2 * context + whole
        if score and (best is None or score > best[0]):
            best = (
                score,
                {
                    "period_start": (start, clean.span(found.start(), found.start("to"))),
                    "period_end": (end, clean.span(*found.span("to"))),
                },
            )
    if best is not None:
        return best[1]
    for found in WHOLE_YEAR.finditer(text):
        if _context().search(text, max(0, found.start() - CONTEXT_CHARS), found.start()):
            whole_year = int(found["year"])
            return {
                "period_start": (date(whole_year, 1, 1), clean.span(found.start(), found.start("to"))),
                "period_end": (date(whole_year, 12, 31), clean.span(*found.span("to"))),
            }
    for found in UNTIL.finditer(text):
        date_found = DATE.match(text, found.end())
        end = read_date(date_found) if date_found else None
        if end is not None and date_found is not None and ((end.month, end.day) == (12, 31) or end.year == year):
            return {"period_end": (end, clean.span(*date_found.span()))}
    return {}


@cache
def _context() -> re.Pattern[str]:
    return re.compile("|".join(load("identity")["period"]["patterns"]))


def find_publication(
    source: Source, clean: CleanText, title: Span | None, year: int | None
) -> tuple[date, Span] | None:
    """The day of publication: from the page line or index card, else under the title, else from the signature."""
    limit = (title.end if title else 0) + CHROME_CHARS
    chrome = [block.span for block in source.blocks if block.kind == "furniture" and block.span.start <= limit]
    labelled, bare = _publication_patterns()
    lines = list(_head_lines(source.text, title))
    for pattern in labelled:
        if (found := _labelled(source.text, pattern, [*chrome, *lines], year)) is not None:
            return found
    return (
        _labelled(source.text, bare, chrome, year)
        or _signature(clean, year)
        or _under_title(clean, clean.position(title.end) if title else 0, year)
    )


def _head_lines(text: str, title: Span | None) -> Iterator[Span]:
    """The lines above and under the title that may be the page's: no sentence, and not long."""
    under = 0
    for number, line in enumerate(
        re.finditer(r"[^\S\n]*+\S[^\n]*+", text[: (title.end if title else 0) + CHROME_CHARS])
    ):
        under += title is None or line.start() > title.end
        if number > MAX_HEAD_LINES or under > LINES_UNDER_TITLE:
            return
        if len(line[0]) <= MAX_PAGE_LINE_CHARS and "。" not in line[0] and not _context().search(line[0]):
            yield Span(*line.span())


def _labelled(text: str, pattern: re.Pattern[str], lines: Sequence[Span], year: int | None) -> tuple[date, Span] | None:
    for span in lines:
        # In a card with one cell a line the date stands on the line after its label.
        below = DATE_BELOW.match(text, span.end)
        piece = fold(text[span.start : below.end() if below else span.end])
        for found in pattern.finditer(piece):
            date_found = DATE.search(found["date"]) or RUN_TOGETHER.search(found["date"])
            day = read_date(date_found) if date_found else None
            if day is not None and found.start() < len(span) and _plausible(day, year):
                return day, Span(span.start + found.start("date"), span.start + found.end("date"))
    return None


def _plausible(day: date, year: int | None) -> bool:
    return year is None or day.year >= year


@cache
def _publication_patterns() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Dates behind a label, the best label first; and any date."""
    entry = load("identity")["published"]
    # The label may stand on one line and the date on the next.
    *labelled, bare = (
        re.compile(pattern.replace("DATE", f"(?:{entry['date']})").replace(r"[^\d\n]", r"[^\d]"))
        for pattern in entry["patterns"]
    )
    return tuple(labelled), bare


def _signature(clean: CleanText, year: int | None) -> tuple[date, Span] | None:
    text = clean.text
    end = len(text.rstrip())
    for _ in range(SIGNATURE_LINES):
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if 6 <= len(line) <= MAX_SIGNATURE_CHARS:
            for found in DATE.finditer(line):
                rest = (line[: found.start()] + line[found.end() :]).strip(" ()\t")
                day = read_date(found)
                if day is not None and _plausible(day, year) and not re.search(r"[,。;:至到止\d]", rest):
                    return day, clean.span(start + found.start(), start + found.end())
        if start <= 0 or len(line) > 200:
            break
        end = len(text[:start].rstrip()) if start - 1 > 0 else 0
        if end <= 0:
            break
    return None


def _under_title(clean: CleanText, start: int, year: int | None) -> tuple[date, Span] | None:
    """The date that has one of the short lines under the title to itself, or with its hour or a document's number."""
    for number, line in enumerate(re.finditer(r"[^\n]+", clean.text[start : start + CHROME_CHARS])):
        if number > LINES_UNDER_TITLE or len(line[0]) > MAX_SIGNATURE_CHARS:
            return None
        under = DATE.search(line[0]) or RUN_TOGETHER.search(line[0])
        if under is None or _context().search(line[0]):
            continue
        rest = line[0][: under.start()] + " " + line[0][under.end() :]
        if BESIDE_A_DATE.sub("", rest).strip(" ()\t|"):
            continue
        if (day := read_date(under)) is not None and _plausible(day, year):
            at = start + line.start() + under.start()
            return day, clean.span(at, at + len(under[0]))
    return None
