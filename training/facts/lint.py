"""The linter of marked passages. Run as ``python -m training.facts.lint [FILE]``; exit status 1 when there are errors.

Errors are what the notation forbids; warnings are what a person should look at.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlp.quantities import find_numbers, mask_negatives
from nlp.reading.clean import CleanText
from nlp.vocabulary.load import load
from training.facts.notation import CORPUS, Mark, MarkedPassage, NotationError, printed_value, read_passages
from training.lint import Remark

SCOPES = frozenset({"year", "subset", "shared", "cumulative", "any"})
PERIODS = frozenset({"year", "previous_year", "cumulative"})
SHARES = frozenset({"rate", "yoy_change"})
DIGIT = re.compile(r"\d")
NEAR_CHARS = 6


def lint(passages: Sequence[MarkedPassage]) -> list[Remark]:
    """Everything that is wrong, errors first, in the order of the file."""
    found = [remark for passage in passages for remark in check(passage)]
    twice = [name for name, times in Counter(passage.id for passage in passages).items() if times > 1]
    found += [Remark("error", "id", name, "two passages have this id. Give each its own.") for name in twice]
    texts = Counter(passage.text for passage in passages)
    found += [
        Remark("error", "copy", p.id, "another passage has the same text. Leave one out.")
        for p in passages
        if texts[p.text] > 1
    ]
    return sorted(found, key=lambda remark: remark.severity)


def check(passage: MarkedPassage) -> Iterator[Remark]:
    """Known metrics and channels, values that agree with what is printed, no number with a measure word left unmarked."""
    for mark in passage.marks:
        yield from _of_mark(passage, mark)
    yield from _unmarked(passage)


def _of_mark(passage: MarkedPassage, mark: Mark) -> Iterator[Remark]:
    raw = passage.text[mark.start : mark.end]
    where = f"{passage.id} {raw!r}"
    for fact in mark.facts:
        known = fact.name in load("metrics") or all(name in load("channels") for name in fact.name.split("+"))
        if not known:
            yield Remark("error", "name", where, f"no metric or channel is called {fact.name}.")
        if fact.scope not in SCOPES or fact.period not in PERIODS:
            yield Remark("error", "key", where, f"scope {fact.scope} or period {fact.period} is not known.")
        printed = printed_value(raw)
        if printed is not None and abs(fact.value) != printed:
            yield Remark("error", "value", where, f"{fact.value} is marked where {printed} is printed.")
        if fact.name in SHARES and fact.of is None and not fact.optional:
            yield Remark("warning", "of", where, "a share or change does not say of what.")
        if fact.part and not any(
            fact.part == other.name for m in passage.marks if m.start < mark.start for other in m.facts
        ):
            yield Remark("warning", "part", where, f"no fact called {fact.part} stands before it.")


def _unmarked(passage: MarkedPassage) -> Iterator[Remark]:
    clean = CleanText(passage.text)
    for number in find_numbers(mask_negatives(clean.text)):
        span = clean.span(number.digits, number.end)
        marked = any(m.start < span.end and span.start < m.end for m in passage.marks)
        if not marked and number.unit and DIGIT.search(clean.text[number.digits : number.end]):
            near = passage.text[max(0, span.start - NEAR_CHARS) : span.end + NEAR_CHARS]
            yield Remark("error", "unmarked", f"{passage.id} {near!r}", "a number with a measure word is not marked.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the remarks and a census of the corpus; 1 when there are errors."""
    paths = [Path(argument) for argument in (sys.argv[1:] if arguments is None else arguments)] or [CORPUS]
    try:
        passages = [passage for path in paths for passage in read_passages(path)]
    except NotationError as error:
        print(error)
        return 1
    remarks = lint(passages)
    for remark in remarks:
        print(remark)
    marks = [mark for passage in passages for mark in passage.marks]
    nothing = sum(bool(mark.nothing) for mark in marks)
    families = len({passage.family for passage in passages})
    print(f"{len(passages)} passages in {families} families, {len(marks)} marks, {nothing} of them no facts")
    return int(any(remark.severity == "error" for remark in remarks))


if __name__ == "__main__":
    sys.exit(main())
