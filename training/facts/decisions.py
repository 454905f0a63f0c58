"""The decisions that a marked passage asks of the reader: every number with its readings, and which of them are right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlp.extraction.clauses import Clause
from nlp.extraction.denials import Denial, denial_signs
from nlp.extraction.passage import Passage
from nlp.extraction.proposals import Proposals
from nlp.extraction.reading_order import events_of, follow, open_passages
from nlp.extraction.readings import NOTHING, Candidate, Reading, Said, with_unnamed
from nlp.extraction.said_of_all import Implied, implied_of
from nlp.extraction.scopes import SCOPES, scope_signs, scopes
from nlp.extraction.sites import site_of, words_site
from nlp.reading.clean import clean_text
from nlp.reading.files import read_text
from nlp.structure.paragraphs import find_paragraphs
from nlp.structure.sections import find_sections
from training.facts.notation import Mark, MarkedPassage

DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Decision:
    """One number: its signs, its readings, and the places of those that the mark allows (none: no reading is right)."""

    passage: str
    family: str
    signs: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    right: tuple[int, ...]
    wanted: str
    text: str


def decisions_of(marked: MarkedPassage) -> Iterator[Decision]:
    """What a passage asks in order, each with what was marked before it as what was said."""
    source = read_text(marked.text, name=marked.id)
    clean = clean_text(source)
    paragraphs = find_paragraphs(source, clean, find_sections(source, clean))
    for passage, clauses, proposals in open_passages(clean, paragraphs):
        yield from _of_passage(marked, passage, clauses, proposals)


def _of_passage(
    marked: MarkedPassage, passage: Passage, clauses: Sequence[Clause], proposals: Proposals
) -> Iterator[Decision]:
    said = Said([])
    for event in events_of(passage, clauses):
        if isinstance(event, Clause):
            number, mark = _number(marked, passage, clauses, event, said, proposals)
            yield number
            yield from _scope(marked, passage, event, mark, said, proposals)
        elif isinstance(event, Denial):
            right = (1,) if _is_marked(marked, passage, event, event.metric, Decimal(0)) else (0,)
            readings = _by_rule(passage, event, proposals, Decimal(0))
            yield _decision(marked, passage, event.start, denial_signs(event, said), readings, right, event.metric)
        else:
            for implied in implied_of(passage, event, clauses, said):
                value = clauses[implied.of].field.number.value
                told = _is_marked(marked, passage, implied, implied.metric, value)
                open_or_told = (0, 1) if told is None else (int(told),)
                readings = _by_rule(passage, implied, proposals, value)
                yield _decision(marked, passage, implied.start, implied.signs, readings, open_or_told, implied.metric)


def _number(
    marked: MarkedPassage,
    passage: Passage,
    clauses: Sequence[Clause],
    clause: Clause,
    said: Said,
    proposals: Proposals,
) -> tuple[Decision, Mark | None]:
    follow(passage, clause, said)
    number = clause.field.number
    span = passage.span(number.digits, number.end)
    mark = next((m for m in marked.marks if m.start < span.end and span.start < m.end), None)
    proposed = proposals.of(passage.span(number.start, number.end).start)
    candidates, signs = site_of(passage, clauses, clause, said, proposed)
    candidates = with_unnamed(candidates, number.unit)
    right = tuple(_right(candidates, mark))
    said.readings.append(candidates[right[0]].reading if right else _reading(mark))
    return _decision(marked, passage, number.start, signs, candidates, right, _wanted(mark)), mark


def _scope(
    marked: MarkedPassage,
    passage: Passage,
    clause: Clause,
    mark: Mark | None,
    said: Said,
    proposals: Proposals,
) -> Iterator[Decision]:
    """The scope of a number of one channel, where it is marked and not left open."""
    read = said.readings[-1]
    if not read.is_channel or "+" in read.names[0] or mark is None:
        return
    fact = next((f for f in mark.facts if f.name == read.names[0] and not f.optional), None)
    if fact and fact.scope in SCOPES:
        signs = scope_signs(passage, clause, read, said)
        yield _decision(
            marked,
            passage,
            clause.field.number.start,
            signs,
            scopes(passage, clause, read, said, proposals),
            (SCOPES.index(fact.scope),),
            f"{fact.name}/{fact.scope}",
        )


def _decision(
    marked: MarkedPassage, passage: Passage, start: int, signs: Iterable[str], candidates: Sequence[Candidate],
    right: tuple[int, ...], wanted: str,
) -> Decision:  # fmt: skip
    text = passage.text[max(0, start - 30) : start + 18]
    return Decision(marked.id, marked.family, tuple(signs), tuple(candidates), right, wanted, text)


def _by_rule(passage: Passage, said: Denial | Implied, proposals: Proposals, value: Decimal) -> list[Candidate]:
    return words_site(said.candidates, proposals, said.metric, passage.span(said.start, said.end), value=value)


def _is_marked(
    marked: MarkedPassage, passage: Passage, said: Denial | Implied, metric: str, value: Decimal
) -> bool | None:
    """Whether words near the place are marked with the fact; ``None`` where it is optional."""
    text = passage.text
    begin = max(text.rfind("。", 0, said.start), text.rfind("\n", 0, said.start)) + 1
    end = min((at for at in (text.find("。", said.end), text.find("\n", said.end)) if at >= 0), default=len(text))
    span = passage.span(begin, end)
    for mark in marked.marks:
        if mark.start < span.end and span.start < mark.end and not DIGIT.search(marked.text, mark.start, mark.end):
            for fact in mark.facts:
                if fact.name == metric and fact.value == value:
                    return None if fact.optional else True
    return False


def _wanted(mark: Mark | None) -> str:
    if mark is None:
        return "unmarked"
    return " ".join(("?" if f.optional else "") + f.name for f in mark.facts) or f"-{mark.nothing}"


def _named(fact: object) -> str:
    name, period = fact.name, fact.period  # type: ignore[attr-defined]
    return name if period != "previous_year" else f"{name}@{period}"


def _right(candidates: Sequence[Candidate], mark: Mark | None) -> list[int]:
    facts = mark.facts if mark else ()
    must = Counter(_named(f) for f in facts if not f.optional)
    may = must + Counter(_named(f) for f in facts if f.optional)
    found, known = [], {name.partition("@")[0] for name in may}
    for place, candidate in enumerate(candidates):
        read = candidate.reading
        if known.isdisjoint(_sorted(read)) and (must or read.names):
            continue
        names = Counter(n if read.period == "year" else f"{n}@{read.period}" for n in _sorted(read))
        if not (must - names) and not (names - may):
            found.append((-len(read.names), place))
    return [place for _, place in sorted(found)]


def _sorted(read: Reading) -> list[str]:
    return ["+".join(sorted(name.split("+"))) for name in read.names]


def _reading(mark: Mark | None) -> Reading:
    facts = [f for f in mark.facts if not f.optional] if mark else []
    return (
        Reading(
            tuple(f.name for f in facts), "previous_year" if facts and facts[0].period == "previous_year" else "year"
        )
        if facts
        else NOTHING
    )
