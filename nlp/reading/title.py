"""The title of a report among the first lines of its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nlp.reading.clean import fold
from nlp.records import Span
from nlp.vocabulary.load import load, load_folder

MAX_TITLE_CHARS = 70
REST = re.compile("(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)")
MAX_REST_CHARS = 20  # of a title, on a line of their own
AFTER_YEAR = re.compile("年?度? ?")
LAST_CHARACTERS = re.compile("[工作年度]{0,4}报?告")
PARTS = re.compile(r"[。,，;；:：!?>»|\t]")  # no title goes on behind these
MIN_TITLE_CHARS = 10
MIN_OTHER_CHARS = 8  # 政府网站工作年度报表 has no body
MAX_WORDS = 8
TITLE_ENDS = ("报告", "报表", "总结", "方案", "要点", "计划", "指南", "目录", "办法", "制度", "规定")
MAX_LINES_TO_ANOTHER = 12  # the title of a document of another kind stands near its beginning
MAX_HEAD_LINES = 600  # the menus of a page may stand before its title
YEAR = re.compile(r"(?:19|20)\d{2}|[二2][〇○零O0oＯ◯][〇○零一二三四五六七八九O]{2}|20[ \d]{1,4}年")
YEAR_BELOW = re.compile(r"\( ?(?:(?:19|20)\d\d|二[〇○零][〇○零一二三][〇○零一二三四五六七八九]) ?年?度? ?\)")
RUBRIC = re.compile(r"^\s{0,8}【[^【】]{2,10}】(?=.)")  # 【年度报告】某局2022年…
LEFT_MARKS, RIGHT_MARKS = " \t\n\u3000\u00a0#>*|-•·★☆_【[", " \t\n\u3000\u00a0*|#】]"


def find_title(text: str, lines: Sequence[Span]) -> Span | None:
    """Where the title stands; over two lines when the body's name has a line of its own. ``None`` without a title.

    Parameters
    ----------
    text : the text of the source
    lines : its non-empty lines, white space at the ends left out

    >>> text = "首页\\n某县财政局\\n2021年政府信息公开工作年度报告\\n根据条例编制本报告。"
    >>> lines = [Span(m.start(), m.end()) for m in re.finditer(".+", text)]
    >>> find_title(text, lines).of(text)
    '某县财政局\\n2021年政府信息公开工作年度报告'
    """
    candidates: list[tuple[int, Span]] = []
    others: list[tuple[int, Span]] = []
    for number, line in enumerate(lines[:MAX_HEAD_LINES]):
        length = line.end - line.start
        if length < 5:
            continue
        if length > 60 and "|" not in text[line.start : line.end] and "\t" not in text[line.start : line.end]:
            if length > MAX_TITLE_CHARS and candidates:
                break  # the prose begins
            if length > MAX_TITLE_CHARS:
                word = _first_words(text, line)  # the whole report may be one line, its title before the first space
                if number > 2 or word is None:
                    continue
                line = word
        printed = text[line.start : line.end]
        if (whole := _broken(text, lines, number)) is not None:
            candidates.append((number, whole))
            continue
        if number <= MAX_LINES_TO_ANOTHER and not others and _is_title_of_another(printed):
            others.append((number, line))
        if "公开" not in printed and "公開" not in printed:
            continue
        for cell in _cells(line, printed):
            if _is_title(text[cell.start : cell.end]):
                candidates.append((number, cell))
            elif (part := _title_among_words(text, cell)) is not None:
                candidates.append((number, part))
    candidates = candidates or others
    if not candidates:
        return None
    number, title = _out_of_card(text, lines, candidates, *_choose(text, candidates))
    return _with_line_before(text, lines, number, _with_line_after(text, lines, number, title))


def _broken(text: str, lines: Sequence[Span], number: int) -> Span | None:
    """The title whose last characters stand on the next line (…年度报 / 告); ``None`` where one of the two is a title alone."""
    if number + 1 >= len(lines):
        return None
    line, rest = lines[number], lines[number + 1]
    if not (
        len(line) <= MAX_TITLE_CHARS and len(rest) <= MAX_REST_CHARS and text.count("\n", line.end, rest.start) == 1
    ):
        return None
    above, below = text[line.start : line.end], text[rest.start : rest.end]
    if PARTS.search(above) or PARTS.search(below) or not _is_title(above + below):
        return None
    if above[-1].isdecimal() and below[0].isdecimal():
        return Span(line.start, rest.end)  # …局2 / 018年…
    year = YEAR.search(fold(above))
    if year is None or (_is_title(above) and not LAST_CHARACTERS.fullmatch(below)):
        return None  # …工作年度报 may be a title without its last character
    if _is_title(below) and AFTER_YEAR.fullmatch(above, year.end()):
        return None  # the year stands above the title
    return Span(line.start, rest.end)


def _first_words(text: str, line: Span) -> Span | None:
    """The first word of a long line, with the second one where only both are a title."""
    found = re.match(r"(\S{6,60})(?:\s(\S{4,40}))?(?=\s)", text[line.start : line.start + 110])
    if found is None:
        return None
    both = found[2] and not _is_title(found[1]) and _is_title(found[0])
    return Span(line.start, line.start + (found.end() if both else found.end(1)))


def _without_marks(printed: str) -> str:
    return printed.lstrip(LEFT_MARKS).rstrip(RIGHT_MARKS)


def _cells(line: Span, printed: str) -> list[Span]:
    """The line, or the cells of an index card's row, without marks and white space around them."""
    cells = []
    for found in re.finditer(r"[^|\t]+", printed) if "|" in printed or "\t" in printed else re.finditer(r".+", printed):
        inner = _without_marks(RUBRIC.sub("", found[0], count=1))
        label = _label().match(fold(inner))
        if label is not None and label["title"] is None and label["page"] is None:
            continue  # 主题分类:政府信息公开年报
        inner = inner[label.end() :] if label is not None else inner
        at = found.start() + found[0].find(inner) if inner else found.start()
        cells.append(Span(line.start + at, line.start + at + len(inner)))
    return [cell for cell in cells if 5 <= len(cell) <= MAX_TITLE_CHARS]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    vocabulary = load("furniture")
    wanted, never = vocabulary["title"]["patterns"], vocabulary["never_a_title"]["patterns"]
    return re.compile("|".join(wanted)), re.compile("|".join(never))


