"""A table of the texts to label next, with all columns of the pool."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa

from nlp.inputs.texts import TextTable
from nlp.output.table_file import WRITERS
from nlp.output.whole import replace_file
from nlp.records import OutputRefused
from training.suggest import suggest

ADDED = pa.schema([("suggested", pa.string()), ("uncertainty", pa.float64()), ("label", pa.string())])
BATCH = 5_000


def write_suggestions(
    model: str | Path,
    pool: Path,
    out: Path,
    n: int,
    *,
    random_share: float,
    text_column: str | None = None,
    heading_column: str | None = None,
    seed: int = 0,
    force: bool = False,
) -> tuple[int, int, int]:
    """Choose texts of a table and write them; how many unsure ones, how many at random, and the size of the pool come back.

    The texts are held in memory.

    Raises
    ------
    ModelUnusable, TextsUnusable : model or pool cannot be used
    OutputRefused : the file is there already, is the pool, or its format is not known
    """
    if out.suffix.lower() not in WRITERS:
        raise OutputRefused(f"{out}: unknown format. Name a file that ends in {', '.join(WRITERS)}.")
    if out.exists() and (not force or (pool.exists() and os.path.samefile(out, pool))):
        raise OutputRefused(f"{out}: is there already. Choose another file with --out, or replace it with --force.")
    table = TextTable(pool, text_column=text_column, heading_column=heading_column)
    batches = list(table.batches(BATCH))
    texts = [text for batch in batches for text in batch.texts]
    headings = [heading for batch in batches for heading in batch.headings]
    chosen = suggest(model, texts, n, headings=headings, random_share=random_share, seed=seed)
    rows = pa.concat_tables([batch.table for batch in batches]).take([one.place for one in chosen])
    added = [pa.array(c, f.type) for c, f in zip(
        ([one.why for one in chosen], [one.uncertainty for one in chosen], [""] * len(chosen)), ADDED, strict=True
    )]  # fmt: skip
    for field, column in zip(ADDED, added, strict=True):
        if field.name not in rows.column_names:
            rows = rows.append_column(field, column)

    def write(path: Path) -> None:
        writer = WRITERS[out.suffix.lower()](path, rows.schema)
        writer.write(rows)
        writer.close()

    out.parent.mkdir(parents=True, exist_ok=True)
    replace_file(out, write)
    unsure = sum(one.why == "unsure" for one in chosen)
    return unsure, len(chosen) - unsure, sum(bool(text.strip()) for text in texts)
