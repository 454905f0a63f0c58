"""Every place where a statement may begin: behind a stop, a comma or a line end, and at the marker of an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.narrative.markers import find_markers, read_marker
from nlp.structure.paragraphs import Paragraph
from nlp.vocabulary.load import load

# Some web copies end sentences with a plain point.
SENTENCE_END = re.compile(r"[。!?;]+[”\")]?|(?<=[\u4e00-\u9fff”)])\.(?!\d)|\n")
CLAUSE_END = re.compile(r"[。!?;:,]+[”\")]?|(?<=[\u4e00-\u9fff”)])\.(?!\d)|\n")
LINE_END, NO_STOP = "N", "0"
BETWEEN = ",、;。:!?"
MAX_MARKER_CHARS = 16
# More under one heading occur only in damaged files; what follows stays with the last statement.
MAX_OPENINGS = 20_000


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where a statement may begin.

    ``behind`` is the stop before it: one of ``。!?;:,.``, ``N`` at the beginning of a paragraph, ``0`` before a marker
    whose stop is lost. ``marker`` is the kind of the item's marker (``counted``, ``bullet`` …), ``None`` where there is
    none. ``end`` is where its paragraph ends; ``more_items`` says that a marked item comes later under the heading.
    """

    at: int
    behind: str
    marker: str | None
    end: int
    more_items: bool


def find_openings(text: str, stretch: Sequence[Paragraph]) -> list[Opening]:
    """The openings of paragraphs that follow each other under one heading, in order; the first is where they begin.

    What a run-in label announces (整改措施:委托…) opens nothing of its own.

    >>> [(o.at, o.behind, o.marker) for o in find_openings("一是窄,要拓宽。二是慢。", [Paragraph("problems", "", 0, 12)])]
    [(0, 'N', 'counted'), (4, ',', None), (8, '。', 'counted')]
    """
    counts: dict[str, int] = {}
    found: list[tuple[int, str, str | None, int]] = []
    for paragraph in stretch:
        if len(found) > MAX_OPENINGS:
            break
        end = paragraph.end
        first = skip_marks(text, paragraph.start, end)
        behind = {first: LINE_END}
        last = first
        for stop in CLAUSE_END.finditer(text, first, end):
            at = skip_marks(text, stop.end(), end)
            if at < end and not _announced(text, last, stop):
                behind.setdefault(at, stop.group()[0])
            last = at
            if len(behind) > MAX_OPENINGS:
                break
        markers = set(find_markers(text, paragraph.start, end, counts))
        for at in sorted(behind.keys() | markers):
            kind = (read_marker(text[at : at + MAX_MARKER_CHARS]) or ("bullet", 0))[0] if at in markers else None
            found.append((at, behind.get(at, NO_STOP), kind, end))
    last_item = max((at for at, _, marker, _ in found if marker is not None), default=-1)
    return [Opening(at, stop, marker, end, at < last_item) for at, stop, marker, end in found[:MAX_OPENINGS]]


def skip_marks(text: str, start: int, end: int) -> int:
    """The first place from ``start`` on that is neither white space nor a stop."""
    while start < end and (text[start].isspace() or text[start] in BETWEEN):
        start += 1
    return start


def _announced(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether what stands before a stop is a run-in label."""
    label = run_in_label().match(text, start, stop.end())
    return label is not None and label.end() >= stop.end()


@cache
def run_in_label() -> re.Pattern[str]:
    """存在问题:, 改进措施: and the like, which announce what follows at once."""
    return re.compile("|".join(load("statements")["cutting"]["label"]["patterns"]))
