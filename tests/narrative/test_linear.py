"""Weights as JSON: what is written is read again, and what is no model is refused with a sentence."""

import pytest

from nlp.narrative.linear import Linear, load_linear


def test_round_trip_is_the_same_bytes(tmp_path):
    one, two = tmp_path / "a.json", tmp_path / "b.json"
    Linear({"b": 0.25, "a": -1.0}, 0.5).save(one)
    load_linear(one).save(two)
    assert one.read_bytes() == two.read_bytes()
    assert load_linear(one).weigh(["a", "b", "c"]) == -0.25


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{}", '{"bias": 0}', '{"bias": "x", "weights": {}}', '{"bias": 0, "weights": {"a": null}}',
        '{"bias": 0, "weights": {"a": NaN}}', '{"bias": Infinity, "weights": {}}', '{"bias": 0, "weights": {"a": 1e999}}',
        '{"bias": 0, "weights": []}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_model_is_refused(tmp_path, content):
    path = tmp_path / "cutting.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="Train it again"):
        load_linear(path)
