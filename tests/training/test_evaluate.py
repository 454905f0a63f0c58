"""Scores worked out by hand, and what an evaluation writes."""

import json
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from nlp.labelling.store import ModelUnusable
from training.evaluate import evaluate, write_evaluation
from training.records import CorpusUnusable
from training.scores import calibration, choose, coverage, score_head


def bools(*rows):
    return np.array(rows, dtype=bool)


TRUTH = bools([1, 0], [1, 0], [0, 1], [0, 0])
CHOSEN = bools([1, 0], [0, 1], [0, 1], [0, 0])
CHANCE = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.1, 0.1]])


def test_scores_of_a_head():
    scores = score_head(TRUTH, CHOSEN, CHANCE, list("aabb"), ["x", "y"], exclusive=False, bootstrap=200, seed=0)
    # x: 1 hit, 1 missed; y: 1 hit, 1 too many. Micro: 2 hits, 1 and 1.
    x = scores["labels"]["x"]
    assert (x["precision"], x["recall"], x["f1"], x["support"]) == (1, 0.5, 0.6667, 2)
    assert (scores["labels"]["y"]["precision"], scores["labels"]["y"]["recall"]) == (0.5, 1)
    assert scores["micro"]["f1"] == pytest.approx(0.6667)
    assert scores["macro"]["f1"] == pytest.approx(0.6667)
    assert scores["groups"] == 2
    # two groups: a sample may hold b twice, which is perfect, or a twice, where 1 hit stands against 1 and 1
    # (0.5 to 1); but these are four cases, and Wilson's interval of 2 in 4 is 0.150 to 0.850: 2J / (1 + J) = 0.261 to 0.919
    assert scores["micro"]["interval"] == pytest.approx([0.261, 1.0], abs=0.001)


def test_a_label_that_no_text_bears_has_no_score_and_no_part_in_the_mean():
    truth, chosen = bools([1, 0], [1, 0]), bools([1, 0], [1, 0])
    scores = score_head(
        truth, chosen, truth.astype(float), ["a", "b"], ["x", "y"], exclusive=False, bootstrap=20, seed=0
    )
    assert scores["labels"]["y"] == {"precision": None, "recall": None, "f1": None, "support": 0, "interval": None}
    assert scores["macro"]["f1"] == 1


def test_confusion_of_an_exclusive_head():
    truth, chosen = bools([1, 0], [1, 0], [0, 1]), bools([1, 0], [0, 1], [0, 1])
    scores = score_head(
        truth, chosen, chosen.astype(float), list("abc"), ["x", "y"], exclusive=True, bootstrap=20, seed=0
    )
    assert scores["confusion"]["true_by_predicted"] == [[1, 1], [0, 1]]
    assert scores["accuracy"] == pytest.approx(0.6667)


def test_accepted_are_labels_above_threshold_and_the_best_one():
    chance, thresholds = np.array([[0.5, 0.6], [0.3, 0.2], [0.1, 0.05]]), np.array([0.4, 0.4])
    assert choose(chance, thresholds, exclusive=False, abstains_below=0.15).tolist() == [[1, 1], [1, 0], [0, 0]]
    assert choose(chance, thresholds, exclusive=False, abstains_below=None).tolist() == [[1, 1], [0, 0], [0, 0]]
    assert choose(chance, thresholds, exclusive=True).tolist() == [[0, 1], [1, 0], [1, 0]]


def test_coverage_stops_where_precision_falls():
    """20 right ones, then a wrong one and a right one of one score: 21 of 22 are right, which is above .95."""
    truth = bools(*[[1]] * 20, [0], [1], [0], [0])
    chance = np.array([[0.9]] * 20 + [[0.8], [0.8], [0.5], [0.4]])
    found = coverage(truth, np.ones_like(truth), chance)
    assert found == {"precision": 0.9545, "score": 0.8, "share": 0.9167, "recall": 1.0}
    assert coverage(bools([0]), bools([1]), np.array([[0.9]]))["share"] == 0


def test_calibration_error():
    """Ten labels of probability .8, of which 6 are borne: .2 too sure. Ten of .1, of which 1 is: just right."""
    truth = bools(*[[1]] * 6, *[[0]] * 4, [1], *[[0]] * 9)
    chance = np.array([[0.8]] * 10 + [[0.1]] * 10)
    found = calibration(truth, chance > 0.5, chance, exclusive=False)
    assert found["error"] == 0.1 and found["error_of_accepted"] == 0.2
    assert [(b["count"], b["observed"]) for b in found["bins"] if b["count"]] == [(10, 0.1), (10, 0.6)]


def test_an_evaluation_writes_figures_page_and_plots(ours, passages, tmp_path):
    found = evaluate(ours.folder, passages, slices=["year", "role"], bootstrap=50)
    assert found.figures["heads"]["role"]["accuracy"] > 0.95
    assert set(found.figures["slices"]["role"]["year"]) == {"2015", "2016", "2017", "2018", "2019"}
    # aspects are scored on problems and measures only
    assert set(found.figures["slices"]["aspect"]["role"]) == {"problem", "measure"}
    paths = write_evaluation(found, tmp_path / "e")
    written = json.loads((tmp_path / "e" / "evaluation.json").read_text(encoding="utf-8"))
    assert written.pop("errors") and written.pop("seal").startswith("gongkai:sha256:")
    assert written == found.figures
    for path in paths:
        if path.suffix == ".svg":
            ElementTree.fromstring(path.read_text(encoding="utf-8"))
    page = (tmp_path / "e" / "evaluation.html").read_text(encoding="utf-8")
    assert (
        page.count("<svg") == 4
        and "人员力量与能力不足" in page
        and "http" not in page.replace("http://www.w3.org", "")  # loads nothing
    )


def test_markup_in_a_corpus_is_escaped(theirs, sheet, tmp_path):
    """A label or a column's value may hold anything."""
    content = sheet.read_text(encoding="utf-8").replace("青禾镇", "<script>alert(1)</script>")
    (tmp_path / "c.csv").write_text(content, encoding="utf-8")
    found = evaluate(theirs.folder, tmp_path / "c.csv", slices=["group"], bootstrap=20)
    write_evaluation(found, tmp_path / "e")
    assert "<script>" not in (tmp_path / "e" / "evaluation.html").read_text(encoding="utf-8")


def test_labels_that_the_model_does_not_know_are_named(theirs, sheet, tmp_path):
    content = sheet.read_text(encoding="utf-8").replace("channel_limited", "渠道")
    (tmp_path / "c.csv").write_text(content, encoding="utf-8")
    found = evaluate(theirs.folder, tmp_path / "c.csv", bootstrap=20)
    assert "labels that the model does not know, not scored: 渠道" in found.figures["warnings"]


def test_what_cannot_be_evaluated(theirs, sheet, tmp_path):
    with pytest.raises(CorpusUnusable, match="column 年: no such column; there are"):
        evaluate(theirs.folder, sheet, slices=["年"])
    (tmp_path / "c.csv").write_text("text,label\n更新慢了,甲\n内容少了,乙\n", encoding="utf-8")
    with pytest.raises(CorpusUnusable, match="no label of the model; it knows"):
        evaluate(theirs.folder, tmp_path / "c.csv")
    with pytest.raises(ModelUnusable, match="no readable card"):
        evaluate(tmp_path, sheet)
