"""How strict the checks are: severities, days and shares from a TOML file that the user keeps."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from nlp.checking.likeness import COPIED_SHARE
from nlp.records import Issue

SEVERITIES = ("error", "warning", "info", "off")
WEIGHTS = {"error": Decimal(5), "warning": Decimal(2), "info": Decimal(0)}
FULL_MARKS = Decimal(100)
DAY = re.compile(r"(\d{1,2})-(\d{1,2})")


class SettingsWrong(ValueError):
    """A settings file that cannot be used; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``severity`` maps codes or patterns (``sections.*``) to error, warning, info or off; the last that fits counts.

    ``townships_by`` is the month and day by which townships must publish, ``None`` for no such day. ``copied_share`` is
    the share (0-1) of section five from which it counts as copied. ``weights`` maps severities, codes and patterns to what
    a finding costs of the ``full_marks`` of a report. ``rules`` are files of Python whose checks are taken too.
    ``strict`` refuses documents that are no report on disclosure.
    """

    severity: dict[str, str] = field(default_factory=dict)
    townships_by: tuple[int, int] | None = None
    copied_share: float = COPIED_SHARE
    weights: dict[str, Decimal] = field(default_factory=lambda: dict(WEIGHTS))
    full_marks: Decimal = FULL_MARKS
    rules: tuple[str, ...] = ()
    strict: bool = False


def read_settings(path: Path) -> Settings:
    """The settings of a TOML file. Raises ``SettingsWrong`` for what is not known, ``OSError`` when it cannot be read.

    An example::

        [severity]
        "sections.*" = "info"
        "across.alike" = "error"
        [days]
        townships = "01-31"
        [shares]
        copied = 0.8
        [weights]
        error = 5
        warning = 2
        "requests.*" = 8
        [score]
        full = 100
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"{path}: no TOML ({error}). Correct the file.") from None
    known = {"severity": None, "days": {"townships"}, "shares": {"copied"}, "weights": None, "score": {"full"}}
    for table, entries in values.items():
        if table not in known or not isinstance(entries, dict):
            raise SettingsWrong(f"{path}: unknown table [{table}]. Known are {', '.join(f'[{key}]' for key in known)}.")
        names = known[table]
        if names is not None and (strange := set(entries) - names):
            raise SettingsWrong(f"{path}: unknown setting {strange.pop()} in [{table}]. Known: {', '.join(names)}.")
    return Settings(
        severity=_severities(path, values.get("severity", {})),
        townships_by=_day(path, values.get("days", {}).get("townships")),
        copied_share=_share(path, values.get("shares", {}).get("copied", COPIED_SHARE)),
        weights=WEIGHTS | {key: _number(path, f"weights.{key}", n) for key, n in values.get("weights", {}).items()},
        full_marks=_number(path, "score.full", values.get("score", {}).get("full", FULL_MARKS)),
    )


def _severities(path: Path, entries: dict[str, Any]) -> dict[str, str]:
    for code, severity in entries.items():
        if severity not in SEVERITIES:
            raise SettingsWrong(f"{path}: severity of {code} is {severity!r}. Choose one of {', '.join(SEVERITIES)}.")
    return entries


def _number(path: Path, name: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not 0 <= value < 1_000_000:
        raise SettingsWrong(f"{path}: {name} is {value!r}. Write a number from 0 on.")
    return Decimal(str(value))


def _day(path: Path, value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    found = DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise SettingsWrong(f'{path}: days.townships is {value!r}. Write month and day, as "01-31".')
    try:
        date(2023, int(found[1]), int(found[2]))
    except ValueError:
        raise SettingsWrong(f"{path}: days.townships is {value!r}, and there is no such day.") from None
    return int(found[1]), int(found[2])


def _share(path: Path, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise SettingsWrong(f"{path}: shares.copied is {value!r}. Write a number above 0, at most 1.")
    return float(value)


def fits(code: str, patterns: Iterable[str]) -> bool:
    """Whether a code is named: itself, by a pattern, or by its family.

    >>> fits("requests.row_total", ["requests"]), fits("prose.reviews", ["*.reviews"]), fits("prose.reviews", ["pro"])
    (True, True, False)
    """
    return any(code == p or code.startswith(f"{p}.") or fnmatchcase(code, p) for p in patterns)


def graded(issue: Issue, settings: Settings) -> Issue | None:
    """The issue with the severity of the settings; ``None`` when they switch it off."""
    for pattern, severity in reversed(settings.severity.items()):
        if fits(issue.code, [pattern]):
            return None if severity == "off" else replace(issue, severity=severity)
    return issue


def wanted(code: str, *, only: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether findings of a code are asked for."""
    return (not only or fits(code, only)) and not fits(code, ignore)
