"""What the tables of examples share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

import nlp
from nlp.extraction.counts import find_counts
from nlp.reading.clean import CleanText
from nlp.structure.paragraphs import Paragraph

TELEPHONES = ("phone", "mobile", "fax", "supervision_phone", "postcode")


@pytest.fixture
def read_counts() -> Callable[[str], tuple[Counter[str], Counter[str]]]:
    """A text, a line a paragraph, to its channel counts and counts: ``channel=value/scope``, ``metric=value@period``"""
    return _read


@pytest.fixture
def differences() -> Callable[..., list[str]]:
    """What of a passage is missed or too much, read as a user reads it (``nlp.analyse_text``).

    Contacts are ``kind=value`` without spaces, channel counts ``channel=value and unit/scope`` (scope ``year`` or
    ``shared`` when not given, ``*`` for any), counts ``metric=value`` or ``metric=value@period``. ``?`` marks what is neither asked for nor wrong.
    """
    return _differences


def _read(text: str) -> tuple[Counter[str], Counter[str]]:
    clean = CleanText(text)
    paragraphs, at = [], 0
    for line in clean.text.split("\n"):
        paragraphs.append(Paragraph(None, "", at, at + len(line)))
        at += len(line) + 1
    found, counts = find_counts(clean, paragraphs)
    channels = [f"{c.channel}={c.quantity.value}" + ("" if c.scope == "year" else f"/{c.scope}") for c in found]
    metrics = [f"{c.metric}={c.quantity.value}" + ("" if c.period == "year" else f"@{c.period}") for c in counts]
    return Counter(channels), Counter(metrics)


def _differences(text: str, *, contacts: str, channels: str, counts: str) -> list[str]:
    analysis = nlp.analyse_text(text)
    found = [_contact(f"{c.kind}={c.value}") for c in analysis.contacts]
    faults = _compared([_marked(token, _contact) for token in contacts.split()], found)
    published = [f"{c.channel}={c.quantity.value}{c.quantity.unit}/{c.scope}" for c in analysis.channel_counts]
    free = {token.lstrip("?")[:-2] for token in channels.split() if token.endswith("/*")}
    published = [p.rpartition("/")[0] + "/*" if p.rpartition("/")[0] in free else p for p in published]
    faults += _compared([_marked(token, _channel) for token in channels.split()], published)
    told = "@" in counts  # where a period is asked for, all are compared
    counted = [
        f"{c.metric}={c.quantity.value}" + (f"@{c.period}" if told and c.period != "year" else "")
        for c in analysis.counts
    ]
    return faults + _compared([_marked(token, str) for token in counts.split()], counted)


def _marked(token: str, read: Callable[[str], str]) -> tuple[str, bool]:
    return read(token.lstrip("?")), token.startswith("?")


def _contact(token: str) -> str:
    kind, _, value = token.partition("=")
    value = re.sub(r"\D", "", value) if kind in TELEPHONES else re.sub(r"[\s“”]", "", value)
    return f"{kind}={value}"


def _channel(token: str) -> str:
    return token if "/" in token else f"{token}/{'shared' if '+' in token.partition('=')[0] else 'year'}"


def _compared(wanted: list[tuple[str, bool]], found: list[str]) -> list[str]:
    must = Counter(item for item, optional in wanted if not optional)
    spare = Counter(item for item, optional in wanted if optional)
    extra = Counter(found) - must - spare
    return [f"missed {m}" for m in (must - Counter(found)).elements()] + [f"extra {e}" for e in extra.elements()]
