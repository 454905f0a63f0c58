"""The codes of issues: what each means, and whether one that a user names exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from nlp.checking import alike, years
from nlp.checking.registry import rules_of_reports
from nlp.checking.rule import Rule
from nlp.checking.settings import fits


def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the alphabet: of one report and between reports.

    >>> rules()["period.late"].law
    '《政府信息公开条例》第四十九条（2019年修订前第三十一条）'
    """
    return _by_code((*rules_of_reports(), *years.RULES, *alike.RULES))


@cache
def _by_code(given: tuple[Rule, ...]) -> Mapping[str, Rule]:
    """The rules in order; for every identity the form that names it first."""
    found: dict[str, Rule] = {}
    for rule in given:
        found.setdefault(rule.code, rule)
    return dict(sorted(found.items()))


def codes() -> Mapping[str, tuple[str, str]]:
    """Every code that an issue can bear, in the order of the alphabet, with its meaning in Chinese and English.

    >>> codes()["sections.empty"]
    ('规定部分没有内容', 'A prescribed part has a heading and no text')
    """
    return {code: (rule.zh, rule.en) for code, rule in rules().items()}


def unknown(patterns: Iterable[str]) -> str:
    """A sentence on the codes, families or patterns that name nothing; empty when each names something.

    >>> unknown(["requests", "*.reviews"]), unknown(["requests.row_totl"])
    ('', 'unknown code requests.row_totl (did you mean requests.row_total?)')
    """
    said = []
    for pattern in patterns:
        if any(fits(code, [pattern]) for code in codes()):
            continue
        families = {code.partition(".")[0] for code in codes()}
        near = get_close_matches(pattern, [*codes(), *sorted(families)], n=1)
        said.append(f"unknown code {pattern}" + (f" (did you mean {near[0]}?)" if near else ""))
    return ", ".join(said)
