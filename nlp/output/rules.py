"""The rules of the checks for readers: what each looks for, how grave it is, what prescribes it, and an example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from nlp.checking.codes import rules
from nlp.checking.rule import Rule
from nlp.output.names import name_of
from nlp.vocabulary.texts import translator


def rule_lines(language: str = "zh") -> Iterator[str]:
    """Every rule in two to four lines, in the order of the codes.

    Laws and examples are Chinese in both languages: they are quoted, and stand so in reports.
    """
    say = translator(language)
    for rule in rules().values():
        severity = say(name_of("severities", rule.severity))
        yield f"{rule.code}  {severity}  {rule.zh if language == 'zh' else rule.en}"
        if rule.law:
            yield f"    {_headed(say('依据'), rule.law, language)}"
        yield f"    {_headed(say('例'), rule.example, language)}"


def rule_records() -> list[dict[str, Any]]:
    """Every rule as a plain dictionary, in both languages."""
    return [_record(rule) for rule in rules().values()]


def _record(rule: Rule) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(rule)
    return values


def _headed(head: str, words: str, language: str) -> str:
    return f"{head}：{words}" if language == "zh" else f"{head}: {words}"
