"""Numbers of the narrative: digits and Chinese numerals with their scale, measure word and qualifier.

What only looks like a count (dates, document numbers, articles, names of hotlines, deadlines …) is masked first, so
that no later step needs to know about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from msgspec import Struct

from nlp.reading.clean import CleanText
from nlp.records import Qualifier, Quantity
from nlp.vocabulary.load import load

SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMERAL = "[一二两三四五六七八九十百千万亿零〇]"
HUNDRED = re.compile("^百")  # 百分之百
MAX_VERB_CHARS = 60  # quoted names may stand between: 增设“直达资金”“绩效评价”两个子栏目
MASK = "\ufffc"  # stands for one masked character; matches nothing that counts


class Number(Struct, frozen=True, gc=False):
    """A number where it stands: ``start`` and ``end`` count in the clean text, ``digits`` is where its digits begin.

    ``value`` is scaled, ``unit`` is "" when no measure word follows. ``counted`` is false for a Chinese numeral with no
    verb or noun of counting before it, which may well be part of a name.
    """

    start: int
    digits: int
    end: int
    value: Decimal
    unit: str
    qualifier: Qualifier
    counted: bool = True

    def quantity(self, clean: CleanText) -> Quantity:
        """The record of this number, its span in ``Source.text``."""
        return Quantity(self.value, self.unit, self.qualifier, clean.span(self.start, self.end))


def read_numeral(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral, ``None`` if the characters are not one or leave open what they mean (一万二).

    >>> read_numeral("两"), read_numeral("一百〇一"), read_numeral("十五"), read_numeral("百十")
    (Decimal('2'), Decimal('101'), Decimal('15'), None)
    >>> read_numeral("一万二千"), read_numeral("一亿两千万"), read_numeral("一点五七"), read_numeral("一万二")
    (Decimal('12000'), Decimal('120000000'), Decimal('1.57'), None)
    """
    whole, point, decimals = numeral.partition("点")
    if point and (not decimals or any(character not in DIGITS for character in decimals)):
        return None
    total, rest = 0, whole
    for scale in ("亿", "万"):
        head, found, after = rest.partition(scale)
        if not found:
            continue
        value = _below_ten_thousand(head)
        if value is None or (len(after) == 1 and after in DIGITS):
            return None
        total, rest = total + value * SCALES[scale], after
    below = _below_ten_thousand(rest) if rest else 0
    if below is None or not whole:
        return None
    fraction = "".join(str(DIGITS[character]) for character in decimals)
    return Decimal(f"{total + below}.{fraction}" if point else total + below)