@cache
def _label() -> re.Pattern[str]:
    """The label of a line or cell of an index card; group ``title`` is filled when it announces the title."""
    card = load("furniture")["card_label"]
    return re.compile(
        f"(?:(?:(?P<title>{card['patterns'][0]})|{card['patterns'][1]}|{card['patterns'][3]}) ?: ?|(?P<page>{card['patterns'][2]}))"
    )


def _title_among_words(text: str, cell: Span) -> Span | None:
    """The title in a line that goes on with the buttons of the page (…年报 打印本页 关闭窗口), its year included."""
    printed = text[cell.start : cell.end]
    if " " not in printed and "\u3000" not in printed:
        return None
    words = list(re.finditer(r"\S+", printed))[:MAX_WORDS]
    for last in range(len(words), 0, -1):
        for first in range(last):
            start, end = words[first].start(), words[last - 1].end()
            inner = printed[start:end]
            if len(inner) >= MIN_TITLE_CHARS and YEAR.search(fold(inner)) and _is_title(inner):
                return Span(cell.start + start, cell.start + end)
    return None


def _out_of_card(
    text: str, lines: Sequence[Span], candidates: list[tuple[int, Span]], number: int, title: Span
) -> tuple[int, Span]:
    """The line below that repeats a title found in an index card, else the title itself."""
    if title == lines[number]:
        return number, title
    printed = re.sub(r"\s", "", title.of(text))
    for other, cell in candidates:
        if other > number and cell == lines[other]:
            whole = re.sub(r"\s", "", _with_line_before(text, lines, other, cell).of(text))
            if whole == printed:
                return other, cell
    return number, title


def _is_title(printed: str) -> bool:
    wanted, never = _patterns()
    folded = re.sub(r"\s", "", fold(printed))
    return wanted.search(folded) is not None and never.search(folded) is None


@cache
def _other_titles() -> re.Pattern[str]:
    """Titles of documents that are no reports on disclosure."""
    entries = load_folder("genres").values()
    return re.compile("|".join(p for entry in entries if not entry["disclosure"] for p in entry.get("title", ())))


def _is_title_of_another(printed: str) -> bool:
    """Whether a line is the title of a document of another kind, with the year or the body that makes it one."""
    folded = re.sub(r"\s", "", fold(_without_marks(printed)))
    if not MIN_OTHER_CHARS <= len(folded) <= MAX_TITLE_CHARS or _patterns()[1].search(folded) or "," in folded:
        return False
    return _other_titles().search(folded) is not None and (
        YEAR.search(folded) is not None or folded.endswith(TITLE_ENDS)
    )


def _choose(text: str, candidates: list[tuple[int, Span]]) -> tuple[int, Span]:
    """The first candidate with a year; the last one when they begin with a list of several years (a menu)."""
    dated = [(number, cell) for number, cell in candidates if YEAR.search(fold(text[cell.start : cell.end]))]
    if not dated:
        return max(candidates, key=lambda candidate: len(candidate[1]))
    years = {found[0] for _, cell in dated if (found := YEAR.search(fold(text[cell.start : cell.end])))}
    if len(years) > 1 and dated[0][0] + 1 == dated[1][0]:
        return dated[-1]
    return dated[0]


@cache
def _body_ends() -> tuple[str, ...]:
    return (*load("identity")["body"]["ends"], "机关")


def _with_line_after(text: str, lines: Sequence[Span], number: int, title: Span) -> Span:
    """…信息公开工作 on one line, 年度报告 on the next; or the year in brackets below a title without one."""
    printed = fold(text[title.start : title.end])
    if number + 1 < len(lines) and not YEAR.search(printed) and title.end == lines[number].end:
        below = lines[number + 1]
        if YEAR_BELOW.fullmatch(fold(text[below.start : min(below.end, below.start + 20)])):
            return Span(title.start, below.end)
    if number + 1 < len(lines) and REST.fullmatch(text, lines[number + 1].start, lines[number + 1].end):
        printed = text[title.start : title.end]
        if title.end == lines[number].end and printed.endswith(("公开", "工作", "年度")):
            return Span(title.start, lines[number + 1].end)
    return title


def _with_line_before(text: str, lines: Sequence[Span], number: int, title: Span) -> Span:
    if number == 0 or title.start - lines[number].start > 2:
        return title
    printed = fold(text[title.start : title.end]).strip()
    before = lines[number - 1]
    above = _without_marks(text[before.start : before.end])
    starts_late = re.match(r"(?:关于)?(?:(?:19|20)\d\d|二)|(?:政府|政务)?信息公开|政务公开|年度?", printed)
    if not starts_late or not 3 <= len(above) <= 36 or re.search(r"[。,，;；:：!?>»|\t]", above):
        return title
    if above.endswith(_body_ends()) or re.search(r"20\d\d ?年?度?$", fold(above)):
        return Span(before.start + text[before.start : before.end].find(above), title.end)
    return title
