"""One report checked: its findings with the words and places that they are about, and what others are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nlp.analyse import analyse_source
from nlp.checking.check import RANK, check
from nlp.checking.findings import CheckedReport, Finding, Quote
from nlp.checking.fingerprint import Fingerprint, take_fingerprint
from nlp.checking.held import count_held
from nlp.checking.places import Place, Places
from nlp.checking.registry import add_rules
from nlp.checking.rules.parts import PARTS
from nlp.checking.settings import Settings, graded, wanted
from nlp.claims.find import find_claims
from nlp.labelling.choice import choose_labeller
from nlp.reading.clean import clean_text
from nlp.records import Analysis, Issue, Source, Span
from nlp.structure.genre import refuse_other

MAX_QUOTES = 24
MAX_QUOTE_CHARS = 300
CONTEXT_CHARS = 16
MAX_GAP_CHARS = 8  # between two cells of a row


def check_source(
    name: str,
    source: Source,
    settings: Settings,
    *,
    only: Sequence[str] = (),
    ignore: Sequence[str] = (),
    model: str | None = None,
) -> tuple[Analysis, CheckedReport, Fingerprint]:
    """What one report says, what was found in it, and what other reports are compared with."""
    add_rules(settings.rules)  # a worker knows none
    clean = clean_text(source)
    analysis = analyse_source(source, labeller=choose_labeller(model))
    if settings.strict:
        refuse_other(name, analysis.identity.genre)
    claims = find_claims(analysis, clean)
    issues = check(analysis, clean, townships_by=settings.townships_by) if settings.townships_by else analysis.issues
    kept = (graded(issue, settings) for issue in issues if wanted(issue.code, only=only, ignore=ignore))
    places = Places(analysis)
    findings = by_severity(_finding(name, issue, analysis, places) for issue in kept if issue)
    # Under the path of its file, which is unique where names of files are not.
    print_ = replace(take_fingerprint(analysis, clean), name=name)
    identity = analysis.identity
    report = CheckedReport(
        name, " ".join((identity.title or "").split()), findings, body=print_.body, year=identity.year,
        level=identity.level, region=identity.region, body_id=print_.body_id, held=count_held(analysis, claims),
    )  # fmt: skip
    return analysis, report, print_


def _finding(name: str, issue: Issue, analysis: Analysis, places: Places) -> Finding:
    return Finding(
        name, issue.code, issue.severity, issue.message, issue.expected, issue.found,
        quotes(analysis.source.text, issue.spans, places), section=section_of(issue, analysis),
    )  # fmt: skip


def section_of(issue: Issue, analysis: Analysis) -> str:
    """The part that an issue is about: where its evidence stands, or the one that its code names."""
    if issue.spans:
        at = issue.spans[0].start
        return next((s.key for s in analysis.sections if s.level == 1 and s.span.start <= at < s.span.end), "")
    family, _, kind = issue.code.partition(".")
    named = kind.removesuffix("_missing") if family == "sections" else family
    return named if named in PARTS else ""


def quotes(text: str, spans: Sequence[Span], places: Places | None = None) -> tuple[Quote, ...]:
    """The places of a finding in their order, at most ``MAX_QUOTES``; cells of one row are one place.

    >>> [found.text for found in quotes("9 | 1 | 12\\n复议 7", [Span(0, 1), Span(4, 5), Span(8, 10), Span(14, 15)])]
    ['9 | 1 | 12', '7']
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.end <= span.start <= last.end + MAX_GAP_CHARS and "\n" not in text[last.end : span.start]:
            joined[-1] = Span(last.start, span.end)
        else:
            joined.append(span)
    return tuple(quote(text, span, places.of(span) if places else Place()) for span in joined[:MAX_QUOTES])


def quote(text: str, span: Span, place: Place) -> Quote:
    """The words of a span with a little of what stands around them on their line."""
    before = text[max(0, span.start - CONTEXT_CHARS) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + CONTEXT_CHARS].partition("\n")[0]
    words = text[span.start : min(span.end, span.start + MAX_QUOTE_CHARS)]
    return Quote(span.start, span.end, _printable(words), _printable(before), _printable(after), place)


def _printable(words: str) -> str:
    return " ".join(words.encode("utf-8", "replace").decode().split())


def by_severity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: RANK[finding.severity]))
