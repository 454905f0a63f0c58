"""The fixed forms: which cells each edition has, what its labels look like, and what must add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any, Literal, NamedTuple

from nlp.records import Edition
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

Along = Literal["columns", "rows"]


# What begins the name of a row or column that a report prints and its form does not have; its printed words follow.
UNKNOWN = "unknown:"


def unknown_name(words: str) -> str:
    """The name of a row or column that no form has.

    >>> unknown_name("4.新设类别"), is_unknown("unknown:4.新设类别"), is_unknown("granted")
    ('unknown:4.新设类别', True, False)
    """
    return UNKNOWN + words


def is_unknown(name: str) -> bool:
    """Whether a row or column is none of the form's."""
    return name.startswith(UNKNOWN)


class Role(NamedTuple):
    """What a label may stand for: a row with numbers, a row without (``group``), a column head, a heading that ends.

    ``strange`` is a row that the form does not have; it is of no table.
    """

    table: str
    kind: Literal["row", "group", "head", "break", "strange"]
    key: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that the form itself prescribes. ``along`` tells whether ``left`` and ``right`` name columns or rows."""

    id: str
    table: str
    along: Along
    left: tuple[str, ...]
    right: tuple[str, ...]
    zh: str
    en: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the form.

    ``ordered`` tells that the rows stand in one order wherever they are printed.
    ``cells`` maps each table to its rows, each row to its columns, both in printed order; ``labels`` finds every label
    in text without white space.
    """

    edition: Edition
    ordered: bool
    cells: dict[str, dict[str, tuple[str, ...]]]
    identities: tuple[Identity, ...]
    labels: re.Pattern[str]
    roles: dict[str, tuple[tuple[Role, re.Pattern[str]], ...]]
    names: dict[tuple[str, str], str]
    english: dict[tuple[str, str], str]
    units: dict[str, str]
    places: dict[str, dict[str, int]]
    heads: dict[str, tuple[str, ...]]
    captions: dict[tuple[str, str], str]
    money: frozenset[tuple[str, str]]

    def roles_of(self, label: str) -> tuple[Role, ...]:
        """What the words ``label`` (without white space) may stand for in this form; empty when it is no label."""
        return tuple(role for role, pattern in self.roles.get(label[:1], ()) if pattern.fullmatch(label))

    def name(self, table: str, key: str) -> str:
        """A row or column as the form names it, or as it is printed where the form does not have it."""
        return self.names.get((table, key)) or key.removeprefix(UNKNOWN)

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table whose rows all have the same ones."""
        return next(iter(self.cells[table].values()))

    def is_money(self, table: str, row: str, column: str) -> bool:
        """Whether a cell holds an amount of money."""
        return column == "amount" or (table, row) in self.money

    def order(self, table: str) -> dict[str, int] | None:
        """The place of each row and group in printed order; ``None`` for a table that each body draws up itself."""
        return self.places[table] if self.ordered else None

    @property
    def only_table(self) -> str | None:
        """The table of a form that has one, with one number a row; ``None`` for other forms."""
        return next(iter(self.cells)) if len(self.cells) == 1 else None

    def next_row(self, table: str, row: str) -> float:
        """The place of the row that follows one; infinite for the last."""
        places = self.places[table]
        return min((places[key] for key in self.cells[table] if places[key] > places[row]), default=inf)

    def ends_behind(self, table: str, row: str) -> bool:
        """Whether the next row has a caption of its own, or none follows."""
        keys = list(self.cells[table])
        after = keys[keys.index(row) + 1 :]
        return not after or self.captions.get((table, row)) != self.captions.get((table, after[0]))


def _labels(edition: Edition) -> Iterator[tuple[Role, dict[str, Any]]]:
    """Every labelled entry of the edition with its role."""
    held = forms()[edition]
    for table in held["tables"]:
        part = held[table]
        for kind in ("captions", "heads", "columns"):
            for key, entry in part.get(kind, {}).items():
                yield Role(table, "break" if kind == "captions" else "head", key), entry
        for key, entry in part["rows"].items():
            yield Role(table, "group" if entry.get("header") else "row", key), entry
    for key, entry in load("tables")["breaks"].items():
        yield Role(key, "break", key), entry


@cache
def form(edition: Edition) -> Form:
    """The form of an edition; for ``free_form`` what the local tables of 2008–2013 have in common.

    >>> len(form("tables_2021").cells["requests"]), form("tables_2019").cells["disclosure"]["procurement"]
    (25, ('items', 'amount'))
    """
    held = forms()[edition]
    coins = load("tables")["cells"]["money"]
    cells: dict[str, dict[str, tuple[str, ...]]] = {table: {} for table in held["tables"]}
    roles: dict[str, list[tuple[Role, re.Pattern[str]]]] = {}
    patterns: dict[str, None] = {}
    names: dict[tuple[str, str], str] = {}
    english: dict[tuple[str, str], str] = {}
    units: dict[str, str] = {}
    places: dict[str, dict[str, int]] = {table: {} for table in held["tables"]}
    heads: dict[str, list[str]] = {table: [] for table in held["tables"]}
    captions: dict[tuple[str, str], str] = {}
    money: set[tuple[str, str]] = set()
    for role, entry in _labels(edition):
        names[role.table, role.key] = entry["zh"]
        english[role.table, role.key] = entry.get("en", "")
        for pattern in entry["patterns"]:
            patterns[pattern] = None
            roles.setdefault(pattern[0], []).append((role, re.compile(pattern)))
        if role.kind == "head":
            heads[role.table].append(role.key)
        if role.kind in ("row", "group"):
            places[role.table][role.key] = len(places[role.table])
            if entry.get("money") or entry.get("unit") in coins:
                money.add((role.table, role.key))
            if "caption" in entry:
                captions[role.table, role.key] = entry["caption"]
        if role.kind == "row":
            if "columns" in entry:
                columns = tuple(entry["columns"])
            elif "unit" in entry:
                columns = ("value",)
                units[role.key] = entry["unit"]
            else:
                columns = tuple(held[role.table]["columns"])
            cells[role.table][role.key] = columns
    # Longer patterns first, so that 其他对外管理服务事项 is not read as 其他.
    longest = sorted(patterns, key=len, reverse=True)
    return Form(
        edition=edition,
        ordered=held.get("ordered", True),
        cells=cells,
        identities=tuple(
            Identity(
                id=item["id"],
                table=item["table"],
                along=item["along"],
                left=tuple(item["left"]),
                right=tuple(item["right"]),
                zh=item["zh"],
                en=item["en"],
                source=item["source"],
            )
            for item in held.get("identities", ())
        ),
        labels=re.compile("|".join(longest) or r"(?!)"),
        roles={first: tuple(entries) for first, entries in roles.items()},
        names=names,
        english=english,
        units=units,
        places=places,
        heads={table: tuple(keys) for table, keys in heads.items()},
        captions=captions,
        money=frozenset(money),
    )
