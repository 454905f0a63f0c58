"""What a report is: its parts, whose it is, and the year it covers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct, field

from nlp.records.text import Span

SectionKey = Literal[
    "preamble", "overview", "work", "disclosure", "requests", "disputes", "problems", "other", "fees", "appendix",
    "proactive", "on_request", "management", "platform", "supervision", "interpretation", "training",
    "problem_list", "measure_list",
]  # fmt: skip
# The id of a form: ``edition`` of a file of ``nlp/vocabulary/forms/``.
Edition = str
Level = Literal["province", "prefecture", "county", "township"]


class Section(Struct, frozen=True):
    """A part of the report. ``span`` runs from the first character of its title to the next title of its level or above.

    Level 1 are the parts 一、…六、; level 2 their sub-headings.
    """

    key: SectionKey
    level: int
    title: Span
    span: Span


class Identity(Struct, frozen=True):
    """Whose report it is and what it covers. What the report does not say is ``None``.

    ``region`` is the six-digit code of the place in that year, ``"ambiguous"`` when several places bear the name.
    ``edition`` is the form it follows, by a file of ``vocabulary/forms``; "" before it is looked for.
    ``genre`` is the kind of document, by a file of ``vocabulary/genres``; ``None`` for a text that does not tell.
    ``spans`` gives the evidence of each field that stands in the text.
    """

    title: str | None = None
    issuer: str | None = None
    level: Level | None = None
    region: str | None = None
    year: int | None = None
    published_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    edition: Edition = ""
    genre: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)
