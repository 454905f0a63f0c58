"""How much, of what, through what: every number of the narrative, typed.

1. Mask what only looks like a count, find the numbers (``quantities``) and the words of the vocabulary (``cues``).
2. Cut the sentence into the part before and the part after each number (``fields``).
3. Go from left to right, because what a number means depends on what was said before (``memory``): 其中 opens a
   breakdown, 自然人6件 are applicants only after applications, a channel governs the items that follow it.
4. Choose the metric by the nearest noun (``metrics``), bind the channel (``binding``), and state it (``reader``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.extraction.reader import Reader
from nlp.extraction.rows import find_row_counts
from nlp.reading.clean import CleanText
from nlp.records import ChannelCount, Count
from nlp.structure.paragraphs import Paragraph

YEARS_WITHIN_CHARS = 20_000


def find_counts(
    clean: CleanText, paragraphs: Sequence[Paragraph]
) -> tuple[tuple[ChannelCount, ...], tuple[Count, ...]]:
    """The channel counts and the counts of a report, in the order of the text.

    Values are scaled (7.58万 → 75800), units as printed; a zero said in words has the unit "". A share is in per cent,
    a decrease negative. A number whose meaning the sentence does not tell is left out.

    Parameters
    ----------
    clean : the text of the report
    paragraphs : its narrative, without headings, tables and furniture; of a snippet without a sentence, the rows of
        the table on disclosure are read instead

    >>> text = "微信公众号推送信息49条,收到公开申请2件,均已答复。"
    >>> channel_counts, counts = find_counts(CleanText(text), [Paragraph(None, "", 0, len(text))])
    >>> [(c.channel, c.quantity.value) for c in channel_counts], [(c.metric, c.quantity.value) for c in counts]
    ... # doctest: +NORMALIZE_WHITESPACE
    ([('wechat', Decimal('49'))],
     [('applications_received', Decimal('2')), ('applications_answered', Decimal('2'))])
    """
    rows = find_row_counts(clean)
    if rows:
        return (), rows
    years = re.findall(r"(?<!\d)(20\d\d)(?=年)", clean.text[:YEARS_WITHIN_CHARS])
    reader = Reader(clean, latest_year=max(map(int, years), default=0))
    for paragraph in paragraphs:
        reader.read(paragraph)
    return tuple(reader.channel_counts), tuple(reader.counts)
