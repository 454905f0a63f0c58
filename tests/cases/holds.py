"""Whether what a case asks for holds of an analysis, in a notation of one line a demand.

``count METRIC VALUE``, ``channel KEYS VALUE`` (several keys joined by +), ``contact KIND VALUE``, ``figure
TABLE.ROW.COLUMN VALUE``, ``issue CODE …`` (one of them), ``section KEY …``, ``issuer``, ``title``, ``level``, ``region``,
``year``, ``published_on``, ``period`` with the values that are right (``None`` for none); ``category WORDS``; ``once
METRIC``; ``role ROLE`` and ``labels A+B`` of the only statement; ``no …`` before any of them; ``counts 0``, ``channels
0``, ``figures 0`` for none at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from nlp.records import Analysis

Verdict = Literal["right", "wrong", "open"]
NAMES = ("issuer", "title", "level", "region", "year", "published_on")


def holds(analysis: Analysis, demand: str) -> Verdict:
    """``right``, ``wrong`` (something else stands in its place), or ``open`` (nothing does).

    >>> import nlp
    >>> holds(nlp.analyse_text("县政府网站公开12条。"), "channel gov_website 12")
    'right'
    """
    kind, *words = demand.split()
    if kind == "no":
        return "wrong" if _found(analysis, words[0], words[1:]) else "right"
    if words == ["0"]:
        return "wrong" if _all(analysis, kind.removesuffix("s")) else "right"
    if kind == "once":
        return "right" if sum(metric == words[0] for metric, _ in _all(analysis, "count")) == 1 else "wrong"
    if _found(analysis, kind, words):
        return "right"
    return "wrong" if _instead(analysis, kind, words) else "open"


def _found(analysis: Analysis, kind: str, words: list[str]) -> bool:
    """Whether one of the things of a kind is the one that the words name; without a value, any of that name."""
    if kind in NAMES:
        return _identity(analysis, kind) in words
    if kind == "period":
        return [_identity(analysis, "period_start"), _identity(analysis, "period_end")] == words
    if kind in ("issue", "section", "category", "role", "labels"):
        return any(key in words for key, _ in _all(analysis, kind))
    key, *value = words
    return any(key == name and (not value or _same(value[0], printed)) for name, printed in _all(analysis, kind))


def _same(wanted: str, found: object) -> bool:
    if isinstance(found, Decimal):
        return wanted.replace(".", "", 1).isdigit() and found == Decimal(wanted)
    return wanted == str(found)


def _instead(analysis: Analysis, kind: str, words: list[str]) -> bool:
    """Whether another value stands where the right one should."""
    if kind in NAMES:
        return _identity(analysis, kind) != "None"
    if kind in ("count", "channel", "contact", "figure"):
        return any(name == words[0] for name, _ in _all(analysis, kind))
    return kind in ("role", "labels")


def _identity(analysis: Analysis, name: str) -> str:
    return str(getattr(analysis.identity, name))


def _all(analysis: Analysis, kind: str) -> list[tuple[str, object]]:
    """The things of a kind that an analysis holds, each with its value."""
    found: dict[str, Iterable[tuple[str, object]]] = {
        "count": ((count.metric, count.quantity.value) for count in analysis.counts),
        "category": ((count.category or "", None) for count in analysis.counts),
        "channel": (
            ("+".join(sorted(count.channel.split("+"))), count.quantity.value) for count in analysis.channel_counts
        ),
        "contact": ((contact.kind, contact.value.replace(" ", "")) for contact in analysis.contacts),
        "figure": (
            (f"{figure.table}.{figure.row}.{figure.column}", figure.value)
            for figure in analysis.figures
            if figure.value is not None
        ),
        "issue": ((issue.code, None) for issue in analysis.issues),
        "section": ((section.key, None) for section in analysis.sections),
        "role": ((statement.role, None) for statement in analysis.statements),
        "labels": (
            ("+".join(sorted(label.key for label in s.labels if label.accepted)), None) for s in analysis.statements
        ),
    }
    return list(found[kind])
