"""Measures a reader of facts on marked passages: what it finds against what is marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from nlp.reading.clean import CleanText, clean_text
from nlp.reading.files import read_text
from nlp.records import ChannelCount, Count
from nlp.structure.paragraphs import Paragraph, find_paragraphs
from nlp.structure.sections import find_sections
from nlp.vocabulary.load import load
from training.facts.notation import MarkedPassage

Facts = tuple[tuple[ChannelCount, ...], tuple[Count, ...]]
Item = tuple[str, Decimal, str]  # name, value, scope or period


@dataclass(slots=True)
class Tally:
    """Hits, false alarms and misses, in all and by name."""

    hits: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, must: Counter[Item], may: Counter[Item], found: Counter[Item], where: str) -> None:
        """Compare what a passage asks for (``must``), what it allows (``may``) and what was found."""
        beyond = found - must
        spare = beyond & may
        for item, n in (must & found).items():
            self.hits[item[0]] += n
        for item, n in (must - found).items():
            self.missed[item[0]] += n
            self.examples.append(f"{where} missed {item[0]}={item[1]}/{item[2]}")
        for item, n in (beyond - spare).items():
            self.extra[item[0]] += n
            self.examples.append(f"{where} extra {item[0]}={item[1]}/{item[2]}")

    def update(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.hits.update(other.hits)
        self.extra.update(other.extra)
        self.missed.update(other.missed)
        self.examples += other.examples

    def scores(self, names: Iterable[str] | None = None) -> tuple[float, float, float, int]:
        """Precision, recall, F1 and how many are asked for, of all names or some."""
        chosen = set(names) if names is not None else set(self.hits) | set(self.extra) | set(self.missed)
        hits, extra, missed = (sum(c[n] for n in chosen) for c in (self.hits, self.extra, self.missed))
        precision = hits / (hits + extra) if hits + extra else 0.0
        recall = hits / (hits + missed) if hits + missed else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return precision, recall, f1, hits + missed


def measure(passages: Iterable[MarkedPassage], read: Callable[[MarkedPassage], Facts]) -> dict[str, Tally]:
    """``channels`` by name and value, ``scopes`` with the scope too, ``counts`` by name and value."""
    tallies = {"channels": Tally(), "scopes": Tally(), "counts": Tally()}
    for passage in passages:
        channels, counts = read(passage)
        facts = [fact for mark in passage.marks for fact in mark.facts]
        published = load("channels")
        for kind, tally in tallies.items():
            told = [f for f in facts if (f.name.partition("+")[0] in published) == (kind != "counts")]
            items = [((f.name, f.value, f.scope if kind == "scopes" else ""), f.optional) for f in told]
            must = Counter(item for item, optional in items if not optional)
            may = Counter(item for item, optional in items if optional)
            if kind == "scopes":
                found = Counter((_sorted(c.channel), c.quantity.value, str(c.scope)) for c in channels)
                free = {(n, v) for n, v, scope in [*must, *may] if scope == "any"}
                found = Counter((n, v, "any" if (n, v) in free else s) for n, v, s in found.elements())
            elif kind == "channels":
                found = Counter((_sorted(c.channel), c.quantity.value, "") for c in channels)
            else:
                found = Counter((c.metric, c.quantity.value, "") for c in counts)
            tally.add(must, may, found, passage.id)
    return tallies


def _sorted(channel: str) -> str:
    return "+".join(sorted(channel.split("+")))


def paragraphs_of(passage: MarkedPassage) -> tuple[CleanText, tuple[Paragraph, ...]]:
    """The clean text and the paragraphs of a passage, as a report's are found."""
    return opened(passage.text)


def opened(text: str) -> tuple[CleanText, tuple[Paragraph, ...]]:
    """The clean text and the paragraphs of a text."""
    source = read_text(text, name="passage")
    clean = clean_text(source)
    return clean, find_paragraphs(source, clean, find_sections(source, clean))
