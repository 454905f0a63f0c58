"""What a report says: numbers, statements, contacts, counts and the cells of its statutory tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from nlp.records.report import SectionKey
from nlp.records.text import Span

Qualifier = Literal["exact", "approx", "at_least", "at_most"]
Role = Literal["problem", "measure", "achievement", "boilerplate"]
Period = Literal["year", "previous_year", "cumulative"]
Scope = Literal["year", "subset", "shared", "cumulative"]
FigureStatus = Literal[
    "given",  # printed for this cell
    "blank",  # the cell is there and empty
    "not_applicable",  # /, —, 不涉及
    "text",  # words where a number belongs
    "inferred",  # a damaged row: the only place that the identities allow; a blank: the only number they allow
    "ambiguous",  # several places are possible; see candidates
    "ambiguous_zero",  # a damaged row whose printed numbers are all 0
    "absent",  # row or table missing
]


class Quantity(Struct, frozen=True):
    """A number as it is meant: ``value`` is scaled (7.58万 → 75800); ``unit`` is the measure word, "" when none is printed."""

    value: Decimal
    unit: str
    qualifier: Qualifier
    span: Span


class Label(Struct, frozen=True):
    """A label on a statement. ``score`` is a probability; ``accepted`` says that it reaches the label's threshold.

    ``origin`` is ``model:NAME@VERSION`` or ``rule:ID``. The scheme ``own`` is that of a model with its own taxonomy.
    """

    scheme: Literal["problem", "measure", "own"]
    key: str
    score: float
    origin: str
    accepted: bool


class Answer(Struct, frozen=True):
    """A measure (by its ordinal among the statements of the report) that answers a problem; ``score`` is 0–1."""

    measure: int
    score: float


class Statement(Struct, frozen=True):
    """One thing that the narrative says. ``ordinal`` counts the statements of the report from 0.

    ``labels`` is empty for achievements and boilerplate, and may be for a problem that no label fits well enough.
    ``role`` is one of ``Role``, or a role of somebody's own that a model was trained on.
    """

    span: Span
    section_key: SectionKey | None
    heading: str
    ordinal: int
    role: str
    role_score: float
    labels: tuple[Label, ...] = ()
    answers: tuple[Answer, ...] = ()


class Contact(Struct, frozen=True):
    """Whom to ask. ``value`` is normalised (0851-35726066), the span shows it as printed.

    ``personal`` marks a private mobile number or a person's name.
    """

    kind: str
    value: str
    span: Span
    personal: bool = False


class ChannelCount(Struct, frozen=True):
    """How much was published through a channel. ``channel`` joins channels that share one number: ``wechat+weibo``.

    ``score``, ``ordinal``, ``part_of`` and ``clause`` are those of a ``Count``.
    """

    channel: str
    quantity: Quantity
    scope: Scope = "year"
    category: str | None = None
    score: float = 1.0
    ordinal: int = 0
    part_of: int | None = None
    clause: Span | None = None


class Count(Struct, frozen=True):
    """A figure of the narrative, typed by its metric. ``period`` is ``year``, ``previous_year`` or ``cumulative``.

    ``score`` (0–1) is how likely the reading is right. ``ordinal`` is its place among all counts and channel counts of the
    report, in the order of the text; ``part_of`` is the ordinal of the fact it is a part of, ``None`` if it is of none.
    ``clause`` is where it was read: the sentence up to the number and the words that belong to it.
    """

    metric: str
    quantity: Quantity
    category: str | None = None
    period: Period = "year"
    score: float = 1.0
    ordinal: int = 0
    part_of: int | None = None
    clause: Span | None = None


class Figure(Struct, frozen=True):
    """One cell of a statutory table. ``value`` is ``None`` unless the status is given, inferred or ambiguous_zero.

    ``span`` is where the number is printed; for a damaged row, where the row's numbers are; ``None`` for a blank cell whose
    number the sums force (``inferred``).
    ``candidates`` lists, for an ambiguous cell, the values it may have. A ``row`` or ``column`` that the form does not have
    is ``unknown:`` with the words printed for it.
    """

    table: str
    row: str
    column: str
    status: FigureStatus
    value: Decimal | None = None
    unit: str | None = None
    span: Span | None = None
    candidates: tuple[Decimal, ...] = ()


class Remark(Struct, frozen=True):
    """What the print of a table tells beside its cells; ``spans`` show it.

    ``copies``: a row is printed twice, with different numbers (both in ``spans``); ``misprinted``: a row's label says
    ``words``; ``arranged``: labels and numbers came apart, and only one arrangement of the numbers makes all sums true.
    """

    kind: Literal["copies", "misprinted", "arranged"]
    table: str
    row: str | None = None
    words: str = ""
    spans: tuple[Span, ...] = ()
