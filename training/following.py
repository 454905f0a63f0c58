"""Learn when a promise is told as done and when a problem is the same again, from written pairs.

Run as ``python -m training.following``: writes the weights and their scores to ``models/following``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold

from nlp.conclusions.likeness import Kind, describe, find_signs, following_folder, score
from nlp.narrative.linear import Linear
from nlp.output.whole import write_text
from training.linear import fit_linear

PAIRS = Path(__file__).parents[1] / "corpora" / "following.jsonl"
COST, FOLDS = 0.3, 10
KINDS: tuple[Kind, ...] = ("promise", "recurring")


class Pair(msgspec.Struct, frozen=True):
    """A statement, one of the year after, and whether that one is what the first promised, or the same problem.

    Pairs of a ``family`` share the first statement and are never split between folds.
    """

    family: str
    kind: Kind
    before: str
    after: str
    same: bool


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """All pairs of a JSON-lines file. Raises ``ValueError`` naming the line that does not fit."""
    decoder, found = msgspec.json.Decoder(Pair), []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found.append(decoder.decode(line))
        except msgspec.MsgspecError as error:
            raise ValueError(f"{path.name}:{number}: {error}. Mend this line, or leave it out.") from None
    return found


def learn(kind: Kind, pairs: Sequence[Pair]) -> Linear:
    """The weights of signs from all pairs of a kind. The same pairs give the same weights."""
    mine = [pair for pair in pairs if pair.kind == kind]
    signs = [find_signs(kind, describe(pair.before), describe(pair.after)) for pair in mine]
    return fit_linear(signs, [pair.same for pair in mine], cost=COST)


def measure(kind: Kind, pairs: Sequence[Pair]) -> dict[str, float]:
    """Scores of weights that did not see the family: precision and recall from .5 on, AUC, Brier score, calibration error."""
    mine = [pair for pair in pairs if pair.kind == kind]
    truth = np.array([pair.same for pair in mine])
    chance = np.zeros(len(mine))
    for train, test in GroupKFold(FOLDS).split(mine, groups=[pair.family for pair in mine]):
        model = learn(kind, [mine[at] for at in train])
        for at in test:
            chance[at] = score(kind, describe(mine[at].before), describe(mine[at].after), model=model)
    said = chance >= 0.5
    bins = np.digitize(chance, (0.2, 0.4, 0.6, 0.8))
    error = sum(abs(truth[bins == b].mean() - chance[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    return {
        "pairs": len(mine),
        "same": int(truth.sum()),
        "precision": float((said & truth).sum() / max(1, said.sum())),
        "recall": float((said & truth).sum() / truth.sum()),
        "auc": float(roc_auc_score(truth, chance)),
        "brier": float(brier_score_loss(truth, chance)),
        "calibration_error": float(error),
    }


def readme(scores: dict[Kind, dict[str, float]]) -> str:
    """The card of the weights."""
    head = list(next(iter(scores.values())))
    lines = [
        "# Promises told as done, problems that stand",
        "",
        f"Linear weights of signs (shared pairs of characters by rarity, longest common run, words for what is done or to come), learnt from "
        f"`corpora/following.jsonl`, scored by {FOLDS} folds that never share a family. Made by `python -m training.following`.",
        "",
        "| kind | " + " | ".join(name.replace("_", " ") for name in head) + " |",
        "|---|" + "---:|" * len(head),
    ]
    lines += [
        f"| {kind} | " + " | ".join(f"{v:.3f}" if isinstance(v, float) else str(v) for v in found.values()) + " |"
        for kind, found in scores.items()
    ]
    lines += [
        "",
        "## Limits",
        "",
        "- The pairs are written, one true among four: among real statements true ones are rarer, so that scores near .5 are wrong more often.",
        "- What is told as done is what a report says, not what was done.",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Learn, measure, write; the exit status comes back."""
    pairs = read_pairs()
    folder = following_folder()
    folder.mkdir(exist_ok=True)
    scores = {kind: measure(kind, pairs) for kind in KINDS}
    for kind in KINDS:
        learn(kind, pairs).save(folder / f"{kind}.json")
    write_text(folder / "README.md", readme(scores))
    print(readme(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
