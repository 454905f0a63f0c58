"""Trained models on disk: arrays and JSON, never pickle, so that a foreign model can do nothing but be wrong.

A model is a folder: ``card.json`` (what it is, how it was trained and how well it does) and ``weights.safetensors``.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from nlp.labelling.classifier import Classifier, Head, Order
from nlp.labelling.features import feature_names
from nlp.labelling.ngrams import Ngrams
from nlp.records import OutputRefused

FORMAT = 3
MAX_BYTES = 64 * 1024 * 1024
MAX_CARD_BYTES = 4 * 1024 * 1024
CARD = "card.json"
WEIGHTS = "weights.safetensors"
PARTS = ("weights", "intercept", "slope", "clause_slope", "offset", "thresholds")


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
    save_file(arrays | {"keys": np.ascontiguousarray(model.ngrams.keys)}, folder / WEIGHTS)
    card = {
        "format": FORMAT,
        "name": model.name,
        "version": model.version,
        "heads": [{"name": h.name, "classes": list(h.classes), "exclusive": h.exclusive} for h in model.heads.values()],
        "cue_weight": model.cue_weight,
        "cues": _cues(),
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
        if path.stat().st_size > MAX_CARD_BYTES:
            raise ModelUnusable(f"{path}: larger than {MAX_CARD_BYTES} bytes, no card of a model. Name another folder.")
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ModelUnusable(
            f"{path}: no readable card ({reason}). Name the folder that `gongkai train` wrote."
        ) from None
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise ModelUnusable(f"{path}: not a model of format {FORMAT}. Train it again with this version of gongkai.")
    return card


def load_model(folder: Path) -> Classifier:
    """The model in a folder.

    Raises
    ------
    ModelUnusable : a file is missing, changed since training, too large, or does not fit the card or the cue vocabulary
    """
    card = read_card(folder)
    path = folder / WEIGHTS
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise ModelUnusable(f"{path}: missing or larger than {MAX_BYTES} bytes. Train the model again.")
    if _sha256(path) != card.get("sha256", {}).get(WEIGHTS):
        raise ModelUnusable(
            f"{path}: not the file that the card describes. Copy the whole folder again, or train again."
        )
    if card.get("cue_weight") and card.get("cues") != _cues():
        raise ModelUnusable(
            f"{folder}: trained with another cue vocabulary (nlp/vocabulary/cues.toml). Train it again."
        )
    try:
        arrays = _arrays(path)
        keys = arrays.pop("keys")
        if keys.ndim != 1 or not (keys[1:] > keys[:-1]).all():
            raise ValueError("the n-grams are not in rising order")
        heads = {h["name"]: _head(h, arrays) for h in card["heads"]}
        order = Order(arrays["order.follows"], arrays["order.announced"]) if "order.follows" in arrays else None
        ngrams, cue_weight = Ngrams(keys, arrays["idf"]), float(card["cue_weight"])
        model = Classifier(str(card["name"]), str(card["version"]), ngrams, cue_weight, heads, order)
        features = len(keys) + (len(feature_names()) if model.cue_weight else 0)
        if len(model.ngrams.idf) != len(keys) or any(h.weights.shape[0] != features for h in heads.values()):
            raise ValueError("the arrays do not have one row for each feature")
        if order is not None and {order.follows.shape, order.announced.shape} != {(len(heads["role"].classes),) * 2}:
            raise ValueError("the order of roles does not have one row for each role")
    except (SafetensorError, KeyError, TypeError, ValueError, UnicodeDecodeError) as error:
        raise ModelUnusable(f"{folder}: the files do not fit together ({error}). Train the model again.") from None
    return model


def _arrays(path: Path) -> dict[str, np.ndarray[Any, Any]]:
    with safe_open(path, framework="numpy") as file:
        arrays = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    for key, array in arrays.items():
        if key == "keys" and array.dtype == np.uint32:
            continue
        if array.dtype != np.float32 or not np.isfinite(array).all():
            raise ValueError(f"array {key} is not of finite 32-bit numbers")
    return arrays


def _head(about: dict[str, Any], arrays: dict[str, Any]) -> Head:
    classes = tuple(map(str, about["classes"]))
    parts = {part: arrays[f"{about['name']}.{part}"] for part in PARTS}
    if parts["weights"].ndim != 2 or any(array.shape[-1] != len(classes) for array in parts.values()):
        raise ValueError(f"head {about['name']} does not have one column for each class")
    return Head(name=about["name"], classes=classes, exclusive=bool(about["exclusive"]), **parts)


def _cues() -> str:
    """Says which columns the cue matrix has: a model fits no other vocabulary."""
    return hashlib.sha256("\n".join(feature_names()).encode()).hexdigest()[:16]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
