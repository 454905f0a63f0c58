"""An analysis as rows of the tables of the codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from nlp.checking.judged import judge
from nlp.claims.find import find_claims
from nlp.reading.clean import clean_text
from nlp.records import Analysis, ChannelCount, Count, Quantity, Span
from nlp.structure.bodies import body_of

Row = tuple[Any, ...]


def _reports(a: Analysis) -> Iterator[Row]:
    i, severities = a.identity, Counter(issue.severity for issue in a.issues)
    body = body_of(i.issuer, i.region, i.year)
    yield (
        a.source.report_id, a.source.name, i.title, i.issuer, i.level, i.region, i.year, i.published_on, i.period_start,
        i.period_end, i.edition, len(a.source.text), sum(s.level == 1 for s in a.sections), severities["error"],
        severities["warning"], None, body.id if body else None, i.genre,
    )  # fmt: skip


def _sections(a: Analysis) -> Iterator[Row]:
    for s in a.sections:
        yield a.source.report_id, s.key, s.level, s.title.of(a.source.text), s.span.start, s.span.end


def _statements(a: Analysis) -> Iterator[Row]:
    seen: Counter[str | None] = Counter()
    for s in a.statements:
        text = s.span.of(a.source.text)
        yield (
            a.source.report_id, s.ordinal, s.section_key, seen[s.section_key], s.role, s.role_score, text,
            s.span.start, s.span.end,
        )  # fmt: skip
        seen[s.section_key] += 1


def _labels(a: Analysis) -> Iterator[Row]:
    for s in a.statements:
        for label in s.labels:
            yield a.source.report_id, s.ordinal, label.scheme, label.key, label.score, label.accepted, label.origin


def _answers(a: Analysis) -> Iterator[Row]:
    for s in a.statements:
        for answer in s.answers:
            yield a.source.report_id, s.ordinal, answer.measure, answer.score


def _contacts(a: Analysis) -> Iterator[Row]:
    for c in a.contacts:
        yield a.source.report_id, c.kind, c.value, c.span.of(a.source.text), c.personal, c.span.start, c.span.end


def _quantity(q: Quantity) -> Row:
    return q.value, q.unit, q.qualifier


def _evidence(a: Analysis, span: Span | None) -> Row:
    return (span.of(a.source.text), span.start, span.end) if span else (None, None, None)


def _relations(c: ChannelCount | Count) -> Row:
    return c.score, c.ordinal, c.part_of, c.clause and c.clause.start, c.clause and c.clause.end


def _channel_counts(a: Analysis) -> Iterator[Row]:
    for c in a.channel_counts:
        where = _evidence(a, c.quantity.span)
        yield a.source.report_id, c.channel, *_quantity(c.quantity), c.scope, c.category, *where, *_relations(c)


def _counts(a: Analysis) -> Iterator[Row]:
    for c in a.counts:
        where = _evidence(a, c.quantity.span)
        yield a.source.report_id, c.metric, *_quantity(c.quantity), c.category, c.period, *where, *_relations(c)


def _figures(a: Analysis) -> Iterator[Row]:
    for f in a.figures:
        yield a.source.report_id, f.table, f.row, f.column, f.value, f.unit, f.status, *_evidence(a, f.span)


def _claims(a: Analysis) -> Iterator[Row]:
    """The counts, each judged, and the channel counts, of which no form has a cell; in the order of the text."""
    ordinals = {(count.metric, count.quantity): count.ordinal for count in a.counts}
    judged = judge(a, find_claims(a, clean_text(a.source))) if a.counts else []
    rows = [
        (ordinals[j.claim.metric, j.claim.quantity], j.claim.metric, j.claim.quantity, j.verdict, j.reason,
         "+".join(".".join(cell) for cell in j.cells) or None, j.value)
        for j in judged
    ]  # fmt: skip
    rows += [(c.ordinal, c.channel, c.quantity, "not_verifiable", "no_cell", None, None) for c in a.channel_counts]
    for ordinal, metric, quantity, *told in sorted(rows, key=lambda row: row[0]):
        yield a.source.report_id, ordinal, metric, quantity.value, *told, *_evidence(a, quantity.span)


def _issues(a: Analysis) -> Iterator[Row]:
    for i in a.issues:
        start, end = (i.spans[0].start, i.spans[0].end) if i.spans else (None, None)
        yield a.source.report_id, i.code, i.severity, i.message, i.expected, i.found, start, end


def _repairs(a: Analysis) -> Iterator[Row]:
    for r in a.source.repairs:
        yield a.source.report_id, r.kind, r.span.start, r.span.end, r.replacement


TABLES: dict[str, Callable[[Analysis], Iterator[Row]]] = {
    "reports": _reports, "sections": _sections, "statements": _statements, "labels": _labels, "answers": _answers,
    "contacts": _contacts, "channel_counts": _channel_counts, "counts": _counts, "figures": _figures,
    "claims": _claims, "issues": _issues, "repairs": _repairs,
}  # fmt: skip


# Rows of no report: inputs that could not be read, and files that were left out.
ASIDE = ("failures", "skipped")


def rows_of(analysis: Analysis) -> dict[str, list[Row]]:
    """The rows that an analysis adds to each table, columns in the order of the codebook."""
    return {name: list(rows(analysis)) for name, rows in TABLES.items()}


def mask_personal(analysis: Analysis) -> Analysis:
    """The analysis with the characters of personal contacts (private mobiles, persons' names) replaced by ``*``.

    The text is masked too, so that no table, page or JSON shows them; lengths and positions stay.
    """
    text = analysis.source.text
    for contact in analysis.contacts:
        if contact.personal:
            text = text[: contact.span.start] + "*" * len(contact.span) + text[contact.span.end :]
    contacts = tuple(replace(c, value="*" * len(c.value)) if c.personal else c for c in analysis.contacts)
    return replace(analysis, source=replace(analysis.source, text=text), contacts=contacts)
