"""What the tests of conclusions share: a population whose true labels are known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest

HERE = Path(__file__).parent
STEPS = 200  # of the scores in out_of_fold.parquet
ASPECTS_FROM = 7


@dataclass(frozen=True)
class Population:
    """Statements with the model's scores (from folds that did not hold them) and the true labels, n × k; each has a document."""

    document: np.ndarray
    level: np.ndarray
    doubt: np.ndarray
    scores: np.ndarray
    truth: np.ndarray

    def part(self, dice, units):
        """A population of about so many statements, of documents drawn at random."""
        documents = dice.permutation(self.document.max() + 1)
        many = round(units * len(documents) / len(self.document))
        rows = np.flatnonzero(np.isin(self.document, documents[:many]))
        return Population(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


@pytest.fixture(scope="session")
def population():
    """13,000 statements of the corpus: 17 labels of problems and 17 of measures, borne by 1 to 10 in a hundred."""
    table = pyarrow.parquet.read_table(HERE / "out_of_fold.parquet").to_pandas()
    names = list(table.columns[ASPECTS_FROM:])
    chance = table[names].to_numpy(dtype=float) / STEPS
    borne = (table["borne"].to_numpy()[:, None] >> np.arange(len(names))) & 1
    schemes = ("problem", "measure")
    scores = np.hstack([np.where((table["predicted"] == s).to_numpy()[:, None], chance, 0) for s in schemes])
    truth = np.hstack([np.where((table["role"] == s).to_numpy()[:, None], borne, 0) for s in schemes]).astype(float)
    level = table["level"].astype(str).to_numpy()
    return Population(table["document"].to_numpy().astype(int), level, table["doubt"].to_numpy() / STEPS, scores, truth)
