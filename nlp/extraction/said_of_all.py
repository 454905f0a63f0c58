"""Values that are said without a number: 收到4件,全部按时回复; 复议2件,均维持; 均为自然人网上申请.

What is said of all of them is a quantifier, a copula or an adverb, and a class (answered, an outcome, a way, an
applicant); how many they are was said before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.extraction.clauses import Clause
from nlp.extraction.cues import Cue
from nlp.extraction.passage import Passage
from nlp.extraction.readings import NOTHING, Candidate, Reading, Said, kind_of
from nlp.vocabulary.load import load

SEGMENT = re.compile(r"[^,。;:!?()\n]+")
QUANTIFIER = re.compile(
    r"均|按照|依照|遵照|遵循|全部|全数|全都|悉数|逐一|一一|件件|都|皆|所有|全|业已|已经|已|现已|按时|按期|按规定|按要求|依法|及时|如期|在规定|在法定|当场|"
    r"结果|属于|属|系|为|是|以|通过|采用|尚未|尚|正在|予以|申请人"
)
MAX_BACK = 8  # numbers between what is said and how many it is said of


class Implied(Struct, frozen=True, gc=False):
    """What may be said of all that were counted before: the metric, the place of their number, and the signs."""

    metric: str
    of: int
    start: int
    end: int
    signs: tuple[str, ...]

    @property
    def candidates(self) -> list[Candidate]:
        """The two readings: that nothing is said of them, and that all of them were so."""
        return [Candidate(NOTHING, ["implied"]), Candidate(Reading((self.metric,), "implied"), ["implied"])]


def find_implied(passage: Passage, clauses: Sequence[Clause]) -> list[tuple[int, int, list[tuple[Cue, str]]]]:
    """The stretches without a number that name a class of what is counted: start, end, the nouns with their metrics."""
    text = passage.masked
    numbers = [clause.field.number for clause in clauses]
    found = []
    for segment in SEGMENT.finditer(text):
        if any(n.start < segment.end() and segment.start() < n.end for n in numbers):
            before = [n.end for n in numbers if segment.start() <= n.start and n.end <= segment.end()]
            start = max(before, default=segment.end())  # 收到4件均已答复: what follows the number
        else:
            start = segment.start()
        if start >= segment.end() or not QUANTIFIER.search(text, start, segment.end()):
            continue
        classes = [
            (cue, metric.key)
            for cue in passage.cues.between(start, segment.end())
            for metric in cue.metrics
            if "of_all" in load("metrics")[metric.key]
        ]
        if classes:
            found.append((start, segment.end(), classes))
    return found


def implied_of(
    passage: Passage, stretch: tuple[int, int, list[tuple[Cue, str]]], clauses: Sequence[Clause], said: Said
) -> Iterator[Implied]:
    """What a stretch may say of the numbers before it, once for each metric."""
    start, end, classes = stretch
    text = passage.text
    before = [i for i in range(len(said.readings)) if clauses[i].field.number.end <= start][-MAX_BACK:]
    for metric in dict.fromkeys(metric for _, metric in classes):
        wholes = load("metrics")[metric]["of_all"]
        of = next(
            (
                i
                for i in reversed(before)
                if said.readings[i].period == "year" and set(said.readings[i].names) & set(wholes)
            ),
            -1,
        )
        if of < 0 or not clauses[of].field.number.value:
            continue
        cue = next(c for c, m in reversed(classes) if m == metric)
        yield Implied(metric, of, start, end, tuple(_signs(passage, cue, metric, start, end, of, clauses, said, text)))


def _signs(
    passage: Passage,
    cue: Cue,
    metric: str,
    start: int,
    end: int,
    of: int,
    clauses: Sequence[Clause],
    said: Said,
    text: str,
) -> Iterator[str]:
    number = clauses[of].field.number
    told = text[start : cue.start]
    quantifiers = [m[0] for m in QUANTIFIER.finditer(told)]
    kind = kind_of((metric,))
    first = quantifiers[0] if quantifiers else ""
    yield from (f"i:q={q}" for q in quantifiers)
    yield f"i:first={first}"
    yield f"i:last={quantifiers[-1] if quantifiers else ''}"
    yield f"i:opens={told[:2]}"
    yield f"i:{kind}&{first}"
    yield f"i:{metric}&{first}"
    yield f"i:cue={text[cue.start : cue.end]}"
    yield f"i:before_cue={told[-2:]}"
    yield f"i:rest={text[cue.end : end][:3]}"
    yield f"i:restlen={min(len(text[cue.end : end]), 6)}"
    yield f"i:toldlen={min(len(told) // 3, 6)}"
    yield f"i:mark={text[start - 1 : start]}"
    yield f"i:close={text[end : end + 1]}"
    between = len([i for i in range(of + 1, len(said.readings)) if clauses[i].field.number.end <= start])
    yield f"i:numbers={min(between, 3)}"
    yield f"i:of={'&'.join(said.readings[of].names)}"
    stop = re.search(r"[。!?\n]", text[number.end : start])
    yield f"i:sentence={'other' if stop else 'same'}"
    yield f"i:{'other' if stop else 'same'}&{min(between, 2)}&{first}&{kind}"
    stated = any(metric in said.readings[i].names for i in range(of + 1, len(said.readings)))
    yield "i:stated" if stated else "i:unstated"
    follows = re.match(r"[^。;]{0,8}\d", passage.masked[end : end + 9])
    yield "i:digit_follows" if follows else "i:no_digit"
    yield f"i:one={number.value == 1}"
    if re.search(r"其余|其他|其它|余下|剩余|剩下", told):
        yield "i:but_for"
    yield "i:"
