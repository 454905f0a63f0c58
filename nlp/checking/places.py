"""Where a person finds a passage: the row and column of a table, or the part and its paragraph; never a bare offset."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.reading.clean import fold
from nlp.reading.numbering import read_number
from nlp.records import Analysis, Figure, Section, Source, Span
from nlp.tables.forms import form
from nlp.vocabulary.editions import parts

NUMERALS = "〇一二三四五六七八九十"
MAX_TITLE_CHARS = 30
DEEPEST_PART = 1  # 第一部分 and 一、; what is numbered deeper is no part
REMARK = re.compile(r"[(（]区.*")  # (区分处理的,只计这一情形…): a remark of the form, not the name of its row


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a report in the words of its page.

    ``paragraph`` 0 is the report's own title, ``None`` the heading of a part. ``page`` and ``line`` count from 1 and are
    there only where the pages are known.
    """

    part: str = ""  # as printed: 三、收到和处理…; "" before the first part
    ordinal: int | None = None  # of the part
    row: str = ""
    columns: tuple[str, ...] = ()
    paragraph: int | None = None
    page: int | None = None
    line: int | None = None

    def told(self, language: str = "zh") -> str:
        """The place in words.

        >>> Place("三、收到和处理", 3, "(一)予以公开", ("总计",)).told()
        '第三部分表格“(一)予以公开”行“总计”列'
        >>> Place("五、问题", 5, paragraph=2, page=3, line=12).told("en")
        'part 5, paragraph 2 (page 3, line 12)'
        """
        words = _chinese(self) if language == "zh" else _english(self)
        if self.page is None:
            return words
        if language == "zh":
            printed = f"第{self.page}页" + (f"第{self.line}行" if self.line else "")
        else:
            printed = f"page {self.page}" + (f", line {self.line}" if self.line else "")
        return (f"{words}（{printed}）" if language == "zh" else f"{words} ({printed})") if words else printed


def _chinese(place: Place) -> str:
    part = f"第{_numeral(place.ordinal)}部分" if place.ordinal else f"“{place.part}”部分" if place.part else ""
    if place.row:
        columns = "至".join(f"“{column}”" for column in place.columns)
        return f"{part}表格“{place.row}”行" + (f"{columns}列" if columns else "")
    if not place.paragraph:
        return f"{part}标题"
    return f"{part}第{place.paragraph}段" if part else f"开头第{place.paragraph}段"


def _english(place: Place) -> str:
    part = f"part {place.ordinal}" if place.ordinal else f"part “{place.part}”" if place.part else ""
    if place.row:
        columns = " to ".join(f"“{column}”" for column in place.columns)
        table = f"table, row “{place.row}”" + (f", column {columns}" if columns else "")
        return f"{part}, {table}" if part else table
    if not place.paragraph:
        return f"heading of {part}" if part else "title"
    return f"{part}, paragraph {place.paragraph}" if part else f"beginning, paragraph {place.paragraph}"


def _numeral(ordinal: int) -> str:
    """一 … 十九: no report has more parts."""
    return NUMERALS[ordinal] if ordinal <= 10 else "十" + (NUMERALS[ordinal - 10] if ordinal < 20 else str(ordinal))


