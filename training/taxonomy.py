"""The labels that a corpus may use, with their names: a TOML file, documented in corpora/README.md."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nlp.labelling.aspects import SCHEMES, aspects, read_aspects
from nlp.labelling.label_set import LabelSet, OwnLabel, packaged_labels

ROLES = "roles"
PLAIN = ("zh", "en", "definition", "answered_weakly_by")
PAIRED = (*SCHEMES, *PLAIN, "cues", "source")  # as aspects.toml is written
PLACED = re.compile(r"\(at line (\d+), column \d+\)")


class TaxonomyUnusable(Exception):
    """A taxonomy file that cannot be read; the message says where and what to do."""


@dataclass(frozen=True)
class Taxonomy:
    """Label ids in the order of the file, each with its Chinese and English name ("" where there is none).

    ``labels`` says the same for a model: definitions, names of roles, what answers what, and which labels are the two
    sides of one aspect.
    """

    names: Mapping[str, tuple[str, str]]
    labels: LabelSet = field(default_factory=packaged_labels)

    def spellings(self) -> frozenset[str]:
        """Everything by which a label may be called: its id and its names."""
        return frozenset(self._ids)

    def id_of(self, label: str) -> str | None:
        """The id meant by an id or by a Chinese or English name; ``None`` when the taxonomy has no such label."""
        return self._ids.get(label)

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {name: key for key, names in self.names.items() for name in names if name} | {k: k for k in self.names}


def read_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy of a TOML file: one table a label, with ``zh``, ``en``, ``definition`` and ``answered_weakly_by``.

    A table with ``problem`` and ``measure`` (as in aspects.toml) is an aspect and gives two labels. ``[roles.ID]`` names a role.

    Raises
    ------
    TaxonomyUnusable : no TOML, a table that is none, an unknown field, a name of two labels, or no label at all; the
        message names the line
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except OSError as error:
        raise TaxonomyUnusable(f"{path}: cannot be read ({error.strerror}). Name another file.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        place = PLACED.search(str(error))
        where = f"{path}:{place[1]}" if place else str(path)
        said = PLACED.sub("", str(error)).strip()
        raise TaxonomyUnusable(f"{where}: no readable TOML ({said}). Write one [label_id] table a label.") from None
    return _Reader(str(path), text).read(tables)


def own_taxonomy() -> Taxonomy:
    """The labels of this project: problems and measures."""
    known = packaged_labels()
    return Taxonomy({a.key(s): (a.zh[s], a.en[s]) for a in aspects().values() for s in SCHEMES}, known)


class _Reader:
    """Holds the tables of a file against what a taxonomy may say."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.lines = path, text.splitlines()

    def read(self, tables: Mapping[str, Any]) -> Taxonomy:
        roles = {}
        for key, entry in dict(tables.get(ROLES, {})).items() if isinstance(tables.get(ROLES), dict) else ():
            self._check_entry(f"{ROLES}.{key}", entry, ("zh", "en"))
            roles[key] = (entry.get("zh", ""), entry.get("en", ""))
        entries = {key: entry for key, entry in tables.items() if key != ROLES or not roles}
        paired, own = {}, {}
        for key, entry in entries.items():
            if not isinstance(entry, dict):
                self._refuse(key, f'{key} is no table. Write [{key}] and beneath it zh = "…" and en = "…".')
            if any(scheme in entry for scheme in SCHEMES):
                self._check_entry(key, entry, PAIRED)
                paired[key] = entry
            else:
                self._check_entry(key, entry, PLAIN)
                own[key] = OwnLabel(
                    key,
                    entry.get("zh", ""),
                    entry.get("en", ""),
                    entry.get("definition", ""),
                    tuple(entry.get("answered_weakly_by", ())),
                )
        if not paired and not own:
            raise TaxonomyUnusable(f"{self.path}: no label. Write one [label_id] table a label.")
        labels = LabelSet(read_aspects(paired) if paired else aspects(), own, roles)
        names: dict[str, tuple[str, str]] = {}
        for key in entries:
            if key in own:
                names[key] = (own[key].zh, own[key].en)
            else:
                aspect = labels.aspects[key]
                names |= {aspect.key(s): (aspect.zh[s], aspect.en[s]) for s in SCHEMES}
        self._check_names(names)
        for key, entry in entries.items():
            for other in entry.get("answered_weakly_by", ()):
                if other not in entries:
                    self._refuse(
                        key, f"answered_weakly_by names {other}, which is no table here.{_near(other, entries)}"
                    )
        return Taxonomy(names, labels)

    def _check_entry(self, key: str, entry: Any, known: tuple[str, ...]) -> None:
        if not isinstance(entry, dict):
            self._refuse(key, f'{key} is no table. Write [{key}] and beneath it zh = "…".')
        for name, value in entry.items():
            if name not in known:
                self._refuse(key, f"{name} says nothing here.{_near(name, known)} There are {', '.join(known)}.", name)
            if name in SCHEMES and not (isinstance(value, str) and value.strip()):
                self._refuse(key, f'{name} must be the label of a {name}. Write {name} = "…".', name)
            if name == "answered_weakly_by":
                if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                    self._refuse(key, f'{name} must be a list of ids. Write {name} = ["…"].', name)
            elif name in ("zh", "en") and isinstance(value, dict) and "problem" in known:
                if set(value) - set(SCHEMES) or not all(isinstance(v, str) for v in value.values()):
                    self._refuse(key, f'Write {name} = {{ problem = "…", measure = "…" }}.', name)
            elif name not in ("cues",) and not isinstance(value, str):
                self._refuse(key, f'{name} must be text. Write {name} = "…" in quotation marks.', name)
        missing = [s for s in SCHEMES if any(other in entry for other in SCHEMES) and s not in entry]
        if missing:
            self._refuse(key, f'an aspect needs both its labels: add {missing[0]} = "…".')

    def _check_names(self, names: Mapping[str, tuple[str, str]]) -> None:
        owner: dict[str, str] = {}
        for key, spellings in names.items():
            for name in dict.fromkeys((key, *spellings)):
                before = owner.setdefault(name, key) if name else key
                if before != key:
                    self._refuse(
                        key, f"{name} is also a name of {before}. Rename one, so that a label means one thing."
                    )

    def _refuse(self, key: str, message: str, name: str = "") -> None:
        line = self._line(key, name)
        raise TaxonomyUnusable(f"{self.path}{f':{line}' if line else ''}: [{key}] {message}")

    def _line(self, key: str, name: str) -> int | None:
        """The line of a table's heading, or of a field beneath it."""
        written = rf'"?{re.escape(key)}"?'
        head = re.compile(rf"\s*\[\s*{written}\s*\]|\s*{written}\s*[.=]")
        at = next((n for n, line in enumerate(self.lines, start=1) if head.match(line)), None)
        if at is None:  # an aspect is named by the label of one of its sides
            side = re.compile(rf"\s*(?:{'|'.join(SCHEMES)})\s*=\s*[\"']{re.escape(key)}[\"']")
            return next((n for n, line in enumerate(self.lines, start=1) if side.match(line)), None)
        if name:
            field_of = re.compile(rf"\s*{re.escape(name)}\s*=|.*\{{.*\b{re.escape(name)}\s*=")
            for number, line in enumerate(self.lines[at:], start=at + 1):
                if line.lstrip().startswith("["):
                    break
                if field_of.match(line):
                    return number
        return at


def _near(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]}?" if near else ""
