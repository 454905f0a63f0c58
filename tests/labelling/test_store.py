"""Trained models on disk: what is saved comes back, and what is damaged or foreign is refused with a reason."""

import json
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from nlp.labelling.classifier import Classifier, Head, Order
from nlp.labelling.features import feature_names
from nlp.labelling.ngrams import Ngrams, key_of
from nlp.labelling.store import ModelUnusable, load_model, save_model

TEXTS = ["公开内容", "更新慢", "", "甲"]


@pytest.fixture
def model():
    """Two n-grams, no cues; 内 speaks for content, 慢 for timeliness."""
    ngrams = Ngrams(np.array([key_of("内"), key_of("慢")], dtype=np.uint32), np.array([1, 2], dtype=np.float32))
    ones, zeros = np.ones(2, np.float32), np.zeros(2, np.float32)
    weights = np.array([[4, -4], [-4, 4]], dtype=np.float32)
    head = Head("aspect", ("content", "timeliness"), False, weights, zeros, ones, ones / 4, zeros, ones / 2)
    role = Head("role", ("problem", "measure"), True, weights, zeros, ones, zeros, zeros, zeros)
    order = Order(np.zeros((2, 2), np.float32), np.zeros((2, 2), np.float32))
    return Classifier("test", "1", ngrams, 0.0, {"role": role, "aspect": head}, order)


def test_probabilities_are_what_the_weights_say(model):
    chances = model.probabilities(TEXTS)
    # One known n-gram: a row of length 1, margin ±4, and as much again by a quarter, for the text is its own clearest
    # clause: sigmoid(5) = 0.993. No known n-gram: margin 0, 0.5.
    np.testing.assert_allclose(chances["aspect"], [[0.993, 0.007], [0.007, 0.993], [0.5, 0.5], [0.5, 0.5]], atol=1e-3)
    np.testing.assert_allclose(chances["role"].sum(axis=1), 1, atol=1e-6)


def test_the_clearest_clause_speaks_beside_the_whole(model):
    # The whole: (1, 2) / √5 times ±4 gives -1.789 and 1.789; the clauses ±4 each, the greatest 4, a quarter of it 1.
    [chances] = model.probabilities(["公开内容一般,更新较为缓慢"])["aspect"]
    np.testing.assert_allclose(chances, [0.312, 0.942], atol=1e-3)  # sigmoid(-0.789), sigmoid(2.789)


def test_a_saved_model_comes_back(model, tmp_path):
    save_model(model, tmp_path / "m", {"note": "x"})
    again = load_model(tmp_path / "m")
    for name, chances in model.probabilities(TEXTS).items():
        np.testing.assert_array_equal(again.probabilities(TEXTS)[name], chances)
    assert json.loads((tmp_path / "m" / "card.json").read_text(encoding="utf-8"))["note"] == "x"


def test_the_same_model_gives_the_same_bytes(model, tmp_path):
    for name in ("a", "b"):
        save_model(model, tmp_path / name, {})
    for file in ("card.json", "weights.safetensors"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def _damage_weights(folder):
    path = folder / "weights.safetensors"
    path.write_bytes(path.read_bytes()[:-4])


def _pickle(folder):
    (folder / "weights.safetensors").write_bytes(b"\x80\x04\x95cos\nsystem\n")


def _other_format(folder):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | {"format": 99}))


def _consistent_but_wrong(folder):
    """Arrays of another shape, with the card telling their true fingerprint."""
    import hashlib

    path = folder / "weights.safetensors"
    arrays = load_file(path)
    save_file(arrays | {"aspect.weights": np.zeros((9, 2), np.float32)}, path)
    card = json.loads((folder / "card.json").read_text())
    card["sha256"]["weights.safetensors"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "card.json").write_text(json.dumps(card))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / "card.json").unlink(), "no readable card"),
        (lambda folder: (folder / "card.json").write_text("[]"), "not a model"),
        (_other_format, "format"),
        (lambda folder: (folder / "weights.safetensors").unlink(), "missing"),
        (_damage_weights, "not the file that the card describes"),
        (_pickle, "not the file that the card describes"),
        (_consistent_but_wrong, "do not fit together"),
    ],
)
def test_a_damaged_or_foreign_model_is_refused(model, tmp_path, harm, words):
    save_model(model, tmp_path / "m", {})
    harm(tmp_path / "m")
    with pytest.raises(ModelUnusable, match=words):
        load_model(tmp_path / "m")


def _card(folder, **changes):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | changes))


