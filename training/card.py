"""A model's card as a page to read: what it was trained on, how well it does, where it ends."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

from nlp.labelling.aspects import aspects
from nlp.labelling.label_set import labels_of as model_labels
from nlp.output.names import name_of, names
from training.examples import Corpus
from training.fit import Target
from training.heads import abstains_below, labels_of
from training.settings import RunSettings

COMPARISON = "## Comparison"  # of ways to label, which training.compare adds; a new training leaves it where it is
LIBRARIES = ("gongkai", "numpy", "scipy", "scikit-learn")


def about_training(
    corpus: Corpus,
    groups: int,
    targets: Sequence[Target],
    settings: RunSettings,
    scores: dict[str, Any],
    warnings: Sequence[str],
) -> dict[str, Any]:
    """What the card says beside the model itself. No date: the same training gives the same card."""
    known = labels_of(corpus)
    return {
        "corpus": {
            "name": corpus.name,
            "format": corpus.format,
            "fingerprint": corpus.fingerprint,
            "examples": len(corpus.examples),
            "groups": groups,
            "grouped": corpus.grouped,
            "roles": dict(sorted(Counter(e.role for e in corpus.examples if e.role).items())),
        },
        "settings": {"fit": asdict(settings.fit), "report": asdict(settings.report)},
        "versions": _versions(),
        "accept_best_from": {target.name: abstains_below(target) for target in targets if not target.exclusive},
        "names": {label: _said(asdict(known.own[label])) for label in corpus.labels if label in known.own},
        **({} if known.aspects == aspects() else {"aspects": {k: _said(asdict(a)) for k, a in known.aspects.items()}}),
        **({"roles": {k: {"zh": zh, "en": en} for k, (zh, en) in known.roles.items()}} if known.roles else {}),
        "scores": scores,
        "scored_on": f"{settings.fit.folds} folds that never share a group",
        "limits": known_limits(corpus),
        "warnings": list(warnings),
    }


def known_limits(corpus: Corpus) -> list[str]:
    """What is known to be wrong or missing in a corpus: the lines of ``NAME.limits.txt`` beside ``NAME.jsonl``."""
    notes = [file.with_suffix(".limits.txt") for file in corpus.files]
    return [
        line.strip()
        for note in notes
        if note.is_file()
        for line in note.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of a taxonomy without what it leaves open, and without its id, under which it stands."""
    return {name: value for name, value in entry.items() if value and name not in ("key", "name")}


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # a checkout that was not installed
            continue
    return found


def readme(card: dict[str, Any]) -> str:
    """The card as Markdown."""
    corpus, parts = card["corpus"], [f"# Model {card['name']} {card['version']}", ""]
    heads = ", ".join(
        f"`{h['name']}` ({len(h['classes'])} {'exclusive classes' if h['exclusive'] else 'labels'})"
        for h in card["heads"]
    )
    parts += [
        f"A linear classifier of Chinese statements on character n-grams and cue vocabulary, with the heads {heads}.",
        "",
        f"Trained on `{corpus['name']}` (fingerprint `{corpus['fingerprint']}`): {corpus['examples']} examples"
        f" in {corpus['groups']} groups. Scored on {card['scored_on']}.",
        "",
    ]
    for name, scores in card["scores"].items():
        parts += [
            f"## Head `{name}`",
            "",
            *summary_lines(scores),
            "",
            "| label | name | support | precision | recall | F1 | 95% |",
        ]
        parts += ["|---|---|---:|---:|---:|---:|---|"]
        for label, score in scores["labels"].items():
            figures = (
                str(score["support"]),
                *(shown(score[f]) for f in ("precision", "recall", "f1")),
                interval(score["interval"]),
            )
            parts.append("| " + " | ".join((label, label_name(card, name, label), *figures)) + " |")
        parts += ["", *bands(scores), ""]
    parts += ["## Limits", "", *(f"- {line}" for line in limits(card)), ""]
    if card["warnings"]:
        parts += ["## Warnings of the training run", "", *(f"- {line}" for line in card["warnings"]), ""]
    parts += ["## Settings and versions", ""]
    parts += [f"- {key} = {value}" for part in card["settings"].values() for key, value in part.items()]
    parts += [f"- {key} {value}" for key, value in card["versions"].items()]
    return "\n".join(parts) + "\n"


