"""Where the labels of a form stand in a text, however they are broken over lines and cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.tables.forms import Form, Role
from nlp.vocabulary.load import load

SOLID = re.compile(r"\S+")
# What a label explains in brackets (指行政许可以外的事项,含行政确认、行政处罚、行政强制、行政检查等) has some 60 characters.
MAX_EXPLANATION_CHARS = 160


def squeeze(text: str) -> str:
    """``text`` without white space: labels are split anywhere (商业 企业, 本年新⏎制作数量)."""
    return "".join(text.split())


@cache
def _script() -> tuple[re.Pattern[str], dict[int, int]]:
    script = load("tables")["script"]
    return re.compile(f"[{script['traditional']}]"), str.maketrans(script["traditional"], script["simplified"])


def simplify(text: str) -> str:
    """``text`` with the traditional characters of labels in simplified script, character by character.

    >>> simplify("(七)總計")
    '(七)总计'
    """
    traditional, simplified = _script()
    # Nearly every report is in simplified script, and to look is ten times as fast as to translate.
    return text.translate(simplified) if traditional.search(text) else text


@cache
def _enumerator() -> re.Pattern[str]:
    return re.compile("|".join(load("tables")["enumerator"]["patterns"]))


def without_number(label: str) -> str:
    """A label (without white space) without the number in front of it.

    >>> without_number("(七)总计"), without_number("3.其他")
    ('总计', '其他')
    """
    length = next((length for length in (3, 2, 1) if _enumerator().fullmatch(label[:length])), 0)
    return label[length:]


def starts_with_number(words: str) -> bool:
    """Whether words begin as a label does, with 1. or (一)."""
    solid = squeeze(words[:8])
    return without_number(solid) != solid


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the form. ``start`` and ``end`` count in the clean text, from its number on, as 1. or (一).

    ``alone`` tells that no words run on before or behind it, as they do in prose.
    """

    start: int
    end: int
    roles: tuple[Role, ...]
    alone: bool


def _is_word(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def find_labels(text: str, start: int, end: int, form: Form) -> list[Label]:
    """Every label of ``form`` in ``text[start:end]``, in order, without overlaps.

    Labels that the words behind another one name (指行政许可以外的事项,含行政处罚) are not among them.
    """
    positions: list[int] = []
    for match in SOLID.finditer(text, start, end):
        positions.extend(range(match.start(), match.end()))
    solid = simplify(squeeze(text[start:end]))
    labels: list[Label] = []
    known: dict[str, tuple[Role, ...]] = {}
    before = 0
    found = list(form.labels.finditer(solid))
    starts = {match.start() for match in found}
    for match in found:
        first, last = match.start(), match.end()
        if labels and _is_explanation(text[labels[-1].end : positions[first]], labels[-1]):
            before = last
            continue
        words = match.group()
        roles = known.get(words)
        if roles is None:
            roles = known[words] = form.roles_of(words)
        low = _number_before(text, solid, positions, before, first)
        ahead = solid[low - 1] if low else ""
        behind = solid[last] if last < len(solid) else ""
        ends_before = low == before or not _is_word(ahead)
        ends_behind = not _is_word(behind) or last in starts
        # A word on the next line or in the next cell does not run on.
        if not ends_before and positions[low] - positions[low - 1] > 1:
            ends_before = True
        if not ends_behind and last < len(solid) and positions[last] - positions[last - 1] > 1:
            ends_behind = True
        kinds = {role.kind for role in roles}
        if "row" in kinds and "head" in kinds:
            roles = _row_or_head(roles, labels[-1] if labels else None, numbered=low < first)
        labels.append(Label(positions[low], positions[last - 1] + 1, roles, ends_before and ends_behind))
        before = last
    return labels


def _number_before(text: str, solid: str, positions: list[int], before: int, first: int) -> int:
    """Where the number in front of a label begins, as 1. or (一); ``first`` when it has none.

    A digit of the number printed before it, at the end of the line above, is none.
    """
    number = _enumerator().search(solid, max(before, first - 3), first)
    if number is None:
        return first - 1 if first > before and _is_own_number(solid, positions, first - 1) else first
    low = number.start()
    if not solid[low].isdigit():
        return low
    longer = low > 0 and solid[low - 1].isdigit() and positions[low - 1] == positions[low] - 1
    parted = any(mark in text[positions[low] : positions[low + 1]] for mark in "\n\t|")
    return first if longer or parted else low


def _is_explanation(between: str, host: Label) -> bool:
    """Whether what follows a row's label, up to another label, makes that one part of its words."""
    if not between or len(between) > MAX_EXPLANATION_CHARS or not any(role.kind == "row" for role in host.roles):
        return False
    if any(character.isdigit() for character in between):
        return False
    return between.count("(") > between.count(")") or not any(mark in between for mark in " \n\t|")


def _is_own_number(solid: str, positions: list[int], place: int) -> bool:
    """Whether the digit at ``place`` belongs to the label behind it (1属于国家秘密): nothing separates the two."""
    if solid[place] not in "12345678" or positions[place] != positions[place + 1] - 1:
        return False
    return place < 1 or not solid[place - 1].isdigit() or positions[place - 1] != positions[place] - 1


def _row_or_head(roles: tuple[Role, ...], previous: Label | None, *, numbered: bool) -> tuple[Role, ...]:
    """What 总计 or 其他 stands for: a row if it is numbered or follows a row of its table, otherwise a column head."""
    tables = {role.table for role in previous.roles if role.kind in ("row", "group")} if previous else set()
    rows = tuple(role for role in roles if role.kind == "row" and (numbered or role.table in tables))
    return rows or tuple(role for role in roles if role.kind == "head")
