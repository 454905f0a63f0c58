"""How the numbers of a paragraph hang together: sentences, lists of parts, brackets, enumerations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from nlp.extraction.fields import Field
from nlp.extraction.grammar import breakdowns, last_of, reading
from nlp.quantities import Number, same_class

STOP = re.compile(r"[。!?\n]")
ITEM = re.compile(r"(?:^|[,。;:、\n(])\s{0,4}(?:[一二三四五六七八九]是|\(?[一二三四五六七八九]\)|[1-9][.、)])")
MIN_MEMBERS = 2  # of a list that only its sum makes one
MAX_LOOKAHEAD = 24


class Clause(Struct, frozen=True, gc=False):
    """A number in its sentence.

    Attributes
    ----------
    whole : place (among the numbers of the paragraph) of the number it is a part of, -1 if there is none
    opener : what made it a part: a word (其中, 包括 …), ``(``, ``item`` (一是…), ``sum`` (the parts add up), ``list``
        (a list opened without a number: 公开以下信息:…), "" if it is none
    member : how many parts of the same list stand before it
    sentence : where its sentence begins
    previous : place of the number before it in the sentence, -1 for the first
    ordinal : how many numbers of the paragraph stand before it
    """

    field: Field
    whole: int
    opener: str
    member: int
    sentence: int
    previous: int
    ordinal: int


@dataclass(slots=True)
class _List:
    whole: int
    opener: str
    bracket: bool
    members: int = 0
    semicolons: bool = False


def find_clauses(text: str, fields: Sequence[Field]) -> list[Clause]:
    """The numbers of a paragraph with what each is a part of, in order.

    >>> from nlp.extraction.fields import find_fields
    >>> from nlp.quantities import find_numbers
    >>> text = "公开信息12条,其中文件7条(含规章2条),公告5条。召开会议3次。"
    >>> [(c.whole, c.opener) for c in find_clauses(text, list(find_fields(text, list(find_numbers(text)))))]
    [(-1, ''), (0, '其中'), (1, '含'), (0, '其中'), (-1, '')]
    """
    clauses: list[Clause] = []
    lists: list[_List] = []
    sentence = 0
    adding = _adding_up(text, [field.number for field in fields])
    for place, field in enumerate(fields):
        gap = field.gap
        stop = last_of(STOP.finditer(gap))
        _close(lists, gap, stop)
        if stop:
            sentence = field.previous_end + stop.end()
        _open(lists, fields, place, gap, stop)
        current = lists[-1] if lists else None
        whole, opener, member = (current.whole, current.opener, current.members) if current else (-1, "", 0)
        if current is None and place in adding:
            whole, member = adding[place]
            opener = "sum"
        if current and field.number.unit not in ("%", "个百分点"):
            current.members += 1
        previous = place - 1 if place and fields[place - 1].number.start >= sentence else -1
        clauses.append(Clause(field, whole, opener, member, sentence, previous, place))
    return clauses


def _close(lists: list[_List], gap: str, stop: re.Match[str] | None) -> None:
    for _ in range(gap.count(")") - gap.count("(")):
        while lists and not lists[-1].bracket:
            lists.pop()
        if lists:
            lists.pop()
    if stop:
        rest = gap[stop.end() :].strip()
        item = bool(ITEM.search(gap))
        kept = [one for one in lists if (one.opener == "item" and item) or (not one.bracket and _goes_on(rest))]
        lists[:] = kept[:1]
    elif ";" in gap and lists and not lists[-1].bracket:
        top = lists[-1]
        if top.members >= MIN_MEMBERS and not top.semicolons and top.opener != "item":
            lists.pop()  # 其中A 5条,B 6条;微信公众号发布…
        else:
            top.semicolons = True


def _goes_on(rest: str) -> bool:
    """Whether a sentence goes on with the list of the one before: 。政策法规类11条."""
    return bool(reading("next_part").match(rest))


def _open(lists: list[_List], fields: Sequence[Field], place: int, gap: str, stop: re.Match[str] | None) -> None:
    field = fields[place]
    said = gap[stop.end() :] if stop else gap
    opener = last_of(found for found in breakdowns(said) if not _is_closed(said, found))
    if opener is None and place and gap.startswith("(") and ")" not in gap:
        lists.append(_List(place - 1, "(", bracket=True))
    elif opener is not None:
        bracket = "(" in said[: opener.start() + 1] and ")" not in said
        whole = place - 1 if bracket and said.startswith("(") else _whole_of(fields, place, lists)
        word = opener[0].strip(",。;:( ")[-4:] or ":"
        if lists and not lists[-1].bracket and not bracket and lists[-1].whole == whole:
            lists[-1].members = 0
            return
        lists.append(_List(whole, word if whole >= 0 else "list", bracket))
    elif ITEM.search(gap) and not any(one.opener == "item" for one in lists):
        whole = _whole_of(fields, place, lists)
        if whole >= 0:
            lists.append(_List(whole, "item", bracket=False))
    elif not lists and reading("announced").search(said):
        lists.append(_List(-1, "list", bracket=False))
    elif field.gap.startswith("、") and not lists and place and not fields[place - 1].gap.startswith("、"):
        return


def _whole_of(fields: Sequence[Field], place: int, lists: list[_List]) -> int:
    """The nearest number before that can hold this one: no share, of the same class, not smaller; else the nearest."""
    number = fields[place].number
    nearest = -1
    for at in range(place - 1, max(-1, place - 1 - MAX_LOOKAHEAD), -1):
        other = fields[at].number
        if other.unit in ("%", "个百分点"):
            continue
        nearest = at if nearest < 0 else nearest
        if other.value >= number.value and same_class(other.unit, number.unit):
            return at
        if STOP.search(fields[at].gap) and lists == []:
            break
    return nearest


def _adding_up(text: str, numbers: Sequence[Number]) -> dict[int, tuple[int, int]]:
    """Numbers that follow another and add up to it, to its place and their own in the list.

    Between two of them one number of another kind may stand: 甲局1件,收取420元;乙县2件,收取290元.
    """
    found: dict[int, tuple[int, int]] = {}
    for place, whole in enumerate(numbers):
        if place in found or whole.value < MIN_MEMBERS or not whole.unit:
            continue
        total, members, others = 0, [], 0
        for at in range(place + 1, min(len(numbers), place + MAX_LOOKAHEAD)):
            part = numbers[at]
            if not same_class(part.unit, whole.unit):
                others += part.unit != "%"
                if others > 1:
                    break
                continue
            others = 0
            total += part.value  # type: ignore[assignment]
            members.append(at)
            if total >= whole.value or text.count("。", whole.end, part.start) > 1:
                break
        if total == whole.value and len(members) >= MIN_MEMBERS:
            found.update({at: (place, order) for order, at in enumerate(members)})
    return found


def _is_closed(said: str, opener: re.Match[str]) -> bool:
    """Whether what opens stands in a bracket that is closed again: 主流媒体(包括新媒体), 其中文件(含政策法规)7条."""
    return ")" in said[opener.end() :] and "(" in said[: opener.end()]
