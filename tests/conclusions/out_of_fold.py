"""Make ``out_of_fold.parquet``: what a model says of statements it has not seen, beside the truth. Takes a minute.

Each statement of the corpus that a model trained on other families takes for a problem or a measure: its passage, the
passage's level and year, the true role, the predicted one, and for each aspect whether it is borne (a bit of ``borne``)
and the score in 200ths, 0 where ``tag`` would name no label. Run as ``python tests/conclusions/out_of_fold.py``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from nlp.labelling.label import clean_statement
from nlp.labelling.trained import LEAST_CHANCE, ROLES
from training.examples import read_corpus
from training.fit import fit
from training.heads import targets_of
from training.settings import read_settings

HERE = Path(__file__).parent
STEPS = 200


def main() -> None:
    """Train in folds and write what the folds that did not hold a statement say of it."""
    corpus = read_corpus(HERE.parents[1] / "corpora" / "passages.jsonl")
    texts = [clean_statement(example.text) for example in corpus.examples]
    targets = targets_of(corpus)
    groups = [example.group or "" for example in corpus.examples]
    fitted = fit(texts, targets, groups, read_settings().fit, name="simulation", version="0")
    role, aspect = fitted.classifier.heads["role"], fitted.classifier.heads["aspect"]
    predicted = np.array(role.classes)[fitted.out_of_fold["role"].argmax(axis=1)]
    chance = fitted.out_of_fold["aspect"]
    rows = np.arange(len(chance))
    accepted = chance >= aspect.thresholds
    accepted[rows, chance.argmax(axis=1)] |= chance.max(axis=1) >= LEAST_CHANCE
    truth = next(target.truth for target in targets if target.name == "aspect")
    chance = np.where(accepted | (chance >= LEAST_CHANCE), np.round(chance * STEPS), 0).astype(np.uint8)
    kept = np.flatnonzero((predicted == ROLES[0]) | (predicted == ROLES[1]))
    examples = [corpus.examples[row] for row in kept]
    bits = (truth[kept].astype(np.int64) << np.arange(truth.shape[1])).sum(axis=1)
    columns = {
        "document": pa.array(np.unique([e.row for e in examples], return_inverse=True)[1], pa.int16()),
        "level": pa.array([e.extra.get("level") for e in examples]).dictionary_encode(),
        "year": pa.array([int(e.extra.get("year") or 0) for e in examples], pa.int16()),
        "role": pa.array([e.role for e in examples]).dictionary_encode(),
        "predicted": pa.array(predicted[kept]).dictionary_encode(),
        "doubt": pa.array(np.round(STEPS * (1 - fitted.out_of_fold["role"][kept].max(axis=1))).astype(np.uint8)),
        "borne": pa.array(bits, pa.int32()),
        **{name: pa.array(chance[kept, at]) for at, name in enumerate(aspect.classes)},
    }
    pa.parquet.write_table(pa.table(columns), HERE / "out_of_fold.parquet", compression="zstd", compression_level=19)


if __name__ == "__main__":
    main()
