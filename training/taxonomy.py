"""The labels that a corpus may use, with their names: a TOML file written like nlp/vocabulary/aspects.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.vocabulary.load import load


class TaxonomyUnusable(Exception):
    """A taxonomy file that cannot be read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Label ids in the order of the file, each with its Chinese and English name ("" where there is none)."""

    names: Mapping[str, tuple[str, str]]

    def spellings(self) -> frozenset[str]:
        """Everything by which a label may be called: its id and its names."""
        return frozenset(name for key, names in self.names.items() for name in (key, *names) if name)

    def id_of(self, label: str) -> str | None:
        """The id meant by an id or by a Chinese or English name; ``None`` when the taxonomy has no such label."""
        if label in self.names:
            return label
        return next((key for key, names in self.names.items() if label in names), None)


def read_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy of a TOML file: one table a label, with ``zh`` and ``en``.

    A table with ``problem`` and ``measure`` (as in aspects.toml) gives two labels.

    Raises
    ------
    TaxonomyUnusable : no TOML, a table that is none, or no label at all
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TaxonomyUnusable(f"{path}: no readable TOML ({error}). Write one [label_id] table a label.") from None
    return _taxonomy(tables, str(path))


def own_taxonomy() -> Taxonomy:
    """The labels of this project: problems and measures."""
    return _taxonomy(load("aspects"), "aspects.toml")


def _taxonomy(tables: Mapping[str, Any], where: str) -> Taxonomy:
    names: dict[str, tuple[str, str]] = {}
    for key, entry in tables.items():
        if not isinstance(entry, dict):
            raise TaxonomyUnusable(f'{where}: {key} is no table. Write [{key}] and beneath it zh = "…" and en = "…".')
        schemes = [scheme for scheme in ("problem", "measure") if scheme in entry]
        zh, en = entry.get("zh", ""), entry.get("en", "")
        if not schemes:
            names[key] = (str(zh), str(en))
        for scheme in schemes:
            names[entry[scheme]] = tuple(n[scheme] if isinstance(n, dict) else str(n) for n in (zh, en))  # type: ignore[assignment]
    if not names:
        raise TaxonomyUnusable(f"{where}: no label. Write one [label_id] table a label.")
    return Taxonomy(names)
