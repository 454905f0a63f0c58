"""The findings of many reports, each with the words that prove it, and those between the reports."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

from nlp.analyse import analyse
from nlp.batch.checked import by_severity, quotes, section_of
from nlp.batch.checking import How, results
from nlp.batch.collected import list_reports
from nlp.batch.collecting import PLAIN_COLUMNS, Collected, Columns
from nlp.checking.across import check_across, likeness
from nlp.checking.findings import Across, Checked, Finding
from nlp.checking.fingerprint import Fingerprint
from nlp.checking.places import Places
from nlp.checking.rollup import roll_up
from nlp.checking.settings import Settings, graded, wanted
from nlp.inputs.paths import expanded
from nlp.records import Analysis, Failure, Issue, ReportUnreadable, Skipped


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
            replace(report, findings=by_severity((*report.findings, *between.get(report.name, ()))))
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
        finding = replace(finding, quotes=here_quotes, section=section_of(issue, here))
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
