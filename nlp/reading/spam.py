"""Spam that pirates put in place of common words, found and read as the word that must stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from nlp.records import Repair, Span
from nlp.vocabulary.load import load

MIN_RECURRENCES = 3  # a foreign phrase that stands for 其他 stands for it throughout


def find_spam(text: str) -> Iterator[Repair]:
    """The foreign phrases in ``text``, each with what is to be read instead (其他, 关于, 政府信息, 政府信息公开 or
    nothing).

    >>> [r.replacement for r in find_spam("附上的必威体育平台,必威体育app材料")]
    ['其他']
    """
    places = []
    if any(word in text for word in _signs()):
        places = [found.span() for found in _phrases().finditer(text)]
    for phrase in _foreign(text):
        if not any(text[start:end] == phrase for start, end in places):
            places += [found.span() for found in re.finditer(re.escape(phrase), text)]
    for start, end in sorted(places):
        instead = _instead(text, start, end)
        # A line break that came with the phrase goes with it: what follows continues the sentence.
        yield Repair("spam", Span(start, end + bool(instead and text.startswith("\n", end))), instead)


def _instead(text: str, start: int, end: int) -> str:
    vocabulary = load("spam")
    other, about = vocabulary["other"], vocabulary["about"]
    disclosure, information = vocabulary["disclosure"], vocabulary["information"]
    rest = text[end : end + 8].lstrip("\n")
    if text[end : end + 1] == "\n" and not rest[:1].strip():
        rest = ""  # the phrase ends its line and a blank line follows: nothing continues
    line_start = start == 0 or text[start - 1] == "\n"
    if rest.startswith(tuple(disclosure["after"])):
        return str(disclosure["replacement"])
    if rest.startswith(tuple(other["after"])):
        return str(other["replacement"])
    if not line_start and rest and text[:start].endswith(tuple(other["before"])):
        return str(other["replacement"])
    if rest.startswith(tuple(information["after"])):
        return str(information["replacement"])
    if not line_start and rest.startswith(tuple(about["after"])):
        return str(about["replacement"])
    return ""


@cache
def _signs() -> tuple[str, ...]:
    """One of these is in every phrase; looking for them first spares a clean text the long pattern."""
    entry = load("spam")["phrase"]
    return tuple(entry["strong"] + entry["sure"] + entry["surface"])


@cache
def _phrases() -> re.Pattern[str]:
    entry = load("spam")["phrase"]

    def one_of(words: Iterable[str]) -> str:
        return "(?>" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"

    strong, suffix = one_of(entry["strong"]), one_of(entry["suffixes"])
    # 米兰 or 银河 alone is a place: a weak brand needs a sure word behind it.
    brand = one_of(set(entry["brands"]).difference(entry["strong"]))
    weak = brand + f"{suffix}{{0,2}}?{one_of(entry['sure'])}"
    phrase = f"(?>(?>{brand})?{strong}|{weak}|{one_of(entry['surface'])}){suffix}{{0,6}}"
    # Each phrase but the last is read in one way only; the last gives back what makes a place of it (体育|馆).
    before = f"(?>{phrase}[,，、 \\-—·|_()（）【】]{{0,3}}){{0,6}}"
    # 【官网】, -首页: what the advertisement's own page is called.
    page = f"(?>[【(（]{suffix}{{1,3}}[】)）]|[-_|]{suffix}{{1,2}}(?=[ _|]))?"
    # Latin brands must not begin inside a word or a number (1365体育 is no brand, nor is blog app).
    return re.compile(rf"(?<![A-Za-z0-9]){before}{phrase}{page}(?:@[:：])?(?![A-Za-z]|{one_of(entry['venues'])})")


@cache
def _anchors() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load("spam")["foreign"]["patterns"])


@cache
def _innocent() -> re.Pattern[str]:
    return re.compile("其[他它]|^(?:" + "|".join(map(re.escape, load("spam")["foreign"]["innocent"])) + ")")


def _foreign(text: str) -> set[str]:
    """Phrases that stand where the fixed wording of the form has 其他, and recur."""
    phrases: set[str] = set()
    if text.count("其他") >= MIN_RECURRENCES:
        return phrases
    for anchor in _anchors():
        for found in anchor.finditer(text):
            phrase = found[1].strip()
            if len(phrase) > 2 and _innocent().search(phrase) is None and text.count(phrase) >= MIN_RECURRENCES:
                phrases.add(phrase)
    return phrases
