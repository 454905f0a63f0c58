"""How far persons agree, worked out by hand, and the way from disagreements to a corpus."""

import json
import zipfile

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from training.agree import _alpha, measure
from training.annotators import read_judgements
from training.columns import Columns
from training.examples import read_corpus
from training.records import CorpusUnusable

TEXTS = ["栏目更新慢。", "信息员人少。", "渠道太窄了。", "内容不完整。"]
A, B = ["x", "x", "y", "y"], ["x", "y", "y", "y"]


def write(path, labels, texts=TEXTS, **more):
    pd.DataFrame({"id": range(len(texts)), "text": texts, "label": labels, **more}).to_csv(path, index=False)
    return path


@pytest.fixture
def two(tmp_path):
    return [write(tmp_path / "甲.csv", A), write(tmp_path / "乙.csv", B)]


def run(*arguments):
    return CliRunner().invoke(app, ["agree", *map(str, arguments)])


def test_two_persons_by_hand(two):
    """3 of 4 alike. κ: (3/4 - (2·1 + 2·3)/16) / (1 - 8/16) = .5. α: 2 of 8 coincidences differ, by chance 2·3·5 / 7: 1 - 14/30."""
    found = measure(read_judgements(two), samples=50)
    assert found.persons == ("甲", "乙") and found.doubled == 4
    [labels, *_] = found.questions
    assert (labels.name, labels.agreed) == ("labels", 3)
    assert labels.alpha.value == pytest.approx(1 - 7 * 2 / 30) and labels.kappa.value == pytest.approx(0.5)
    assert labels.alpha.low <= labels.alpha.value <= labels.alpha.high
    assert found.confusions["labels"] == {("y", "y"): 2, ("x", "x"): 1, ("x", "y"): 1}


def test_gaps_and_three_persons_by_hand():
    """Texts (a, a, –) and (a, b, b): 2 of 5 coincidences differ; by chance 2·3·2 / 4 = 3 would. α = 1 - 2/3."""
    assert _alpha(np.array([[0, 0, -1], [0, 1, 1]]), 2, np.array([1, 1])) == pytest.approx(1 / 3)
    assert np.isnan(_alpha(np.array([[0, 0]]), 1, np.array([1])))


def test_roles_and_several_labels(tmp_path):
    one = write(tmp_path / "a.csv", ["x;y", "x", "y", "y"], role=["p", "p", "m", "m"])
    two = write(tmp_path / "b.csv", ["x", "x", "y", "y"], role=["p", "m", "m", "m"])
    found = {q.name: q for q in measure(read_judgements([one, two]), samples=20).questions}
    assert found["role"].agreed == 3 and found["x"].agreed == 4 and found["y"].agreed == 3


def test_from_files_to_a_settled_corpus(two, tmp_path):
    result = run(*two, "--out", tmp_path / "open.csv")
    assert result.exit_code == 0 and "1 texts to settle" in result.stderr, result.output
    sheet = pd.read_csv(tmp_path / "open.csv", dtype=str)
    assert sheet.loc[0, ["text", "label 甲", "label 乙"]].tolist() == ["信息员人少。", "x", "y"]
    unsettled = run(*two, "--settled", tmp_path / "open.csv", "--corpus", tmp_path / "c.csv")
    assert "3 texts written, 1 still open and left out" in unsettled.stderr
    sheet["label"] = "x"
    sheet.to_csv(tmp_path / "open.csv", index=False)
    done = run(*two, "--settled", tmp_path / "open.csv", "--corpus", tmp_path / "c.csv", "--force")
    assert done.exit_code == 0 and "4 texts written, 0 still open" in done.stderr, done.output
    corpus = read_corpus(tmp_path / "c.csv", min_examples=1)
    assert [e.labels for e in corpus.examples] == [("x",), ("x",), ("y",), ("y",)]
    assert [e.extra["id"] for e in corpus.examples] == list("0123")


def test_one_export_with_several_annotators(tmp_path):
    tasks = [
        {"id": n, "data": {"text": text}, "annotations": [
            {"completed_by": {"email": who}, "result": [{"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": [label]}}]}
            for who, label in (("a@x", one), ("b@x", other))]}
        for n, (text, one, other) in enumerate(zip(TEXTS, A, B, strict=True))
    ]  # fmt: skip
    (tmp_path / "ls.json").write_text(json.dumps(tasks), encoding="utf-8")
    assert measure(read_judgements([tmp_path / "ls.json"]), samples=5).questions[0].agreed == 3
    with zipfile.ZipFile(tmp_path / "doccano.zip", "w") as archive:
        for who, labels in (("admin", A), ("zhang", B)):
            lines = [
                json.dumps({"id": n, "text": t, "label": [x]})
                for n, (t, x) in enumerate(zip(TEXTS, labels, strict=True))
            ]
            archive.writestr(f"{who}.jsonl", "\n".join(lines))
    found = measure(read_judgements([tmp_path / "doccano.zip"]), samples=5)
    assert found.persons == ("admin", "zhang") and found.questions[0].agreed == 3


def test_texts_are_matched_by_themselves_without_ids(tmp_path):
    for name, labels, texts in (("a", A, TEXTS), ("b", B[::-1], TEXTS[::-1])):
        pd.DataFrame({"text": texts, "label": labels}).to_csv(tmp_path / f"{name}.csv", index=False)
    assert measure(read_judgements([tmp_path / "a.csv", tmp_path / "b.csv"]), samples=5).questions[0].agreed == 3


def test_bad_input_is_said(two, tmp_path):
    with pytest.raises(CorpusUnusable, match="only 甲 labelled"):
        read_judgements(two[:1])
    write(tmp_path / "c.csv", A, ["甲事多。", "乙事多。", "丙事多。", "丁事多。"], other=1).rename(tmp_path / "d.csv")
    pd.read_csv(tmp_path / "d.csv").drop(columns="id").to_csv(tmp_path / "d.csv", index=False)
    with pytest.raises(CorpusUnusable, match="no text that two persons judged"):
        read_judgements([two[0], tmp_path / "d.csv"])
    pd.DataFrame({"text": [TEXTS[0]] * 2, "label": ["x", "y"]}).to_csv(tmp_path / "e.csv", index=False)
    with pytest.raises(CorpusUnusable, match=r"e\.csv:3: e judged .* twice"):
        read_judgements([two[0], tmp_path / "e.csv"])
    assert "--settled and --corpus need each other" in run(*two, "--settled", tmp_path / "x.csv").stderr
    (tmp_path / "s.csv").write_text("key,text,label\n99,甲,x\n", encoding="utf-8")
    settled = run(*two, "--settled", tmp_path / "s.csv", "--corpus", tmp_path / "o.csv")
    assert settled.exit_code == 2 and "s.csv:2, column key: '99' is no text of these files" in settled.stderr
    (tmp_path / "s.csv").write_text("key,text,label\n1,甲,z\n", encoding="utf-8")
    settled = run(*two, "--settled", tmp_path / "s.csv", "--corpus", tmp_path / "o.csv")
    assert "s.csv:2, column label: nobody gave 'z'" in settled.stderr
    assert read_judgements(two, columns=Columns(joined="|")).warnings == ()
