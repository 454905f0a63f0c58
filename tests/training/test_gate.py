"""The gate holds scores where they were, and lets them sink only when told to."""

import json

import pytest

from training.corpus import CORPUS
from training.gate import FLOORS, MODEL, main


@pytest.fixture
def gate(ours, passages, tmp_path, capsys):
    """Runs the gate on a copy of the model, whose card a test may change."""
    folder = tmp_path / "model"
    folder.mkdir()
    card = json.loads((ours.folder / "card.json").read_text(encoding="utf-8"))

    def run(*arguments, role_f1=None, corpus=passages):
        if role_f1 is not None:
            card["scores"]["role"]["micro"]["f1"] = role_f1
        (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
        paths = ("--model", str(folder), "--corpus", str(corpus), "--floors", str(tmp_path / "floors.json"))
        status = main([*paths, *arguments])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run


def test_pinned_scores_hold(gate):
    assert gate()[0] == 2  # nothing is pinned yet
    assert gate("--pin")[0] == 0
    assert gate() == (0, "all floors hold\n")


def test_a_worse_score_fails(gate):
    gate("--pin", role_f1=0.95)
    status, printed = gate(role_f1=0.94)
    assert status == 1 and "role.micro is 0.94, below 0.947" in printed


def test_lowering_takes_a_word(gate):
    gate("--pin", role_f1=0.95)
    status, printed = gate("--pin", role_f1=0.9)
    assert status == 1 and "role.micro: 0.947 → 0.897" in printed
    assert gate()[0] == 1
    assert gate("--pin", "--lower")[0] == 0
    assert gate()[0] == 0


def test_raising_takes_none(gate):
    gate("--pin", role_f1=0.9)
    assert gate("--pin", role_f1=0.95)[0] == 0
    assert gate(role_f1=0.9)[0] == 1


def test_a_changed_corpus_must_be_pinned_again(gate, passages, tmp_path):
    gate("--pin")
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(passages.read_bytes() + b"\n")
    status, printed = gate(corpus=changed)
    assert status == 1 and "the floors were pinned on" in printed and "the model was trained on" in printed
    # and not before a model was trained on it
    assert gate("--pin", corpus=changed)[0] == 1


def test_a_fresh_evaluation_counts_instead_of_the_card(gate, ours, tmp_path):
    gate("--pin", role_f1=0.9)
    scores = json.loads((ours.folder / "card.json").read_text(encoding="utf-8"))["scores"]
    scores["role"]["micro"]["f1"] = 0.5
    (tmp_path / "evaluation.json").write_text(json.dumps({"heads": scores}), encoding="utf-8")
    status, printed = gate("--evaluation", str(tmp_path / "evaluation.json"))
    assert status == 1 and "role.micro is 0.5" in printed


@pytest.mark.skipif(not (FLOORS.is_file() and MODEL.is_dir() and CORPUS.is_file()), reason="no model is stored yet")
def test_the_stored_model_holds_its_floors():
    assert main([]) == 0
