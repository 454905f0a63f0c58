"""A linear model over named signs, kept as JSON: small enough to read, and every decision can show its weightiest signs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of signs; a sign that has none counts nothing."""

    weights: Mapping[str, float]
    bias: float

    def weigh(self, signs: Iterable[str]) -> float:
        """The log-odds of yes where these signs stand: above 0 it is rather yes.

        >>> Linear({"wet": 2.0}, -1.0).weigh(["wet", "unknown"])
        1.0
        """
        known = self.weights
        return self.bias + sum(known.get(sign, 0.0) for sign in signs)

    def save(self, path: Path) -> None:
        """Write the model, signs in their order: the same training gives the same bytes."""
        weights = {sign: round(weight, 4) for sign, weight in sorted(self.weights.items())}
        content = json.dumps({"bias": round(self.bias, 4), "weights": weights}, ensure_ascii=False, indent=1)
        path.write_text(content + "\n", encoding="utf-8")


def load_linear(path: Path) -> Linear:
    """The model in a file.

    Raises
    ------
    FileNotFoundError : there is none
    ValueError : the file is no such model, or has a weight that is no finite number
    """
    content = path.read_text(encoding="utf-8")
    try:
        found = json.loads(content)
        weights = {str(sign): float(weight) for sign, weight in found["weights"].items()}
        bias = float(found["bias"])
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError, ValueError) as error:
        raise ValueError(f"{path}: no model of weights ({error}). Train it again.") from None
    if not all(map(math.isfinite, (bias, *weights.values()))):
        raise ValueError(f"{path}: a weight is no finite number. Train it again.")
    return Linear(weights, bias)
