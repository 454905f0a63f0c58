"""What a number may mean: its readings, each with the clues that speak for or against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from msgspec import Struct

from nlp.extraction.channels import ACCOUNT_CHANNELS, Carrier, find_carrier, is_bound
from nlp.extraction.clauses import Clause
from nlp.extraction.cues import Cue, Metric, metrics
from nlp.extraction.fields import Field
from nlp.extraction.grammar import around_channels, last_match, reading
from nlp.extraction.passage import Passage
from nlp.quantities import is_item, unit_classes
from nlp.vocabulary.load import load

MAX_EARLIER_CHARS = 120  # nouns further back in the sentence are not what is counted
MAX_YEAR_CHARS = 40
OTHER_YEAR = re.compile(r"去年|上年|上一年|前一年|上一?学年|往年|同期|20\d\d|[由从较比]")
MAX_COUNTED = 3  # cues are told apart up to the third from the number
PLACES = frozenset(f"{where}{order}" for where in ("seg", "right", "left", "far") for order in range(4)) | {
    "seg",
    "right",
    "left",
    "far",
}
PUBLISHED = frozenset({"item", "event", "copy"})
NEVER_CHANNEL = frozenset({"money", "share"})


class Reading(Struct, frozen=True, gc=False):
    """One meaning of a number: the facts that it states, each a metric, a channel, or channels joined by ``+``.

    No name: it states nothing. ``period`` is that of all its facts. ``carrier`` are the channels and their place.
    """

    names: tuple[str, ...]
    period: str = "year"
    carrier: Carrier | None = None

    @property
    def key(self) -> str:
        """The names and the period in one word, ``-`` for nothing."""
        return key_of(self.names, self.period)

    @property
    def is_channel(self) -> bool:
        """Whether it says how much was published through channels."""
        return kind_of(self.names) in CHANNEL_KINDS

    @property
    def kind(self) -> str:
        """What sort of reading it is: the kind of its metric, ``channel``, ``channels`` (one number for each),
        ``shared``, ``both``, ``each`` or ``-``."""
        return kind_of(self.names, self.period)


RULE = "rule"  # the clue of the reading that the rules propose
NOTHING = Reading(())


CHANNEL_KINDS = frozenset({"channel", "shared", "both", "channels"})


@cache
def key_of(names: tuple[str, ...], period: str = "year") -> str:
    """The key of a reading by its names (see ``Reading.key``)."""
    name = "&".join(names) or "-"
    return name if period == "year" else f"{name}@{period}"


@cache
def kind_of(names: tuple[str, ...], period: str = "year") -> str:
    """The kind of a reading by its names (see ``Reading.kind``)."""
    if not names:
        return "-"
    if period != "year":
        return {"previous_year": "before"}.get(period, period)
    channels = [name.partition("+")[0] in load("channels") for name in names]
    if all(channels):
        return "channels" if len(names) > 1 else "shared" if "+" in names[0] else "channel"
    if any(channels):
        return "both"
    kinds = {str(load("metrics")[name]["kind"]) for name in names}
    if len(names) > 1:
        return "each" if kinds != {"request"} else "joint"
    return kinds.pop()


@dataclass(slots=True)
class Candidate:
    """A reading and its clues: short words that say where its noun stands and what stands between."""

    reading: Reading
    clues: list[str] = field(default_factory=list)


class Said(Struct, gc=False):
    """What the paragraph has said before a number: the reading of every number so far, and the matter spoken of."""

    readings: list[Reading]
    family: str = ""

    def of(self, place: int) -> Reading:
        """The reading of a number by its place, nothing for -1."""
        return self.readings[place] if 0 <= place < len(self.readings) else NOTHING

    def last_of(self, start: int) -> Reading:
        """The last number that stated anything, from place ``start`` on."""
        for read in reversed(self.readings[start:]):
            if read.names and read.kind != "share":
                return read
        return NOTHING


def find_readings(passage: Passage, clause: Clause, said: Said) -> list[Candidate]:
    """What a number may mean, the reading that it states nothing first.

    Shares are a rate or a change; any other number may be every metric whose noun stands in its sentence and whose
    units admit its measure word, what the number before or the whole counts, a total, a class of information, and
    every channel named before it.
    """
    found = _Found(passage, clause, said)
    if clause.field.number.unit in ("%", "个百分点"):
        for name in ("rate", "yoy_change"):
            found.add((name,), "share")
        return found.candidates
    found.nouns()
    found.contextual()
    found.plain()
    found.channels()
    found.several()
    found.summed_up()
    return found.candidates


class _Found:
    """The candidates of one number while they are collected."""

    def __init__(self, passage: Passage, clause: Clause, said: Said) -> None:
        self.passage, self.clause, self.said = passage, clause, said
        self.field: Field = clause.field
        self.number = clause.field.number
        self.window = f"{self.field.left}\ufffc{self.field.right}"
        self.by_key: dict[str, Candidate] = {"-": Candidate(NOTHING)}
        earlier = max(clause.sentence, self.number.start - MAX_YEAR_CHARS)
        # Whether another year is named before the number or in the brackets that it stands in.
        self.tells_year = OTHER_YEAR.search(passage.text, earlier, self.number.start) is not None

    @property
    def candidates(self) -> list[Candidate]:
        return list(self.by_key.values())

    def add(
        self, names: tuple[str, ...], clue: str, *, period: str = "year", carrier: Carrier | None = None
    ) -> Candidate:
        read = Reading(names, period, carrier)
        candidate = self.by_key.setdefault(read.key, Candidate(read))
        candidate.clues.append(clue)
        return candidate

    # -- metrics ------------------------------------------------------------------------------------------------------

    def nouns(self) -> None:
        """The metrics whose nouns stand around the number."""
        field, cues = self.field, self.passage.cues
        noun_end = field.segment_start + len(field.noun)
        earlier = max(self.clause.sentence, self.number.start - MAX_EARLIER_CHARS)
        places = (
            ("seg", reversed(cues.between(field.segment_start, self.number.start))),
            ("right", iter(cues.between(self.number.end, field.right_end))),
            ("left", reversed(cues.between(field.clause_start, field.segment_start))),
            ("far", reversed(cues.between(earlier, field.clause_start))),
        )
        for where, found in places:
            for order, cue in enumerate(found):
                self._noun(where, min(order, MAX_COUNTED), cue, noun_end)

    def _noun(self, where: str, order: int, cue: Cue, noun_end: int) -> None:
        for metric in cue.metrics:
            if self.number.unit not in metric.units:
                continue
            fresh = metric.key not in self.by_key
            candidate = self.add((metric.key,), f"{where}{order}")
            seen = f"{where}:"
            if not any(clue.startswith(seen) for clue in candidate.clues):
                candidate.clues += self._about(where, cue, metric, noun_end)
            if fresh:
                candidate.clues += self._fitness(metric)
        if cue.channel and where in ("seg", "right"):
            self._way_by_channel(cue)

    def _about(self, where: str, cue: Cue, metric: Metric, noun_end: int) -> Iterator[str]:
        text = self.passage.text
        yield f"{where}:cue={text[cue.start : cue.end]}"
        if metric.need_family and metric.must is None and not metric.family:
            yield f"{where}:weak"
        if metric.part:
            yield f"{where}:part"
        if where == "right":
            between = text[self.number.end : cue.start]
            yield f"{where}:gap={between if len(between) <= 2 else min(len(between) // 3, 4)}"
            yield f"{where}:rest={min(self.field.right_end - cue.end, 4)}"
        else:
            distance = noun_end - cue.end
            yield f"{where}:end" if distance == 0 else f"{where}:d{min(max(distance, -1) // 3, 6)}"
            between = text[cue.end : self.number.start]
            if where == "seg" and 0 < len(between) <= 4:
                yield f"{where}:then={between}"
            elif around_channels("publish").search(between):
                yield f"{where}:published"
        yield f"{where}:len={min(cue.end - cue.start, 6)}"

    def _fitness(self, metric: Metric) -> Iterator[str]:
        yield "admits" if metric.admits(self.window) else "barred"
        sentence = self.passage.text[self.clause.sentence : self.field.right_end]
        if metric.must and not metric.must.search(self.window):
            yield "needs:sentence" if metric.must.search(sentence) else "needs:nowhere"
        family = metric.family or metric.need_family
        if family:
            yield "family" if family == self.said.family else "other_family" if self.said.family else "no_family"

    def _way_by_channel(self, cue: Cue) -> None:
        """其中政务公开平台申请11件: the channel is the way of applying."""
        if self.said.family == "applications" and is_item(self.number):
            self.add(("applications_online",), f"by_channel:{cue.channel}")

    def contextual(self) -> None:
        """What the numbers before it count, now or a year ago; others and the rest of them."""
        clause, said = self.clause, self.said
        sources = (
            ("whole", said.of(clause.whole)),
            ("prev", said.of(clause.previous)),
            ("last", said.last_of(0)),
        )
        item = is_item(self.number)
        for where, read in sources:
            names = tuple(name for name in read.names if name in metrics())
            if not names or read.kind == "share":
                continue
            if all(self.number.unit in metrics()[name].units for name in names):
                for name in names:
                    self.add((name,), f"as_{where}")
                if where != "whole":
                    self.add(names[:1], f"as_{where}", period="previous_year")
            elif where == "last" and item:
                self.add(names[:1], f"as_{where}", period="previous_year")
            for name in rest_of(names[0]) if item and where != "last" else ():
                self.add((name,), f"rest_{where}")
        for candidate in list(self.by_key.values()):
            read = candidate.reading
            if read.names and read.period == "year" and len(read.names) == 1 and self.tells_year:
                self.add(read.names, "told", period="previous_year")

    def plain(self) -> None:
        """Totals and classes of information, which need no noun of their own."""
        if is_item(self.number):
            for name in ("disclosed_total", "disclosed_cumulative", "category_count"):
                self.add((name,), "plain")
            if self.tells_year:
                self.add(("disclosed_total",), "told", period="previous_year")

    def summed_up(self) -> None:
        """Clues that say the most together, as one word; and for nothing, which nouns and channels it leaves unread."""
        nothing = self.by_key["-"]
        for candidate in self.by_key.values():
            clues = candidate.clues
            places = [c for c in clues if c in PLACES]
            if not places or candidate is nothing:
                continue
            if candidate.reading.is_channel:
                told = [
                    c
                    for c in clues
                    if c.endswith((":verb", ":bare"))
                    or c in ("nearest", "further", "bound", "bound:no", "bound:behind")
                ]
            else:
                ends = [c for c in clues if c.endswith((":end", ":d0", ":d1", ":weak", ":part", ":gap=", ":gap=0"))]
                told = [*ends, *(c for c in clues if c in ("admits", "barred", "family", "other_family", "no_family"))]
            whole = "&".join([places[0], *told[:4]])
            candidate.clues.append(whole)
            if candidate.reading.period == "year":
                nothing.clues.append(f"but:{candidate.reading.kind}:{whole}")

    # -- channels -----------------------------------------------------------------------------------------------------

    def channels(self) -> None:
        """The channels named before the number, and those that the numbers before it belong to."""
        field, number, passage = self.field, self.number, self.passage
        if unit_classes().get(number.unit, frozenset()) & NEVER_CHANNEL:
            return
        text, cues = passage.text, passage.cues
        spans = (
            ("seg", field.segment_start, number.start),
            ("left", field.clause_start, field.segment_start),
            ("far", max(self.clause.sentence, number.start - MAX_EARLIER_CHARS), field.clause_start),
            ("right", number.end, field.right_end),
        )
        nearest = True
        for where, start, end in spans:
            carrier = find_carrier(text, cues, start, end) if start < end else None
            if carrier is None:
                continue
            self._channel(where, carrier, nearest)
            if where != "right":
                nearest = False
        for where, place in (("whole", self.clause.whole), ("prev", self.clause.previous)):
            read = self.said.of(place)
            if read.is_channel and read.carrier:
                self._channel(f"as_{where}", read.carrier, nearest)
                if "+" in read.names[0]:
                    continue

    def _channel(self, where: str, carrier: Carrier, nearest: bool) -> None:
        text, number = self.passage.text, self.number
        names = (carrier.key,)
        candidate = self.add(names, where, carrier=carrier)
        if any(clue.startswith("bound") for clue in candidate.clues):
            return
        candidate.clues.append("nearest" if nearest else "further")
        if carrier.end <= number.start:
            between = text[carrier.end : number.start]
            candidate.clues += self._between(where, between)
            candidate.clues.append("bound" if is_bound(text, carrier, self.field) else "bound:no")
        else:
            candidate.clues.append("bound:behind")
        entry = load("channels")[carrier.channels[0]]
        if entry.get("carrier_only"):
            candidate.clues.append("carrier_only")
        if entry.get("broad"):
            candidate.clues.append("broad")
        if set(carrier.channels) <= ACCOUNT_CHANNELS:
            candidate.clues.append("account")
        before = text[max(0, carrier.start - 6) : carrier.start]
        through = re.search(r"通过|利用|依托|借助|运用|在|经|由|向|以", before)
        candidate.clues.append(f"through={through[0]}" if through else "through=")
        self._both(carrier)

    def _between(self, where: str, between: str) -> Iterator[str]:
        publish = last_match(around_channels("publish"), between)
        elsewhere = last_match(around_channels("elsewhere"), between)
        yield f"{where}:{'verb' if publish else 'bare'}"
        if publish:
            yield f"{where}:verb={publish[0]}"
        if elsewhere:
            later = publish is None or publish.start() < elsewhere.start()
            yield f"{where}:elsewhere={elsewhere[0] if later else 'before'}"
        yield f"{where}:len={min(len(between) // 4, 6)}"
        if re.search(r"[。;!?\n]", between):
            yield f"{where}:stopped"
        if re.search(r"\d", between):
            yield f"{where}:over_numbers"

    def _both(self, carrier: Carrier) -> None:
        """A channel count that is a count of interpretations, proposals … too."""
        for key, candidate in list(self.by_key.items()):
            if (
                key in metrics()
                and metrics()[key].content
                and any(c.startswith(("seg", "right")) for c in candidate.clues)
            ):
                self.add((carrier.key, key), "both", carrier=carrier)

    # -- several facts in one number, several numbers for one list ---------------------------------------------------

    def several(self) -> None:
        """One number for each member of a list (各3条, 均为0件), both of two verbs (收到并办结), and 分别 A 条、B 条."""
        field, text = self.field, self.passage.text
        left = text[field.clause_start : self.number.start]
        joint = tuple(key for key in self.by_key if key in metrics() and metrics()[key].joint)
        if len(joint) > 1:
            order = {"applications_received": 0}
            self.add(tuple(sorted(joint, key=lambda key: (order.get(key, 1), key))), "joint")
        each = bool(reading("each").search(left))
        if each or not self.number.value:
            members = self._members(field)
            if len(members) > 1:
                self.add(tuple(members), "each" if each else "zero")
        elif reading("respective").search(left):
            members = self._members(field)
            if len(members) > 1:
                self.add((members[0],), "respective")
        else:
            self._next_of_respective()

    def _next_of_respective(self) -> None:
        """The second or a later number of 分别为N件、M件."""
        place, order = self.clause.ordinal, 0
        gap = self.field.gap
        start = self.number.start
        if not re.fullmatch(r"[、,和及与]{1,2}", gap):
            return
        sentence = self.passage.text[self.clause.sentence : start]
        opened = last_match(re.compile(r"分别[^,。;:、\d]{0,14}(?=\d)"), sentence)
        if opened is None:
            return
        order = len(re.findall(r"(?<![\d.,])\d[\d.,]{0,16}[万亿]?[^\d、,]{0,4}[、,和及与]", sentence[opened.end() :]))
        begin = self.clause.sentence
        stretch = sentence[: opened.start()]
        comma = max(stretch.rfind(","), stretch.rfind(":"), stretch.rfind("。")) + 1
        members = self._members_between(begin + comma, begin + opened.start())
        if 0 < order < len(members) and place:
            self.add((members[order],), "respective")

    def _members(self, field: Field) -> list[str]:
        start = field.clause_start if reading("bare").match(field.left) else field.segment_start
        return self._members_between(start, self.number.start)

    def _members_between(self, start: int, end: int) -> list[str]:
        text, cues = self.passage.text, self.passage.cues
        carrier = find_carrier(text, cues, start, end)
        if carrier and len(carrier.channels) > 1:
            return list(carrier.channels)
        found: list[str] = []
        for piece_start, piece_end in conjuncts(text, start, end):
            window = text[piece_start:piece_end]
            for cue in reversed(cues.between(piece_start, piece_end)):
                fitting = [
                    m for m in cue.metrics if m.fits(unit=self.number.unit, window=window, family=self.said.family)
                ]
                if fitting:
                    found.append(fitting[0].key)
                    break
        if len(found) < 2 and is_item(self.number):
            pieces = [text[a:b] for a, b in conjuncts(text, start, end)]
            pieces[-1] = reading("each").sub("", pieces[-1])
            if len(pieces) > 1 and all(reading("class_of_information").match(p) for p in pieces[1:]):
                return ["category_count"] * len(pieces)
        return found


def with_unnamed(candidates: list[Candidate], unit: str) -> list[Candidate]:
    """The readings with every other metric whose units admit the measure word, and every other channel.

    They have no noun or channel that is known; the characters around the number may tell them all the same.
    """
    if len(candidates) == 1 + 2 and candidates[1].reading.names == ("rate",):
        return candidates
    named = {candidate.reading.key for candidate in candidates}
    return [*candidates, *(unnamed(name) for name in by_unit(unit) if name not in named)]


@cache
def unnamed(name: str) -> Candidate:
    """The reading of a number by a metric or channel for which no noun stands anywhere near."""
    return Candidate(Reading((name,)), ["unnamed"])


@cache
def by_unit(unit: str) -> tuple[str, ...]:
    """The metrics and channels that a number with this measure word may count."""
    counted = [metric.key for metric in metrics().values() if unit in metric.units]
    published = not unit or bool(unit_classes().get(unit, frozenset()) & PUBLISHED)
    return (*counted, *(load("channels") if published else ()))


@cache
def rest_of(name: str) -> tuple[str, ...]:
    """The metrics that the rest of a list counts (其他6件) after one of its members, by the frames of the vocabulary."""
    return tuple(load("metrics").get(name, {}).get("rest", ()))


def conjuncts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a coordination, as positions."""
    pieces, at = [], start
    for match in reading("conjunction").finditer(text, start, end):
        pieces.append((at, match.start()))
        at = match.end()
    return [*pieces, (at, end)]
