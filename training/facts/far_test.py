"""How the ranker reads kinds of text that it was not trained on: whole families of passages are held out and read."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from nlp.extraction.facts import read_facts
from nlp.extraction.ranker import Ranker
from nlp.extraction.rules import read_by_rules
from training.facts.calibration import Judged, fit_line, judge, reliability
from training.facts.decisions import Decision
from training.facts.measure import Facts, Tally, measure, opened, paragraphs_of
from training.facts.notation import MarkedPassage
from training.facts.rewriting import REWRITINGS, changed_by

FOLDS = 4
BY_HEART = ("own-", "kinds-", "problems")  # families written along with the rules, or after their errors
EVERY = 2  # passages are rewritten to see whether they are still read the same: every other one
MIN_EXAMPLES = 10  # a metric with fewer has no score of its own
KINDS = ("channels", "scopes", "counts")


def _tallies() -> dict[str, Tally]:
    return {kind: Tally() for kind in KINDS}


@dataclass(slots=True)
class _Found:
    """What was found in the held-out passages so far."""

    passages: int = 0
    ranked: dict[str, Tally] = field(default_factory=_tallies)
    ruled: dict[str, Tally] = field(default_factory=_tallies)
    by_writing: defaultdict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(_tallies))
    judged: list[list[Judged]] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)


def far_test(
    passages: Sequence[MarkedPassage],
    decisions: dict[str, list[Decision]],
    learn: Callable[[Sequence[Decision]], Ranker],
    progress: Callable[[str], None],
) -> tuple[dict[str, Any], tuple[float, float]]:
    """The scores of the ranker, and of the rules alone, on families of passages that were not learnt from.

    Passages that the rules were written with (``own-…``) are learnt from but not measured: the rules read them by heart.
    Scores are given in all and by writing: the letter with which a family begins tells when it was written, and later
    ones are harder. Gives back, too, the line that makes the scores shares of right readings (``calibration``).
    """
    found = _Found()
    for fold in range(FOLDS):
        held = [p for p in passages if zlib.crc32(p.family.encode()) % FOLDS == fold]
        names = {p.id for p in held}
        ranker = learn([d for name, own in decisions.items() if name not in names for d in own])
        unseen = [p for p in held if not p.family.startswith(BY_HEART)]
        _read_fold(found, unseen, ranker)
        progress(f"far test {fold + 1} of {FOLDS}: {len(unseen)} passages")
    return _shown(found), fit_line([fact for fold in found.judged for fact in fold])


def _read_fold(found: _Found, unseen: Sequence[MarkedPassage], ranker: Ranker) -> None:
    def read(passage: MarkedPassage) -> Facts:
        return read_facts(*paragraphs_of(passage), ranker)

    for writing in sorted({_writing(passage) for passage in unseen}):
        for kind, tally in measure([p for p in unseen if _writing(p) == writing], read).items():
            found.by_writing[writing][kind].update(tally)
            found.ranked[kind].update(tally)
    for kind, tally in measure(unseen, lambda passage: read_by_rules(*paragraphs_of(passage))).items():
        found.ruled[kind].update(tally)
    found.judged.append([fact for passage in unseen for fact in judge(passage, read(passage))])
    for name, rewrite in REWRITINGS.items():
        changed, touched = changed_by(unseen[::EVERY], partial(_read_text, ranker=ranker), rewrite)
        found.changed[name] += changed
        found.touched[name] += touched
    found.passages += len(unseen)


def _writing(passage: MarkedPassage) -> str:
    return passage.family.partition("-")[0]


def _read_text(text: str, ranker: Ranker) -> Facts:
    return read_facts(*opened(text), ranker)


def _shown(found: _Found) -> dict[str, Any]:
    return {
        "passages": found.passages,
        "ranked": _scores(found.ranked),
        "by_writing": {writing: _scores(tallies) for writing, tallies in sorted(found.by_writing.items())},
        "rules_alone": _scores(found.ruled),
        "reliability": reliability(found.judged),
        "changed_by_rewriting": {
            name: round(found.changed[name] / max(1, found.touched[name]), 3) for name in REWRITINGS
        },
        "by_name": {
            name: _score(tally, [name])
            for tally in (found.ranked["channels"], found.ranked["counts"])
            for name in sorted({*tally.hits, *tally.missed})
            if tally.scores([name])[3] >= MIN_EXAMPLES
        },
    }


def _scores(tallies: dict[str, Tally]) -> dict[str, dict[str, float]]:
    return {kind: _score(tally) for kind, tally in tallies.items()}


def _score(tally: Tally, names: Sequence[str] | None = None) -> dict[str, float]:
    precision, recall, f1, asked = tally.scores(names)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "n": asked}
