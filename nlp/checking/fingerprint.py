"""What is kept of a report to compare it with other years and other bodies: numbers and hashes, not its text."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from nlp.checking.likeness import NO_CLAUSES, Clauses, cut_clauses, hash_words
from nlp.claims.claim import Claim
from nlp.claims.find import find_claims
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Identity, SectionKey, Span
from nlp.structure import bodies

COLUMNS = ("natural_person", "business", "research", "ngo", "legal_service", "other_org", "total")
DOCUMENT_NAMES = {"regulations": "规章", "normative_docs": "行政规范性文件"}
DOCUMENTS = tuple(DOCUMENT_NAMES)
# The cells that one year hands to the next (tables.yaml, cross_year).
CELLS: tuple[tuple[str, str, str], ...] = (
    *(("requests", row, column) for row in ("carried_in", "carried_out") for column in COLUMNS),
    *(("disclosure", row, column) for row in DOCUMENTS for column in ("issued", "repealed", "in_force")),
)
PLACE = {cell: place for place, cell in enumerate(CELLS)}
MISSING = -1
# What a report compares with the year before.
COMPARED = ("disclosed_total", "applications_received", "applications_answered", "reviews", "litigations")
TOTALS = {
    "applications_received": (("requests", "new_received", "total"),),
    "applications_answered": (("requests", "results_total", "total"),),
    "reviews": (("disputes", "review", "total"),),
    "litigations": (("disputes", "direct_litigation", "total"), ("disputes", "post_review_litigation", "total")),
}
SUFFIX = re.compile(r"(?:人民政府办公[室厅]|人民政府|政府办公[室厅]|办事处)$")


@dataclass(frozen=True, slots=True)
class Stated:
    """A change that a report states: ``rate`` in per cent against the year before, or that year's value ``before``."""

    metric: str
    now: Decimal
    rate: Decimal | None
    places: int
    before: Decimal | None
    span: Span


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One report as far as others are compared with it. ``values`` has one number for each of ``CELLS``, -1 for none.

    ``places`` are the beginnings and ends of those cells in the source. ``clauses`` are those of section five, ``overview``
    those of section one. ``body_id`` is the body over the years (``nlp.structure.bodies``), "" where nobody tells its place.
    """

    name: str
    report_id: str
    body: str
    region: str | None
    year: int | None
    values: array[int]
    places: array[int]
    totals: dict[str, Decimal]
    stated: tuple[Stated, ...]
    clauses: Clauses
    overview: Clauses = NO_CLAUSES
    body_id: str = ""

    def value(self, cell: tuple[str, str, str]) -> int | None:
        """The number in a cell; ``None`` when it is blank, unplaced or missing."""
        found = self.values[PLACE[cell]]
        return None if found == MISSING else found

    def span(self, cell: tuple[str, str, str]) -> Span | None:
        """Where the cell is printed."""
        place = PLACE[cell]
        return None if self.values[place] == MISSING else Span(self.places[2 * place], self.places[2 * place + 1])


def body_of(issuer: str | None) -> str:
    """The name of a body without what differs between its reports.

    >>> body_of("某县青芜镇人民政府"), body_of("雁渚街道办事处"), body_of(None)
    ('某县青芜镇', '雁渚街道', '')
    """
    return SUFFIX.sub("", re.sub(r"\s", "", issuer or ""))


def take_fingerprint(analysis: Analysis, clean: CleanText) -> Fingerprint:
    """The fingerprint of a report; some two kilobytes, whatever its length."""
    identity = analysis.identity
    values = array("q", [MISSING] * len(CELLS))
    places = array("I", [0] * (2 * len(CELLS)))
    totals: dict[str, Decimal] = {}
    cells = {(f.table, f.row, f.column): f for f in analysis.figures}
    for cell, place in PLACE.items():
        figure = cells.get(cell)
        if (
            figure
            and figure.value is not None
            and figure.span
            and figure.status in ("given", "inferred")
            and figure.value == figure.value.to_integral_value()
            and 0 <= figure.value < 10**15
        ):
            values[place] = int(figure.value)
            places[2 * place], places[2 * place + 1] = figure.span.start, figure.span.end
    for metric, keys in TOTALS.items():
        found = [cells[key] for key in keys if key in cells]
        numbers = [f.value for f in found if f.value is not None and f.status in ("given", "inferred")]
        if len(numbers) == len(keys):
            totals[metric] = sum(numbers, Decimal(0))
    claims = find_claims(analysis, clean)
    for claim in claims:
        if claim.metric in COMPARED and claim.scope == "whole" and claim.period == "year":
            totals.setdefault(claim.metric, claim.quantity.value)
    return Fingerprint(
        name=analysis.source.name,
        report_id=analysis.source.report_id,
        body=body_of(identity.issuer),
        region=identity.region if identity.region and identity.region.isdigit() else None,
        year=identity.year,
        values=values,
        places=places,
        totals=totals,
        stated=_stated(claims, clean),
        clauses=_clauses_of(analysis, clean, "problems"),
        overview=_clauses_of(analysis, clean, "overview"),
        body_id=body_id_of(identity),
    )


def _stated(claims: tuple[Claim, ...], clean: CleanText) -> tuple[Stated, ...]:
    """Changes and last year's values, each with the number of this year right before it in its sentence."""
    found: list[Stated] = []
    last: Claim | None = None
    for claim in claims:
        if claim.metric in COMPARED and claim.period == "year" and claim.scope == "whole":
            last = claim
        elif last is None or claim.sentence != last.sentence:
            continue
        elif claim.metric == "yoy_change" and not _between(claims, last, claim):
            printed = re.search(r"\d+(?:\.(\d+))?", clean.text[claim.start : claim.end])
            places = len(printed[1] or "") if printed else 0
            found.append(
                Stated(last.metric, last.quantity.value, claim.quantity.value, places, None, claim.quantity.span)
            )
        elif claim.metric == last.metric and claim.period == "previous_year":
            found.append(Stated(last.metric, last.quantity.value, None, 0, claim.quantity.value, claim.quantity.span))
    return tuple(found)


