"""A trained model as files of scikit-learn pipelines, for those who work there; only on request."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import joblib

from nlp.labelling.scikit import pipeline_of
from nlp.labelling.trained import Trained
from nlp.output.whole import replace_file
from nlp.records import OutputRefused

SUFFIX = ".joblib"


def check_file(path: Path, *, force: bool) -> None:
    """Raise ``OutputRefused`` unless pipelines may be written to ``path``."""
    if path.suffix != SUFFIX:
        raise OutputRefused(f"{path}: name a file that ends in {SUFFIX}.")
    for file in (path, role_file(path)):
        if file.exists() and not (force and file.is_file()):
            raise OutputRefused(
                f"{file}: is there already. Choose another file with --joblib, or replace it with --force."
            )


def write_pipelines(trained: Trained, path: Path) -> list[Path]:
    """Write the labels of a model to ``path`` and its roles, if it judges any, beside it (``role_file``)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for head in trained.model.heads:
        file = path if head != "role" or len(trained.model.heads) == 1 else role_file(path)
        replace_file(file, partial(joblib.dump, pipeline_of(trained, head), compress=3))
        written.append(file)
    return written


def role_file(path: Path) -> Path:
    """Where the roles stand whose labels are in ``path``.

    >>> role_file(Path("model.joblib")).name
    'model.role.joblib'
    """
    return path.with_suffix(f".role{SUFFIX}")
