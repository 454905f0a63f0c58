"""Gongkai reads 政府信息公开工作年度报告 and turns them into evidence-backed data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# `nlp.analyse` is a module and a function of the same name: importing the function here, before anything else imports the
# module, makes the name mean the function for good.
from nlp.analyse import analyse, analyse_source, analyse_text
from nlp.labelling.label import label_texts as label
from nlp.records import Analysis, Failure, Issue, OutputRefused, ReportUnreadable, Source
from nlp.version import __version__

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Analysis",
    "Failure",
    "Issue",
    "OutputRefused",
    "ReportUnreadable",
    "__version__",
    "analyse",
    "analyse_text",
    "apply",
    "check",
    "label",
    "tag",
]


def tag(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path | None = None,
    *,
    format: str | Iterable[str] = "parquet",
    jobs: int = 1,
    model: str | None = None,
    columns: str | tuple[str, str] | None = None,
    mask_personal: bool = False,
    strict: bool = False,
    force: bool = False,
) -> dict[str, pd.DataFrame]:
    """Tag reports and return the tables as pandas frames by name, one for each table of the codebook.

    All tables come back, those without rows with their columns. A file that cannot be read becomes a row of ``failures``.

    Parameters
    ----------
    inputs : files, folders, patterns (``reports/*.html``), tables of texts (see ``columns``), ``@list.txt`` for the paths in a
        list
    out : a folder to write the tables to as well; made if need be. Nothing is written if no report can be read
    format : of parquet, csv, jsonl, xlsx and duckdb, one or several, for ``out``
    jobs : worker processes; the order of the rows does not depend on it
    model : folder or name of the model that labels the statements; that of the package unless given
    columns : which column of tables holds the text, or the two that hold the text and the name of a report
    mask_personal : hide private mobiles and persons' names
    strict : refuse documents that are no report on disclosure: each is a row of ``failures``
    force : replace the results of an earlier run in ``out``; never files that no run wrote

    Raises
    ------
    ValueError : a list of paths cannot be read, a path is empty, or a format is not known
    OutputRefused : ``out`` holds results of an earlier run, or other files where the tables belong, or cannot be used
    ModelUnusable : there is no such model, or it does not fit this version

    >>> tables = tag("corpora/reports", jobs=2, mask_personal=True)  # doctest: +SKIP
    >>> len(tables["reports"]), tables["failures"].empty  # doctest: +SKIP
    (14, True)
    """
    from nlp.batch.collecting import Columns
    from nlp.batch.local import tag_files  # pandas and pyarrow take half a second
    from nlp.batch.settings import Settings
    from nlp.output.frames import frames

    text, name = (columns, None) if columns is None or isinstance(columns, str) else columns
    tagged = tag_files(
        [inputs] if isinstance(inputs, str | Path) else inputs,
        out=None if out is None else Path(out),
        formats=[format] if isinstance(format, str) else format,
        start="restart" if force else "new",
        jobs=jobs,
        settings=Settings(mask_personal=mask_personal, model=model, strict=strict),
        columns=Columns(text, name),
    )
    return frames(tagged.tables)


def check(
    report: str | Path | Source | Analysis,
    *,
    townships_by: tuple[int, int] | None = None,
    rules: Sequence[str | Path] = (),
) -> tuple[Issue, ...]:
    """What does not add up in one report or is missing from it, errors first; empty where everything holds.

    Parameters
    ----------
    report : a file, a source already read, or an analysis, whose own issues are then found anew
    townships_by : month and day by which townships must publish, for which the law sets no day
    rules : files of Python with checks of your own (see ``nlp.checking.rule``); they stay for later calls

    Raises
    ------
    ReportUnreadable : the file cannot be read as a report
    RulesUnusable : a file of rules cannot be run, holds no check, or uses a code that is taken

    >>> report = analyse_text("某县财政局2023年政府信息公开工作年度报告\\n全年公开信息8条，其中政策类12条。")
    >>> [issue.code for issue in check(report)]
    ['sum.part_exceeds']
    """
    from nlp.checking.check import check as check_analysis
    from nlp.checking.registry import add_rules
    from nlp.reading.clean import clean_text

    add_rules(rules)
    if isinstance(report, Source):
        report = analyse_source(report)
    elif not isinstance(report, Analysis):
        report = analyse(report)
    return check_analysis(report, clean_text(report.source), townships_by=townships_by)


def apply(
    model: str | Path,
    texts: Sequence[str] | pd.Series[str] | pd.DataFrame,
    *,
    headings: Sequence[str | None] | None = None,
    text_column: str = "text",
    wide: bool = False,
) -> pd.DataFrame:
    """Texts with what a model says of each, as ``gongkai apply`` writes it: a row for each, in order.

    See ``nlp.batch.apply.apply``, which this is, for parameters and errors.

    >>> apply("statements", ["一是公开形式较为单一。"])["predicted_labels"].tolist()
    ['channel_limited']
    """
    from nlp.batch.apply import apply as apply_to  # pandas and pyarrow take half a second

    return apply_to(model, texts, headings=headings, text_column=text_column, wide=wide)
