"""The findings of many reports, each with the words that prove it, and those between the reports."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

from nlp.analyse import analyse, analyse_source
from nlp.batch.checking import How, results
from nlp.batch.collected import list_reports
from nlp.batch.collecting import PLAIN_COLUMNS, Collected, Columns
from nlp.checking.across import check_across, likeness
from nlp.checking.check import RANK, check
from nlp.checking.findings import Across, Checked, CheckedReport, Finding, Quote
from nlp.checking.fingerprint import Fingerprint, take_fingerprint
from nlp.checking.held import count_held
from nlp.checking.places import Place, Places
from nlp.checking.registry import add_rules
from nlp.checking.rollup import roll_up
from nlp.checking.rules.parts import PARTS
from nlp.checking.settings import Settings, graded, wanted
from nlp.claims.find import find_claims
from nlp.inputs.paths import expanded
from nlp.labelling.choice import choose_labeller
from nlp.reading.clean import clean_text
from nlp.records import Analysis, Failure, Issue, ReportUnreadable, Skipped, Source, Span
from nlp.structure.genre import refuse_other

MAX_QUOTES = 24
MAX_QUOTE_CHARS = 300
CONTEXT_CHARS = 16
MAX_GAP_CHARS = 8  # between two cells of a row


def check_files(
    inputs: Iterable[str | Path],
    *,
    jobs: int = 1,
    columns: Columns = PLAIN_COLUMNS,
    settings: Settings | None = None,
    only: Sequence[str] = (),
    ignore: Sequence[str] = (),
    model: str | None = None,
    progress: Callable[[int, int, int], None] = lambda done, total, failed: None,
) -> Checked:
    """Check every report by itself and against the others of the batch.

    Parameters
    ----------
    inputs : files, folders, archives, tables with a column of texts, ``-``, patterns (``reports/*.html``), ``@list.txt``
        for the paths in a list
    jobs : processes
    columns : which columns of tables hold the text and the name of a report
    only, ignore : codes, families (``requests``) or patterns (``*.reviews``)
    model : folder or name of the model that labels the statements; the package's unless given
    progress : told after each file how many are done, how many there are, and how many failed

    Raises ``OSError`` when collections cannot be taken apart on the disk, or no process can be started.
    """
    settings = settings or Settings()
    checked = Checked()
    prints: list[Fingerprint] = []
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        items, checked.skipped = _items(inputs, Path(folder), columns)
        how = How(settings, tuple(only), tuple(ignore), model)
        for done, result in enumerate(results(items, jobs, how), start=1):
            if isinstance(result, Failure):
                checked.failures.append(result)
            else:
                report, print_ = result
                checked.reports.append(report)
                prints.append(print_)
            progress(done, len(items), len(checked.failures))
        between = _between(prints, _Sources(items), settings, only, ignore)
    checked.alike, checked.rolled_up = likeness(prints), roll_up(prints)
    if between:
        checked.reports = [
            replace(report, findings=_sorted((*report.findings, *between.get(report.name, ()))))
            for report in checked.reports
        ]
    return checked


def _items(inputs: Iterable[str | Path], folder: Path, columns: Columns) -> tuple[list[Collected], list[Skipped]]:
    """The reports in order, each once, and what is left out."""
    items: dict[bytes, Collected] = {}
    left_out: dict[str, Skipped] = {}
    for _, _, item in sorted(list_reports(expanded(inputs), folder, columns), key=itemgetter(0, 1)):
        if isinstance(item, Skipped):
            left_out.setdefault(item.name, item)
        else:
            items.setdefault(item.identity, item)
    return list(items.values()), list(left_out.values())


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
    findings = _sorted(_finding(name, issue, analysis, places) for issue in kept if issue)
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
        quotes(analysis.source.text, issue.spans, places), section=_section_of(issue, analysis),
    )  # fmt: skip


def _section_of(issue: Issue, analysis: Analysis) -> str:
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


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: RANK[finding.severity]))


def _between(
    prints: list[Fingerprint], sources: _Sources, settings: Settings, only: Sequence[str], ignore: Sequence[str]
) -> dict[str, list[Finding]]:
    """The findings between reports, by report. Both are read again to quote them."""
    found: dict[str, list[Finding]] = {}
    for across in check_across(prints, copied_share=settings.copied_share):
        if not wanted(across.issue.code, only=only, ignore=ignore):
            continue
        issue = graded(across.issue, settings)
        if issue is not None:
            here, there = sources.of(across.report), sources.of(across.other)
            found.setdefault(across.report, []).append(across_finding(across, issue, here, there))
    return found


def across_finding(across: Across, issue: Issue, here: Analysis | None, there: Analysis | None) -> Finding:
    """A finding between two reports with the words of both; ``None`` stands for one that has gone meanwhile."""
    finding = Finding(across.report, issue.code, issue.severity, issue.message, issue.expected, issue.found, ())
    if here is not None:
        here_quotes = quotes(here.source.text, issue.spans, Places(here))
        finding = replace(finding, quotes=here_quotes, section=_section_of(issue, here))
    other_quotes = quotes(there.source.text, across.evidence, Places(there)) if there is not None else ()
    return replace(finding, other=across.other, other_quotes=other_quotes)


class _Sources:
    """The reports last asked for, by the name that is shown; ``None`` for one that has gone."""

    KEPT = 32

    def __init__(self, items: Sequence[Collected]) -> None:
        self._paths = {item.shown: item.file for item in items}
        self._kept: dict[str, Analysis | None] = {}

    def of(self, name: str) -> Analysis | None:
        if name not in self._kept:
            if len(self._kept) >= self.KEPT:
                self._kept.pop(next(iter(self._kept)))
            try:
                self._kept[name] = analyse(self._paths[name])
            except ReportUnreadable:
                self._kept[name] = None
        return self._kept[name]
