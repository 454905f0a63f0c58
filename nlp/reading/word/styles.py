"""The styles of a Word document, as far as they tell headings, lists, contents, hidden and struck-through text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from xml.etree.ElementTree import Element

from nlp.reading.packages import attribute, child, is_on, local, value
from nlp.vocabulary.load import load

MAX_CHAIN = 30  # styles that are based on one another; a circle ends there
BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    level: int | None
    number_id: str | None
    number_level: str | None
    hidden: bool | None
    struck: bool | None


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles of paragraphs and of characters by their id. A style that is missing says nothing."""

    known: dict[str, _Style] = field(default_factory=dict)

    def level(self, style: str | None, properties: Element | None) -> int:
        """The rank of a heading, 1 is highest; 0 for what is no heading."""
        own = value(child(properties, "outlineLvl"))
        level = int(own) if own and own.isdecimal() and len(own) == 1 else None
        if level is None:
            level = next((s.level for s in self._chain(style) if s.level is not None), None)
        return 0 if level is None or level >= BODY_TEXT else min(level + 1, 6)

    def list_of(self, style: str | None) -> tuple[str, str | None, str] | None:
        """The list that a style belongs to: its id, the level if the style names it, and the style that says so."""
        chain = self._chain(style)
        found = next((s for s in chain if s.number_id is not None), None)
        if found is None or found.number_id is None:
            return None
        level = next((s.number_level for s in chain if s.number_level is not None), None)
        return found.number_id, level, style or ""

    def is_contents(self, style: str | None) -> bool:
        """Whether it is the style of a line in a table of contents."""
        return any(_patterns()[0].search(s.name) for s in self._chain(style)[:1])

    def hidden(self, style: str | None) -> bool:
        """Whether its text is not shown."""
        return next((s.hidden for s in self._chain(style) if s.hidden is not None), False)

    def struck(self, run: Element | None, style: str | None) -> bool:
        """Whether the text of a run is struck through, by its own properties, its style, or that of its paragraph."""
        own = _struck(run)
        for name in (value(child(run, "rStyle")), style):
            own = next((s.struck for s in self._chain(name) if s.struck is not None), None) if own is None else own
        return bool(own)

    def lists(self) -> dict[str, str]:
        """The list that each style names, for lists defined through a style."""
        return {key: s.number_id for key, s in self.known.items() if s.number_id is not None}

    def _chain(self, style: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while style is not None and (found := self.known.get(style)) is not None and len(chain) < MAX_CHAIN:
            chain.append(found)
            style = found.based_on
        return chain


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    vocabulary = load("documents")
    return (
        re.compile("|".join(vocabulary["contents_style"]["patterns"])),
        re.compile("|".join(vocabulary["heading_style"]["patterns"])),
    )


def read_styles(root: Element | None) -> Styles:
    """The styles of ``styles.xml``; none when the document has no such part."""
    known: dict[str, _Style] = {}
    for node in root if root is not None else ():
        if local(node) != "style":
            continue
        properties = child(node, "pPr")
        name = value(child(node, "name")) or ""
        outline = value(child(properties, "outlineLvl"))
        heading = _patterns()[1].search(name)
        level = int(outline) if outline and outline.isdecimal() and len(outline) == 1 else None
        if level is None and heading:
            level = int(heading[1]) - 1
        vanish = child(child(node, "rPr"), "vanish")
        numbers = child(properties, "numPr")
        known[attribute(node, "styleId") or ""] = _Style(
            name=name,
            based_on=value(child(node, "basedOn")),
            level=level,
            number_id=value(child(numbers, "numId")),
            number_level=value(child(numbers, "ilvl")),
            hidden=None if vanish is None else is_on(vanish),
            struck=_struck(child(node, "rPr")),
        )
    return Styles(known)


def _struck(properties: Element | None) -> bool | None:
    """Whether properties of a run strike its text through, once or twice; ``None`` when they say nothing of it."""
    strikes = [node for name in ("strike", "dstrike") if (node := child(properties, name)) is not None]
    return any(map(is_on, strikes)) if strikes else None
