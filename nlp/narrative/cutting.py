"""Whether a statement begins at an opening: signs of the text on both sides, weighed as the corpus taught.

A head and its explanation are one statement, a problem and its measure in one sentence are two (labelling guide, section
2). No single sign tells: 将 begins a measure or stands for 把, a sentence behind the last item explains it or says
something else. So each opening has its signs, and a linear model trained on the labelled passages weighs them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.narrative.lexicon import role_lexicon
from nlp.narrative.linear import Linear, load_linear
from nlp.narrative.stops import SENTENCE_END, Opening, find_openings
from nlp.packaged import packaged
from nlp.structure.paragraphs import Paragraph
from nlp.vocabulary.load import load

FILE: Final = "cutting.json"
MAX_LOOK_CHARS, MAX_TURN_CHARS = 120, 60
# Inside a marked item a sentence must speak this much more clearly for itself. Items of real reports run to 120 to 200
# characters in several sentences, those of the corpus mostly to one or two; chosen where both kinds come out best.
ITEM_MARGIN = 2.25
TURNS = ("transition", "label", "lead_in", "turn", "reversal")
LACKING = frozenset(("deficit", "need"))
SURROGATE = re.compile("[\ud800-\udfff]")


class Stretch:
    """Paragraphs under one heading: their openings, and the words of modality in them."""

    __slots__ = ("_groups", "_starts", "openings", "text")

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self.text = text
        self.openings = find_openings(text, paragraphs)
        start, end = paragraphs[0].start, paragraphs[-1].end
        found = role_lexicon().find(SURROGATE.sub("\ufffd", text[start:end]))
        words = [(at + start, names) for at, _, names in found if not names[0].startswith("end.")]
        self._starts = [at for at, _ in words]
        self._groups = [[name.removeprefix("role.") for name in names] for _, names in words]

    def modality(self, start: int, end: int) -> list[str]:
        """The groups of modality (deficit, future, completed …) with a word between two places, each once."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return list(dict.fromkeys(name for names in self._groups[first:last] for name in names))


@dataclass(slots=True)
class Begun:
    """The statement that is being read: where it began, its marker, and how many sentences of it have ended."""

    at: int
    marker: str | None
    sentences: int = 0


def cut(stretch: Stretch, model: Linear) -> list[int]:
    """Where the statements of a stretch begin, in order; the first is where the stretch begins."""
    first, *others = stretch.openings
    begun, begins = Begun(first.at, first.marker), [first.at]
    for opening in others:
        if opening.behind not in ",:":
            begun.sentences += 1
        margin = ITEM_MARGIN if _explains(stretch, opening, begun) else 0
        if _settled(stretch, opening, begun) or model.weigh(signs(stretch, opening, begun)) > margin:
            begun = Begun(opening.at, opening.marker)
            begins.append(opening.at)
    return begins


def _settled(stretch: Stretch, opening: Opening, begun: Begun) -> bool:
    """What the guide has settled: a lead-in that names no shortcoming is a statement, and so is what turns from a
    shortcoming to what will be done about it. Behind a condition (…的,将追究责任) 将 turns to nothing.
    """
    text, at = stretch.text, opening.at
    start = max(begun.at, at - MAX_LOOK_CHARS)
    if opening.behind == ":":
        lead_in = begun.marker is None and start == begun.at and _pattern("lead_in").match(text, start, at) is not None
        return lead_in and not LACKING.intersection(stretch.modality(start, at))
    if opening.behind != "," or _pattern("turn").match(text, at, opening.end) is None:
        return False
    condition = text[start:at].rstrip().endswith("的,") or _pattern("announcing").match(text, start, at) is not None
    after = stretch.modality(at, min(opening.end, at + MAX_TURN_CHARS))
    faulty = not LACKING.isdisjoint(after)  # 将 may stand for 把 (…,将错误内容反复转发): the model weighs it
    return not condition and not faulty and not LACKING.isdisjoint(stretch.modality(start, at))


def _explains(stretch: Stretch, opening: Opening, begun: Begun) -> bool:
    """Whether a sentence inside an item is taken to explain it: unmarked, and turning to nothing else."""
    inside = begun.marker is not None and opening.marker is None and opening.behind not in ",:"
    return inside and _pattern("transition").match(stretch.text, opening.at, opening.end) is None


def signs(stretch: Stretch, opening: Opening, begun: Begun) -> list[str]:
    """The signs of an opening by name, the same in training and at work.

    ``p`` stands for what is before it in its sentence, ``n`` for what follows up to the end of the sentence, ``in`` for the
    item that it stands in.
    """
    text, at, stop = stretch.text, opening.at, opening.behind
    before = text[max(begun.at, at - MAX_LOOK_CHARS) : at].rstrip()
    sentence = at - len(before) + max(before.rfind(mark, 0, len(before) - 1) for mark in "。;\n") + 1
    stops = SENTENCE_END.search(text, at, min(opening.end, at + MAX_LOOK_CHARS))
    until = stops.start() if stops else min(opening.end, at + MAX_LOOK_CHARS)
    inside = begun.marker is not None
    place = f"{stop}|{inside}"
    ending = before.rstrip("。;,:\n .!?")[-2:]
    whole = at - begun.at <= MAX_LOOK_CHARS  # further back nothing is looked at
    bare = inside and begun.sentences == 1 and whole and "," not in text[begun.at : at]
    found = [
        f"stop={stop}",
        f"marker={opening.marker}|{stop}",
        f"marker={begun.marker}>{opening.marker}|{stop != ','}",
        f"in={begun.marker}|{stop}",
        f"more={opening.more_items}|{place}",
        f"sentences={min(3, begun.sentences)}|{place}",
        f"length={min(6, (at - begun.at) // 12)}|{stop}",
        f"bare={bare}|{stop}",
        f"n.length={min(5, (until - at) // 8)}|{stop}",
        f"n.begins={text[at : at + 1]}",
        f"n.begins={text[at : at + 2]}",
        f"n.begins={text[at : at + 3]}",
        f"n.begins={text[at : at + 2]}|{place}",
        f"p.ends={ending}",
        f"p.ends={ending}|{stop}",
    ]
    turns = [name for name in TURNS if _pattern(name).match(text, at, opening.end)]
    for name in turns:
        found += (f"n.{name}|{stop}", f"n.{name}|{inside}")
    for name in ("lead_in", "announcing"):
        if whole and _pattern(name).match(text, begun.at, at):
            found.append(f"p.{name}|{stop}")
    kind = stop if stop in ",:" else "."
    earlier = stretch.modality(sentence, at) or ["plain"]
    later = stretch.modality(at, until) or ["plain"]
    found += [f"p.{group}|{kind}" for group in earlier]
    found += [f"n.{group}|{kind}" for group in later]
    found += [f"p.{left}>n.{right}|{kind}" for left in earlier for right in later]
    if kind == ",":
        clause = at - len(before) + max(before.rfind(mark, 0, len(before) - 1) for mark in "。;:,\n") + 1
        left = "deficit" if LACKING.intersection(stretch.modality(clause, at)) else "plain"
        found.append(f"clause={left}>{next((turn for turn in turns if turn in ('turn', 'reversal')), 'plain')}")
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("statements")["cutting"][name]["patterns"]))


@cache
def packaged_cutting() -> Linear:
    """The weights that come with the package. Raises ``FileNotFoundError`` in a checkout without ``models/``."""
    return load_linear(packaged("statements") / FILE)
