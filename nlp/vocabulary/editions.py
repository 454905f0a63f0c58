"""The forms of the annual report, a file of ``nlp/vocabulary/forms/`` each: their order, their parts, their days."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from nlp.vocabulary.load import load_folder


@cache
def forms() -> dict[str, dict[str, Any]]:
    """What the file of each edition holds, the oldest form first. Shared: do not change it.

    >>> list(forms())
    ['free_form', 'indicators_2014', 'tables_2019', 'tables_2021']
    """
    held = sorted(load_folder("forms").values(), key=lambda entry: entry["first_year"])
    return {entry["edition"]: entry for entry in held}


def first() -> str:
    """The edition of reports that follow no form."""
    return next(iter(forms()))


def newest() -> str:
    """The form in force."""
    return next(reversed(forms()))


def in_force(year: int) -> str:
    """The edition that reports on a year follow; the first one for years before it.

    >>> in_force(2017), in_force(2021), in_force(2003)
    ('indicators_2014', 'tables_2021', 'free_form')
    """
    return max(
        (edition for edition, entry in forms().items() if entry["first_year"] <= year), default=first(), key=_since
    )


def _since(edition: str) -> int:
    return int(forms()[edition]["first_year"])


def families() -> Mapping[str, tuple[str, ...]]:
    """The forms that share their headings, by the name of the family, each from the oldest to the newest."""
    found: dict[str, tuple[str, ...]] = {}
    for edition, entry in forms().items():
        if "family" in entry:
            found[entry["family"]] = (*found.get(entry["family"], ()), edition)
    return found


@cache
def parts(edition: str) -> Mapping[str, tuple[str, str]]:
    """The parts that a form prescribes, in order: the heading of each, and its name in English. Empty for free forms.

    >>> parts("tables_2021")["problems"]
    ('五、存在的主要问题及改进情况', 'problems and improvements')
    """
    return {key: (entry["zh"], entry["en"]) for key, entry in forms()[edition].get("parts", {}).items()}
