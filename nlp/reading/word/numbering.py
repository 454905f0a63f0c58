"""The automatic numbers of a Word document (自动编号 一、 (一) 1.), which stand nowhere in its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from nlp.reading.packages import attribute, child, children, local, value

DIGITS = "零一二三四五六七八九"
LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
PLACE = re.compile(r"%([1-9])")
MAX_LEVELS = 9
MAX_NUMBER = 9_999


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of one level are printed; ``restart`` is the level whose numbers restart it, 0 for never."""

    style: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    arabic: bool = False
    paragraph_style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document, with where each of them stands."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def next_number(self, number_id: str, level: int) -> str:
        """What is printed before the next paragraph of a list; "" for a list that the document does not define."""
        numbers = self.lists.get(number_id)
        if numbers is None or level not in numbers.levels:
            return ""
        counters = self._counters.setdefault(numbers.abstract, {})
        if number_id not in self._begun:  # a list that begins anew shares the counters of its kind until then
            self._begun.add(number_id)
            for place, start in numbers.starts.items():
                counters[place] = start - 1
        for deeper in [place for place in counters if place > level]:
            restart = numbers.levels[deeper].restart if deeper in numbers.levels else None
            if restart is None or level < restart:
                del counters[deeper]
        counters[level] = min(counters.get(level, numbers.levels[level].start - 1) + 1, MAX_NUMBER)
        return self._printed(numbers, counters, level)

    def level_of_style(self, number_id: str, style: str) -> int:
        """The level that a list keeps for a paragraph style; 0 when it keeps none."""
        numbers = self.lists.get(number_id)
        levels = numbers.levels.items() if numbers else ()
        return next((place for place, level in levels if level.paragraph_style == style), 0)

    def _printed(self, numbers: _List, counters: dict[int, int], level: int) -> str:
        printed = numbers.levels[level]
        if printed.style == "bullet":
            return "●"
        if printed.style == "none":
            return PLACE.sub("", printed.text).strip()

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            if place not in numbers.levels:
                return ""
            style = "decimal" if printed.arabic else numbers.levels[place].style
            return format_number(counters.get(place, numbers.levels[place].start), style)

        text = PLACE.sub(number, printed.text).strip()
        return f"{text} " if text[-1:].isalnum() and text[-1:].isascii() else text


def format_number(number: int, style: str) -> str:
    """``number`` in a style of WordprocessingML (ST_NumberFormat); decimal for styles of other languages.

    >>> [format_number(12, s) for s in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman")]
    ['十二', '⑫', 'xii']
    """
    if number < 0 or number > MAX_NUMBER:
        return str(number)
    return STYLES.get(style, str)(number)


def _chinese(number: int) -> str:
    if number == 0:
        return "零"
    printed = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            printed += DIGITS[digit] + name
        elif printed and number and not printed.endswith("零"):
            printed += "零"
    return printed.removeprefix("一") if printed.startswith("一十") else printed


def _roman(number: int) -> str:
    printed = ""
    for size, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, size)
        printed += letters * count
    return printed


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else "0"


def _run(first: int, last: int, character: str) -> Callable[[int], str]:
    """Numbers that Unicode has as characters: ① to ⑳."""
    return lambda number: chr(ord(character) + number - first) if first <= number <= last else str(number)


def _wheel(names: str) -> Callable[[int], str]:
    return lambda number: names[(number - 1) % len(names)] if number else str(number)


STYLES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting", "chosung"), _chinese,
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"),
        lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), lambda number: _chinese(number).translate(LEGAL)
    ),
    "ideographTraditional": _wheel(STEMS),
    "ideographZodiac": _wheel(BRANCHES),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _run(1, 20, "①")),
    "decimalEnclosedParen": _run(1, 20, "⑴"),
    "decimalEnclosedFullstop": _run(1, 20, "⒈"),
    "ideographEnclosedCircle": _run(1, 10, "㊀"),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda number: str(number).translate({48 + d: 0xFF10 + d for d in range(10)})),
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "none": lambda number: "",
}  # fmt: skip


def read_numbering(root: Element | None, style_lists: dict[str, str]) -> Numbering:
    """The lists of ``numbering.xml``.

    Parameters
    ----------
    root : its root, ``None`` when the document has no such part
    style_lists : the list that each paragraph or list style names, for lists that are defined through a style
    """
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for node in root:
        if local(node) == "abstractNum":
            name = attribute(node, "abstractNumId") or ""
            abstracts[name] = _levels(node)
            if (link := value(child(node, "numStyleLink"))) is not None:
                links[name] = link
    numbers = {attribute(node, "numId") or "": node for node in root if local(node) == "num"}
    for number_id, node in numbers.items():
        abstract = value(child(node, "abstractNumId")) or ""
        if abstract in links and (other := numbers.get(style_lists.get(links[abstract], ""))) is not None:
            abstract = value(child(other, "abstractNumId")) or ""
        levels, starts = dict(abstracts.get(abstract, {})), {}
        for change in children(node, "lvlOverride"):
            place = _whole(attribute(change, "ilvl"), 0)
            if (own := child(change, "lvl")) is not None:
                levels[place] = _level(own)
            if (start := child(change, "startOverride")) is not None:
                starts[place] = _whole(value(start), 1)
                levels[place] = replace(levels.get(place, Level()), start=starts[place])
        numbering.lists[number_id] = _List(abstract, levels, starts)
    return numbering


def _levels(node: Element) -> dict[int, Level]:
    levels = {}
    for own in children(node, "lvl"):
        place = _whole(attribute(own, "ilvl"), 0)
        if 0 <= place < MAX_LEVELS:
            levels[place] = _level(own)
    return levels


def _level(node: Element) -> Level:
    style = child(node, "numFmt")
    if style is None and (choice := child(node, "AlternateContent")) is not None:  # formats of later versions of Word
        style = next((inner for inner in choice.iter() if local(inner) == "numFmt"), None)
    restart = value(child(node, "lvlRestart"))
    legal = child(node, "isLgl")
    return Level(
        style=value(style) or "decimal",
        text=(value(child(node, "lvlText")) or "")[:60],
        start=_whole(value(child(node, "start")), 1),
        restart=None if restart is None else _whole(restart, 0),
        arabic=legal is not None and value(legal) not in {"0", "false"},
        paragraph_style=value(child(node, "pStyle")),
    )


def _whole(printed: str | None, otherwise: int) -> int:
    return int(printed) if printed and re.fullmatch(r"\d{1,5}", printed) else otherwise
