"""Which part of what a channel published a number is: all of the year, a part, or everything since an earlier year."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.extraction.channels import ACCOUNT_CHANNELS, category_of
from nlp.extraction.clauses import Clause
from nlp.extraction.grammar import around_channels, last_match
from nlp.extraction.passage import Passage
from nlp.extraction.proposals import Proposals
from nlp.extraction.readings import RULE, Candidate, Reading, Said
from nlp.extraction.totals import is_cumulative, undated
from nlp.vocabulary.load import load

SCOPES = ("year", "subset", "cumulative")


def scopes(passage: Passage, clause: Clause, read: Reading, said: Said, proposals: Proposals) -> list[Candidate]:
    """The scopes that a count of one channel may have, that of the rules with its clue.

    The rules are not trusted with the parts of a shared number, which they took for subsets before the scope was settled.
    """
    number = clause.field.number
    proposed = proposals.scope(passage.span(number.start, number.end).start)
    trusted = relation_to(said.of(clause.whole), read.names[0]) != "shared"
    clues = ["by_rule", RULE] if trusted else ["by_rule"]
    return [Candidate(Reading((scope,), "scope"), ["scope", *(clues if scope == proposed else [])]) for scope in SCOPES]


def category_through(passage: Passage, clause: Clause, read: Reading) -> str | None:
    """What a number of a channel counts if it is narrower than information in general, ``None`` if it is not."""
    begin = read.carrier.end if read.carrier and read.carrier.end <= clause.field.number.start else 0
    account = set(read.names[0].split("+")) <= ACCOUNT_CHANNELS
    return category_of(passage.text, begin, clause.field, account=account)


def scope_signs(passage: Passage, clause: Clause, read: Reading, said: Said) -> Iterator[str]:
    """The signs of the scope of a channel count: its class, the whole it is a part of, and what is said of time."""
    field = clause.field
    category = category_through(passage, clause, read)
    whole = said.of(clause.whole)
    relation = relation_to(whole, read.names[0])
    yield f"s:category={category is not None}"
    yield f"s:whole={relation}"
    yield f"s:{category is not None}&{relation}"
    yield f"s:channel={read.names[0]}"
    yield f"s:unit={field.number.unit}"
    if category:
        yield f"s:len={min(len(category), 8)}"
        for length in (1, 2, 3):
            yield f"s:end={category[-length:]}"
        yield f"s:begin={category[:2]}"
        yield f"s:all={category}"
    noun = undated(field.noun)
    verb = last_match(around_channels("publish"), noun)
    yield f"s:verb={verb[0] if verb else ''}"
    yield f"s:after_verb={min(len(noun) - verb.end(), 6) if verb else ''}"
    yield f"s:generic={bool(around_channels('generic').match(noun))}"
    yield f"s:opener={clause.opener}"
    yield f"s:carrier={'named' if read.carrier else 'none'}"
    if read.carrier:
        yield f"s:where={'here' if read.carrier.start >= field.segment_start else 'before'}"
        direct = passage.text[read.carrier.end : field.number.start] if read.carrier.end <= field.number.start else "-"
        yield f"s:direct={min(len(direct), 6)}"
    if is_cumulative(passage.text, field, latest_year=passage.latest_year):
        yield "s:cumulative"
    for word in ("累计", "历年", "以来", "全年", "其中", "新增", "开通", "至今"):
        if word in field.left:
            yield f"s:says={word}"
    if field.right:
        yield f"s:right={field.right[:2]}"
        yield f"s:right_end={field.right[-2:]}"


def relation_to(whole: Reading, channel: str) -> str:
    """How a channel stands to that of the whole: ``same``, ``held`` (a part of it), ``shared``, ``other``, or the kind."""
    if not whole.names:
        return "none"
    if not whole.is_channel:
        return whole.kind
    name = whole.names[0]
    if name == channel:
        return "same"
    if "+" in name:
        return "shared"
    return "held" if channel in load("channels")[name].get("holds", ()) else "other"
