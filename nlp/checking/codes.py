"""The codes of issues: what each means, and whether one that a user names exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from nlp.checking.parts import PARTS
from nlp.checking.places import REMARK
from nlp.checking.settings import fits
from nlp.checking.tables import TABLE_NAMES
from nlp.checking.wording import cell_name
from nlp.claims.names import metric_name
from nlp.tables.forms import TABLES, form
from nlp.vocabulary.load import load

PLACE = re.compile(r"\{(\w+)\}")
NUMBER = re.compile(r"^[一二三四五六七八九十]、")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the checks: the code its findings bear, how grave they usually are, what prescribes it, and an example.

    ``law`` is "" for what no document prescribes. The example is Chinese, as it would stand in a report.
    """

    code: str
    severity: str
    zh: str
    en: str
    law: str
    example: str


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the alphabet.

    >>> rules()["period.late"].law
    '《政府信息公开条例》第四十九条（2019年修订前第三十一条）'
    """
    found = {rule.code: rule for rule in (*_sums(), *_inequalities())}
    for code, entry in load("issues").items():
        law = entry["law"].strip("—")
        kind = PLACE.search(code)
        place, members = (kind[0], _members(kind[1])) if kind else ("{}", {"": ""})
        for key, name in members.items():
            filled = code.replace(place, key)
            zh, en = entry["zh"].replace(place, name), entry["en"].replace(place, key)
            example = entry["example"].replace(place, name)
            found[filled] = Rule(filled, entry["severity"], zh, en, law, example)
    return dict(sorted(found.items()))


def _sums() -> Iterator[Rule]:
    """The identities of the forms; the example is made of the names of the first cells."""
    for edition in TABLES:
        this = form(edition)
        for identity in this.identities:
            keys = (*identity.left[:2], identity.right[0])
            one, two, total = (REMARK.sub("", this.names[identity.table, key]) for key in keys)
            law = _prescribed(next(e["source"] for e in load("forms")["identities"] if e["id"] == identity.id))
            yield Rule(identity.id, "error", identity.zh, identity.en, law, f"{one} 3、{two} 1，而{total} 5，其余为0")


def _inequalities() -> Iterator[Rule]:
    for entry in load("forms")["inequalities"]:
        this = form(entry["editions"][0])
        (less, more) = (cell_name(this, *entry[side][0].split(".")) for side in ("less", "more"))
        yield Rule(
            entry["id"], entry["severity"], entry["zh"], entry["en"], _prescribed(entry["source"]),
            f"{less}为5，{more}为3",
        )  # fmt: skip


def _prescribed(source: str) -> str:
    """The documents that a source names; "" for local forms, which no document prescribes."""
    return source.partition(":")[0] if "〔" in source else ""


@cache
def codes() -> Mapping[str, tuple[str, str]]:
    """Every code that an issue can bear, in the order of the alphabet, with its meaning in Chinese and English.

    >>> codes()["sections.empty"]
    ('规定部分没有内容', 'A prescribed part has a heading and no text')
    """
    return {code: (rule.zh, rule.en) for code, rule in rules().items()}


def _members(kind: str) -> dict[str, str]:
    """What a code with a place in braces is made for: ids with their Chinese names."""
    if kind == "part":
        return {key: NUMBER.sub("", zh) for key, (zh, _) in PARTS.items()}
    if kind == "table":
        return {key: zh for key, (zh, _) in TABLE_NAMES.items()}
    if kind == "document":
        return {"regulations": "规章", "normative_docs": "行政规范性文件"}
    targets = load("claims")["targets"]
    repeated = {**targets["indicators"], **targets["local"]}
    for table in targets["tables"].values():
        repeated |= table if isinstance(table, dict) else {}
    return {key: metric_name(key) for key in repeated}


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
