"""Labels that are most likely wrong: those that a model which never saw the text believes least."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np

from nlp.output.files import safe_cell
from training.fit import Target
from training.records import Example
from training.scores import Floats, choose

COLUMNS = ("head", "confidence", "given", "suggested", "role", "text", "file", "row")
LEAST = 1e-6  # below, a probability says no more


def find_suspects(
    examples: Sequence[Example], targets: Sequence[Target], out_of_fold: Mapping[str, Floats],
    thresholds: Mapping[str, Floats], most: int,
) -> list[dict[str, str]]:  # fmt: skip
    """The ``most`` least believed examples, one a head and example, least believed first.

    The confidence in a set of labels is the probability that all of them are borne as given (borne or not) and that these
    are independent, from the fold that did not hold the text: its logarithm is a sum, in which several doubts count more
    than one. (On 642 planted errors the average precision was .920 for roles and .559 for labels, where the lowest
    single probability gave .884 and .534.) What the model would accept is suggested.
    """
    found: list[tuple[float, int, dict[str, str]]] = []
    for target in targets:
        chance, rows = out_of_fold[target.name], np.flatnonzero(target.rows)
        given = np.where(target.truth[rows], chance[rows], 1 - chance[rows])
        if target.exclusive:
            given = np.where(target.truth[rows], chance[rows], 1.0)
        doubt = np.log(np.maximum(given, LEAST)).sum(axis=1)
        chosen = choose(chance, thresholds[target.name], exclusive=target.exclusive)
        for at in np.argsort(doubt, kind="stable")[:most]:
            row = int(rows[at])
            if (chosen[row] == target.truth[row]).all():
                continue
            example = examples[row]
            names = [
                "|".join(c for c, on in zip(target.classes, part, strict=True) if on)
                for part in (target.truth[row], chosen[row])
            ]
            cells = (
                target.name,
                f"{np.exp(doubt[at]):.2g}",
                *names,
                example.role or "",
                example.text,
                example.file,
                str(example.row),
            )
            others = {name: value for name, value in example.extra.items() if name not in COLUMNS}
            found.append((float(doubt[at]), row, dict(zip(COLUMNS, cells, strict=True)) | others))
    found.sort(key=lambda item: item[:2])
    return [cells for _, _, cells in found[:most]]


def suspects_csv(suspects: Sequence[Mapping[str, str]]) -> str:
    """The suspects as CSV for a spreadsheet: byte order mark, no cell that would be taken for a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    columns = list(dict.fromkeys((*COLUMNS, *(name for suspect in suspects for name in suspect))))
    writer.writerow(columns)
    writer.writerows([safe_cell(suspect.get(column, "")) for column in columns] for suspect in suspects)
    return "\ufeff" + file.getvalue()
