"""Pinned floors of quality: the stored model may not get worse, and a changed corpus must be pinned again.

Run as ``python -m training.gate``. Exit status 0 when every score holds, 1 when one is below its floor or the corpus
is another, 2 when a file is missing. ``--pin`` writes the floors anew from the card; where that would lower one,
``--lower`` must be given too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nlp.labelling.store import ModelUnusable, read_card
from nlp.output.whole import write_text
from training.corpus import CORPUS
from training.examples import fingerprint_of
from training.records import CorpusUnusable

FLOORS = Path(__file__).with_name("floors.json")
MODEL = Path(__file__).parents[1] / "models" / "statements"
# Scores of the same training are the same to the last digit, so a floor is the score itself
# less what another version of numpy or scikit-learn may move (measured below .002).
SLACK = 0.003
AGAIN = "gongkai train corpora/passages.jsonl --out models/statements --force && python -m training.gate --pin"
ERROR_SLACK = 0.005


def floors_of(card: dict[str, Any]) -> dict[str, float]:
    """The figures of a card that are pinned; an ``error`` is a ceiling, all others are floors.

    >>> role = {"micro": {"f1": 0.95}, "macro": {"f1": 0.9}}
    >>> role |= {"coverage_at_95": {"share": 1.0}, "calibration": {"error": 0.03}}
    >>> floors_of({"scores": {"role": role}})
    {'role.micro': 0.947, 'role.macro': 0.897, 'role.coverage_at_95': 0.997, 'role.calibration.error': 0.035}
    """
    floors = {}
    for head, scores in card["scores"].items():
        for name, value in _pinned(scores):
            if value is not None:
                moved = value + ERROR_SLACK if name.endswith("error") else value - SLACK
                floors[f"{head}.{name}"] = round(moved, 4)
    return floors


def figures_of(scores: dict[str, Any]) -> dict[str, float | None]:
    """The same figures as they are, by head, of a card's or an evaluation's ``scores``."""
    return {f"{head}.{name}": value for head, part in scores.items() for name, value in _pinned(part)}


def _pinned(scores: dict[str, Any]) -> Iterator[tuple[str, float | None]]:
    yield "micro", scores["micro"]["f1"]
    yield "macro", scores["macro"]["f1"]
    yield "coverage_at_95", scores["coverage_at_95"]["share"]
    yield "calibration.error", scores["calibration"]["error"]


def failures(pinned: dict[str, Any], card: dict[str, Any], corpus: str, figures: dict[str, float | None]) -> list[str]:
    """What does not hold, a sentence each; nothing when all does.

    Parameters
    ----------
    pinned : the contents of floors.json
    corpus : fingerprint of the corpus as it is now
    figures : as ``figures_of`` gives them
    """
    found = []
    again = f"Train on it and pin again: {AGAIN}"
    if pinned["corpus"] != corpus:
        found.append(f"the corpus is {corpus}, the floors were pinned on {pinned['corpus']}. {again}")
    if card["corpus"]["fingerprint"] != corpus:
        found.append(f"the corpus is {corpus}, the model was trained on {card['corpus']['fingerprint']}. {again}")
    for name, floor in pinned["floors"].items():
        value = figures.get(name)
        if value is None:
            found.append(f"{name}: no such score any more; its floor is {floor}. Pin again if that is meant.")
        elif name.endswith("error") and value > floor:
            found.append(f"{name} is {value}, above {floor}. Find out what made it worse.")
        elif not name.endswith("error") and value < floor:
            found.append(f"{name} is {value}, below {floor}. Find out what made it worse.")
    return found


def pin(path: Path, card: dict[str, Any], corpus: str, *, lower: bool) -> list[str]:
    """Write the floors of a card; the floors that would sink come back, and nothing is written, unless ``lower``."""
    floors = floors_of(card)
    before = json.loads(path.read_text(encoding="utf-8"))["floors"] if path.is_file() else {}
    sunk = [
        f"{name}: {old} → {floors.get(name, 'gone')}"
        for name, old in before.items()
        if name not in floors or (floors[name] > old if name.endswith("error") else floors[name] < old)
    ]
    if sunk and not lower:
        return sunk
    pinned = {"corpus": corpus, "model": f"{card['name']}@{card['version']}", "floors": floors}
    write_text(path, json.dumps(pinned, indent=2) + "\n")
    return []


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or pin; the exit status comes back."""
    parser = argparse.ArgumentParser(
        prog="python -m training.gate", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the model")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="corpus that the floors belong to")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="file of the floors")
    parser.add_argument("--evaluation", type=Path, help="evaluation.json whose figures count instead of the card's")
    parser.add_argument("--pin", action="store_true", help="write the floors anew from the card")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may sink")
    given = parser.parse_args(arguments)
    try:
        card, corpus = read_card(given.model), fingerprint_of(given.corpus)
        scores = (
            json.loads(given.evaluation.read_text(encoding="utf-8"))["heads"] if given.evaluation else card["scores"]
        )
        if given.pin:
            if card["corpus"]["fingerprint"] != corpus:
                print(
                    f"the model was trained on {card['corpus']['fingerprint']}, the corpus is {corpus}. Train first.",
                    file=sys.stderr,
                )
                return 1
            sunk = pin(given.floors, card, corpus, lower=given.lower)
            if sunk:
                print("these floors would sink; add --lower if that is meant:", *sunk, sep="\n", file=sys.stderr)
                return 1
            print(f"{given.floors} written")
            return 0
        pinned = json.loads(given.floors.read_text(encoding="utf-8"))
    except (ModelUnusable, CorpusUnusable, OSError, ValueError, KeyError) as error:
        print(f"{error}. Train a model, then pin its floors with --pin.", file=sys.stderr)
        return 2
    wrong = failures(pinned, card, corpus, figures_of(scores))
    for line in wrong:
        print(line)
    print("all floors hold" if not wrong else f"{len(wrong)} do not hold", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
