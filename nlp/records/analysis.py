"""Everything read from one report, and its form as JSON."""

from __future__ import annotations

from typing import Any, Literal, Self

import msgspec
from msgspec import Struct

from nlp.records.findings import ChannelCount, Contact, Count, Figure, Remark, Statement
from nlp.records.report import Identity, Section
from nlp.records.text import Source, Span

Severity = Literal["error", "warning", "info"]


class Issue(Struct, frozen=True):
    """Something in the report that does not add up or is missing. ``expected`` and ``found`` are as shown to a reader."""

    code: str
    severity: Severity
    message: str
    expected: str | None = None
    found: str | None = None
    spans: tuple[Span, ...] = ()


class Failure(Struct, frozen=True):
    """A file that could not be read: what failed at which stage, and what to do."""

    name: str
    stage: str
    code: str
    message: str
    hint: str


class Skipped(Struct, frozen=True):
    """A file in a folder or an archive that was not read, since it is no report: why (``reason``), and what to do."""

    name: str
    reason: str
    hint: str


class Analysis(Struct, frozen=True):
    """What one report says, each value with its place in ``source.text``.

    ``versions`` names what produced it: ``gongkai`` (the program), ``vocabulary`` and ``forms`` (digests of their files), and
    ``labels`` (what labelled the statements).
    """

    source: Source
    identity: Identity
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    contacts: tuple[Contact, ...] = ()
    channel_counts: tuple[ChannelCount, ...] = ()
    counts: tuple[Count, ...] = ()
    figures: tuple[Figure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    issues: tuple[Issue, ...] = ()
    versions: dict[str, str] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The analysis as plain dictionaries, lists, strings and numbers.

        Decimals become strings, dates ISO strings, spans ``{"start": …, "end": …}``; nothing is lost.
        """
        return msgspec.to_builtins(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The analysis that ``to_dict`` was called on. Raises ``msgspec.ValidationError`` naming what does not fit."""
        return msgspec.convert(values, cls)


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of ``Analysis.to_dict()``, generated from the records."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Analysis)}
