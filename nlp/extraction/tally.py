"""The tally of a paragraph: what it has stated so far, and what is known while its next number is read."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.extraction.cues import metrics
from nlp.extraction.fields import Field
from nlp.extraction.memory import Memory
from nlp.extraction.passage import Passage
from nlp.records import ChannelCount, Count, Period


@dataclass(slots=True)
class Tally:
    """Where the facts of a paragraph go, and the memory that its numbers refer back to.

    Attributes
    ----------
    passage : the paragraph being read
    memory : what was said before
    counts, channel_counts : the facts of the whole report, in the order of the text; those of the paragraph are added
    """

    passage: Passage
    memory: Memory
    counts: list[Count]
    channel_counts: list[ChannelCount]

    def __len__(self) -> int:
        return len(self.counts) + len(self.channel_counts)

    def count(self, metric: str, field: Field, category: str | None = None, period: Period = "year") -> None:
        """Add a number as a count; without a unit of its own it has the unit of its metric."""
        unit = field.number.unit or metrics()[metric].default_unit
        self.counts.append(Count(metric, self.passage.quantity(field.number, unit=unit), category, period))
