"""What a model says, in the form that an annotation tool reads, to be corrected there and trained on again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nlp.records import OutputRefused
from training.formats import docbin, doccano, excel, label_studio, prodigy, table
from training.tasks import Tasks

Write = Callable[[Path, Tasks], list[Path]]
WRITERS: dict[str, tuple[str, Write]] = {
    "label-studio": (".json", label_studio.write),
    "doccano": (".jsonl", doccano.write),
    "prodigy": (".jsonl", prodigy.write),
    "docbin": (".spacy", docbin.write),
    "csv": (".csv", table.write),
    "tsv": (".tsv", table.write),
    "xlsx": (".xlsx", excel.write),
}


def export(tasks: Tasks, kind: str, out: Path, *, force: bool = False) -> list[Path]:
    """Write tasks in a form of ``WRITERS``, with the label configuration that the tool needs; the paths come back.

    Raises
    ------
    OutputRefused : the file has another suffix than the form, or is there already (without ``force``)
    """
    suffix, write = WRITERS[kind]
    if out.suffix.lower() != suffix:
        raise OutputRefused(f"{out}: {kind} is written to {suffix} files. Name one that ends so.")
    if out.is_dir():
        raise OutputRefused(f"{out}: is a folder. Name a file with --out.")
    if out.exists() and not force:
        raise OutputRefused(f"{out}: is there already. Choose another file with --out, or replace it with --force.")
    out.parent.mkdir(parents=True, exist_ok=True)
    return write(out, tasks)
