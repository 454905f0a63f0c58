"""A model as scikit-learn pipelines says what the model says, text for text."""

import joblib
import numpy as np
import pytest
from sklearn.pipeline import Pipeline
from typer.testing import CliRunner

import nlp
from nlp.cli.app import app
from nlp.labelling.choice import choose_labeller
from nlp.labelling.label import clean_statement, contexts_alone
from nlp.labelling.scikit import pipeline_of, read_trusted_pipeline
from nlp.labelling.store import ModelUnusable

TEXTS = [
    "一是公开形式较为单一。",
    "（二）栏目更新不及时，工作人员多为兼职，重视也不够。",
    "下一步，加强业务培训，完善工作制度；拓宽公开渠道。",
    "全年举办培训班3期。",
    "",
    "网站　检索功能\n不便。",
]


def test_probabilities_and_labels_are_those_of_the_model():
    trained = choose_labeller()
    clean = [clean_statement(text) for text in TEXTS]
    for name, chances in trained.model.probabilities(clean).items():
        assert pipeline_of(trained, name).predict_proba(TEXTS) == pytest.approx(chances, abs=1e-5)
    pipeline = pipeline_of(trained, "aspect")
    accepted = pipeline.predict(TEXTS)
    bearing = trained.scores(clean, contexts_alone([""] * len(TEXTS)))
    rows = np.flatnonzero(bearing.bearing)
    assert len(rows) >= 3 and (accepted[rows] == bearing.accepted[rows]).all()
    assert list(pipeline.classes_) == list(bearing.classes)
    with pytest.raises(NotImplementedError, match="gongkai train"):
        pipeline.fit(TEXTS)


@pytest.fixture
def complaints(tmp_path):
    """A corpus with two labels of its own, each told in four ways."""
    rows = ["text,label"]
    for n in range(12):
        rows += [f"第{n}号楼自来水浑浊{said},noise" for said in ("", "有异味", "三天了", "没人管")]
        rows += [f"{n}路公交车{said},bus" for said in ("晚点", "半小时不来", "不停站", "司机态度差")]
    path = tmp_path / "complaints.csv"
    path.write_text("\n".join(rows).replace("noise", "water"), encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_train_writes_a_pipeline_that_apply_reads_only_when_it_is_trusted(complaints, tmp_path):
    file = tmp_path / "model.joblib"
    assert run("train", complaints, "--out", tmp_path / "model", "--joblib", file).exit_code == 0
    pipeline = joblib.load(file)
    assert isinstance(pipeline, Pipeline) and set(pipeline.classes_) == {"water", "bus"}
    texts = ["自来水发黄", "公交车一直不来"]
    assert pipeline.predict(texts).tolist() == ["water", "bus"]
    assert not (tmp_path / "model.role.joblib").exists()
    table = tmp_path / "new.csv"
    table.write_text("text\n" + "\n".join(texts), encoding="utf-8")
    refused = run("apply", file, table, "--out", tmp_path / "o.csv")
    assert refused.exit_code == 2 and "runs whatever code is in it" in refused.stderr
    assert run("apply", file, table, "--out", tmp_path / "o.csv", "--trust-joblib").exit_code == 0
    assert run("apply", tmp_path / "model", table, "--out", tmp_path / "p.csv").exit_code == 0
    assert (tmp_path / "o.csv").read_bytes() == (tmp_path / "p.csv").read_bytes()
    assert nlp.apply(tmp_path / "model", texts)["predicted_labels"].tolist() == ["water", "bus"]
    again = run("train", complaints, "--out", tmp_path / "model2", "--joblib", file)
    assert again.exit_code == 2 and "is there already" in again.stderr and not (tmp_path / "model2").exists()


def test_another_file_is_no_model(tmp_path):
    joblib.dump({"a": 1}, tmp_path / "a.joblib")
    with pytest.raises(ModelUnusable, match=r"is no pipeline that `gongkai train --joblib` wrote"):
        read_trusted_pipeline(tmp_path / "a.joblib")
