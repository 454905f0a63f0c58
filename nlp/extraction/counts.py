"""How much, of what, through what: every number of the narrative, typed.

1. A paragraph is opened: what only looks like a count is masked, numbers (``quantities``) and nouns (``cues``) are found,
   and each number gets its sentence and the number it is a part of (``clauses``).
2. Every number, and everything that may be said without one (``denials``, ``said_of_all``), has several possible readings
   (``readings``) and signs that speak for or against them (``evidence``); the rules propose one of the readings
   (``proposals``).
3. A ranker learnt from marked passages decides, with a score (``ranker``); ``facts`` states what it decided.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.extraction.facts import read_facts
from nlp.extraction.ranker import Ranker, default_ranker
from nlp.extraction.rows import find_row_counts
from nlp.reading.clean import CleanText
from nlp.records import ChannelCount, Count
from nlp.structure.paragraphs import Paragraph


def find_counts(
    clean: CleanText, paragraphs: Sequence[Paragraph], ranker: Ranker | None = None
) -> tuple[tuple[ChannelCount, ...], tuple[Count, ...]]:
    """The channel counts and the counts of a report, in the order of the text.

    Values are scaled (7.58万 → 75800), units as printed; a zero said in words has the unit "". A share is in per cent,
    a decrease negative. A number whose meaning the sentence does not tell is left out.

    Parameters
    ----------
    clean : the text of the report
    paragraphs : its narrative, without headings, tables and furniture; of a snippet without a sentence, the rows of
        the table on disclosure are read instead
    ranker : what decides among the readings of a number; that of the package unless given

    >>> text = "微信公众号推送信息49条,收到公开申请2件,均已答复。"
    >>> channel_counts, counts = find_counts(CleanText(text), [Paragraph(None, "", 0, len(text))])
    >>> [(c.channel, c.quantity.value) for c in channel_counts], [(c.metric, c.quantity.value) for c in counts]
    ... # doctest: +NORMALIZE_WHITESPACE
    ([('wechat', Decimal('49'))],
     [('applications_received', Decimal('2')), ('applications_answered', Decimal('2'))])
    """
    rows = () if any(paragraph.section_key for paragraph in paragraphs) else find_row_counts(clean)
    if rows:
        return (), rows
    return read_facts(clean, paragraphs, ranker or default_ranker())