def _below_ten_thousand(numeral: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for character in numeral:
        if character in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[character]
            continue
        scale = {"十": 10, "百": 100, "千": 1_000}.get(character)
        if scale is None or scale >= last or (digit is None and (scale > 10 or total)):
            return None
        total, digit, last = total + (1 if digit is None else digit) * scale, None, scale
    return total + (digit or 0) if numeral else None


def mask_negatives(text: str) -> str:
    """``text`` with everything that is no count replaced, character by character, by a sign that matches nothing.

    Dates, document numbers, articles of law, hotline names, slogans, deadlines, fee rules, telephone numbers
    (``[negatives]`` of counting.toml).

    >>> mask_negatives("2021年公开3条").count(MASK)
    5
    """
    pieces, at = [], 0
    for match in _negatives().finditer(text):
        pieces += [text[at : match.start()], MASK * (match.end() - match.start())]
        at = match.end()
    return "".join([*pieces, text[at:]]) if pieces else text


def find_numbers(masked: str, *, uncounted: bool = False) -> Iterator[Number]:
    """The numbers of a text whose negatives are masked, in order.

    A Chinese numeral is taken only between a verb or noun of counting and a measure word, with ``uncounted`` wherever a
    measure word follows. What leaves the number open
    (数十次, 几百条) is none.

    >>> [(n.value, n.unit, n.qualifier) for n in find_numbers("阅读量达7.58万次,公开1,300余条,召开两次会议")]
    [(Decimal('75800'), '次', 'exact'), (Decimal('1300'), '条', 'approx'), (Decimal('2'), '次', 'exact')]
    >>> [(n.value, n.unit) for n in find_numbers("访问量达13万2千次,增长百分之一点五")]
    [(Decimal('132000'), '次'), (Decimal('1.5'), '%')]
    """
    for match in _numbers().finditer(masked):
        numeral, percent = match["numeral"], match["percent"]
        counted = not numeral or bool(
            _after_count_verb().search(masked, max(0, match.start() - MAX_VERB_CHARS), match.start())
        )
        if numeral:
            value = read_numeral(numeral) if counted or uncounted else None
        elif percent:
            value = Decimal(percent) if percent[0].isdigit() else read_numeral(HUNDRED.sub("一百", percent))
        elif match["zero"]:
            value = Decimal(0)
        else:
            value = Decimal(match["digits"].replace(",", ""))
        if value is None:
            continue
        if match["scale"]:
            value *= SCALES[match["scale"]]
        if match["rest"]:
            value += Decimal(match["rest"]) * SCALES[match["rest_scale"]]
        whole = value.to_integral_value()
        kind = next(group for group in ("numeral", "percent", "zero", "digits") if match[group])
        yield Number(
            start=match.start(),
            digits=match.start(kind),
            end=match.end(),
            value=whole if value == whole else value,
            unit="%" if percent or match["unit"] == "％" else match["unit"] or "",
            qualifier=_qualifier(match),
            counted=counted,
        )


def _qualifier(match: re.Match[str]) -> Qualifier:
    if match["more"] or match["more_after"] or match["about"]:
        return "approx"
    if match["floor_after"]:
        return "at_least"
    return _prefixes().get(match["prefix"] or "", "exact")


@cache
def _prefixes() -> dict[str, Qualifier]:
    return {word: key for key, entry in load("counting")["qualifiers"].items() for word in entry["surface"]}


@cache
def unit_classes() -> dict[str, frozenset[str]]:
    """The classes (item, event, people …) of every measure word of counting.toml."""
    classes: dict[str, set[str]] = {}
    for key, entry in load("counting")["units"].items():
        for unit in entry["surface"]:
            classes.setdefault(unit, set()).add(key)
    return {unit: frozenset(keys) for unit, keys in classes.items()}


@cache
def _negatives() -> re.Pattern[str]:
    negatives = load("counting")["negatives"]
    patterns = [p for entry in negatives.values() if isinstance(entry, dict) for p in entry["patterns"]]
    # The lookahead keeps the many branches from being tried at every character: a factor of six.
    return re.compile(f"(?=[{re.escape(negatives['lead'])}])(?<![\\d.A-Za-z])(?:{'|'.join(patterns)})")


@cache
def _numbers() -> re.Pattern[str]:
    counting = load("counting")
    guards = counting["not_units"]
    units = sorted(unit_classes(), key=len, reverse=True)
    unit = "|".join(re.escape(u) + (f"(?!{guards[u]})" if u in guards else "") for u in units)
    prefixes = "|".join(sorted(map(re.escape, _prefixes()), key=len, reverse=True))
    return re.compile(
        rf"(?=[0-9零〇一二两三四五六七八九十百{''.join(sorted({p[0] for p in _prefixes()}))}])"
        rf"(?P<prefix>{prefixes})?\s?"
        r"(?:(?<![\d.A-Za-z/])(?<!\d,)(?P<digits>\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,4})?(?!\d)|\d{1,12}(?:\.\d{1,6})?(?!\d|\.\d))"
        r"|百分之(?P<percent>\d{1,4}(?:\.\d{1,4})?|[一二两三四五六七八九十百零〇点]{1,9})"
        rf"|(?<![数几好])(?P<numeral>{NUMERAL}{{1,12}})(?=[余多]?万?余?(?:{unit}))|(?P<zero>(?<=为)零(?![一-龥])))"
        r"\s?(?P<more>[余多])?(?P<scale>[万亿千百](?![佳强名]))?"
        r"(?:(?<=[万亿千])(?P<rest>\d{1,4}(?:\.\d{1,4})?)(?P<rest_scale>[万千百]))?(?P<more_after>[余多])?\s?"
        rf"(?P<unit>{unit}|％)?(?:(?P<about>余(?![人件条])|左右)|(?P<floor_after>以上))?"
    )


@cache
def _after_count_verb() -> re.Pattern[str]:
    entry = load("counting")["count_verbs"]
    verbs = "|".join(sorted(map(re.escape, entry["surface"]), key=len, reverse=True))
    return re.compile(f"(?:{verbs}){entry['between']}$")


def is_item(number: Number) -> bool:
    """Whether the measure word counts items (条, 件, 篇 …); a number without measure word may."""
    return not number.unit or "item" in unit_classes().get(number.unit, frozenset())


def same_class(unit: str, other: str) -> bool:
    """Whether two measure words count the same kind of thing.

    >>> same_class("件", "条"), same_class("件", "人")
    (True, False)
    """
    return unit == other or bool(unit_classes().get(unit, frozenset()) & unit_classes().get(other, frozenset()))
