"""Trained models on disk: arrays and JSON, never pickle, so that a foreign model can do nothing but be wrong.

A model is a folder: ``card.json`` (what it is, how it was trained and how well it does) and ``weights.safetensors``.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from nlp.labelling.classifier import Classifier, Head, Order
from nlp.labelling.features import FEATURES, feature_groups, feature_names
from nlp.labelling.ngrams import Floats, Ngrams
from nlp.narrative.lexicon import group_fingerprints
from nlp.records import OutputRefused

FORMAT = 5
MAX_BYTES = 64 * 1024 * 1024
MAX_CARD_BYTES = 4 * 1024 * 1024
CARD = "card.json"
WEIGHTS = "weights.safetensors"
PARTS = ("weights", "intercept", "slope", "clause_slope", "offset", "thresholds")
# Weights of trained models stay below 100; a product of larger ones could overflow to infinity and then to no number.
MAX_NUMBER = 1e6
NOT_SHOWN = 6  # changed groups of cues beyond this many are counted, not named


class HeadCard(msgspec.Struct, frozen=True):
    """What a card says of one head: its classes in the order of the arrays' columns."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    classes: Annotated[list[str], msgspec.Meta(min_length=1)]
    exclusive: bool


class Card(msgspec.Struct, frozen=True):
    """What must be right in a card for the model to be used; cards hold more, for people."""

    name: str
    version: str
    heads: Annotated[list[HeadCard], msgspec.Meta(min_length=1)]
    cue_weight: Annotated[float, msgspec.Meta(ge=0, le=100)]
    features: int
    columns: list[str]
    cues: dict[str, str]
    sha256: dict[str, str]


class ModelUnusable(Exception):
    """A model folder that is damaged, foreign, or made for another version. The message says which and what to do."""


def save_model(model: Classifier, folder: Path, about: dict[str, Any]) -> None:
    """Write a model. ``about`` is added to the card: corpus fingerprint, settings, versions, scores, limits."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, np.ndarray[Any, Any]] = {"idf": model.ngrams.idf}
    for head in model.heads.values():
        arrays |= {f"{head.name}.{part}": getattr(head, part) for part in PARTS}
    if model.order is not None:
        arrays |= {"order.follows": model.order.follows, "order.announced": model.order.announced}
    arrays = {key: np.ascontiguousarray(a, dtype=np.float32) for key, a in arrays.items()}
    heads = [{"name": h.name, "classes": list(h.classes), "exclusive": h.exclusive} for h in model.heads.values()]
    named = {"heads": json.dumps(heads, ensure_ascii=False)}  # arrays and classes belong together
    save_file(arrays | {"keys": np.ascontiguousarray(model.ngrams.keys)}, folder / WEIGHTS, metadata=named)
    card = {
        "format": FORMAT,
        "name": model.name,
        "version": model.version,
        "heads": heads,
        "cue_weight": model.cue_weight,
        "features": FEATURES,
        "columns": list(feature_names()) if model.cue_weight else [],
        "cues": group_fingerprints(feature_groups()) if model.cue_weight else {},
        "sha256": {WEIGHTS: _sha256(folder / WEIGHTS)},
        **about,
    }
    _write_card(folder, card)


def note_files(folder: Path) -> dict[str, Any]:
    """Note in the card what the files of a model are now, so that one that is changed later is known; the card comes back."""
    card = read_card(folder)
    files = sorted(path for path in folder.iterdir() if path.name != CARD and path.is_file())
    card["sha256"] = {path.name: _sha256(path) for path in files}
    _write_card(folder, card)
    return card


def refuse_foreign_model(folder: Path) -> None:
    """Raise ``OutputRefused`` unless a folder holds a model that ``train`` wrote, unchanged, and nothing else."""
    try:
        written = read_card(folder)["sha256"]
        for path in sorted(folder.iterdir()):
            if path.name != CARD and (path.is_symlink() or not path.is_file() or _sha256(path) != written[path.name]):
                raise OutputRefused(
                    f"{path} was changed since the model was trained. Move it away, or name a new folder."
                )
    except (ModelUnusable, KeyError, TypeError) as error:
        what = (
            f"{folder / error.args[0]} is no file of a model"
            if isinstance(error, KeyError)
            else f"{folder} holds no model"
        )
        raise OutputRefused(f"{what}: it holds other things than a model. Name a new folder with --out.") from None


def _write_card(folder: Path, card: dict[str, Any]) -> None:
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a model. Raises ``ModelUnusable`` when there is none or it is not of this format."""
    path = folder / CARD
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise ModelUnusable(f"{path}: no file. Name the folder that `gongkai train` wrote.")
        if about.st_size > MAX_CARD_BYTES:
            raise ModelUnusable(f"{path}: larger than {MAX_CARD_BYTES} bytes, no card of a model. Name another folder.")
        card = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ModelUnusable(
            f"{path}: no readable card ({reason}). Name the folder that `gongkai train` wrote."
        ) from None
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise ModelUnusable(f"{path}: not a model of format {FORMAT}. Train it again with this version of gongkai.")
    return card


