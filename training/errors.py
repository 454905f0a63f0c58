"""The texts that a model got wrong, as a sheet: what was given, what it says, and what it learnt that is most alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.output.files import safe_cell
from training.origin import nearest
from training.records import Example

MAX_ERRORS = 20_000
COLUMNS = (
    "head", "text", "given", "predicted", "scores", "nearest", "nearest_labels", "likeness", "role", "file", "row",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Error:
    """A text whose classes under a head differ: ``given`` by the corpus, ``predicted`` by the model, with scores."""

    example: Example
    head: str
    given: tuple[str, ...]
    predicted: tuple[str, ...]
    scores: Mapping[str, float]


def errors_csv(errors: Sequence[Error], learnt: Sequence[Example] | None) -> str:
    """The errors as CSV for a spreadsheet, the id first and all other columns of the corpus last.

    Parameters
    ----------
    learnt : the examples of training, of which the nearest is shown; ``None`` where they are not at hand
    """
    others = list(dict.fromkeys(name for error in errors for name in error.example.extra if name not in COLUMNS))
    ids = [name for name in others if name.strip().lower() in ("id", "编号", "gongkai_id")][:1]
    others = [name for name in others if name not in ids]
    alike = nearest([error.example.text for error in errors], learnt) if learnt and errors else [None] * len(errors)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*ids, *COLUMNS, *others])
    for error, near in zip(errors, alike, strict=True):
        example = error.example
        like = (
            (near[0].text, "|".join(near[0].labels) or near[0].role or "", f"{near[1]:.3f}") if near else ("", "", "")
        )
        own = (
            error.head, example.text, "|".join(error.given), "|".join(error.predicted),
            json.dumps(dict(error.scores), ensure_ascii=False), *like, example.role or "", example.file, str(example.row),
        )  # fmt: skip
        extra = [example.extra.get(name, "") for name in (*ids, *others)]
        writer.writerow([safe_cell(cell) for cell in (*extra[: len(ids)], *own, *extra[len(ids) :])])
    return "\ufeff" + file.getvalue()