def comparison_of(page: Path) -> str:
    """The comparison on a model's page, from its heading to the end; "" when there is none."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    _, heading, rest = text.partition(COMPARISON)
    return heading + rest


def summary_lines(scores: dict[str, Any]) -> list[str]:
    """Micro and macro figures, calibration and coverage of one head."""
    micro, macro, cover, calibration = scores["micro"], scores["macro"], scores["coverage_at_95"], scores["calibration"]
    lines = [
        f"- micro F1 {shown(micro['f1'])} {interval(micro['interval'])}"
        f" (precision {shown(micro['precision'])}, recall {shown(micro['recall'])})",
        f"- macro F1 {shown(macro['f1'])} {interval(macro['interval'])}",
        f"- calibration error {shown(calibration['error'])}"
        f" (of the accepted labels {shown(calibration['error_of_accepted'])})",
    ]
    if cover["score"] is None:
        lines.append("- precision .95 is not reached at any score")
    else:
        share, recall = f"{cover['share']:.0%}", f"{cover['recall']:.0%}"
        lines.append(
            f"- precision .95 from score {shown(cover['score'])} on:"
            f" {share} of the accepted labels, {recall} of the true ones"
        )
    if "accuracy" in scores:
        lines.insert(0, f"- accuracy {shown(scores['accuracy'])} on {scores['examples']} examples")
    return lines


def bands(scores: dict[str, Any]) -> list[str]:
    """Whether scores mean what they say: how often what has a score in a band is right. Bands below .1 are left out.

    >>> bands({"calibration": {"bins": [{"from": 0.5, "to": 0.6, "count": 40, "mean": 0.551, "observed": 0.575}]}})[2:]
    ['| .5 – .6 | 40 | 0.551 | 0.575 |']
    """
    lines = ["| scores | cases | mean score | right |", "|---|---:|---:|---:|"]
    for band in scores["calibration"]["bins"]:
        if band["from"] >= 0.1 and band["count"]:
            ends = " – ".join(f"{band[end]:.1f}".replace("0.", ".") for end in ("from", "to"))
            lines.append(f"| {ends} | {band['count']} | {shown(band['mean'])} | {shown(band['observed'])} |")
    return lines


def limits(card: dict[str, Any]) -> list[str]:
    """What the figures do not promise."""
    lines = [
        "The scores hold for texts like the corpus; other bodies, years and registers may do worse:"
        " measure them with `gongkai evaluate`.",
        "Thresholds and calibration were chosen on the folds that are scored, which flatters them slightly.",
        "Texts are classified as they are cut; text that is no statement of such a section still gets a label.",
    ]
    lines += card.get("limits", ())
    few = [
        label
        for scores in card["scores"].values()
        for label, s in scores["labels"].items()
        if s["support"] < card["settings"]["report"]["few_examples"]
    ]
    if few:
        lines.append(f"Too few examples for a stable score: {', '.join(few)}.")
    if not card["corpus"]["grouped"]:
        lines.append(
            "The corpus does not name its documents: texts of one document may be both learnt from and scored."
        )
    return lines


def label_name(card: dict[str, Any], head: str, label: str) -> str:
    """The Chinese name of a class; for an aspect those of its problem and its measure; "" when there is none."""
    known = model_labels(card)
    if head == "role":
        return known.roles.get(label, ("", ""))[0] or (name_of("roles", label) if label in names("roles") else "")
    if head == "aspect" and label in known.aspects:
        return " / ".join(known.aspects[label].zh.values()).strip(" /")
    return known.own[label].zh if label in known.own else ""


def shown(value: float | None) -> str:
    """A figure with three decimals, "—" for none."""
    return "—" if value is None else f"{value:.3f}"


def interval(bounds: list[float | None] | None) -> str:
    """An interval, "" for none.

    >>> interval([0.81, 0.9])
    '[0.810, 0.900]'
    """
    return f"[{shown(bounds[0])}, {shown(bounds[1])}]" if bounds else ""
