"""Lines that are rows of a table or of its contents, whatever words of a heading they have."""

from __future__ import annotations

import re
from functools import cache

from nlp.vocabulary.load import load

MAX_CONTENTS_CHARS = 110


@cache
def table_label() -> re.Pattern[str]:
    """Rows and columns of the statutory tables of 2019 and 2021."""
    return re.compile("|".join(load("sections")["table_label"]["patterns"]))


@cache
def indicator_label() -> re.Pattern[str]:
    """Rows and columns of the table of 2014–2018."""
    return re.compile("|".join(load("sections")["indicator_label"]["patterns"]))


@cache
def _contents_line() -> re.Pattern[str]:
    return re.compile("|".join(load("sections")["contents_line"]["patterns"]))


def is_contents_line(text: str, start: int, end: int) -> bool:
    """Whether a line is one of a table of contents: its words, dots, and the number of a page."""
    return end - start <= MAX_CONTENTS_CHARS and _contents_line().search(text, start, end) is not None
