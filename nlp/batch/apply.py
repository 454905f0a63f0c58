"""A model on texts of any kind: every column of a table comes back, with role, labels, scores and what was accepted."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from nlp.inputs.texts import Batch, TextTable
from nlp.labelling.aspects import SCHEMES
from nlp.labelling.choice import find_model, load_labeller
from nlp.labelling.label import clean_statement, contexts_alone
from nlp.labelling.trained import Scores, Trained
from nlp.output.table_file import WRITERS, TooManyRows
from nlp.output.whole import replace_file
from nlp.records import OutputRefused

if TYPE_CHECKING:
    import pandas as pd

BATCH = 2_000  # texts that a process gets at a time
PREFIX = "predicted"
SHOWN_FAULTS = 5


class ColumnsTaken(Exception):
    """The table has a column of a name that is to be added; the message says which and what to do."""


@dataclass(slots=True)
class Applied:
    """What was done: rows, those without a label for a fault of theirs, and the first of these, each with its row from 1."""

    rows: int = 0
    failed: int = 0
    first_faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answers:
    """The columns that a model adds to a table.

    ``PREFIX_role`` and ``PREFIX_role_score`` (where the model judges roles), ``PREFIX_labels`` (the accepted ones, the most
    probable first, joined by ``|``), ``PREFIX_names`` (the same in Chinese), ``PREFIX_scores`` (the probability of each label,
    as JSON) or with ``wide`` a column ``PREFIX:LABEL`` for each, ``PREFIX_accepted`` (whether any label is accepted),
    ``PREFIX_failure`` (why a row has none of this).
    """

    model: Path
    wide: bool = False
    prefix: str = PREFIX
    trust_joblib: bool = False

    def labeller(self) -> Trained:
        """The model, loaded once in a process. Raises ``ModelUnusable``."""
        return _trusted(self.model) if self.trust_joblib else load_labeller(self.model)

    @property
    def with_roles(self) -> bool:
        """Whether roles are told: where the model judges them, or needs them to know which label of an aspect is meant."""
        return self.labeller().has_roles or not self.labeller().own

    def keys(self) -> list[str]:
        """All labels that the model may give, in its order."""
        labeller = self.labeller()
        if labeller.head is None:
            return []
        if labeller.own:
            return list(labeller.head.classes)
        known = labeller.labels.aspects
        return list(dict.fromkeys(known[name].key(s) for s in SCHEMES for name in labeller.head.classes))

    def schema(self) -> pa.Schema:
        """The columns in order."""
        p = self.prefix
        columns: list[tuple[str, pa.DataType]] = []
        if self.with_roles:
            columns += [(f"{p}_role", pa.string()), (f"{p}_role_score", pa.float32())]
        columns += [(f"{p}_labels", pa.string()), (f"{p}_names", pa.string())]
        if self.wide:
            columns += [(f"{p}:{key}", pa.float32()) for key in self.keys()]
        else:
            columns.append((f"{p}_scores", pa.string()))
        return pa.schema([*columns, (f"{p}_accepted", pa.bool_()), (f"{p}_failure", pa.string())])

    def of(self, texts: Sequence[str], headings: Sequence[str], faults: dict[int, str]) -> pa.Table:
        """The columns for these texts; a row with a fault has nothing but the fault."""
        good = [at for at in range(len(texts)) if at not in faults]
        cleaned = [clean_statement(texts[at]) for at in good]
        contexts = contexts_alone([headings[at] for at in good])
        scores = self.labeller().scores(cleaned, contexts, with_roles=self.with_roles)
        columns = self._columns(scores)
        if faults:
            place = {at: n for n, at in enumerate(good)}
            order = [place.get(at) for at in range(len(texts))]
            columns = [[None if n is None else column[n] for n in order] for column in columns]
        failures = [faults.get(at) for at in range(len(texts))]
        schema = self.schema()
        arrays = [pa.array(c, f.type) for c, f in zip([*columns, failures], schema, strict=True)]
        return pa.table(arrays, schema=schema)

    def _columns(self, scores: Scores) -> list[list[Any]]:
        columns: list[list[Any]] = []
        if self.with_roles:
            columns += [list(scores.roles), list(scores.role_scores)]
        keys = self._keys_by_row(scores)
        names = self.labeller().labels.names()
        order = np.argsort(-scores.chances, axis=1, kind="stable")
        chances = scores.chances.round(4)
        accepted = [
            [key[at] for at in row if yes[at]]
            for key, row, yes in zip(keys, order.tolist(), scores.accepted.tolist(), strict=True)
        ]
        columns.append(["|".join(found) for found in accepted])
        columns.append(["|".join(names.get(key, key) for key in found) for found in accepted])
        if self.wide:
            place = {key: at for at, key in enumerate(self.keys())}
            cells = np.full((len(keys), len(place)), np.nan, dtype=np.float32)
            for row, key in enumerate(keys):
                if key:
                    cells[row, [place[name] for name in key]] = chances[row]
            columns += [[None if np.isnan(value) else value for value in column] for column in cells.T]
        else:
            quoted = {key: f'"{key}":' for found in set(keys) for key in map(_escaped, found)}
            columns.append([
                "{" + ",".join(f"{quoted[_escaped(key[at])]}{row[at]:.4g}" for at in ranked) + "}" if key else "{}"
                for key, row, ranked in zip(keys, chances.tolist(), order.tolist(), strict=True)
            ])  # fmt: skip
        columns.append([bool(found) for found in accepted])
        return columns

    def _keys_by_row(self, scores: Scores) -> list[tuple[str, ...]]:
        """The label of each class for each row; none where its role bears no labels."""
        labeller = self.labeller()
        if labeller.own or not scores.classes:
            return [scores.classes] * len(scores.bearing)
        known = labeller.labels.aspects
        by_role: dict[str, tuple[str, ...]] = {s: tuple(known[n].key(s) for n in scores.classes) for s in SCHEMES}
        return [
            by_role.get(role, ()) if bears else ()
            for role, bears in zip(scores.roles, scores.bearing.tolist(), strict=True)
        ]


@cache
def _trusted(path: Path) -> Trained:
    from nlp.labelling.scikit import read_trusted_pipeline  # scikit-learn takes a second to load

    return read_trusted_pipeline(path)


def _escaped(key: str) -> str:
    return key.replace("\\", "\\\\").replace('"', '\\"')


def apply_table(
    model: str | Path,
    source: Path,
    out: Path,
    *,
    text_column: str | None = None,
    heading_column: str | None = None,
    wide: bool = False,
    prefix: str = PREFIX,
    jobs: int = 1,
    trust_joblib: bool = False,
    force: bool = False,
    progress: Callable[[int, int, int], None] = lambda done, total, failed: None,
) -> Applied:
    """Label the texts of a table and write it with the columns of ``Answers``; memory does not grow with the table.

    Parameters
    ----------
    model : a folder that ``gongkai train`` wrote, or the name of a packaged model
    out : the file to write; its suffix says the format
    jobs : processes; the result does not depend on them
    trust_joblib : ``model`` is a file of ``gongkai train --joblib``; reading it runs whatever code is in it
    force : replace the file that is there
    progress : told rows done, rows in all (0 where that is not known), and rows with a fault

    Raises
    ------
    ModelUnusable, TextsUnusable, ColumnsTaken : model or table cannot be used
    OutputRefused : the file is there already, is the table itself, or its format is not known
    """
    _check_out(out, source, force=force)
    answers = Answers(Path(model) if trust_joblib else find_model(model), wide, prefix, trust_joblib)
    added = answers.schema()
    table = TextTable(source, text_column=text_column, heading_column=heading_column)
    if taken := [name for name in added.names if name in table.schema.names]:
        raise ColumnsTaken(
            f"{source}: there is a column {taken[0]} already. Rename it, or choose other names with --prefix."
        )
    done = Applied()

    def write(path: Path) -> None:
        writer = WRITERS[out.suffix.lower()](path, pa.schema([*table.schema, *added]))
        try:
            for batch, found in _answered(answers, table.batches(BATCH), jobs):
                joined = batch.table
                for name in found.column_names:
                    joined = joined.append_column(found.schema.field(name), found[name])
                writer.write(joined)
                for at in sorted(batch.faults)[: SHOWN_FAULTS - len(done.first_faults)]:
                    done.first_faults.append(f"{source.name}, text {done.rows + at + 1}: {batch.faults[at]}")
                done.rows += batch.table.num_rows
                done.failed += len(batch.faults)
                progress(done.rows, table.rows or 0, done.failed)
        except TooManyRows as error:
            raise OutputRefused(f"{out}: {error}. Write .parquet or .csv.") from None
        finally:
            writer.close()

    out.parent.mkdir(parents=True, exist_ok=True)
    replace_file(out, write)
    return done


def apply(
    model: str | Path,
    texts: Sequence[str] | pd.Series | pd.DataFrame,
    *,
    headings: Sequence[str | None] | None = None,
    text_column: str = "text",
    wide: bool = False,
) -> pd.DataFrame:
    """Texts with what a model says of each, as ``gongkai apply`` writes it: a row for each, in order.

    Parameters
    ----------
    model : a folder that ``gongkai train`` wrote, or the name of a packaged model
    texts : the texts, which become the column ``text``; or a frame, whose columns come back
    headings : the heading above each text, where known; it bears on the role
    text_column : the column of a frame that holds the texts
    wide : a column for each label, in place of all scores in one

    Raises
    ------
    ModelUnusable : there is no such model
    ValueError : the frame has no such column, or there are not as many headings as texts

    >>> frame = apply("statements", ["一是公开形式较为单一。", ""])
    >>> frame["predicted_labels"].tolist()[0], frame["predicted_failure"].isna().tolist()
    ('channel_limited', [True, False])
    """
    import pandas as pd

    if isinstance(texts, str):
        raise TypeError("texts is one string, whose characters would be labelled one by one: give a list, [text].")
    frame = texts.copy() if isinstance(texts, pd.DataFrame) else pd.DataFrame({"text": list(texts)})
    column = text_column if isinstance(texts, pd.DataFrame) else "text"
    if column not in frame:
        raise ValueError(f"no column {column}; there are {', '.join(map(str, frame))}. Name it with text_column.")
    if headings is not None and len(headings) != len(frame):
        raise ValueError(f"{len(headings)} headings for {len(frame)} texts: give one heading (or None) for each text.")
    given = ["" if value is None or value != value else str(value) for value in frame[column].tolist()]
    missing = f"nothing in the column {column}. Fill it in, or leave the row out."
    faults = {at: missing for at, text in enumerate(given) if not text.strip()}
    answers = Answers(find_model(model), wide)
    found = answers.of(given, [heading or "" for heading in headings or [None] * len(given)], faults)
    added = found.to_pandas()
    added.index = frame.index
    if taken := [name for name in added if name in frame]:
        raise ValueError(f"there is a column {taken[0]} already. Rename it.")
    return pd.concat([frame, added], axis=1)


def _check_out(out: Path, source: Path, *, force: bool) -> None:
    if out.suffix.lower() not in WRITERS:
        raise OutputRefused(f"{out}: unknown format. Name a file that ends in {', '.join(WRITERS)}.")
    if out.exists() and source.exists() and os.path.samefile(out, source):
        raise OutputRefused(f"{out}: is the table that is read. Name another file with --out.")
    if out.is_dir():
        raise OutputRefused(f"{out}: is a folder. Name a file with --out.")
    if out.exists() and not force:
        raise OutputRefused(f"{out}: is there already. Choose another file with --out, or replace it with --force.")


def _answered(answers: Answers, batches: Iterator[Batch], jobs: int) -> Iterator[tuple[Batch, pa.Table]]:
    """The batches in order, each with its answers; a few of them are in memory at a time."""
    if jobs == 1:
        for batch in batches:
            yield batch, answers.of(batch.texts, batch.headings, batch.faults)
        return
    from joblib import Parallel, delayed

    kept, handed = itertools.tee(batches)
    work = delayed(partial(_work, answers))
    results = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2*n_jobs")(
        work(batch.texts, batch.headings, batch.faults) for batch in handed
    )
    yield from zip(kept, results, strict=True)


def _work(answers: Answers, texts: list[str], headings: list[str], faults: dict[int, str]) -> pa.Table:
    return answers.of(texts, headings, faults)
