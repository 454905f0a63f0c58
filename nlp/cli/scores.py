"""Scores of a classifier as tables in the terminal."""

from __future__ import annotations

from typing import Any

from nlp.cli.messages import table_of
from nlp.cli.terminal import console_of


def print_scores(card: dict[str, Any], head: str, scores: dict[str, Any]) -> None:
    """Print the figures of one head: a line a label, then the summary."""
    from training.card import interval, label_name, shown, summary_lines

    table = table_of(head, ("label", "名称"), ("support", "precision", "recall", "F1", "95%"))
    for label, score in scores["labels"].items():
        figures = (shown(score[name]) for name in ("precision", "recall", "f1"))
        name = label_name(card, head, label)
        table.add_row(label, name, str(score["support"]), *figures, interval(score["interval"]))
    console = console_of()
    console.print(table)
    for line in summary_lines(scores):
        console.print(line, soft_wrap=True)
    console.print()


def print_confusion(confusion: dict[str, Any]) -> None:
    """Print how often each true class (row) was taken for each other (column)."""
    table = table_of("confusion (rows: true, columns: predicted)", ("",), tuple(confusion["classes"]))
    for name, row in zip(confusion["classes"], confusion["true_by_predicted"], strict=True):
        table.add_row(name, *map(str, row))
    console_of().print(table, "")


def print_slices(slices: dict[str, dict[str, Any]]) -> None:
    """Print the micro and macro F1 of each value of each column."""
    from training.card import interval, shown

    for column, values in slices.items():
        table = table_of(f"by {column}", (column,), ("examples", "groups", "micro F1", "95%", "macro F1"))
        for value, part in values.items():
            micro, macro = part["micro"], part["macro"]
            figures = (shown(micro["f1"]), interval(micro["interval"]), shown(macro["f1"]))
            table.add_row(value or "—", str(part["examples"]), str(part["groups"]), *figures)
        console_of().print(table, "")


def print_curve(curve: list[dict[str, Any]]) -> None:
    """Print what each part of the training gives."""
    if not curve:
        return
    heads = [name for name in curve[-1] if name not in ("share", "examples")]
    table = table_of("learning curve", ("share",), ("examples", *(f"{head} micro F1" for head in heads)))
    for row in curve:
        figures = ("—" if row.get(head) is None else f"{row[head]:.3f}" for head in heads)
        table.add_row(f"{row['share']:.1%}", str(row["examples"]), *figures)
    console_of().print(table, "")