def load_model(folder: Path, *, allow_changed_vocabulary: bool = False) -> Classifier:
    """The model in a folder.

    Groups of cues that came into the vocabulary since training weigh nothing. Groups that changed or went are refused,
    since scores would change unnoticed.

    Parameters
    ----------
    allow_changed_vocabulary : take the model with the vocabulary as it is

    Raises
    ------
    ModelUnusable : a file is missing, changed since training, too large, or does not fit the card or the cue vocabulary
    """
    try:
        card = msgspec.convert(read_card(folder), Card)
    except msgspec.ValidationError as error:
        raise ModelUnusable(f"{folder / CARD}: {error}. Copy the whole folder again, or train again.") from None
    path = folder / WEIGHTS
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise ModelUnusable(f"{path}: missing or larger than {MAX_BYTES} bytes. Train the model again.")
    if _sha256(path) != card.sha256.get(WEIGHTS):
        raise ModelUnusable(
            f"{path}: not the file that the card describes. Copy the whole folder again, or train again."
        )
    if card.cue_weight and not allow_changed_vocabulary:
        _refuse_changed_vocabulary(folder, card)
    try:
        return _classifier(card, _arrays(path, card))
    except (SafetensorError, KeyError, TypeError, ValueError, UnicodeDecodeError) as error:
        raise ModelUnusable(f"{folder}: the files do not fit together ({error}). Train the model again.") from None


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _refuse_changed_vocabulary(folder: Path, card: Card) -> None:
    if card.features != FEATURES:
        raise ModelUnusable(
            f"{folder}: trained with features of version {card.features}, these are {FEATURES}. Train it again."
        )
    now = group_fingerprints(feature_groups())
    changed = [
        f"{group} {'is gone' if group not in now else 'has other terms'}"
        for group, terms in card.cues.items()
        if now.get(group) != terms
    ]
    if changed:
        more = f" and {len(changed) - NOT_SHOWN} more" if len(changed) > NOT_SHOWN else ""
        raise ModelUnusable(
            f"{folder}: trained with another cue vocabulary (nlp/vocabulary/cues.toml): {', '.join(changed[:NOT_SHOWN])}{more}. "
            "Train it again, or take it as it is: `gongkai tag` and `show` with --allow-changed-vocabulary."
        )


def _classifier(card: Card, arrays: dict[str, Any]) -> Classifier:
    keys, idf = arrays.pop("keys"), arrays.pop("idf")
    if keys.ndim != 1 or not (keys[1:] > keys[:-1]).all() or idf.shape != keys.shape:
        raise ValueError("the n-grams are not in rising order, each with its weight")
    heads = {head.name: _head(head, arrays, card, len(keys)) for head in card.heads}
    if len(heads) != len(card.heads):
        raise ValueError("two heads have one name")
    order = Order(arrays["order.follows"], arrays["order.announced"]) if "order.follows" in arrays else None
    if order is not None and {order.follows.shape, order.announced.shape} != {(len(heads["role"].classes),) * 2}:
        raise ValueError("the order of roles does not have one row for each role")
    return Classifier(card.name, card.version, Ngrams(keys, idf), card.cue_weight, heads, order)


def _arrays(path: Path, card: Card) -> dict[str, np.ndarray[Any, Any]]:
    with safe_open(path, framework="numpy") as file:
        named = json.loads((file.metadata() or {}).get("heads", "null"))
        arrays = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    if named != msgspec.to_builtins(card.heads):
        raise ValueError("the card names other classes than the weights were trained for")
    for key, array in arrays.items():
        if key == "keys" and array.dtype == np.uint32:
            continue
        if array.dtype != np.float32 or not (np.abs(array) <= MAX_NUMBER).all():
            raise ValueError(f"array {key} is not of finite 32-bit numbers up to {MAX_NUMBER:g}")
    return arrays


def _head(about: HeadCard, arrays: Mapping[str, Any], card: Card, known: int) -> Head:
    classes = tuple(about.classes)
    parts = {part: arrays[f"{about.name}.{part}"] for part in PARTS}
    if len(set(classes)) != len(classes):
        raise ValueError(f"head {about.name} names a class twice")
    rows = known + len(card.columns)
    shapes = {part: (rows, len(classes)) if part == "weights" else (len(classes),) for part in PARTS}
    wrong = [part for part, array in parts.items() if array.shape != shapes[part]]
    if wrong:
        raise ValueError(
            f"{about.name}.{wrong[0]} does not have one column for each class and one row for each feature"
        )
    if not ((parts["thresholds"] >= 0) & (parts["thresholds"] <= 1)).all():
        raise ValueError(f"a threshold of head {about.name} is no probability")
    parts["weights"] = _for_columns(parts["weights"], known, card.columns)
    return Head(name=about.name, classes=classes, exclusive=about.exclusive, **parts)


def _for_columns(weights: Floats, known: int, columns: list[str]) -> Floats:
    """The weights in the order of today's cue columns; a column that training did not know weighs nothing."""
    if not columns or columns == list(feature_names()):
        return weights
    place = {name: known + at for at, name in enumerate(columns)}
    rows = np.zeros((len(feature_names()), weights.shape[1]), dtype=np.float32)
    for at, name in enumerate(feature_names()):
        if name in place:
            rows[at] = weights[place[name]]
    return np.concatenate((weights[:known], rows))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