def _between(claims: tuple[Claim, ...], first: Claim, second: Claim) -> bool:
    """Whether another number of this year stands between the two: then the change is its, not the first one's."""
    return any(first.start < c.start < second.start and c.period == "year" and c.metric != "rate" for c in claims)


def body_id_of(identity: Identity) -> str:
    """The body of a report over its years; "" where its name needs a place that nobody tells."""
    body = bodies.body_of(identity.issuer, identity.region, identity.year)
    return (body.id if body else None) or ""


def _clauses_of(analysis: Analysis, clean: CleanText, part: SectionKey) -> Clauses:
    """The clauses of a part; none when the report lacks it."""
    section = next((s for s in analysis.sections if s.key == part and s.level == 1), None)
    if section is None:
        return NO_CLAUSES
    identity = analysis.identity
    names = [name for name in (identity.issuer, body_of(identity.issuer)) if name]
    clauses = Clauses(array("Q"), array("H"), array("I"), array("I"))
    start, end = clean.position(section.title.end), clean.position(section.span.end)
    for words, first, last in cut_clauses(clean.text, start, end, names=names):
        span = clean.span(first, last)
        clauses.hashes.append(hash_words(words))
        clauses.sizes.append(min(len(words), 65_535))
        clauses.starts.append(span.start)
        clauses.ends.append(span.end)
    return clauses


Lists = tuple[list[int], list[int], list[int], list[int]]


class _Packed(msgspec.Struct, array_like=True):
    """A fingerprint with lists in place of its arrays."""

    name: str
    report_id: str
    body: str
    region: str | None
    year: int | None
    values: list[int]
    places: list[int]
    totals: dict[str, Decimal]
    stated: tuple[Stated, ...]
    clauses: Lists
    overview: Lists
    body_id: str


def _lists(clauses: Clauses) -> Lists:
    return list(clauses.hashes), list(clauses.sizes), list(clauses.starts), list(clauses.ends)


def _arrays(lists: Lists) -> Clauses:
    hashes, sizes, starts, ends = lists
    return Clauses(array("Q", hashes), array("H", sizes), array("I", starts), array("I", ends))


def packed(print_: Fingerprint) -> bytes:
    """A fingerprint as bytes."""
    return msgspec.msgpack.encode(
        _Packed(
            print_.name, print_.report_id, print_.body, print_.region, print_.year, list(print_.values),
            list(print_.places), print_.totals, print_.stated,
            _lists(print_.clauses), _lists(print_.overview), print_.body_id,
        )
    )  # fmt: skip


def unpacked(data: bytes) -> Fingerprint:
    """The fingerprint that ``packed`` made bytes of."""
    p = msgspec.msgpack.decode(data, type=_Packed)
    return Fingerprint(
        p.name, p.report_id, p.body, p.region, p.year, array("q", p.values), array("I", p.places), p.totals, p.stated,
        _arrays(p.clauses), _arrays(p.overview), p.body_id,
    )  # fmt: skip
