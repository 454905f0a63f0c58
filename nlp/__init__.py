"""Gongkai reads 政府信息公开工作年度报告 and turns them into evidence-backed data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# `nlp.analyse` is a module and a function of the same name: importing the function here, before anything else imports the
# module, makes the name mean the function for good.
from nlp.analyse import analyse, analyse_text
from nlp.labelling.label import label_texts as label
from nlp.records import Analysis, Failure, OutputRefused, ReportUnreadable

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Analysis",
    "Failure",
    "OutputRefused",
    "ReportUnreadable",
    "analyse",
    "analyse_text",
    "apply",
    "label",
    "tag",
]


def tag(
    inputs: str | Path | Iterable[str | Path], out: str | Path | None = None, *, force: bool = False
) -> dict[str, pd.DataFrame]:
    """Tag reports and return the tables as pandas frames by name, one for each table of the codebook.

    All tables come back, those without rows with their columns. A file that cannot be read becomes a row of ``failures``.

    Parameters
    ----------
    inputs : files, folders, patterns (``reports/*.html``) and ``@list.txt`` for the paths in a list
    out : a folder to write the tables to as well (Parquet); made if need be. Nothing is written if no report can be read
    force : replace the results of an earlier run in ``out``; never files that no run wrote

    Raises
    ------
    ValueError : a list of paths cannot be read, or a path is empty
    OutputRefused : ``out`` holds results of an earlier run, or other files where the tables belong, or cannot be used

    >>> tables = tag("corpora/reports")  # doctest: +SKIP
    >>> len(tables["reports"]), tables["failures"].empty  # doctest: +SKIP
    (14, True)
    """
    from nlp.batch.local import tag_files  # pandas and pyarrow take half a second
    from nlp.output.frames import frames

    given = [inputs] if isinstance(inputs, str | Path) else inputs
    tagged = tag_files(given, out=None if out is None else Path(out), start="restart" if force else "new")
    return frames(tagged.tables)


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
