"""The settings of a training run, from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from training.fit import Settings

DEFAULTS = Path(__file__).with_name("settings.toml")


class SettingsUnusable(Exception):
    """A settings file with an unknown name or a value of the wrong type; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is measured and warned of. ``near_duplicate`` is a share from 0 to 1."""

    bootstrap: int = 1000
    few_examples: int = 15
    suspects: int = 50
    near_duplicate: float = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """Settings of the fit and of the report on it."""

    fit: Settings = field(default_factory=Settings)
    report: Report = field(default_factory=Report)


def read_settings(path: Path = DEFAULTS, *, seed: int | None = None, folds: int | None = None) -> RunSettings:
    """The settings of a file; what it leaves out has its default.

    Raises
    ------
    SettingsUnusable : no TOML, an unknown table or name, or a value of the wrong type
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsUnusable(
            f"{path}: no readable TOML ({error}). Copy training/settings.toml and change it."
        ) from None
    loose = sorted(name for name, table in tables.items() if not isinstance(table, dict))
    if loose:
        raise SettingsUnusable(f"{path}: {loose[0]} stands outside of [fit] and [report]. Move it into one of them.")
    unknown = sorted(set(tables) - {"fit", "report"})
    if unknown:
        raise SettingsUnusable(f"{path}: unknown table [{unknown[0]}]. There are [fit] and [report].")
    fit = _filled(Settings(), tables.get("fit", {}), path)
    given = {name: value for name, value in (("seed", seed), ("folds", folds)) if value is not None}
    return RunSettings(fit=replace(fit, **given), report=_filled(Report(), tables.get("report", {}), path))


def _filled(defaults: Any, values: dict[str, Any], path: Path) -> Any:
    known = {f.name: getattr(defaults, f.name) for f in fields(defaults)}
    for name, value in values.items():
        if name not in known:
            raise SettingsUnusable(f"{path}: unknown setting {name}. There are {', '.join(known)}.")
        wanted = type(known[name])
        if not (isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))) and not (
            wanted is float and type(value) is int
        ):
            raise SettingsUnusable(
                f"{path}: {name} = {value!r} is no {wanted.__name__}. Its default is {known[name]!r}."
            )
    return replace(defaults, **values)