def _array(folder, name, values):
    """Another array, with weights and card telling their true fingerprint and classes."""
    import hashlib

    from safetensors import safe_open

    path = folder / "weights.safetensors"
    arrays = load_file(path)
    with safe_open(path, "numpy") as file:
        metadata = file.metadata()
    save_file(arrays | {name: np.asarray(values, dtype=np.float32)}, path, metadata=metadata)
    _card(folder, sha256={path.name: hashlib.sha256(path.read_bytes()).hexdigest()})


@pytest.mark.parametrize(
    "harm",
    [
        lambda f: _array(f, "aspect.intercept", [np.nan, 0]),
        lambda f: _array(f, "aspect.intercept", [np.inf, 0]),
        lambda f: _array(f, "aspect.intercept", [1e30, 0]),
        lambda f: _array(f, "aspect.intercept", [0]),
        lambda f: _array(f, "aspect.intercept", [[0, 0]]),
        lambda f: _array(f, "aspect.weights", [[[4, -4], [-4, 4]]]),
        lambda f: _array(f, "aspect.thresholds", [2, 0]),
        lambda f: _array(f, "order.follows", [[0]]),
        lambda f: _card(f, heads=[]),
        lambda f: _card(f, heads=None),
        lambda f: _card(f, heads=[{"name": "aspect", "classes": ["timeliness", "content"], "exclusive": False}]),
        lambda f: _card(f, heads=[{"name": "aspect", "classes": ["content", "content"], "exclusive": False}]),
        lambda f: _card(f, sha256=None),
        lambda f: _card(f, sha256={"weights.safetensors": None}),
        lambda f: _card(f, cue_weight=10**400),
        lambda f: _card(f, cue_weight="0.1"),
        lambda f: _card(f, cue_weight=-1),
        lambda f: (f / "card.json").write_text('{"format": 4, "cue_weight": NaN}'),
        lambda f: (f / "card.json").write_text('{"format": 4, "x": ' + "[" * 100_000 + "]" * 100_000 + "}"),
    ],
)
def test_numbers_classes_and_cards_out_of_bounds_are_refused(model, tmp_path, harm):
    save_model(model, tmp_path / "m", {})
    harm(tmp_path / "m")
    with pytest.raises(ModelUnusable, match=r"again|Name the folder"):
        load_model(tmp_path / "m")


def test_a_pipe_in_place_of_the_card_is_not_waited_for(model, tmp_path):
    import os

    save_model(model, tmp_path / "m", {})
    (tmp_path / "m" / "card.json").unlink()
    os.mkfifo(tmp_path / "m" / "card.json")
    with pytest.raises(ModelUnusable, match="no file"):
        load_model(tmp_path / "m")


@pytest.fixture
def with_cues(model, tmp_path):
    """The same model, which also looks at the cues of the vocabulary."""
    rows = len(feature_names())
    heads = {
        name: replace(head, weights=np.concatenate((head.weights, np.full((rows, 2), 0.5, np.float32))))
        for name, head in model.heads.items()
    }
    save_model(replace(model, heads=heads, cue_weight=0.1), tmp_path / "cues", {})
    return tmp_path / "cues"


def test_a_changed_group_of_cues_is_named_and_may_be_allowed(with_cues):
    card = json.loads((with_cues / "card.json").read_text())
    _card(with_cues, cues=card["cues"] | {"role.future": "00000000", "role.gone": "11111111"})
    with pytest.raises(ModelUnusable, match=r"role\.future has other terms, role\.gone is gone"):
        load_model(with_cues)
    assert load_model(with_cues, allow_changed_vocabulary=True).cue_weight == 0.1


def test_a_group_that_training_did_not_know_weighs_nothing(with_cues):
    """The vocabulary has one group more than the model: take its columns out of model and card."""
    card = json.loads((with_cues / "card.json").read_text())
    new = next(iter(card["cues"]))
    kept = [at for at, name in enumerate(card["columns"]) if not name.startswith(f"{new}@")]
    for name in ("aspect", "role"):
        weights = load_file(with_cues / "weights.safetensors")[f"{name}.weights"]
        _array(with_cues, f"{name}.weights", np.concatenate((weights[:2], weights[2:][kept])))
    cues = {group: terms for group, terms in card["cues"].items() if group != new}
    _card(with_cues, columns=[card["columns"][at] for at in kept], cues=cues)
    weights = load_model(with_cues).heads["aspect"].weights
    assert weights.shape == (2 + len(feature_names()), 2)
    assert not weights[2 + list(feature_names()).index(f"{new}@head")].any()
    assert weights[-1].tolist() == [0.5, 0.5]
