"""Telephones and addresses without a label, known by where they stand: behind the office, or in its list of contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.extraction.telephones import TELEPHONE, is_mobile, normalise_telephone
from nlp.vocabulary.load import load

MIN_DIGITS = 7  # 12345 behind an office is a hotline's name
BEHIND_OFFICE = re.compile(r"(?:联系|咨询|反映)?\s{0,3}[,:(]?\s{0,3}")
# What is listed in the brackets behind the office.
LIST = re.compile(r"\((?P<list>(?:[^()\n]|\([^()\n]{0,20}\)){8,160})\)")


def telephone_behind(text: str, end: int) -> Iterator[tuple[str, str, int, int]]:
    """The telephone directly behind the name of an office that ends at ``end``: 请联系某县档案局,0871-66332211."""
    between = BEHIND_OFFICE.match(text, end)
    number = TELEPHONE.match(text, between.end() if between else end)
    if number and len(re.sub(r"\D", "", number[0])) >= MIN_DIGITS:
        kind = "mobile" if is_mobile(number[0]) else "phone"
        yield kind, normalise_telephone(number[0]), *number.span()


def bare_addresses(text: str) -> Iterator[tuple[str, str, int, int]]:
    """A street with its number between the telephone and the mail of a bracketed list: (电话:…,东风路7号;邮箱:…)."""
    for listed in LIST.finditer(text):
        if not TELEPHONE.search(listed["list"]):
            continue
        for item in re.finditer(r"[^,;。]+", listed["list"]):
            street = _street().fullmatch(item[0].strip())
            if street:
                start = listed.start("list") + item.start() + item[0].find(street[0])
                yield "address", street[0], start, start + len(street[0])


@cache
def _street() -> re.Pattern[str]:
    return re.compile("|".join(load("contacts")["labels"]["address"]["bare"]))
