"""Shares and changes in per cent: 答复率100%, 同比增长5%."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.extraction.fields import Field
from nlp.extraction.grammar import reading
from nlp.extraction.passage import Passage
from nlp.records import Count

MAX_NOUN_CHARS = 24


def read_rate(passage: Passage, field: Field) -> Iterator[Count]:
    """The rate or the change (negative when it fell) that a percentage gives; nothing for percentage points."""
    if field.number.unit != "%":
        return
    value = field.number.value
    before = field.left or passage.text[field.clause_start : field.number.start]
    if reading("change").search(before):
        fell = reading("down").search(before)
        yield Count("yoy_change", passage.quantity(field.number, value=-value if fell else value))
    else:
        yield Count(
            "rate", passage.quantity(field.number), reading("breakdown").sub("", field.noun)[-MAX_NOUN_CHARS:] or None
        )
