"""Sums and shares that the narrative states: 收到8件,其中网上6件,信函2件; 自然人6件,占75%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.claims.sentences import sentence_at
from nlp.quantities import Number, find_numbers, is_item, mask_negatives, same_class
from nlp.reading.clean import CleanText
from nlp.records import Analysis, ChannelCount, Count, Issue
from nlp.vocabulary.load import load

# A list whose sum is this near its whole was meant as a partition; overlapping lists miss by far more.
NEAR = Decimal("0.1")
MAX_SENTENCES = 200
MAX_SENTENCE_CHARS = 1_500
MAX_LISTS = 12
BRACKETS = re.compile(r"\([^()\n]{0,200}\)")
SHARE = re.compile(
    r"^[,(]?(?:占(?:比|比例|全部|总体|总数|总量|申请总数|申请总量|公开总数|比重)*(?:的比例)?(?:的|为|约)*|(?<=\())(\d{1,3}(?:\.\d{1,3})?)%"
)
SHARE_CHARS = 24


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a list: its noun and its number."""

    noun: str
    number: Number


@dataclass(frozen=True, slots=True)
class Parted:
    """A whole and the list of its parts, positions counted from ``offset`` of the clean text."""

    whole: Number
    parts: tuple[Part, ...]
    offset: int
    bracketed: bool = False


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["parts"][key]["patterns"]))


@check_for(
    Rule(
        "sum.part_exceeds",
        "warning",
        "分项大于总数",
        "A part is larger than its whole",
        INTEGRITY,
        "公开8条，其中政策类12条",
    ),
    Rule(
        "sum.parts",
        "warning",
        "分项之和与总数不符",
        "The parts do not add up to their total",
        INTEGRITY,
        "共12件，其中网上6件、信函3件、当面2件",
    ),
    Rule(
        "share.wrong",
        "warning",
        "所称占比与两数不符",
        "A stated share does not follow from its two numbers",
        INTEGRITY,
        "8件中的6件称占60%",
    ),
)
def check_sums(report: Examined) -> Iterator[Issue]:
    """An issue for each list of parts that cannot add up to its whole, and for each wrong share.

    A list of channels is never summed, since one item may go through several; neither is a list that may leave
    something out. What must add up: a list with a rest (其他), ways of applying (three or more), classes that miss
    by less than a tenth. A part greater than its whole is always reported.
    """
    clean = report.clean
    for start, end in _sentences(report.analysis, clean):
        for parted in _lists(clean.text, start, end):
            yield from _check_list(clean, parted)
            yield from _check_shares(clean, parted)


def _sentences(analysis: Analysis, clean: CleanText) -> list[tuple[int, int]]:
    """The sentences with numbers, those joined that a page broke or that go on with 其中."""
    found: dict[int, int] = {}
    facts: list[Count | ChannelCount] = [*analysis.counts, *analysis.channel_counts]
    for fact in facts:
        span = fact.quantity.span
        first, last = sentence_at(clean.text, clean.position(span.start), clean.position(span.end))
        begin = clean.position(fact.clause.start) if fact.clause else first
        if begin < first:  # its clause was read over the end of a line
            first = sentence_at(clean.text, begin, begin)[0]
        found[first] = max(last, found.get(first, 0))
    joined: list[tuple[int, int]] = []
    for first in sorted(found):
        words = clean.text[first : first + 24].lstrip()
        if joined and 0 <= first - joined[-1][1] <= 2 and _pattern("opener").match(words):
            joined[-1] = (joined[-1][0], found[first])
        else:
            joined.append((first, found[first]))
    return joined[:MAX_SENTENCES]


def _lists(text: str, start: int, end: int) -> Iterator[Parted]:
    """The lists of parts in one sentence: those in brackets by themselves, the others with the brackets blanked out."""
    end = min(end, start + MAX_SENTENCE_CHARS)
    masked = mask_negatives(text[start:end])
    numbers = list(find_numbers(masked))
    if len(numbers) < 2:
        return
    flat, kept = masked, numbers
    for bracket in islice(BRACKETS.finditer(masked), MAX_LISTS):
        first, last = bracket.span()
        inner = [n for n in numbers if first < n.start < last]
        if not inner:
            continue
        before = [n for n in numbers if first - 1 <= n.end <= first]
        if len(inner) >= 2 and before and is_item(before[-1]):
            parts = _parts(masked, first + 1, last - 1, before[-1], inner)
            if len(parts) >= 2:
                yield Parted(before[-1], parts, start, bracketed=True)
        flat = flat[:first] + " " * (last - first) + flat[last:]
        kept = [n for n in kept if not first < n.start < last]
    openers = list(islice(_pattern("opener").finditer(flat), MAX_LISTS))
    for place, opener in enumerate(openers):
        whole = _whole(flat, opener.start(), kept)
        if whole is None:
            continue
        stop = openers[place + 1].start() if place + 1 < len(openers) else len(flat)
        parts = _parts(flat, opener.end(), stop, whole, kept)
        if parts:
            yield Parted(whole, parts, start)


