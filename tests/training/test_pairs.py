"""Pairs are scored as counted by hand: weak answers are neither asked for nor wrong."""

from nlp.narrative.linear import Linear
from training.corpus import Marked, Passage
from training.pairs import own_labels, pairs_of, true_pairs

TEXT = "更新不及时。人手少。每周更新。加强培训。"
PASSAGE = Passage(
    "x-01-01", "x-01", "青禾镇", "township", 2021, "annual_report", "", TEXT, (),
    (
        Marked(0, 6, "problem", ("timeliness_poor",)),
        Marked(6, 10, "problem", ("staff_capacity",)),
        Marked(10, 15, "measure", ("timeliness_improve",), (0,)),
        Marked(15, 20, "measure", ("staff_training",), (1,), (0,)),
    ),
)  # fmt: skip


def test_true_pairs():
    assert true_pairs(PASSAGE) == ({(0, 2), (1, 3)}, {(0, 3)})


ALIGNED = Linear({"topic=aligned": 4.0}, -2.0)


def test_pairs_by_the_labels_of_the_corpus():
    assert pairs_of(PASSAGE, own_labels(PASSAGE), ALIGNED) == {(0, 2), (1, 3)}


def test_pairs_by_other_labels():
    judged = [
        ("problem", ["timeliness_poor"]),
        ("boilerplate", []),
        ("measure", ["timeliness_improve"]),
        ("measure", []),
    ]
    assert pairs_of(PASSAGE, judged, ALIGNED) == {(0, 2)}
