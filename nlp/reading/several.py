"""More than one report in a file: one after the other, or side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nlp.reading.clean import fold
from nlp.vocabulary.load import load

MAX_TITLE_CHARS = 60
# A title is also a link to the report of another year; below that of a report stand the headings of its sections.
MIN_HEADINGS = 2
HEADING = re.compile(r"[\s#]{0,20}([一二三四五六七八九])、\S")
YEAR = re.compile(r"(?:19|20)\d\d")
FIELDS = re.compile(r"\t|\||\s{2,}")


class Title(NamedTuple):
    """The title of a report and where its line begins."""

    words: str
    start: int


def find_reports(text: str) -> tuple[Title, ...]:
    """The titles of the reports in a text, where they are of several bodies or years; empty for a single report.

    >>> part = "{}年政府信息公开工作年度报告\\n一、总体情况\\n全年平稳。\\n二、存在的问题\\n更新不快。\\n"
    >>> text = part.format("云溪县水务局2022") + part.format("云溪县水务局2023")
    >>> [title.start for title in find_reports(text)]
    [0, 51]
    """
    if text.count("年度报告") < 2:
        return ()
    lines = list(_lines(text))
    return _beside(lines) or _below(lines)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


@cache
def _title() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["several"]["title"]["patterns"]))


def _is_title(words: str) -> bool:
    return len(words) <= MAX_TITLE_CHARS and _title().fullmatch(words) is not None


def _is_same(one: str, other: str) -> bool:
    """Whether two titles are of one report: of the same year, the body in full or in short (as at the head of a page)."""
    bodies, years = zip(*((YEAR.split(words)[0], YEAR.findall(words)) for words in (one, other)), strict=True)
    return years[0] == years[1] and (bodies[0] in bodies[1] or bodies[1] in bodies[0])


def _squeezed(line: str) -> str:
    return fold(re.sub(r"[\s#]", "", line))


def _below(lines: list[tuple[int, str]]) -> tuple[Title, ...]:
    """The titles of reports that follow each other, each with the headings of its own sections below it."""
    found: list[tuple[Title, set[str]]] = []
    for start, line in lines:
        words = _squeezed(line) if len(line) <= 2 * MAX_TITLE_CHARS else ""
        if words and _is_title(words):
            if not found or not _is_same(found[-1][0].words, words):
                found.append((Title(words, start), set()))
        elif found and (heading := HEADING.match(line)):
            found[-1][1].add(heading[1])
    reports = [title for title, headings in found if "一" in headings and len(headings) >= MIN_HEADINGS]
    return tuple(reports) if any(not _is_same(title.words, reports[0].words) for title in reports) else ()


def _beside(lines: list[tuple[int, str]]) -> tuple[Title, ...]:
    """The titles of reports that stand in columns of a page, with the headings of their sections side by side."""
    titles: tuple[Title, ...] = ()
    headings = 0
    for start, line in lines:
        fields = [field for field in FIELDS.split(line) if field.strip()]
        if len(fields) < 2:
            continue
        named = [words for field in fields if _is_title(words := _squeezed(field))]
        if any(not _is_same(words, named[0]) for words in named):
            titles = titles or tuple(Title(words, start) for words in named)
        numbers = [heading[1] for field in fields if (heading := HEADING.match(field))]
        headings += len(numbers) > len(set(numbers))
    return titles if headings >= MIN_HEADINGS else ()
