"""The paragraphs of a report in the order in which they are read, and the matter that each part of them speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from nlp.extraction.clauses import Clause, find_clauses
from nlp.extraction.cues import Cue
from nlp.extraction.denials import Denial, find_denials
from nlp.extraction.evidence import family_of_heading
from nlp.extraction.fields import find_fields
from nlp.extraction.passage import Passage, joined, open_passage, paragraph_text, with_heading
from nlp.extraction.proposals import Proposals, Rules
from nlp.extraction.readings import Said
from nlp.extraction.said_of_all import find_implied
from nlp.quantities import find_numbers
from nlp.reading.clean import CleanText
from nlp.structure.paragraphs import Paragraph

Stretch = tuple[int, int, list[tuple[Cue, str]]]
MAX_NUMBERS = 400  # a paragraph of more is damage; its first are read
YEARS_WITHIN_CHARS = 20_000
WORTH_READING = re.compile(
    r"\d|[未没无零均全都]|不存在|属|百分之|[一二两三四五六七八九十][次场期条件篇份名人位项起部个]"
)


def latest_year(clean: CleanText) -> int:
    """The latest year that the report speaks of, 0 if none."""
    years = re.findall(r"(?<!\d)(20\d\d)(?=年)", clean.text[:YEARS_WITHIN_CHARS])
    return max(map(int, years), default=0)


def open_passages(
    clean: CleanText, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[Passage, list[Clause], Proposals]]:
    """Every paragraph that may say how much, with its numbers in their sentences and what the rules propose."""
    latest = latest_year(clean)
    rules = Rules(clean, latest_year=latest)
    for lines in joined(clean, paragraphs):
        opened = [with_heading(clean, lines[0]), *lines[1:]]
        if any(WORTH_READING.search(paragraph_text(clean, line)) for line in opened):
            passage = open_passage(clean, opened, latest_year=latest)
            numbers = list(islice(find_numbers(passage.masked, uncounted=True), MAX_NUMBERS))
            fields = list(find_fields(passage.text, numbers))
            yield passage, find_clauses(passage.text, fields), rules.propose(passage, numbers)
        else:
            rules.pass_over(paragraph_text(clean, opened[-1]))


def follow(passage: Passage, clause: Clause, said: Said) -> None:
    """Take note of the matter (applications, reviews …) spoken of up to a number."""
    if not said.family and clause.ordinal == 0:
        asked = passage.paragraph.section_key in ("requests", "on_request")
        said.family = "applications" if asked else family_of_heading(passage.paragraph.heading)
    for cue in passage.cues.between(clause.field.previous_end, clause.field.number.start):
        said.family = cue.speaks_of() or said.family


def events_of(passage: Passage, clauses: Sequence[Clause]) -> list[Clause | Denial | Stretch]:
    """The numbers of a paragraph and what it may say without a number, in the order of the text."""
    events: list[tuple[int, Clause | Denial | Stretch]] = [(c.field.number.start, c) for c in clauses]
    events += [(denial.start, denial) for denial in find_denials(passage)]
    events += [(stretch[0], stretch) for stretch in find_implied(passage, clauses)] if clauses else []
    events.sort(key=itemgetter(0))
    return [event for _, event in events]
