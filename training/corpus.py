"""The project's corpus of passages: whole sections on problems and measures, each statement labelled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from nlp.records import Role

CORPUS = Path(__file__).parents[1] / "corpora" / "passages.jsonl"


@dataclass(frozen=True, slots=True)
class Marked:
    """One labelled statement. ``answers`` lists the problems (by their place among the passage's statements) it answers."""

    start: int
    end: int
    role: Role
    labels: tuple[str, ...] = ()
    answers: tuple[int, ...] = ()
    answers_weakly: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading or run-in label: text that is no statement."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A section as an invented body would have written it. Passages of one ``family`` share a theme and one sitting."""

    id: str
    family: str
    body: str
    level: Literal["township", "county", "prefecture", "province", "other"]
    year: int
    type: Literal["annual_report", "sibling"]
    trade: str
    text: str
    headings: tuple[Heading, ...]
    statements: tuple[Marked, ...]

    def of(self, part: Marked | Heading) -> str:
        """The characters of a statement or heading."""
        return self.text[part.start : part.end]

    def heading_of(self, statement: Marked) -> str:
        """The last heading before a statement, "" if there is none."""
        before = [h for h in self.headings if h.end <= statement.start]
        return self.of(before[-1]) if before else ""


def theme_of(family: str) -> str:
    """The theme of a family of passages: what a whole kind of text has in common.

    >>> theme_of("townships-03")
    'townships'
    """
    return family.rpartition("-")[0] or family


def read_passages(path: Path = CORPUS) -> list[Passage]:
    """All passages of a JSON-lines file. Raises ``ValueError`` naming the line that does not fit."""
    decoder, passages = msgspec.json.Decoder(Passage), []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            passages.append(decoder.decode(line))
        except msgspec.MsgspecError as error:
            raise ValueError(f"{path.name}:{number}: {error}. Mend this line, or leave it out.") from None
    return passages


def statements_of(passages: list[Passage]) -> Iterator[tuple[Passage, Marked]]:
    """All statements with their passage, in order."""
    for passage in passages:
        for statement in passage.statements:
            yield passage, statement


def fingerprint(path: Path = CORPUS) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a corpus file: says which corpus a model or score belongs to."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
