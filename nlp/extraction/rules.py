"""The counts of a report by the rules alone, without the ranker: what ``--counts rules`` gives."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.extraction.passage import joined, open_passage, with_heading
from nlp.extraction.reader import Reader
from nlp.extraction.reading_order import latest_year
from nlp.quantities import find_numbers
from nlp.reading.clean import CleanText
from nlp.records import ChannelCount, Count
from nlp.structure.paragraphs import Paragraph


def read_by_rules(
    clean: CleanText, paragraphs: Sequence[Paragraph]
) -> tuple[tuple[ChannelCount, ...], tuple[Count, ...]]:
    """The channel counts and counts that the rules read, in the order of the text; no score, no relations."""
    latest = latest_year(clean)
    reader = Reader(clean, latest_year=latest)
    for lines in joined(clean, paragraphs):
        passage = open_passage(clean, [with_heading(clean, lines[0]), *lines[1:]], latest_year=latest)
        reader.read(passage, list(find_numbers(passage.masked)))
    return tuple(reader.channel_counts), tuple(reader.counts)
