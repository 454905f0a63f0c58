"""The card of a ranker as a page: how well it reads text of kinds that it never saw, and what its scores are worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

README = "README.md"
KINDS = {"channels": "channel counts", "scopes": "channel counts with scope", "counts": "counts"}


def readme(card: dict[str, Any]) -> str:
    """The page of a card, in Markdown; without a far test, what it was trained on."""
    parts = [
        f"# Ranker of counts, version {card['version']}",
        "Decides what each number of a narrative means: a metric, a channel, both, a class of information, or nothing."
        f" Trained by `gongkai train-facts` on {card['passages']:,} marked passages (corpus `{card['corpus']}`).",
    ]
    if "far_test" in card:
        parts += _far_test(card["far_test"])
    return "\n\n".join(parts) + "\n"


def _far_test(measured: dict[str, Any]) -> Iterable[str]:
    yield "## On kinds of text that it never saw"
    yield (
        f"Whole families of passages are held out, {measured['passages']:,} passages in all; F1. Later writings are denser"
        " and were written after the errors on earlier ones."
    )
    columns = {
        "all": measured["ranked"],
        **{f"writing {writing}": scores for writing, scores in measured["by_writing"].items()},
        "rules alone": measured["rules_alone"],
    }
    yield _table(
        ["", *columns], ([name, *(f"{of[kind]['f1']:.3f}" for of in columns.values())] for kind, name in KINDS.items())
    )
    held = measured["reliability"]
    surest = held["precision_at_90"]
    yield "## What its scores are worth"
    yield (
        f"Of {held['facts']:,} facts in passages held out, calibrated on the other families. Scores and shares of right"
        f" facts differ by {held['error']:.3f} on average. Of the nine tenths that are surest, {surest['all']:.1%} are"
        f" right (channel counts {surest['channels']:.1%}, counts {surest['counts']:.1%})."
    )
    yield _table(
        ["score", "facts", "mean score", "right"],
        (
            [f"{band['from']:g}–{band['to']:g}", f"{band['n']:,}", f"{band['score']:.3f}", f"{band['right']:.3f}"]
            for band in held["bands"]
        ),
    )
    yield "## The same facts in other writing"
    yield "Share of the passages so rewritten that then give other facts."
    yield _table(
        ["rewritten", "changed"], ([name, f"{share:.1%}"] for name, share in measured["changed_by_rewriting"].items())
    )
    yield "## By metric and channel"
    yield _table(
        ["", "precision", "recall", "F1", "n"],
        (
            [name, *(f"{score[key]:.3f}" for key in ("precision", "recall", "f1")), f"{score['n']:,}"]
            for name, score in measured["by_name"].items()
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
