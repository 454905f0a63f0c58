"""Marked passages: every number of a text with its reading, in place.

    全年收到申请⟦4件|applications_received⟧,⟦全部按时办结|applications_answered=4⟧,⟦3个工作日|-deadline⟧内答复。

``corpora/guidelines.md`` explains the notation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from nlp.quantities import find_numbers

CORPUS = Path(__file__).parents[2] / "corpora" / "facts.jsonl"
MARK = re.compile(r"⟦(?P<raw>[^⟦⟧|]*)\|(?P<reading>[^⟦⟧|]*)⟧")
NOTHING = "-"
KEYS = frozenset({"scope", "cat", "period", "unit", "q", "of", "part"})
KINDS_OF_NOTHING = frozenset({
    "date", "deadline", "document", "name", "structure", "body", "business", "threshold", "range", "item_no", "year",
    "place", "account_menu", "other",
})  # fmt: skip


class NotationError(ValueError):
    """A mark that does not follow the notation; the message says which and why."""


@dataclass(frozen=True, slots=True)
class MarkedFact:
    """One fact of a mark. ``name`` is a metric, a channel, or channels joined by ``+`` in alphabetical order.

    ``value`` is scaled, negative for a fall. ``optional`` facts are neither asked for nor wrong. What a key leaves out
    is its default: scope ``year`` (``shared`` for several channels), period ``year``, no category, no whole.
    """

    name: str
    value: Decimal
    optional: bool = False
    scope: str = "year"
    category: str | None = None
    period: str = "year"
    of: str | None = None
    part: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of the text (half-open characters): its facts, or the kind of number that it is instead."""

    start: int
    end: int
    facts: tuple[MarkedFact, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage without its marks, and the marks in the order of the text."""

    id: str
    family: str
    kind: str
    trade: str
    level: str
    year: int
    text: str
    marks: tuple[Mark, ...] = field(default=())


def read_passages(path: Path = CORPUS) -> list[MarkedPassage]:
    """All passages of a JSON-lines file. Raises ``NotationError`` naming the line that does not fit."""
    passages = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            passages.append(read_passage(msgspec.json.decode(line)))
        except (msgspec.MsgspecError, KeyError, NotationError) as error:
            raise NotationError(f"{path.name}:{number}: {error}. Mend this line, or leave it out.") from None
    return passages


def read_passage(record: dict[str, Any]) -> MarkedPassage:
    """One record of the corpus with its marks taken out of the text.

    >>> passage = read_passage({"id": "a", "family": "f", "kind": "k", "trade": "水利", "level": "county", "year": 2020,
    ...     "text": "公开信息⟦3条|disclosed_total⟧,⟦5年|-year⟧来"})
    >>> passage.text, [(mark.start, mark.end, mark.nothing) for mark in passage.marks]
    ('公开信息3条,5年来', [(4, 6, ''), (7, 9, 'year')])
    """
    plain, marks = unmark(record["text"])
    known = {key: record[key] for key in ("id", "family", "kind", "trade", "level", "year")}
    return MarkedPassage(**known, text=plain, marks=tuple(marks))


def unmark(text: str) -> tuple[str, list[Mark]]:
    """The text without marks, and the marks. Raises ``NotationError`` for a reading or a brace that does not fit."""
    pieces: list[str] = []
    marks, at, length = [], 0, 0
    for match in MARK.finditer(text):
        pieces += [text[at : match.start()], match["raw"]]
        start = length + match.start() - at
        length = start + len(match["raw"])
        at = match.end()
        marks.append(_mark(start, length, match["raw"], match["reading"]))
    plain = "".join([*pieces, text[at:]])
    if re.search(r"[⟦⟧|]", MARK.sub("", text)):
        raise NotationError("a brace or bar outside a mark")
    return plain, marks


def _mark(start: int, end: int, raw: str, reading: str) -> Mark:
    if reading.startswith(NOTHING):
        if reading[1:] not in KINDS_OF_NOTHING:
            raise NotationError(f"no kind of number: {reading}")
        return Mark(start, end, (), reading[1:])
    return Mark(start, end, tuple(_fact(raw, part) for part in reading.split(";")))


def _fact(raw: str, reading: str) -> MarkedFact:
    head, *rest = reading.split(" ")
    keys: dict[str, str] = {}
    for word in rest:
        key, _, told = word.partition("=")
        if key not in KEYS or not told or key in keys:
            raise NotationError(f"{word!r} in {reading!r}")
        keys[key] = told
    name, _, given = head.removeprefix("?").partition("=")
    name = "+".join(sorted(name.split("+")))
    value = Decimal(given) if given else printed_value(raw)
    if value is None:
        raise NotationError(f"{raw!r} prints no number: give the value in {reading!r}")
    return MarkedFact(
        name=name,
        value=value,
        optional=head.startswith("?"),
        scope="shared" if "+" in name else keys.get("scope", "year"),
        category=keys.get("cat"),
        period=keys.get("period", "year"),
        of=keys.get("of"),
        part="+".join(sorted(keys["part"].split("+"))) if "part" in keys else None,
        unit=keys.get("unit"),
    )


def printed_value(raw: str) -> Decimal | None:
    """The one number that ``raw`` prints, scaled; ``None`` when there is none or more than one.

    >>> printed_value("1300余条"), printed_value("1.2万条"), printed_value("三条"), printed_value("均已办结")
    (Decimal('1300'), Decimal('12000'), Decimal('3'), None)
    """
    numbers = list(find_numbers(f"公开{raw.replace(',', '').replace('，', '')}"))
    return numbers[0].value if len(numbers) == 1 else None


def marked_text(passage: MarkedPassage, readings: Iterable[str]) -> str:
    """The text of a passage with its marks put back in; ``readings`` are those of its marks, in order."""
    return "".join(_marked(passage, readings))


def _marked(passage: MarkedPassage, readings: Iterable[str]) -> Iterator[str]:
    at = 0
    for mark, reading in zip(passage.marks, readings, strict=True):
        yield f"{passage.text[at : mark.start]}⟦{passage.text[mark.start : mark.end]}|{reading}⟧"
        at = mark.end
    yield passage.text[at:]
