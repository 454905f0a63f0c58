"""The columns of a panel: from the tags themselves, named so that Stata, SPSS and R take the names as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.checking.codes import rules
from nlp.conclusions.tags import Tags
from nlp.output.names import name_of
from nlp.tables.forms import form
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

MAX_NAME_CHARS = 32
LEAST_WORD_CHARS = 3
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
ONE_COLUMN = "value"  # of the tables that have one number a row: it adds nothing to a name


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of the panel: its ``group``, the ``key`` by which the tags know it, its name and labels.

    ``kind`` is number (with kinds of missing values), count, truth or adjusted.
    """

    group: str
    key: tuple[str, ...]
    name: str
    kind: str
    zh: str
    en: str


def short_name(words: Iterable[str], taken: set[str]) -> str:
    """A name of at most 32 characters that is not taken: the longest words lose letters from their end, the last first.

    >>> short_name(["req", "other_processing", "legal_service"], set())
    'req_other_processi_legal_service'
    """
    parts = [part for word in words for part in word.split("_") if part]

    def joined() -> str:
        return "_".join(parts)

    while len(joined()) > MAX_NAME_CHARS and max(map(len, parts)) > LEAST_WORD_CHARS:
        longest = max(range(len(parts)), key=lambda at: (len(parts[at]), -at))
        parts[longest] = parts[longest][:-1]
    name, number = joined()[:MAX_NAME_CHARS], 1
    while name in taken:
        number += 1
        name = f"{joined()[: MAX_NAME_CHARS - len(str(number)) - 1]}_{number}"
    taken.add(name)
    return name


def find_variables(tags: Tags, *, adjusted: bool) -> list[Variable]:
    """The columns for these tags beside those that every panel has.

    Figures in the order of the forms, labels in that of the model, channels, contacts and codes of findings by their keys.

    Parameters
    ----------
    adjusted : also ``adj_…`` and ``labelled``, for which a sample is needed
    """
    tags.need("figures", "statements", "labels", "channel_counts", "contacts", "issues")
    taken = {name for name, *_ in load("conclusions")["panel"]["columns"]}
    made = _Maker(taken)
    return [
        *_figures(tags, made),
        *_labels(tags, made),
        *(_adjusted(tags, made) if adjusted else ()),
        *_channels(tags, made),
        *_contacts(tags, made),
        *_findings(tags, made),
    ]


@dataclass(frozen=True, slots=True)
class _Maker:
    taken: set[str]

    def variable(
        self, group: str, key: Sequence[str], kind: str, zh: str, en: str, words: Sequence[str] | None = None
    ) -> Variable:
        about = load("conclusions")["panel_groups"][group]
        parts = [*(words if words is not None else key)]
        safe = [part if PLAIN.fullmatch(f"x{part}") else "" for part in parts]
        if not all(safe):  # a key of one's own in other letters: the variable label tells it
            safe = [f"{number:02}" for number in (len(self.taken) + 1,)]
        name = short_name([about["prefix"], *safe], self.taken)
        return Variable(group, tuple(key), name, kind, f"{about['zh']}:{zh}", f"{about['en']}: {en}")


def _figures(tags: Tags, made: _Maker) -> list[Variable]:
    """Every cell that some report has or lacks, rows that no form knows left out."""
    order, names = _forms()
    cells = tags.rows("""SELECT DISTINCT "table", "row", "column" FROM figures WHERE NOT contains("row", ':')""")
    cells = sorted(cells, key=lambda cell: (order.get(cell, len(order)), cell))
    found = []
    for table, row, column in cells:
        words = [row] if column == ONE_COLUMN else [row, column]
        zh = names.get((table, row), row) + ("" if column == ONE_COLUMN else f"·{names.get((table, column), column)}")
        group = table if table in load("conclusions")["panel_groups"] else "local"
        found.append(made.variable(group, (table, row, column), "number", zh, " ".join(words), words))
    return found


def _forms() -> tuple[dict[tuple[str, str, str], int], dict[tuple[str, str], str]]:
    """The order of all cells of all forms, the newest first, and the Chinese names of rows and columns."""
    order: dict[tuple[str, str, str], int] = {}
    names: dict[tuple[str, str], str] = {}
    for edition in reversed(forms()):
        names = form(edition).names | names
        for table, rows in form(edition).cells.items():
            for row, columns in rows.items():
                for column in columns:
                    order.setdefault((table, row, column), len(order))
    return order, names


def _labels(tags: Tags, made: _Maker) -> list[Variable]:
    roles = [row[0] for row in tags.rows("SELECT DISTINCT role FROM statements ORDER BY 1")]
    found = [made.variable("roles", (role,), "count", name_of("roles", role), role) for role in roles]
    return found + [made.variable("labels", key, "count", zh, en, words) for key, zh, en, words in _keys(tags)]


def _adjusted(tags: Tags, made: _Maker) -> list[Variable]:
    found = [made.variable("adjusted", key, "adjusted", zh, en, words) for key, zh, en, words in _keys(tags)]
    return [*found, made.variable("sample", (), "count", "", "", ())]


def _keys(tags: Tags) -> list[tuple[tuple[str, str], str, str, list[str]]]:
    """Scheme and key of each label, its names, and the words of its column; the scheme where two schemes share a key."""
    keys = [label.key for label in tags.labels]
    return [
        ((label.scheme, label.key), label.zh or label.key, label.en or label.key,
         [label.scheme, label.key] if keys.count(label.key) > 1 else [label.key])
        for label in tags.labels
    ]  # fmt: skip


def _channels(tags: Tags, made: _Maker) -> list[Variable]:
    found = tags.rows("SELECT DISTINCT channel FROM channel_counts WHERE NOT contains(channel, '+') ORDER BY 1")
    return [made.variable("channels", (c,), "number", name_of("channels", c), c.replace("_", " ")) for (c,) in found]


def _contacts(tags: Tags, made: _Maker) -> list[Variable]:
    found = tags.rows("SELECT DISTINCT kind FROM contacts ORDER BY 1")
    return [made.variable("contacts", (k,), "truth", name_of("contacts", k), k.replace("_", " ")) for (k,) in found]


def _findings(tags: Tags, made: _Maker) -> list[Variable]:
    told = rules()
    found = []
    for (code,) in tags.rows("SELECT DISTINCT code FROM issues ORDER BY 1"):
        zh, en = (told[code].zh, told[code].en) if code in told else (code, code)
        found.append(made.variable("findings", (code,), "count", zh, en, code.replace(".", "_").split("_")))
    return found
