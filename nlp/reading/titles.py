"""Which part of the report a heading's words name."""

from __future__ import annotations

import difflib
import re
from functools import cache, lru_cache

from nlp.records import SectionKey
from nlp.vocabulary.load import load

MAX_TITLE_CHARS = 45
CHARS_PER_MISTAKE = 7  # one wrong character in a short title, two in a long one; 政府信息公开咨询情况 is another title
MISSPELT_MIN_CHARS = 5


@cache
def _parts() -> tuple[tuple[SectionKey, re.Pattern[str]], ...]:
    return tuple((key, re.compile("|".join(entry["patterns"]))) for key, entry in load("sections")["part"].items())


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(load("sections")["never_a_part"]["patterns"]))


@cache
def _titles() -> tuple[tuple[SectionKey, re.Pattern[str]], ...]:
    return tuple((key, re.compile("|".join(entry["patterns"]))) for key, entry in load("sections")["title"].items())


@cache
def _subs() -> tuple[tuple[SectionKey, re.Pattern[str]], ...]:
    vocabulary = load("sections")
    prefix, suffix = vocabulary["prefix"]["patterns"][0], vocabulary["suffix"]["patterns"][0]
    return tuple(
        (key, re.compile(f"(?:{prefix})?(?:{'|'.join(entry['patterns'])}){suffix}"))
        for key, entry in vocabulary["sub"].items()
    )


@cache
def _run_in_subs() -> tuple[tuple[SectionKey, re.Pattern[str]], ...]:
    return tuple(
        (key, re.compile(f"(?:{'|'.join(entry['patterns'])})(?:工作)?(?:的)?(?:情况|方面)?"))
        for key, entry in load("sections")["sub"].items()
    )


@lru_cache(maxsize=4096)
def part_key(title: str) -> SectionKey | None:
    """The part 一、…六、 that a short numbered title names, also when it is worded freely or misspelt.

    Parameters
    ----------
    title : without its number, white space and final punctuation

    >>> part_key("其他需要说明的事项"), part_key("总体情"), part_key("主动公开意识不强")
    ('other', 'overview', None)
    """
    if not 2 <= len(title) <= MAX_TITLE_CHARS or _never().search(title):
        return None
    for key, pattern in _parts():
        if pattern.search(title):
            return key
    return _misspelt(title)


def _misspelt(title: str) -> SectionKey | None:
    if len(title) < MISSPELT_MIN_CHARS:
        return None
    characters = set(title)
    for key, entry in load("sections")["title"].items():
        for true in entry["examples"]:
            allowed = max(1, len(true) // CHARS_PER_MISTAKE)
            if abs(len(true) - len(title)) > 2 or len(characters.difference(true)) > allowed:
                continue
            changes = difflib.SequenceMatcher(None, title, true, autojunk=False).get_opcodes()
            mistakes = sum(max(b - a, d - c) for tag, a, b, c, d in changes if tag != "equal")
            if mistakes <= allowed:
                return key
    return None


@lru_cache(maxsize=4096)
def plain_title(line: str) -> tuple[SectionKey, int] | None:
    """The part that ``line`` begins by naming in so many words, and where the title ends; the longest one counts.

    >>> plain_title("其他需要报告的事项无")
    ('other', 9)
    """
    best: tuple[SectionKey, int] | None = None
    for key, pattern in _titles():
        if (found := pattern.match(line)) and (best is None or found.end() > best[1]):
            best = (key, found.end())
    return best


@lru_cache(maxsize=4096)
def sub_key(title: str) -> SectionKey | None:
    """The sub-heading that ``title`` names in one of its clauses; ``None`` for slogans and when two are named.

    >>> sub_key("进一步完善政府信息管理"), sub_key("压实责任,分清任务")
    ('management', None)
    """
    if len(title) > MAX_TITLE_CHARS:
        return None
    keys: dict[SectionKey, None] = {}
    for clause in title.split(",") if "," in title else (title,):
        for key, pattern in _subs():
            if pattern.fullmatch(clause):
                keys[key] = None
                break
    if not keys and "," in title and (whole := _whole_with_commas(title)):
        return whole
    return next(iter(keys)) if len(keys) == 1 else None


def _whole_with_commas(title: str) -> SectionKey | None:
    return next((key for key, pattern in _subs() if pattern.fullmatch(title)), None)


@lru_cache(maxsize=4096)
def run_in_sub(line: str) -> tuple[SectionKey, int] | None:
    """The sub-heading that ``line`` begins with though no punctuation ends it, and where it ends.

    >>> run_in_sub("依申请公开为做好工作")
    ('on_request', 5)
    """
    best: tuple[SectionKey, int] | None = None
    for key, pattern in _run_in_subs():
        if (found := pattern.match(line)) and (best is None or found.end() > best[1]):
            best = (key, found.end())
    return best
