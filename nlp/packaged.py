"""Where the trained models lie that come with the package."""

from __future__ import annotations

from pathlib import Path

CARD = "card.json"


def packaged_models() -> dict[str, Path]:
    """The folders of the models that come with the package (in a checkout, ``models/`` beside it), by name."""
    found: dict[str, Path] = {}
    for up in (0, 1):
        for card in sorted((Path(__file__).parents[up] / "models").glob(f"*/{CARD}")):
            found.setdefault(card.parent.name, card.parent)
    return found


def packaged(name: str) -> Path:
    """The folder of a packaged model.

    Raises
    ------
    FileNotFoundError : there is none of that name

    >>> packaged("statements").name
    'statements'
    """
    folder = packaged_models().get(name)
    if folder is None:
        raise FileNotFoundError(f"models/{name}: this model is missing. Install gongkai again, or train it.")
    return folder
