"""Models of other labels on texts, and in the list of models."""

import json

from typer.testing import CliRunner

import nlp
from nlp.cli.app import app


def test_a_model_of_other_labels_has_no_roles(theirs, tmp_path):
    """The package's roles mean nothing for texts of another kind."""
    frame = nlp.apply(theirs.folder, ["青禾镇的栏目更新还不够到位，与群众期待有差距"])
    assert not any("role" in name for name in frame) and frame["predicted_labels"][0]


def test_models_lists_scores_labels_and_thresholds(theirs):
    listed = CliRunner().invoke(app, ["models"])
    assert listed.exit_code == 0 and "statements" in listed.stdout and "aspect" in listed.stdout
    [about] = json.loads(CliRunner().invoke(app, ["models", str(theirs.folder), "--json"]).stdout)
    assert {label["key"] for label in about["labels"]} == {"时效", "staff_capacity", "channel_limited"}
    assert all(label["threshold"] is not None and label["f1"] is not None for label in about["labels"])
    assert "no such model" in CliRunner().invoke(app, ["models", "nowhere"]).stderr
