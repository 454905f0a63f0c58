"""Every check there is: those of ``nlp.checking.rules``, of installed packages (``gongkai.checks``) and of added files."""

from __future__ import annotations

import hashlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import nlp.checking.rules
from nlp.checking.rule import Check, Rule

GROUP = "gongkai.checks"
_added: dict[Path, tuple[Check, ...]] = {}


class RulesUnusable(ValueError):
    """A file or package of rules that cannot be used; the message says what to change."""


def checks() -> tuple[Check, ...]:
    """Every check, the package's own first, by the names of their files."""
    return (*_own(), *_installed(), *(check for found in _added.values() for check in found))


def rules_of_reports() -> tuple[Rule, ...]:
    """Every rule on one report, in the order of the checks."""
    return tuple(rule for check in checks() for rule in check.rules())


def add_rules(paths: Iterable[str | Path]) -> None:
    """Take the checks of files of Python into every check from here on; a file that is there already is not read again.

    Raises ``RulesUnusable`` for a file that cannot be run, that holds no check, or whose codes are taken.

    >>> add_rules([])
    """
    for given in paths:
        path = Path(given).resolve()
        if path not in _added:
            _added[path] = _usable(str(given), _checks_of(_run(path, str(given))))


def drop_added_rules() -> None:
    """Forget the rules of files."""
    _added.clear()


@cache
def _own() -> tuple[Check, ...]:
    package = nlp.checking.rules
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(check for name in names for check in _checks_of(import_module(f"{package.__name__}.{name}")))


@cache
def _installed() -> tuple[Check, ...]:
    found: list[Check] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        held = point.load()
        where = f"{GROUP}: {point.name}"
        given = (held,) if isinstance(held, Check) else tuple(_checks_of(held)) if isinstance(held, ModuleType) else ()
        found.extend(_usable(where, given, (*_own(), *found)))
    return tuple(found)


def _checks_of(module: ModuleType) -> Iterator[Check]:
    """The checks that a module holds, in the order in which they stand there."""
    return (value for value in vars(module).values() if isinstance(value, Check))


def _usable(where: str, given: Iterable[Check], others: Iterable[Check] | None = None) -> tuple[Check, ...]:
    """The checks of one source, whose codes must be its own."""
    found = tuple(given)
    if not found:
        raise RulesUnusable(f"{where}: no check in it. Make one with nlp.checking.rule.check_for.")
    taken = {rule.code for check in (checks() if others is None else others) for rule in check.rules()}
    for rule in (rule for check in found for rule in check.rules()):
        if rule.code in taken:
            raise RulesUnusable(f"{where}: the code {rule.code} is another rule's. Choose another code.")
        if "." not in rule.code:
            raise RulesUnusable(f"{where}: the code {rule.code} has no family. Write it as own.{rule.code}.")
    return found


def _run(path: Path, shown: str) -> ModuleType:
    name = f"gongkai_rules_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise RulesUnusable(f"{shown}: no file of Python. Name a file that ends in .py.")
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except OSError as error:
        raise RulesUnusable(f"{shown}: cannot read ({error.strerror}). Choose another file with --rules.") from None
    except Exception as error:  # the user's own program: what it raised is theirs to read
        raise RulesUnusable(f"{shown}: cannot be run ({type(error).__name__}: {error}). Correct the file.") from error
    return module
