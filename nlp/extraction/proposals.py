"""What the rules propose for every number and every word of a paragraph; the ranker learns when to trust them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from nlp.extraction.passage import Passage
from nlp.extraction.reader import Reader
from nlp.extraction.readings import NOTHING, Reading
from nlp.quantities import Number
from nlp.reading.clean import CleanText
from nlp.records import ChannelCount, Count


class Proposals(Struct, gc=False):
    """The proposals for one paragraph, by where their numbers and words begin in the source."""

    facts: dict[int, list[ChannelCount | Count]]

    def of(self, start: int) -> Reading:
        """What the number that begins there means by the rules."""
        found = self.facts.get(start, ())
        names = tuple(f.channel if isinstance(f, ChannelCount) else f.metric for f in found)
        before = any(isinstance(f, Count) and f.period == "previous_year" for f in found)
        return Reading(names, "previous_year" if before else "year") if names else NOTHING

    def categories(self, start: int) -> list[str | None]:
        """The categories of the facts that begin there."""
        return [fact.category for fact in self.facts.get(start, ())]

    def scope(self, start: int) -> str:
        """The scope of the channel count that begins there, "" if there is none."""
        return next((f.scope for f in self.facts.get(start, ()) if isinstance(f, ChannelCount)), "")

    def says(self, metric: str, start: int, end: int, *, value: Decimal) -> bool:
        """Whether the rules state the metric in words anywhere between two positions of the source."""
        return any(
            isinstance(fact, Count) and fact.metric == metric and fact.quantity.value == value
            for at, facts in self.facts.items()
            if start <= at < end
            for fact in facts
        )

    def in_words(self, starts: set[int]) -> list[Count]:
        """What the rules state anywhere but at the given numbers."""
        return [f for at, facts in self.facts.items() if at not in starts for f in facts if isinstance(f, Count)]


class Rules:
    """The rules reading a report, paragraph by paragraph."""

    def __init__(self, clean: CleanText, *, latest_year: int) -> None:
        self.reader = Reader(clean, latest_year=latest_year)

    def propose(self, passage: Passage, numbers: Sequence[Number]) -> Proposals:
        """What the rules read in the next paragraph, of which these are the numbers."""
        reader = self.reader
        channels, counts = len(reader.channel_counts), len(reader.counts)
        reader.read(passage, numbers)
        facts: defaultdict[int, list[ChannelCount | Count]] = defaultdict(list)
        found: list[ChannelCount | Count] = [*reader.channel_counts[channels:], *reader.counts[counts:]]
        for fact in found:
            facts[fact.quantity.span.start].append(fact)
        return Proposals(dict(facts))

    def pass_over(self, text: str) -> None:
        """Take note of a paragraph that says no number: a list may follow it."""
        self.reader.before = text.rstrip()
