"""A rule and the check that applies it: what a file of rules is made of.

A file that adds a check of its own needs no more than this module::

    from nlp.checking.rule import Examined, Rule, check_for
    from nlp.records import Issue

    TOO_SHORT = Rule("own.too_short", "info", "报告不足五百字", "The report has fewer than 500 characters", example="全文480字")

    @check_for(TOO_SHORT)
    def check_length(report: Examined):
        if len(report.clean.text) < 500:
            yield Issue(TOO_SHORT.code, TOO_SHORT.severity, "报告不足五百字。 The report has fewer than 500 characters.")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nlp.claims.claim import Claim
from nlp.claims.find import find_claims
from nlp.reading.clean import CleanText, clean_text
from nlp.records import Analysis, Issue

Severity = Literal["error", "warning", "info"]
# What the rules go by most often.
INTEGRITY = "《政府信息公开条例》第六条"
CONTENT = "《政府信息公开条例》第五十条（2019年修订前第三十二条）"
TIME = "《政府信息公开条例》第四十九条（2019年修订前第三十一条）"
FORM_OF_2021 = "国办公开办函〔2021〕30号"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the checks: the code its findings bear, how grave they usually are, what prescribes it, and an example.

    ``law`` is "" for what no document prescribes. The example is Chinese, as it would stand in a report.
    """

    code: str
    severity: Severity
    zh: str
    en: str
    law: str = ""
    example: str = ""


@dataclass(frozen=True)
class Examined:
    """A report as a check sees it: everything read from it, its clean text, and the numbers of its narrative.

    ``townships_by`` is the month and day by which townships must publish, for which the law sets no day.
    """

    analysis: Analysis
    clean: CleanText
    townships_by: tuple[int, int] | None = None

    @classmethod
    def of(cls, analysis: Analysis) -> Examined:
        """An analysis with its text cleaned anew."""
        return cls(analysis, clean_text(analysis.source))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The numbers of the narrative with what they are of."""
        return tuple(find_claims(self.analysis, self.clean))


@dataclass(frozen=True, slots=True)
class Check:
    """One check: ``find`` gives the issues of a report, ``rules`` every rule whose code they may bear."""

    find: Callable[[Examined], Iterable[Issue]]
    rules: Callable[[], tuple[Rule, ...]]

    def __call__(self, report: Examined) -> Iterable[Issue]:
        """The issues of a report."""
        return self.find(report)


def check_for(
    *rules: Rule | Callable[[], Iterable[Rule]],
) -> Callable[[Callable[[Examined], Iterable[Issue]]], Check]:
    """Make a function a check. A file's checks are found by what they are: nothing lists them.

    Parameters
    ----------
    rules : the rules that it applies, or functions that give them where they follow from a vocabulary
    """

    def all_rules() -> tuple[Rule, ...]:
        return tuple(one for rule in rules for one in ((rule,) if isinstance(rule, Rule) else rule()))

    def made(find: Callable[[Examined], Iterable[Issue]]) -> Check:
        return Check(find, all_rules)

    return made


def prescribed(source: str) -> str:
    """The documents that a source of the forms names; "" for local forms, which no document prescribes.

    >>> prescribed("国办公开办函〔2021〕30号: 勾稽关系"), prescribed("local forms of 2008-2013")
    ('国办公开办函〔2021〕30号', '')
    """
    return source.partition(":")[0] if "〔" in source else ""