def _whole(text: str, end: int, numbers: Sequence[Number]) -> Number | None:
    """The number before the opener, when no other statement stands between."""
    before = [n for n in numbers if n.end <= end and n.unit != "%"]
    # 办结660件,结转下年28件。其中予以公开314件: what is carried over is not what the list divides.
    while before and "结转" in text[max(0, before[-1].start - 12) : before[-1].start]:
        end = before.pop().start
    if not before or not is_item(before[-1]) or not before[-1].unit:
        return None
    whole = before[-1]
    between = text[whole.end : end]
    if len(between) > 24 or between.count("。") > 1 or between.count(",") > 2:
        return None
    # 网站754条,新媒体2808条,其他54条。其中…: which of them is divided cannot be told; the largest is the safe one.
    same = [n for n in before if n.unit == whole.unit and text.rfind("。", n.end, whole.start) < 0]
    if len(same) > 1 and "共" not in text[same[-2].end : whole.start]:
        return max(same, key=lambda n: n.value)
    return whole


def _parts(text: str, start: int, end: int, whole: Number, numbers: Sequence[Number]) -> tuple[Part, ...]:
    parts: list[Part] = []
    at = start
    for number in numbers:
        if number.start < start or number.end > end:
            continue
        if number.unit == "%":
            at = number.end
            continue
        noun = text[at : number.start].strip("、,;:和及与。 ")
        # Several clauses between two numbers: another statement has begun.
        broken = "。" in noun or "," in noun or ";" in noun or _pattern("breaks").search(noun)
        first = parts[0].number.unit if parts else number.unit
        if not noun or broken or not number.unit or number.unit != first or not same_class(first, whole.unit):
            break
        parts.append(Part(noun, number))
        at = number.end
    return tuple(parts)


def _check_list(clean: CleanText, parted: Parted) -> Iterator[Issue]:
    whole, parts = parted.whole, parted.parts
    if whole.qualifier != "exact" or any(part.number.qualifier != "exact" for part in parts):
        return
    total = sum((part.number.value for part in parts), Decimal(0))
    large = [part for part in parts if part.number.value > whole.value]
    spans = (
        clean.span(parted.offset + whole.start, parted.offset + whole.end),
        *(clean.span(parted.offset + p.number.start, parted.offset + p.number.end) for p in parts),
    )
    if large:
        yield Issue(
            "sum.part_exceeds",
            "warning",
            f"“{large[0].noun}”{large[0].number.value}{large[0].number.unit}大于其总数{whole.value}{whole.unit}。"
            f" A part ({large[0].number.value}) exceeds its whole ({whole.value}).",
            expected=f"≤{whole.value}",
            found=str(large[0].number.value),
            spans=spans,
        )
        return
    if total == whole.value or len(parts) < 2 or not _must_add_up(parted, total):
        return
    terms = " + ".join(str(part.number.value) for part in parts)
    yield Issue(
        "sum.parts",
        "warning",
        f"分项{terms}＝{total}，而总数为{whole.value}{whole.unit}。"
        f" The parts add up to {total}, the whole is {whole.value}.",
        expected=str(whole.value),
        found=str(total),
        spans=spans,
    )


def _must_add_up(parted: Parted, total: Decimal) -> bool:
    parts, whole = parted.parts, parted.whole.value
    nouns = [part.noun for part in parts]
    if any(_pattern("channel").search(noun) and not _pattern("form").search(noun) for noun in nouns):
        return False
    if all(_pattern("form").search(noun) or _pattern("rest").search(noun) for noun in nouns):
        return total > whole or len(parts) >= 3 or bool(_pattern("rest").search(nouns[-1]))
    if _pattern("rest").search(nouns[-1]):
        return abs(total - whole) <= max(whole * NEAR, Decimal(1)) * 3
    if len(parts) < (2 if parted.bracketed else 3) or abs(total - whole) > whole * NEAR:
        return False
    return all(_pattern("class").search(noun) for noun in nouns) or total > whole


def _check_shares(clean: CleanText, parted: Parted) -> Iterator[Issue]:
    """占X% behind a part must be the part's share of the whole, of the list, or it is wrong."""
    total = sum((part.number.value for part in parted.parts), Decimal(0))
    for part in parted.parts:
        end = parted.offset + part.number.end
        found = SHARE.match(clean.text[end : end + SHARE_CHARS])
        if not found or "约" in found.group():
            continue
        share = Decimal(found[1])
        places = len(found[1].partition(".")[2])
        wholes = [value for value in (parted.whole.value, total) if value]
        if not wholes or any(fits_rounded(part.number.value * 100 / value, share, places) for value in wholes):
            continue
        right = (part.number.value * 100 / wholes[0]).quantize(Decimal(1).scaleb(-max(places, 1)))
        yield Issue(
            "share.wrong",
            "warning",
            f"{part.number.value}占{parted.whole.value}的{right}%，正文称占{share}%。"
            f" {part.number.value} of {parted.whole.value} is {right}%, the text says {share}%.",
            expected=f"{right}%",
            found=f"{share}%",
            spans=(
                clean.span(end + found.start(1), end + found.end()),
                clean.span(parted.offset + part.number.start, end),
                clean.span(parted.offset + parted.whole.start, parted.offset + parted.whole.end),
            ),
        )


def fits_rounded(value: Decimal, printed: Decimal, places: int) -> bool:
    """Whether ``printed`` with so many decimal places is ``value`` rounded or cut off.

    >>> fits_rounded(Decimal("83.379"), Decimal("83.4"), 1), fits_rounded(Decimal("30.77"), Decimal(30), 0)
    (True, True)
    """
    return abs(value - printed) < Decimal(1).scaleb(-places)
