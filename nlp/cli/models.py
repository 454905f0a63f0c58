"""`gongkai models`: the models there are, with their scores, and the labels of one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from nlp.cli.terminal import print_json


def models(
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL]...", help="Folders or names; all packaged ones by default.", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """List models with their scores; of those that are named, also the labels with their thresholds.

    Each can be called by its name wherever a MODEL is asked for.
    """
    from dataclasses import asdict

    from nlp.cli.messages import say
    from nlp.labelling.choice import find_model
    from nlp.labelling.store import ModelUnusable, read_card
    from nlp.labelling.taxonomy import taxonomy
    from nlp.packaged import packaged_models

    try:
        folders = {name: find_model(name) for name in given} if given else packaged_models()
        found = []
        for name, folder in folders.items():
            card = read_card(folder)
            labelled = any(head["name"] in ("role", "aspect", "label") for head in card["heads"])
            labels = [asdict(label) for label in taxonomy(folder)] if labelled else []
            found.append({"name": name, "folder": str(folder), **_about(card), "labels": labels})
    except ModelUnusable as error:
        say(str(error))
        raise typer.Exit(2) from None
    if as_json:
        print_json(found)
        return
    if not found:
        say("no packaged model. Train one with `gongkai train CORPUS --out DIR`.")
    _print(found, with_labels=bool(given))


def _about(card: dict[str, Any]) -> dict[str, Any]:
    scores = card.get("scores", {})
    return {
        "version": card.get("version"),
        "examples": card.get("corpus", {}).get("examples"),
        "heads": {
            head["name"]: {
                "classes": len(head["classes"]),
                "exclusive": head["exclusive"],
                "micro_f1": scores.get(head["name"], {}).get("micro", {}).get("f1"),
                "macro_f1": scores.get(head["name"], {}).get("macro", {}).get("f1"),
            }
            for head in card["heads"]
        },
    }


def _print(found: list[dict[str, Any]], *, with_labels: bool) -> None:
    from nlp.cli.messages import table_of
    from nlp.cli.terminal import console_of

    def shown(value: float | None) -> str:
        return "—" if value is None else f"{value:.3f}"

    console = console_of()
    table = table_of("models", ("model", "version", "head"), ("classes", "examples", "micro F1", "macro F1"))
    for model in found:
        for head, about in model["heads"].items():
            figures = (str(about["classes"]), str(model["examples"] or "—"), shown(about["micro_f1"]))
            row = (model["name"], str(model["version"]), head, *figures, shown(about["macro_f1"]))
            table.add_row(*row)
    console.print(table)
    for model in found if with_labels else ():
        labels = table_of(Path(model["folder"]).name, ("scheme", "label", "名称"), ("threshold", "F1", "support"))
        for label in model["labels"]:
            figures = (shown(label["threshold"]), shown(label["f1"]), str(label["support"] or "—"))
            labels.add_row(label["scheme"], label["key"], label["zh"], *figures)
        console.print("", labels)
