"""What a number is called: the words of its class, and what a share is a share of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.extraction.channels import category_of, shortened, strip_noun
from nlp.extraction.clauses import Clause
from nlp.extraction.fields import Field
from nlp.extraction.grammar import around_channels, last_match, reading
from nlp.extraction.passage import Passage
from nlp.extraction.readings import Reading, Said, conjuncts
from nlp.extraction.totals import undated
from nlp.vocabulary.load import load

MAX_NOUN_CHARS = 24
MIN_CLASS_CHARS = 2
OPENS = re.compile(r"^(?:全年|本年度?|今年|年内|当年)(?:以来)?,?(?:共计?|累计|总共|先后)?")
MERELY_PUBLISHED = re.compile(r"(?:共计?|累计)?(?:发布|公开|公布|公示)(?:相关|有关|各类|此类)信息")
MIN_VERB_CHARS = 4  # 公告公示 is a class; 全年共发布 is none
ITEM = re.compile(r"^(?:[一二三四五六七八九十]是|\(?[一二三四五六七八九十\d]{1,2}[)、.])")
OF_WHOLE = re.compile(r"占(?:全年|总|比|全部|到|公开|信息|申请|其|的)*|比例|比重")


def category_name(passage: Passage, clause: Clause) -> str | None:
    """The clean words of the class that a number counts, ``None`` when the sentence has none."""
    field = clause.field
    noun = category_of(passage.text, 0, field)
    if noun is None and clause.opener == "" and field.right and reading("of_the_one_before").search(field.left):
        noun = strip_noun(field.right)
    noun = noun or undated(field.noun) or field.right
    if OPENS.match(noun) and len(OPENS.sub("", noun)) >= MIN_CLASS_CHARS:
        noun = OPENS.sub("", noun)  # 全年制发公文
    before = passage.text[field.clause_start : field.segment_start]
    if MERELY_PUBLISHED.fullmatch(noun) and before.strip(" ,;:"):
        noun = _matter_of(before)  # 二是调整权责清单,发布相关信息10条
    if field.right and around_channels("publish").search(noun[-2:]):
        noun = field.right  # 截至目前共发布50条图文信息
    noun = reading("column_published").sub("", strip_noun(reading("breakdown").sub("", noun)))
    return shortened(ITEM.sub("", noun)) or None


def _matter_of(before: str) -> str:
    """The matter that the part of a sentence before speaks of, without the mark of its item."""
    last = before.rstrip(" ,;:").replace(";", ",").rpartition(",")[2]
    return ITEM.sub("", strip_noun(last))


def plain_class(named: str | None) -> str | None:
    """The name that the rules give to a class, unless it ends with a verb of publishing (截至目前共发布)."""
    if named is None or (around_channels("publish").search(named[-2:]) and len(named) > MIN_VERB_CHARS):
        return None
    return OPENS.sub("", named) or None


def members(passage: Passage, clause: Clause, read: Reading) -> list[str]:
    """The names of the classes that share one number (招聘信息、考试信息各3条); empty for any other reading."""
    if len(read.names) < 2 or set(read.names) != {"category_count"}:
        return []
    text, field = passage.text, clause.field
    start = field.clause_start if reading("bare").match(field.left) else field.segment_start
    pieces = [text[a:b] for a, b in conjuncts(text, start, field.number.start)]
    published = last_match(around_channels("publish"), pieces[0])
    pieces[0] = pieces[0][published.end() :] if published else pieces[0]
    pieces[-1] = reading("each").sub("", pieces[-1])
    return [strip_noun(piece) for piece in pieces] if len(pieces) == len(read.names) else []


def share_of(passage: Passage, clause: Clause, clauses: Sequence[Clause], said: Said) -> str | None:
    """The name of a rate (答复率), or of what a share or change is of: the fact that stands before it."""
    field: Field = clause.field
    noun = strip_noun(reading("breakdown").sub("", field.noun))
    if noun.endswith("率") or (noun and not OF_WHOLE.search(noun) and not reading("change").search(field.left)):
        return noun[-MAX_NOUN_CHARS:] or None
    for place in range(clause.ordinal - 1, -1, -1):
        read = said.of(place)
        if read.names and read.kind != "share":
            return _label(passage, clauses[place], read)
        if clauses[place].sentence != clause.sentence:
            break
    return noun[-MAX_NOUN_CHARS:] or None


def _label(passage: Passage, clause: Clause, read: Reading) -> str:
    if read.kind == "category":
        return category_name(passage, clause) or "信息"
    if read.is_channel:
        return "、".join(str(load("channels")[name]["zh"]) for name in read.names[0].split("+"))
    return str(load("metrics")[read.names[0]]["zh"])
