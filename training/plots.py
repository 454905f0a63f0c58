"""Plots of an evaluation as SVG: F1 a label with its interval, and the reliability curve."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

# At the 12 pixels of the plots' letters; a little more than any font needs.
CJK_WIDTH, LATIN_WIDTH, MARGIN = 12.5, 7.2, 16


@cache
def templates() -> Environment:
    """The templates of the plots and of the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("training"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def label_plot(scores: dict[str, Any], title: str, names: dict[str, str]) -> str:
    """F1 of each label as a bar, its 95% interval as a line, its support beside it; highest first."""
    shown = {label: f"{label} {names[label]}" if names.get(label) else label for label in scores["labels"]}
    left = MARGIN + max(sum(CJK_WIDTH if ord(c) > 0x2E7F else LATIN_WIDTH for c in text) for text in shown.values())
    ranked = sorted(scores["labels"].items(), key=lambda item: -(item[1]["f1"] or 0))
    return templates().get_template("labels.svg").render(title=title, labels=ranked, names=shown, left=left)


def reliability_plot(scores: dict[str, Any], title: str) -> str:
    """What was observed against what was predicted: a dot a bin, larger with its count; the diagonal is perfect."""
    bins = [b for b in scores["calibration"]["bins"] if b["count"]]
    most = max((b["count"] for b in bins), default=1)
    dots = [(b, 2 + 8 * (b["count"] / most) ** 0.5) for b in bins]
    return (
        templates().get_template("reliability.svg").render(title=title, dots=dots, error=scores["calibration"]["error"])
    )
