"""Where the words stand that say what a number counts: one pass over the text for all metrics and channels."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any

import ahocorasick_rs
from msgspec import Struct
from msgspec.structs import replace

from nlp.quantities import unit_classes
from nlp.vocabulary.load import load


class Metric(Struct, frozen=True, gc=False):
    """An entry of metrics.toml, ready for use. ``units`` are measure words; "" among them admits a bare number."""

    key: str
    units: frozenset[str]
    must: re.Pattern[str] | None
    must_not: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    family: str
    need_family: str
    zero: bool
    joint: bool
    breakdown: bool
    content: bool
    strong: bool
    asset: bool
    default_unit: str
    part: bool = False  # only where the number is a part of the applications

    def fits(self, *, unit: str, window: str, family: str) -> bool:
        """Whether a number with this ``unit`` in this part of a sentence can count the metric."""
        if unit not in self.units:
            return False
        if (self.need_family and self.need_family != family) or (self.strong and family not in ("", self.family)):
            return False
        return self.admits(window)

    def admits(self, window: str) -> bool:
        """Whether the words around (``with``, ``without``, ``unless``) allow the metric."""
        if self.must and not self.must.search(window):
            return False
        if self.must_not and self.must_not.search(window):
            return bool(self.unless and self.unless.search(window))
        return True


class Cue(Struct, frozen=True, gc=False):
    """A word of the vocabulary in the text: the metrics it may name, the channel it names, its place."""

    start: int
    end: int
    metrics: tuple[Metric, ...]
    channel: str
    family: str = ""

    def speaks_of(self) -> str:
        """The family of metrics that the word brings up (applications, reviews …), "" if none."""
        return next((m.family for m in self.metrics if m.family and not m.need_family and not m.strong), self.family)


@cache
def metrics() -> dict[str, Metric]:
    """Every metric of metrics.toml by its id."""
    return {key: _metric(key, entry) for key, entry in load("metrics").items()}


def _metric(key: str, entry: dict[str, object]) -> Metric:
    units: set[str] = set()
    classes = unit_classes()
    for name in entry["units"]:  # type: ignore[attr-defined]
        kind, _, only = name.partition(".")
        units |= {only} if only else {""} if kind == "bare" else {u for u, of in classes.items() if kind in of}

    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(str(entry[name])) if name in entry else None

    need = entry.get("need_family", "")
    family = str(entry.get("family", ""))
    return Metric(
        key=key,
        units=frozenset(units),
        must=pattern("with"),
        must_not=pattern("without"),
        unless=pattern("unless"),
        family=family,
        need_family=family if need is True else str(need),
        zero=bool(entry.get("zero")),
        joint=bool(entry.get("joint")),
        breakdown=bool(entry.get("breakdown")),
        content=bool(entry.get("content")),
        strong=bool(entry.get("strong")),
        asset=bool(entry.get("asset")),
        default_unit=str(entry.get("default_unit", "")),
    )


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[tuple[Metric, ...], str, str]]]:
    senses: dict[str, tuple[list[Metric], str, str]] = {}
    for key, metric in metrics().items():
        for term in load("metrics")[key].get("surface", ()):
            senses.setdefault(term, ([], "", ""))[0].append(metric)
        for term in load("metrics")[key].get("weak", ()):
            weak = replace(metric, need_family=metric.family, family="", must=None)
            senses.setdefault(term, ([], "", ""))[0].append(weak)
        for term in load("metrics")[key].get("among_applications", ()):
            senses.setdefault(term, ([], "", ""))[0].append(replace(metric, part=True))
    for key, entry in load("channels").items():
        for term in entry["surface"]:
            found = senses.get(term, ([], "", ""))[0]
            accounts = metrics().get(entry.get("accounts", ""))
            senses[term] = ([*found, accounts] if accounts and accounts not in found else found, key, "")
    for entry in load("counting")["neutral"].values():
        for term in entry["surface"]:
            parts = [m for m in senses.get(term, ([], "", ""))[0] if m.part]
            senses[term] = (parts, "", entry.get("family", ""))
    matcher = ahocorasick_rs.AhoCorasick(list(senses), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return matcher, [(tuple(found), channel, family) for found, channel, family in senses.values()]


@cache
def _named_channels() -> re.Pattern[str]:
    patterns = [
        f"(?P<{key}>{'|'.join(entry['patterns'])})" for key, entry in load("channels").items() if "patterns" in entry
    ]
    lead = "".join(entry.get("lead", "") for entry in load("channels").values())
    return re.compile(f"(?=[{lead}])(?:{'|'.join(patterns)})")


class Cues:
    """The cues of one paragraph in the order of the text.

    >>> [(cue.channel, [m.key for m in cue.metrics]) for cue in Cues("微博举报").between(0, 4)]
    [('weibo', ['new_media_accounts']), ('', ['complaints'])]
    """

    __slots__ = ("_channel_starts", "_starts", "all", "carriers", "channels")

    def __init__(self, text: str) -> None:
        matcher, senses = _automaton()
        try:
            found = matcher.find_matches_as_indexes(text)
        except UnicodeEncodeError:  # a lone surrogate: the automaton reads UTF-8
            found = matcher.find_matches_as_indexes(text.encode("utf-8", "replace").decode("utf-8"))
        self.carriers: dict[tuple[int, int], Any] = {}  # of ``find_carrier``, which is asked for the same stretch again
        cues = [Cue(start, end, *senses[index]) for index, start, end in found]
        named = [Cue(m.start(), m.end(), (), m.lastgroup or "") for m in _named_channels().finditer(text)]
        if named:  # a name that follows a pattern covers the words it is made of
            cues = [c for c in cues if not (c.channel and any(n.start <= c.start and c.end <= n.end for n in named))]
            named = [n for n in named if not any(c.channel and c.start < n.end and n.start < c.end for c in cues)]
            cues = sorted([*cues, *named], key=lambda c: (c.start, c.end))
        self.all: Sequence[Cue] = cues
        self._starts = [c.start for c in cues]
        self.channels: Sequence[Cue] = [c for c in cues if c.channel]
        self._channel_starts = [c.start for c in self.channels]

    def between(self, start: int, end: int) -> list[Cue]:
        """The cues that lie wholly between two positions."""
        return _between(self.all, self._starts, start, end)

    def channels_between(self, start: int, end: int) -> list[Cue]:
        """The names of channels among them."""
        return _between(self.channels, self._channel_starts, start, end)


def _between(cues: Sequence[Cue], starts: list[int], start: int, end: int) -> list[Cue]:
    low = bisect_left(starts, start)
    high = bisect_left(starts, end, low)
    return [c for c in cues[low:high] if c.end <= end] if low < high else []