class Places:
    """Tells of any span of one report where it is.

    Parts are those of level 1 with the number that is printed, or that the form gives them. Paragraphs are the lines of
    a part without its heading and its tables.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.source.text
        self._form = form(analysis.identity.edition)
        self._parts = [section for section in analysis.sections if section.level == 1 and section.key != "preamble"]
        self._cells = sorted(
            (figure for figure in analysis.figures if figure.span), key=lambda figure: (_start(figure), _end(figure))
        )
        self._starts = [_start(figure) for figure in self._cells]
        self._lines = _paragraph_starts(analysis)
        self._title = analysis.identity.spans.get("title")
        self._source = analysis.source
        self._lines_of_pages = _lines_of_pages(analysis.source)

    def of(self, span: Span) -> Place:
        """The place of a span, by its beginning where it is long."""
        place = self._in_text(span)
        boxes = self._source.boxes(span)
        if not boxes:
            return place
        page, middle = boxes[0].page, (boxes[0].y0 + boxes[0].y1) / 2
        line = sum(top < middle for top in self._lines_of_pages[page])
        return replace(place, page=page, line=line if not place.row else None)

    def _in_text(self, span: Span) -> Place:
        if self._title and self._title.start <= span.start < self._title.end:
            return Place(paragraph=0)
        part = self._part(span)
        title, ordinal = self._named(part) if part else ("", None)
        cells = self._cells_at(span)
        if cells:
            row, columns = self._row_and_columns(cells)
            return Place(title, ordinal, row, columns)
        return Place(title, ordinal, paragraph=self._paragraph(part, span))

    def _part(self, span: Span) -> Section | None:
        return next((part for part in self._parts if part.span.start <= span.start < part.span.end), None)

    def _named(self, part: Section) -> tuple[str, int | None]:
        """The title of a part as printed, and its number."""
        title = " ".join(part.title.of(self._text).split())
        number = read_number(fold(title))
        if number is not None and number.depth <= DEEPEST_PART and number.ordinal:
            return title[:MAX_TITLE_CHARS], number.ordinal
        keys = list(parts(self._form.edition))
        if part.key in keys:
            return title[:MAX_TITLE_CHARS], keys.index(part.key) + 1
        return title[:MAX_TITLE_CHARS], None

    def _cells_at(self, span: Span) -> list[Figure]:
        """The cells that a span covers or lies in, in printed order; of a damaged row, whose cells share a place, all."""
        first = bisect_left(self._starts, span.start)
        while first > 0 and _end(self._cells[first - 1]) > span.start:
            first -= 1
        last = max(bisect_left(self._starts, span.end), bisect_right(self._starts, span.start))
        return [figure for figure in self._cells[first:last] if _end(figure) > span.start or len(span) == 0]

    def _row_and_columns(self, cells: list[Figure]) -> tuple[str, tuple[str, ...]]:
        table = cells[0].table
        row = REMARK.sub("", self._form.name(table, cells[0].row))
        here = [cell.column for cell in cells if cell.row == cells[0].row and cell.column != "value"]
        names = [self._form.name(table, column) for column in dict.fromkeys(here)]
        if len({cell.span for cell in cells}) == 1 and len(cells) > 1:
            return row, ()  # a damaged row: which column is what cannot be told
        return row, tuple(dict.fromkeys((names[0], names[-1]))) if names else ()

    def _paragraph(self, part: Section | None, span: Span) -> int | None:
        """The number of the paragraph in its part; ``None`` in a heading."""
        begin = 0
        if part is not None:
            if span.start < part.title.end:
                return None
            begin = part.title.end
        return max(1, bisect_right(self._lines, span.start) - bisect_left(self._lines, begin))


def _lines_of_pages(source: Source) -> dict[int, list[float]]:
    """For each page the tops of its lines of print, cells side by side counted once."""
    pages: dict[int, list[float]] = {}
    bottoms: dict[int, float] = {}
    for printed in sorted(source.printed, key=lambda printed: (printed.page, printed.y0, printed.y1)):
        if (printed.y0 + printed.y1) / 2 > bottoms.get(printed.page, -1.0):
            pages.setdefault(printed.page, []).append(printed.y0)
            bottoms[printed.page] = printed.y1
    return pages


def _start(figure: Figure) -> int:
    return figure.span.start if figure.span else -1


def _end(figure: Figure) -> int:
    return figure.span.end if figure.span else -1


def _paragraph_starts(analysis: Analysis) -> list[int]:
    """Where the lines begin that are no heading of a part, no table and no furniture."""
    source = analysis.source
    left_out = [block.span for block in source.blocks if block.kind in ("table", "furniture")]
    left_out += [section.title for section in analysis.sections if section.level == 1]
    left_out.sort(key=lambda span: span.start)
    starts: list[int] = []
    ends = [found.start() for found in re.finditer(r"\n|\Z", source.text)]
    upcoming = 0
    for before, end in pairwise([-1, *ends]):
        line = Span(before + 1, end)
        while upcoming < len(left_out) and left_out[upcoming].end <= line.start:
            upcoming += 1
        covered = upcoming < len(left_out) and left_out[upcoming].start <= line.start
        rest = left_out[upcoming].end if covered else line.start
        if source.text[min(rest, end) : end].strip():
            starts.append(min(rest, end))
    return starts
