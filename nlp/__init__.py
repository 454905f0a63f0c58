"""Gongkai reads 政府信息公开工作年度报告 and turns them into evidence-backed data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

# `nlp.analyse` is a module and a function of the same name: importing the function here, before anything else imports the
# module, makes the name mean the function for good.
from nlp.analyse import analyse, analyse_text
from nlp.labelling.label import label_texts as label
from nlp.records import Analysis, Failure, ReportUnreadable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Analysis", "Failure", "ReportUnreadable", "analyse", "analyse_text", "label", "tag"]


def tag(inputs: str | Path | Iterable[str | Path], out: str | Path | None = None) -> dict[str, pd.DataFrame]:
    """Tag reports and return the tables as pandas frames by name, one for each table of the codebook.

    All tables come back, those without rows with their columns. A file that cannot be read becomes a row of ``failures``.

    Parameters
    ----------
    inputs : files, folders, patterns (``reports/*.html``) and ``@list.txt`` for the paths in a list
    out : a folder to write the tables to as well (Parquet); made if need be

    Raises
    ------
    ValueError : a list of paths cannot be read, or a path is empty
    OSError : ``out`` cannot be written

    >>> tables = tag("corpora/reports")  # doctest: +SKIP
    >>> len(tables["reports"]), tables["failures"].empty  # doctest: +SKIP
    (14, True)
    """
    from nlp.batch.local import tag_files, write_run  # pandas and pyarrow take half a second
    from nlp.output.frames import frames

    tagged = tag_files([inputs] if isinstance(inputs, str | Path) else inputs)
    if out is not None:
        write_run(tagged, Path(out))
    return frames(tagged.tables)
