"""A model on tables of texts: every column comes back, in every format, with what `nlp.label` says."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import nlp
from nlp.cli.app import app

TEXTS = ["一是公开形式较为单一。", "二是栏目更新不及时，工作人员多为兼职。", "全年举办培训班3期。", ""]
ROWS = pd.DataFrame({"编号": [7, 8, 9, 10], "内容": TEXTS, "note": ["=1+1", None, "甲,乙", "丙"]})


def run(*arguments):
    return CliRunner().invoke(app, ["apply", *map(str, arguments)])


def written(path):
    if path.suffix in (".csv", ".tsv"):
        return pd.read_csv(path, sep="\t" if path.suffix == ".tsv" else ",", encoding="utf-8-sig")
    readers = {".parquet": pd.read_parquet, ".xlsx": pd.read_excel}
    return readers[path.suffix](path) if path.suffix in readers else pd.read_json(path, lines=True)


def write(frame, path):
    if path.suffix == ".parquet":
        frame.to_parquet(path, index=False)
    elif path.suffix == ".xlsx":
        frame.to_excel(path, index=False)
    elif path.suffix == ".jsonl":
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        encoding = "gb18030" if path.stem == "gbk" else "utf-8"
        frame.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",", encoding=encoding)
    return path


@pytest.mark.parametrize("source", ["a.csv", "gbk.csv", "a.tsv", "a.xlsx", "a.jsonl", "a.parquet"])
@pytest.mark.parametrize("out", ["o.csv", "o.tsv", "o.xlsx", "o.jsonl", "o.parquet"])
def test_every_column_comes_back_in_every_format(source, out, tmp_path):
    result = run("statements", write(ROWS, tmp_path / source), "--out", tmp_path / out)
    assert result.exit_code == 1, result.output  # one text is empty
    assert "text 4: nothing in the column 内容" in result.stderr and "4 texts, 1 not labelled" in result.stderr
    frame = written(tmp_path / out)
    assert frame["编号"].astype(int).tolist() == [7, 8, 9, 10]
    assert frame["内容"].tolist()[:3] == TEXTS[:3]
    assert frame["note"].tolist()[2:] == ["甲,乙", "丙"]
    assert frame["predicted_role"].tolist()[:3] == ["problem", "problem", "achievement"]
    assert frame["predicted_labels"].tolist()[0] == "channel_limited"
    assert set(frame["predicted_labels"].tolist()[1].split("|")) == {"timeliness_poor", "staff_capacity"}
    assert frame["predicted_names"].tolist()[0] == "公开渠道形式单一"
    assert frame["predicted_accepted"].tolist()[0] in (True, 1) and pd.isna(frame["predicted_role"].tolist()[3])


def test_scores_are_those_of_label(tmp_path):
    frame = nlp.apply("statements", TEXTS[:3])
    for statement, scores, labels in zip(
        nlp.label(TEXTS[:3]), frame["predicted_scores"].map(json.loads), frame["predicted_labels"], strict=True
    ):
        assert [label.key for label in statement.labels if label.accepted] == [x for x in labels.split("|") if x]
        assert all(scores[label.key] == pytest.approx(label.score, abs=1e-4) for label in statement.labels)
    assert len(json.loads(frame["predicted_scores"][0])) == 17 and frame["predicted_scores"][2] == "{}"


def test_python_gives_what_the_command_writes(tmp_path):
    run("statements", write(ROWS, tmp_path / "a.parquet"), "--out", tmp_path / "o.parquet")
    pd.testing.assert_frame_equal(
        nlp.apply("statements", ROWS, text_column="内容"),
        pd.read_parquet(tmp_path / "o.parquet"),
        check_dtype=False,
    )


def test_wide_has_a_column_for_each_label(tmp_path):
    run("statements", write(ROWS, tmp_path / "a.csv"), "--out", tmp_path / "o.parquet", "--wide")
    frame = pd.read_parquet(tmp_path / "o.parquet")
    columns = [name for name in frame if name.startswith("predicted:")]
    assert len(columns) == 33 and "predicted_scores" not in frame
    assert frame["predicted:channel_limited"][0] > 0.5
    assert np.isnan(frame["predicted:channel_expand"][0])  # the label of a measure, and this is a problem


def test_processes_change_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("nlp.batch.apply.BATCH", 50)
    many = pd.concat([ROWS] * 60)
    write(many, tmp_path / "a.jsonl")
    for jobs in (1, 2):
        run("statements", tmp_path / "a.jsonl", "--out", tmp_path / f"{jobs}.parquet", "--jobs", jobs)
    one, two = (pd.read_parquet(tmp_path / f"{jobs}.parquet") for jobs in (1, 2))
    assert len(one) == 240
    pd.testing.assert_frame_equal(one, two)


def test_a_folder_of_texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "b.txt").write_bytes("公开形式较为单一。".encode("gb18030"))
    (folder / "a.txt").write_text("加强业务培训。", encoding="utf-8")
    assert run("statements", folder, "--out", tmp_path / "o.csv").exit_code == 0
    frame = written(tmp_path / "o.csv")
    assert frame["file"].tolist() == ["a.txt", "b.txt"]
    assert frame["predicted_role"].tolist() == ["measure", "problem"]


def test_faults_cost_their_row_alone(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,公开形式单一。\n2\n3,栏目更新慢。,多余\n4,渠道窄。\n", encoding="utf-8")
    result = run("statements", tmp_path / "a.csv", "--out", tmp_path / "o.csv")
    assert result.exit_code == 1 and "4 texts, 2 not labelled" in result.stderr
    assert "text 3: row 4 has 3 cells where the head has 2; left out: 多余" in result.stderr
    assert written(tmp_path / "o.csv")["id"].tolist() == [1, 2, 3, 4]
    (tmp_path / "a.jsonl").write_text(
        '{"text": "公开形式单一。"}\nnot json\n{"text": "渠道窄。", "k": [1]}\n', encoding="utf-8"
    )
    result = run("statements", tmp_path / "a.jsonl", "--out", tmp_path / "o.jsonl")
    assert result.exit_code == 1 and "text 2: line 2 is no JSON" in result.stderr
    assert len(written(tmp_path / "o.jsonl")) == 3


@pytest.mark.parametrize(
    ("name", "content", "arguments", "message"),
    [
        ("a.csv", "id,body_of\n1,甲\n", (), "no column that is known to hold text; there are id, body_of. Name the column"),
        ("a.csv", "id,text\n1,甲\n", ("--text-column", "txt"), "no column txt; there are id, text. Name one with --text-column"),
        ("a.csv", "text,text\n甲,乙\n", (), "a.csv:1, column text: the name of two columns. Rename one."),
        ("a.csv", "text,predicted_labels\n甲,乙\n", (), "column predicted_labels already. Rename it, or choose other names with --prefix"),
        ("a.csv", "", (), "nothing is in it. Name another file."),
        ("a.parquet", "no", (), "no readable Parquet file"),
        ("a.xlsx", "no", (), "no readable workbook"),
        ("a.docx", "no", (), "no table of texts. Name one that ends in .csv"),
    ],
)  # fmt: skip
def test_bad_input_is_said(name, content, arguments, message, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = run("statements", tmp_path / name, "--out", tmp_path / "o.csv", *arguments)
    assert result.exit_code == 2 and message in result.stderr.replace("\n", " "), result.stderr
    assert not (tmp_path / "o.csv").exists()


def test_nothing_is_overwritten(tmp_path):
    source = write(ROWS, tmp_path / "a.csv")
    (tmp_path / "o.csv").write_text("mine")
    result = run("statements", source, "--out", tmp_path / "o.csv")
    assert result.exit_code == 2 and "is there already" in result.stderr
    assert "is the table that is read" in run("statements", source, "--out", source, "--force").stderr
    assert "no such model" in run("nothing", source, "--out", tmp_path / "p.csv").stderr
    assert "unknown format" in run("statements", source, "--out", tmp_path / "p.doc").stderr
