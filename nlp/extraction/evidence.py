"""The signs of a number: everything around it that may tell what it means, each a short word.

Signs say nothing about one reading; what each says for or against which reading is learnt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from nlp.extraction.clauses import Clause
from nlp.extraction.cues import Cues
from nlp.extraction.grammar import around_channels, duties, last_match, reading
from nlp.extraction.passage import Passage
from nlp.extraction.readings import Candidate, Reading, Said
from nlp.extraction.totals import is_cumulative, is_total, undated
from nlp.quantities import Number, is_item, same_class, unit_classes

NEAR = ("seg0", "right0", "seg", "left", "far0", "right", "far")
MAX_BAG_CHARS = 12
MAX_PLAN_CHARS = 100
MAX_BEFORE_CHARS = 30
# Patterns of counting.toml by the stretch of text they are looked for in.
OF_NOUN = (
    "unknown_carrier", "field_of_work", "column", "results", "not_published", "made", "newly", "increase", "issued_too",
    "of_all", "over_the_years", "reposts", "posts", "every_sort", "object_first", "given", "looks", "already_public",
    "class_of_information", "next_part", "of_columns", "taken_over", "work_done", "rules_made", "written_about",
)  # fmt: skip
OF_LEFT = (
    "each", "respective", "sum", "bare", "elided_subject", "of_the_one_before", "year_alone", "from_last_year", "grew_to",
    "newly_received", "takes_part", "by_means", "from_so_many", "change", "down", "improved", "site_column",
)  # fmt: skip
OF_RIGHT = ("kinds", "awarded", "of_units", "grows", "disputed", "acts", "said_of_requests")
OF_SENTENCE = ("plan", "catalogued", "of_powers", "by_attribute")
OF_BEFORE = ("delta", "addressed")
OF_YEARS = ("last_year", "of_last_year")
NAMED_YEAR = re.compile(r"(20\d\d)年")
NUMBERS_AN_ITEM = re.compile(r"\.[一-龥]|的")
GAP_MARK = re.compile(r"[。;:(\n]")


def signs_of(passage: Passage, clause: Clause, said: Said) -> list[str]:
    """The signs of a number, by its place in the sentence and what was said before it."""
    return [
        *_of_number(clause.field.number),
        *_of_words(passage, clause),
        *_of_patterns(passage, clause),
        *_of_list(clause, said),
        *_of_matter(passage, said),
    ]


def _of_number(number: Number) -> Iterator[str]:
    yield from _of_unit(number.unit)
    yield f"v={_size(number)}"
    if not number.counted:
        yield "uncounted"
    if number.qualifier != "exact":
        yield f"q={number.qualifier}"


@cache
def _of_unit(unit: str) -> tuple[str, ...]:
    return (f"u={unit}", *(f"uc={one}" for one in sorted(unit_classes().get(unit, ()))))


def _size(number: Number) -> str:
    value = number.value
    if value in (0, 1):
        return str(value)
    if not number.unit and 1990 <= value <= 2035:
        return "year"
    return "few" if value < 10 else "tens" if value < 100 else "hundreds" if value < 1000 else "many"


def _of_words(passage: Passage, clause: Clause) -> Iterator[str]:
    """The characters before and behind the number, and the punctuation that sets it off."""
    field, text = clause.field, passage.text
    yield from _of_noun(field.noun)
    tail = field.left[len(field.noun) :]
    if tail:
        yield f"tail={tail[:3]}"
    if field.right:
        yield from _behind(field.right)
    else:
        yield f"r0={text[field.number.end : field.number.end + 1]}"
    after = text[field.right_end : field.right_end + 3]
    yield f"after={after[:1]}"
    if after[:1] in (",", "(") and len(after) == 3:
        yield f"then={after[1:]}"
    if is_total(field):
        yield "total"
    before = text[clause.sentence : field.segment_start]
    if before:
        yield f"b2={before.rstrip(',:(、 ')[-2:]}"
        said = last_match(around_channels("publish"), before[-MAX_BEFORE_CHARS:])
        if said:
            yield f"before_verb={said[0]}"


# What is read off a stretch of text alone is remembered: reports say the same words before many numbers.
@lru_cache(maxsize=8192)
def _of_noun(noun: str) -> tuple[str, ...]:
    """The signs of the words before a number: their last characters, their verbs, the patterns that they fit."""
    signs = [name for name, search in _searches(OF_NOUN) if search(noun)] if noun else []
    noun = undated(noun)
    if not noun:
        signs.append("noun=")
    signs += [f"l{length}={noun[-length:]}" for length in (1, 2, 3, 4) if len(noun) >= length]
    signs.append(f"first={noun[:2]}")
    near = noun[-MAX_BAG_CHARS:]
    signs += [f"b={near[at : at + 2]}" for at in range(len(near) - 1)]
    verb = last_match(around_channels("publish"), noun)
    if verb:
        signs += [f"verb={verb[0]}", f"rest_of_verb={min(len(noun) - verb.end(), 6)}"]
    other = last_match(around_channels("elsewhere"), noun)
    if other:
        signs.append(f"elsewhere={other[0]}")
    if around_channels("generic").match(noun):
        signs.append("generic")
    return tuple(signs)


@lru_cache(maxsize=8192)
def _behind(right: str) -> tuple[str, ...]:
    """The signs of the words behind a number."""
    signs = [f"r{length}={right[:length]}" for length in (1, 2, 3) if len(right) >= length]
    signs.append(f"rend={right[-2:]}")
    signs += [f"rb={right[at : at + 2]}" for at in range(min(len(right), MAX_BAG_CHARS) - 1)]
    return (*signs, *(name for name, search in _searches(OF_RIGHT) if search(right)))


@lru_cache(maxsize=8192)
def _before(left: str) -> tuple[str, ...]:
    """The patterns that the part of a sentence before a number fits, and the last year that it names."""
    signs = [name for name, search in _searches(OF_LEFT) if search(left)]
    if "累计" in left:
        signs.append("累计:全年" if "全年" in left or "年内" in left else "累计")
    return tuple(signs)


@cache
def _searches(names: tuple[str, ...]) -> list[tuple[str, Callable[[str], re.Match[str] | None]]]:
    return [(name, reading(name).search) for name in names]


def _of_patterns(passage: Passage, clause: Clause) -> Iterator[str]:
    field, text, number = clause.field, passage.text, clause.field.number
    left = field.left
    if left:
        yield from _before(left)
        year = NAMED_YEAR.search(left) if passage.latest_year else None
        if year:
            yield f"year{min(max(int(year[1]) - passage.latest_year, -3), 1)}"
    begin = max(clause.sentence, number.start - MAX_PLAN_CHARS)
    sentence = text[begin : number.start]
    for name, search in _searches(OF_SENTENCE):
        if search(sentence):
            yield name
    if duties().search(text[field.segment_start : number.digits]):
        yield "duty"
    before = text[max(field.clause_start, number.start - MAX_BEFORE_CHARS) : number.start]
    for name, search in _searches(OF_BEFORE):
        if search(before):
            yield name
    unmasked = passage.masked[field.clause_start : number.start]
    for name, search in _searches(OF_YEARS):
        if search(unmasked):
            yield name
    if is_cumulative(text, field, latest_year=passage.latest_year):
        yield "cumulative"
    if "主动公开" in text[number.end : number.end + 8]:
        yield "then_public"
    if not number.unit:
        if NUMBERS_AN_ITEM.match(text[number.end : number.end + 2]):
            yield "item_number"
        if text[number.end : number.end + 1] in (".", "、", ")") and not left.strip("( "):
            yield "item_number"


def _of_list(clause: Clause, said: Said) -> Iterator[str]:
    """The whole it is a part of, the numbers before it, and how its value stands to theirs."""
    gap = clause.field.gap
    mark = GAP_MARK.search(gap)
    yield f"gap={mark[0] if mark else gap[:1] if gap[:1] in ',、和' else '.'}"
    if clause.ordinal == 0:
        yield "first_of_all"
    if clause.previous < 0:
        yield "first_of_sentence"
    yield f"opener={clause.opener}"
    if clause.opener:
        yield f"member={min(clause.member, 3)}"
    yield from _reading("whole", said.of(clause.whole), clause.whole >= 0)
    before = said.of(clause.previous)
    yield from _reading("prev", before, clause.previous >= 0)
    if clause.previous >= 0:
        yield f"prev{gap[:1] if gap[:1] in ',、;(' else '.'}{before.kind}"
    yield from _reading("last", said.last_of(0), bool(said.readings))


def _reading(where: str, read: Reading, there: bool) -> Iterator[str]:
    if there:
        yield f"{where}={read.key}"
        yield f"{where}:{read.kind}"
        if read.period != "year":
            yield f"{where}:{read.period}"


def sums_of(clauses: Sequence[Clause], place: int, said: Said) -> Iterator[str]:
    """How the value of a number stands to the numbers before it in the paragraph."""
    number = clauses[place].field.number
    whole = clauses[place].whole
    if whole >= 0:
        holder = clauses[whole].field.number
        yield "fits_whole" if number.value <= holder.value else "beyond_whole"
        if same_class(number.unit, holder.unit):
            yield "unit_of_whole"
        if number.value == holder.value:
            yield "all_of_whole"
    total, count = number.value * 0, 0
    for at in range(place - 1, max(-1, place - 16), -1):
        other = clauses[at].field.number
        if clauses[at].sentence != clauses[place].sentence:
            break
        if other.unit == "%" or not same_class(other.unit, number.unit):
            continue
        total, count = total + other.value, count + 1
        if count > 1 and total == number.value:
            yield "sum_of_before"
            yield f"sum_of:{said.of(place - 1).kind}"
            return
    if place and clauses[place - 1].field.number.value == number.value and is_item(number):
        yield "same_value"


def nouns_of(candidates: Sequence[Candidate]) -> Iterator[str]:
    """The nearest noun and channel that the number has, whatever it means, each alone and both together."""
    noun = channel = "none"
    for candidate in candidates:
        read, clues = candidate.reading, candidate.clues
        if read.period != "year" or not clues or len(read.names) != 1:
            continue
        place = next((place for place in NEAR if place in clues), "")
        if not place:
            continue
        if read.is_channel:
            verb = "verb" if f"{place}:verb" in clues else "bare"
            told = f"{place}&{verb}&{'bound' if 'bound' in clues else 'free'}"
            channel = told if channel == "none" else channel
            yield f"channel:{told}"
        else:
            barred = "-" if "barred" in clues else ""
            end = "end" if f"{place[:-1]}:end" in clues or f"{place[:-1]}:gap=" in clues else ""
            told = f"{place}{barred}{end}&{read.kind}"
            noun = told if noun == "none" else noun
            yield f"near:{place}{barred}={read.key}"
            yield f"near:{told}"
    yield f"{noun}&{channel}"


def _of_matter(passage: Passage, said: Said) -> Iterator[str]:
    yield f"family={said.family}"
    yield f"section={passage.paragraph.section_key}"
    yield f"heading={family_of_heading(passage.paragraph.heading)}"


@lru_cache(maxsize=256)
def family_of_heading(heading: str) -> str:
    """The family of metrics that a heading brings up (applications, reviews …), "" if none."""
    family = ""
    for cue in Cues(heading).all:
        family = cue.speaks_of() or family
    return family
