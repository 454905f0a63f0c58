"""Which part of the report, or which sub-heading, the words of a heading name, and how surely they do."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.records import SectionKey
from nlp.vocabulary.load import load

MAX_TITLE_CHARS = 45
MAX_AROUND_CORE_CHARS = 16  # 本单位…政府信息及咨询受理情况 around 依申请公开
CHARS_PER_MISTAKE = 7  # one wrong character in a short title, two in a long one; 政府信息公开咨询情况 is another title
MISSPELT_MIN_CHARS = 4
# How sure words are: those of the form itself, a sub-heading without a word more, those with a mistake in them, those of a pattern, one that only its place
# in the order explains, and a known core among unknown words.
EXACT, PLAIN, MISSPELT, WORDED, PLACED, CORE = 4.0, 3.0, 2.5, 2.0, 1.3, 1.0
STRAY = re.compile(r"[A-Za-z]")
MAX_STRAY = 2
JOINED = ("和", "及", "与", "、")  # 问题与改进
YEAR = re.compile(r"\d{4}年")


@dataclass(frozen=True, slots=True)
class Reading:
    """A key that words name; ``weight`` says how surely, beside the other readings of the same words."""

    key: SectionKey
    weight: float


@cache
def _patterns(table: str) -> tuple[tuple[SectionKey, re.Pattern[str]], ...]:
    return tuple((key, re.compile("|".join(entry["patterns"]))) for key, entry in load("sections")[table].items())


@cache
def _words(entry: str) -> re.Pattern[str]:
    return re.compile("|".join(load("sections")[entry]["patterns"]))


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
def part_readings(title: str) -> tuple[Reading, ...]:
    """The parts 一、…六、 that a short title may name, the likeliest first; also when it is worded freely or misspelt.

    Parameters
    ----------
    title : without its number, white space and final punctuation

    >>> part_readings("其他需要报告的事项")[0].key, part_readings("总体情")[0].key, part_readings("主动公开意识不强")
    ('other', 'overview', ())
    """
    if not 2 <= len(title) <= MAX_TITLE_CHARS or _words("never_a_part").search(title):
        return ()
    plain = plain_title(title)
    if plain is not None and plain[1] == len(title):
        return (Reading(plain[0], EXACT),)
    if _is_prose(title, plain):
        return _misspelt(title)
    worded = next((key for key, pattern in _patterns("part") if pattern.search(title)), None)
    readings = [*_misspelt(title), *([Reading(worded, WORDED)] if worded else [])]
    readings += [Reading(key, PLACED) for key, pattern in _patterns("placed") if pattern.search(title)]
    first = {reading.key: reading for reading in reversed(readings)}
    found = tuple(sorted(first.values(), key=lambda r: -r.weight))
    return found or _without_stray_letters(title) or _without_additions(title)


def _is_prose(title: str, plain: tuple[SectionKey, int] | None) -> bool:
    """Whether words are a sentence, or a title and the sentence behind it (依申请公开2023年…, but not 我镇2023年总体情况)."""
    if _words("prose").search(title, 2):
        return True
    begun = plain or run_in_sub(title)
    if begun is None or any(sign in JOINED for sign in title[begun[1] - 1 : begun[1] + 1]):
        return False
    return (begun[1] < len(title) and not is_nominal(title)) or YEAR.search(title, begun[1]) is not None


def is_nominal(title: str) -> bool:
    """Whether words end as titles end (情况, 工作, 方面)."""
    return _words("title_end").search(title) is not None


def _without_stray_letters(title: str) -> tuple[Reading, ...]:
    """The readings of a title among whose ideographs a letter or two has got."""
    if not 0 < len(STRAY.findall(title)) <= MAX_STRAY:
        return ()
    return tuple(Reading(reading.key, MISSPELT) for reading in part_readings(STRAY.sub("", title)))


def _without_additions(title: str) -> tuple[Reading, ...]:
    """The readings of a title to which an office adds whose it is, or the year in brackets (我县…(2020年度))."""
    bare = _words("added").sub("", title)
    return tuple(Reading(r.key, min(r.weight, WORDED)) for r in part_readings(bare)) if bare != title else ()


def _misspelt(title: str) -> tuple[Reading, ...]:
    if len(title) < MISSPELT_MIN_CHARS:
        return ()
    characters = set(title)
    for key, true in _true_titles():
        allowed = max(1, len(true) // CHARS_PER_MISTAKE)
        if abs(len(true) - len(title)) > 2 or len(characters.difference(true)) > allowed:
            continue
        changes = difflib.SequenceMatcher(None, title, true, autojunk=False).get_opcodes()
        if sum(max(b - a, d - c) for tag, a, b, c, d in changes if tag != "equal") <= allowed:
            return (Reading(key, MISSPELT),)
    return ()


@cache
def _true_titles() -> tuple[tuple[SectionKey, str], ...]:
    """Titles that a misspelt one is compared with."""
    tables = (load("sections")[table] for table in ("title", "part"))
    return tuple((key, true) for table in tables for key, entry in table.items() for true in entry["examples"])


@lru_cache(maxsize=4096)
def plain_title(line: str) -> tuple[SectionKey, int] | None:
    """The part that ``line`` begins by naming in so many words, and where the title ends; the longest one counts.

    >>> plain_title("其他需要报告的事项无")
    ('other', 9)
    """
    return _longest(_patterns("title"), line)


@lru_cache(maxsize=4096)
def sub_readings(title: str) -> tuple[Reading, ...]:
    """The sub-heading that ``title`` names in one of its clauses; none for slogans and when two are named.

    >>> sub_readings("进一步完善政府信息管理"), sub_readings("压实责任,分清任务")
    ((Reading(key='management', weight=2.0),), ())
    >>> sub_readings("本单位主动公开政务信息及目录编制情况")
    (Reading(key='proactive', weight=1.0),)
    """
    if len(title) > MAX_TITLE_CHARS:
        return ()
    keys: dict[SectionKey, None] = {}
    for clause in title.split(",") if "," in title else (title,):
        for key, pattern in _subs():
            if pattern.fullmatch(clause):
                keys[key] = None
                break
    if not keys and "," in title:
        keys = dict.fromkeys(key for key, pattern in _subs() if pattern.fullmatch(title))
    if keys:
        whole = run_in_sub(title)
        weight = PLAIN if whole is not None and whole[1] == len(title) else WORDED
        return (Reading(next(iter(keys)), weight),) if len(keys) == 1 else ()
    return _around_a_core(title)


def _around_a_core(title: str) -> tuple[Reading, ...]:
    """The one core among words that no pattern knows, in a title that ends as titles end and is no sentence."""
    if not is_nominal(title) or _words("around_a_core").search(title) or _words("never_a_part").search(title):
        return ()
    found = [(key, core) for key, pattern in _patterns("core") if (core := pattern.search(title))]
    if len(found) != 1 or len(title) - len(found[0][1][0]) > MAX_AROUND_CORE_CHARS:
        return ()
    return (Reading(found[0][0], CORE),)


@lru_cache(maxsize=4096)
def run_in_sub(line: str) -> tuple[SectionKey, int] | None:
    """The sub-heading that ``line`` begins with though no punctuation ends it, and where it ends.

    >>> run_in_sub("依申请公开为做好工作")
    ('on_request', 5)
    """
    return _longest(_run_in_subs(), line)


def _longest(patterns: tuple[tuple[SectionKey, re.Pattern[str]], ...], line: str) -> tuple[SectionKey, int] | None:
    best: tuple[SectionKey, int] | None = None
    for key, pattern in patterns:
        if (found := pattern.match(line)) and (best is None or found.end() > best[1]):
            best = (key, found.end())
    return best
