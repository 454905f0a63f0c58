"""One report, the whole path: read this first.

A file becomes a source; the source gives sections, figures and paragraphs; the paragraphs give contacts, counts and
statements; the checks look at everything together.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from nlp.checking.check import check
from nlp.extraction.contacts import find_contacts
from nlp.extraction.counts import find_counts
from nlp.labelling.label import label_statements
from nlp.labelling.labeller import Labeller
from nlp.narrative.statements import cut_statements
from nlp.reading.clean import clean_text
from nlp.reading.files import read_report, read_text
from nlp.records import Analysis, Source
from nlp.structure.genre import may_count, tells_disclosure
from nlp.structure.identity import read_identity
from nlp.structure.paragraphs import find_paragraphs
from nlp.structure.sections import find_sections
from nlp.tables.edition import find_edition
from nlp.tables.figures import read_tables
from nlp.version import versions


def analyse(path: str | Path, *, labeller: Labeller | None = None) -> Analysis:
    """Everything that the report in a file says, each value with its place in ``source.text``.

    What is not in the report is not in the result: ``None`` in the identity, no contact, no count. Cells of the statutory
    tables are there for every row and column of the form, with a status that says why one has no value.

    Parameters
    ----------
    path : text, Markdown, HTML, MHTML, Word or PDF; with the extra ``ocr`` also scans
    labeller : what judges the statements (see ``nlp.labelling.choice``); the model of the package unless given

    Raises
    ------
    ReportUnreadable : the file is missing, empty, binary, damaged, of another format, or no report; ``code`` says which

    >>> analysis = analyse("corpora/reports/2021-bureau-tandu.txt")  # doctest: +SKIP
    >>> analysis.identity.issuer, analysis.identity.year  # doctest: +SKIP
    ('檀渡县财政局', 2021)
    """
    return analyse_source(read_report(path), labeller=labeller)


def analyse_text(text: str, name: str = "text", *, labeller: Labeller | None = None) -> Analysis:
    """The same for a text in memory; a passage without headings gives its contacts, counts and statements too.

    It never fails: a text that is no report gives what there is.

    Parameters
    ----------
    name : what the source is called; ``.md`` at its end makes the text Markdown
    labeller : as for ``analyse``

    >>> analysis = analyse_text("本年度通过微信公众号发布信息49条。")
    >>> [(c.channel, int(c.quantity.value), c.quantity.unit) for c in analysis.channel_counts]
    [('wechat', 49, '条')]
    """
    return analyse_source(read_text(text, name=name), labeller=labeller)


def analyse_source(source: Source, *, labeller: Labeller | None = None) -> Analysis:
    """The same for a source already read."""
    clean = clean_text(source)
    sections = find_sections(source, clean)
    edition = find_edition(clean)
    paragraphs = find_paragraphs(source, clean, sections)
    identity = read_identity(source, clean, sections, edition)
    channel_counts, counts = find_counts(clean, paragraphs)
    tables = read_tables(source, clean, sections, edition, year=identity.year)
    analysis = Analysis(
        source=source,
        identity=identity,
        sections=sections,
        statements=label_statements(clean, cut_statements(clean, paragraphs), labeller=labeller),
        contacts=find_contacts(clean, paragraphs),
        channel_counts=channel_counts if tells_disclosure(identity.genre) else (),
        counts=tuple(count for count in counts if may_count(identity.genre, count.metric)),
        figures=tables.figures,
        remarks=tables.remarks,
        versions=versions(labeller),
    )
    return replace(analysis, issues=check(analysis, clean))
