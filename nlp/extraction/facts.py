"""From what a paragraph says to the facts of the report: every number and every zero in words, read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from nlp.extraction.clauses import Clause
from nlp.extraction.cues import metrics
from nlp.extraction.denials import Denial, denial_signs
from nlp.extraction.grammar import reading
from nlp.extraction.naming import category_name, members, plain_class, share_of
from nlp.extraction.passage import Passage
from nlp.extraction.proposals import Proposals
from nlp.extraction.ranker import Ranked, Ranker
from nlp.extraction.reading_order import events_of, follow, open_passages
from nlp.extraction.readings import Reading, Said
from nlp.extraction.said_of_all import Implied, implied_of
from nlp.extraction.scopes import category_through, scope_signs, scopes
from nlp.extraction.sites import site_of, words_site
from nlp.reading.clean import CleanText
from nlp.records import ChannelCount, Count, Period, Quantity, Scope, Span
from nlp.structure.paragraphs import Paragraph

FALLS = frozenset({"yoy_change"})
# Where a decision was made, the signs it was made by, and the decision.
Notice = Callable[[Span, Sequence[str], Ranked], None]
UNASKED = 0.8  # the score of what only the rules state


def read_facts(
    clean: CleanText, paragraphs: Sequence[Paragraph], ranker: Ranker, notice: Notice | None = None
) -> tuple[tuple[ChannelCount, ...], tuple[Count, ...]]:
    """The channel counts and counts of the paragraphs, in the order of the text, with their scores and relations.

    ``notice`` is told every decision about a number, a denial or what is said of all: where, by which signs, and how.
    """
    facts: list[ChannelCount | Count] = []
    for passage, clauses, proposals in open_passages(clean, paragraphs):
        _Paragraph(passage, clauses, proposals, ranker, facts, notice).read()
    return (
        tuple(fact for fact in facts if isinstance(fact, ChannelCount)),
        tuple(fact for fact in facts if isinstance(fact, Count)),
    )


class _Paragraph:
    """One paragraph while it is read; facts are added to those of the report."""

    def __init__(
        self, passage: Passage, clauses: list[Clause], proposals: Proposals, ranker: Ranker,
        facts: list[ChannelCount | Count], notice: Notice | None,
    ) -> None:  # fmt: skip
        self.notice = notice
        self.passage, self.clauses, self.proposals = passage, clauses, proposals
        self.ranker, self.facts = ranker, facts
        self.said = Said([])
        self.first: dict[int, int] = {}  # of a number: the ordinal of the first fact that it states
        self.denied: set[str] = set()
        self.asked: set[tuple[str, Decimal]] = set()  # facts in words that the ranker was asked about
        self.of_all: set[tuple[str, int]] = set()  # what was said of all of a number

    def read(self) -> None:
        """State what each number and each denial of the paragraph says."""
        for event in events_of(self.passage, self.clauses):
            if isinstance(event, Clause):
                self._number(event)
            elif isinstance(event, Denial):
                self._denial(event)
            else:
                for implied in implied_of(self.passage, event, self.clauses, self.said):
                    self._implied(implied)
        self._beyond()

    def _beyond(self) -> None:
        """What the rules state in words where the ranker was not asked."""
        numbers = [clause.field.number for clause in self.clauses]
        starts = {self.passage.span(number.start, number.end).start for number in numbers}
        for fact in self.proposals.in_words(starts):
            if (fact.metric, fact.quantity.value) not in self.asked:
                self.facts.append(replace(fact, score=UNASKED, ordinal=len(self.facts), clause=fact.quantity.span))

    def _tell(self, span: Span, signs: Sequence[str], ranked: Ranked) -> None:
        if self.notice is not None:
            self.notice(span, signs, ranked)

    def _number(self, clause: Clause) -> None:
        follow(self.passage, clause, self.said)
        unit = clause.field.number.unit
        here = self.passage.span(clause.field.number.start, clause.field.number.end)
        proposed = self.proposals.of(here.start)
        candidates, signs = site_of(self.passage, self.clauses, clause, self.said, proposed)
        ranked = self.ranker.rank(signs, candidates, None if unit in ("%", "个百分点") else unit)
        self._tell(here, signs, ranked)
        self.said.readings.append(ranked.reading)
        if not ranked.reading.names:
            return
        self.first[clause.ordinal] = len(self.facts)
        classes: Sequence[str | None] = members(self.passage, clause, ranked.reading)
        if ranked.reading.key == proposed.key and ranked.reading.kind != "share":
            classes = [plain_class(named) for named in self.proposals.categories(here.start)]
        for order, name in enumerate(ranked.reading.names):
            self._state(name, clause, ranked, classes[order] if classes else None)

    def _state(self, name: str, clause: Clause, ranked: Ranked, category: str | None) -> None:
        passage, read, field = self.passage, ranked.reading, clause.field
        part_of = self.first.get(clause.whole) if clause.whole >= 0 else None
        where = passage.span(field.clause_start, max(field.right_end, field.number.end))
        about = (ranked.score, len(self.facts), part_of, where)
        if not field.number.value:
            self.denied.add(name)  # 行政诉讼为零: said with a number
        if name in metrics():
            unit = field.number.unit or metrics()[name].default_unit
            value = field.number.value
            if name in FALLS and reading("down").search(
                field.left or passage.text[field.clause_start : field.number.start]
            ):
                value = -value
            if name in ("rate", "yoy_change"):
                category = share_of(passage, clause, self.clauses, self.said)
            elif category is None and read.kind in ("category", "both"):
                category = category_name(passage, clause)
            period: Period = "cumulative" if name == "disclosed_cumulative" else read.period  # type: ignore[assignment]
            self.facts.append(
                Count(name, passage.quantity(field.number, value=value, unit=unit), category, period, *about)
            )
            return
        scope = self._scope(clause, read)
        narrower = scope in ("subset", "shared") or read.kind == "both"
        category = category or (category_through(passage, clause, read) if narrower else None)
        quantity = passage.quantity(field.number, unit=field.number.unit or "条")
        self.facts.append(ChannelCount(name, quantity, scope, category, *about))

    def _scope(self, clause: Clause, read: Reading) -> Scope:
        """Which part of what a channel published the number is (extraction guide, section 4)."""
        if "+" in read.names[0]:
            return "shared"
        if reading("over_the_years").match(clause.field.left):
            return "cumulative"  # 历年累计402条
        ranked = self.ranker.rank(
            list(scope_signs(self.passage, clause, read, self.said)),
            scopes(self.passage, clause, read, self.said, self.proposals),
        )
        return ranked.reading.names[0]  # type: ignore[return-value]

    def _denial(self, denial: Denial) -> None:
        if denial.metric in self.denied:
            return
        self.asked.add((denial.metric, Decimal(0)))
        span = self.passage.span(denial.start, denial.end)
        readings = words_site(denial.candidates, self.proposals, denial.metric, span, value=Decimal(0))
        signs = denial_signs(denial, self.said)
        ranked = self.ranker.rank(signs, readings)
        self._tell(span, signs, ranked)
        if ranked.reading.names:
            self.denied.add(denial.metric)
            self.facts.append(Count(
                denial.metric, Quantity(Decimal(0), "", "exact", span), None, "year", ranked.score, len(self.facts), None, span,
            ))  # fmt: skip

    def _implied(self, implied: Implied) -> None:
        if (implied.metric, implied.of) in self.of_all:
            return
        number = self.clauses[implied.of].field.number
        self.asked.add((implied.metric, number.value))
        span = self.passage.span(implied.start, implied.end)
        readings = words_site(implied.candidates, self.proposals, implied.metric, span, value=number.value)
        ranked = self.ranker.rank(implied.signs, readings)
        self._tell(span, implied.signs, ranked)
        if ranked.reading.names:
            self.of_all.add((implied.metric, implied.of))
            quantity = Quantity(number.value, number.unit, number.qualifier, span)
            self.facts.append(Count(
                implied.metric, quantity, None, "year", ranked.score, len(self.facts), self.first.get(implied.of), span,
            ))  # fmt: skip
