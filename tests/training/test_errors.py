"""What a model got wrong, what looks wrong in a corpus, and how sure a score of few cases can be."""

import csv
import io

import numpy as np
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from training.evaluate import evaluate
from training.examples import read_corpus
from training.fit import Target
from training.records import CorpusUnusable, Example
from training.scores import score_head
from training.suspects import find_suspects, suspects_csv


def table(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


@pytest.mark.parametrize("exclusive", [True, False])
def test_one_case_is_never_sure(exclusive):
    truth = np.array([[True, False]])
    scores = score_head(truth, truth, truth * 0.9, ["a"], ["x", "y"], exclusive=exclusive, bootstrap=50, seed=0)
    for interval in (scores["labels"]["x"]["interval"], scores["micro"]["interval"], scores["macro"]["interval"]):
        assert interval[0] < 0.5 and interval[1] == pytest.approx(1, abs=0.01)


def test_many_cases_are_as_sure_as_resampling_says():
    """400 of 400 right: the interval begins where Wilson's of 400 does, J = .990, F1 = .995."""
    truth = np.ones((400, 1), dtype=bool)
    names = [str(n) for n in range(400)]
    scores = score_head(truth, truth, truth * 0.9, names, ["x"], exclusive=False, bootstrap=50, seed=0)
    assert scores["labels"]["x"]["interval"] == pytest.approx([0.995, 1.0], abs=0.001)


def test_several_doubts_count_more_than_one():
    """.3 · .3 = .09 is less believed than .1 · 1, though .1 is the lowest single probability."""
    truth = np.array([[True, True], [True, False], [True, True]])
    chance = np.array([[0.3, 0.3], [0.1, 0.0], [0.9, 0.9]])
    examples = [
        Example(text, (), extra={"id": text, "区": "甲"}, file="c.csv", row=n) for n, text in enumerate("甲乙丙")
    ]
    target = Target("label", ("x", "y"), False, truth, np.ones(3, dtype=bool))
    found = find_suspects(examples, [target], {"label": chance}, {"label": np.array([0.5, 0.5])}, 5)
    assert [row["text"] for row in found] == ["甲", "乙"]
    assert found[0]["confidence"] == "0.09" and found[0]["id"] == "甲"
    assert table(suspects_csv(found))[1]["区"] == "甲"


def test_errors_name_the_nearest_training_example(theirs, sheet, tmp_path):
    learnt = read_corpus(sheet).examples[0]
    wrong = next(label for label in ("时效", "staff_capacity") if label not in learnt.labels)
    (tmp_path / "c.csv").write_text(
        f"编号,text,label\n=A1,{learnt.text}！,{wrong}\n8,{learnt.text}啊,{learnt.labels[0]}\n", encoding="utf-8"
    )
    found = evaluate(theirs.folder, tmp_path / "c.csv", trained_on=sheet, bootstrap=20)
    [error] = table(found.errors)
    assert error["编号"] == "'=A1" and (error["given"], error["row"]) == (wrong, "2")
    assert error["nearest"] == learnt.text and float(error["likeness"]) > 0.9
    assert error["nearest_labels"] == "|".join(learnt.labels)
    with pytest.raises(CorpusUnusable, match=r"not the corpus problems\.csv that the model was trained on"):
        evaluate(theirs.folder, tmp_path / "c.csv", trained_on=tmp_path / "c.csv", bootstrap=20)
    without = evaluate(theirs.folder, tmp_path / "c.csv", bootstrap=20)
    assert table(without.errors)[0]["nearest"] == ""
    assert any("is not at hand" in warning for warning in without.figures["warnings"])


def test_the_curve_rises_with_the_training(theirs, sheet):
    curve = evaluate(theirs.folder, sheet, bootstrap=20, curve=True).figures["curve"]
    assert [row["share"] for row in curve][-1] == 1 and curve[-1]["examples"] > curve[0]["examples"]
    assert curve[-1]["label"] >= curve[0]["label"] > 0


def test_a_sheet_of_errors_that_was_worked_on_is_not_overwritten(theirs, sheet, tmp_path):
    arguments = ["evaluate", str(theirs.folder), str(sheet), "--out", str(tmp_path / "e")]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert CliRunner().invoke(app, arguments).exit_code == 0
    with (tmp_path / "e" / "errors.csv").open("a", encoding="utf-8") as file:
        file.write("a note of mine\n")
    again = CliRunner().invoke(app, arguments)
    assert again.exit_code == 2 and "errors.csv: is not what this program wrote there" in again.stderr


def test_a_filled_in_sample_is_a_corpus(tmp_path):
    head = "id 编号,report 报告,heading 标题,before 上文,text 陈述,after 下文,predicted_role,predicted_labels,role 类别,label_1 标签1,label_2 标签2,label_3,label_4,note"
    rows = [
        "s1,a.txt,问题,,栏目更新慢。,,problem,,problem 问题,timeliness_poor 公开不及时,公开内容不全面,,,见附件",
        "s2,a.txt,问题,,总体不错。,,,,套话,none 无标签,,,,",
        "s3,a.txt,问题,,没有看过。,,,,,,,,,",
    ]
    (tmp_path / "s.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
    corpus = read_corpus(tmp_path / "s.csv", min_examples=1, min_labels=1)
    first, second = corpus.examples
    assert (first.role, first.labels) == ("problem", ("timeliness_poor", "content_incomplete"))
    assert (second.role, second.labels) == ("boilerplate", ())
    assert first.extra["id"] == "s1" and first.extra["note"] == "见附件" and first.heading == "问题"
    assert any("s.csv:4" in warning and "skipped" in warning for warning in corpus.warnings)
