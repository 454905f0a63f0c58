"""What a model says goes to annotation tools, and what people made of it there comes back whole."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from training.columns import Columns
from training.examples import read_corpus
from training.export import WRITERS, export
from training.records import CorpusUnusable
from training.tasks import Task, Tasks, read_tasks

TASKS = Tasks(
    (
        Task("a:1", "栏目更新慢，人手也少。", "存在的问题", "problem", 0.9, ("late", "few"), {"late": 0.8, "few": 0.45}, {"街道": "=甲", "n": "1"}),
        Task("a:2", "加强培训。", "", "measure", 0.8, (), {"late": 0.2, "few": 0.3}, {"街道": "乙"}),
    ),
    {"late": "公开不及时", "few": "人手不足"},
    {"problem": "问题", "measure": "改进措施"},
    "model:m@1",
)  # fmt: skip


def read(path, **kwargs):
    return read_corpus(path, min_examples=1, min_labels=1, **kwargs)


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind != "label-studio"])
def test_every_form_comes_back_with_ids_roles_labels_and_columns(kind, tmp_path):
    path, *_ = export(TASKS, kind, tmp_path / f"t{WRITERS[kind][0]}")
    first, second = read(path).examples
    assert (first.text, first.role, set(first.labels)) == ("栏目更新慢，人手也少。", "problem", {"late", "few"})
    assert (second.text, second.role, second.labels) == ("加强培训。", "measure", ())
    assert first.heading == "存在的问题"
    assert [e.extra["gongkai_id"] for e in (first, second)] == ["a:1", "a:2"]
    assert first.extra["街道"].lstrip("'") == "=甲" and first.extra["n"] == "1"
    assert json.loads(first.extra["scores"]) == {"late": 0.8, "few": 0.45}


def answered(path, who, results, **about):
    """A task as Label Studio exports it after annotators answered."""
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for number, task in enumerate(tasks):
        task["id"] = 100 + number
        task["annotations"] = [
            {"id": 10 * number + at, "completed_by": {"email": name}, "created_at": "2024-05-01T08:00:00Z",
             "updated_at": "2024-05-01T08:01:00Z", "lead_time": 3.5, "was_cancelled": result is None, "result": result or []}
            for at, (name, result) in enumerate(zip(who, results[number], strict=True))
        ]  # fmt: skip
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path


def choices(name, *keys):
    return {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(keys)}}


def test_label_studio_returns_annotators_times_spans_and_skipped_tasks(tmp_path):
    path, config = export(TASKS, "label-studio", tmp_path / "t.json")
    assert '<Choice value="late 公开不及时" alias="late"/>' in config.read_text(encoding="utf-8")
    span = {"from_name": "s", "to_name": "text", "type": "labels", "value": {"start": 0, "end": 2, "labels": ["X"]}}
    answered(path, ["甲@x"], [[[choices("role", "problem"), choices("label", "late"), span]], [None]])
    corpus = read(path)
    [example] = corpus.examples
    assert (example.role, example.labels, example.annotator) == ("problem", ("late",), "甲@x")
    assert example.extra["gongkai_id"] == "a:1" and example.extra["lead_time"] == "3.5"
    assert example.extra["created_at"].startswith("2024-05-01") and example.extra["task_id"] == "100"
    assert json.loads(example.extra["spans"]) == [{"start": 0, "end": 2, "labels": ["X"]}]
    assert any("skipped by the annotator: left out" in warning for warning in corpus.warnings)


def test_all_annotators_are_read_when_asked_for(tmp_path):
    path, _ = export(TASKS, "label-studio", tmp_path / "t.json")
    answered(
        path, ["甲", "乙"], [[[choices("label", "late")], [choices("label", "few")]], [None, [choices("label", "few")]]]
    )
    with pytest.raises(CorpusUnusable, match="annotators disagree"):
        read(path)
    from training.examples import stream_examples
    from training.records import Findings

    _, examples = stream_examples(path, Findings("t.json"), columns=Columns(every_annotator=True))
    assert [(e.annotator, e.labels) for e in examples] == [("甲", ("late",)), ("乙", ("few",)), ("乙", ("few",))]


def test_spacy_reads_the_docbin(tmp_path):
    import spacy
    from spacy.tokens import DocBin

    path, *_ = export(TASKS, "docbin", tmp_path / "t.spacy")
    first, second = DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab)
    assert first.text == "栏目更新慢，人手也少。"
    assert first.cats == {"role:problem": 1, "role:measure": 0, "late": 1, "few": 1}  # .45 is accepted all the same
    assert second.cats["late"] == 0 and second.user_data["gongkai_id"] == "a:2"


LABEL_STUDIO_TASKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "object", "required": ["text"]},
            "predictions": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["result"],
                    "properties": {
                        "model_version": {"type": "string"},
                        "score": {"type": "number"},
                        "result": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["from_name", "to_name", "type", "value"],
                                "properties": {
                                    "type": {"const": "choices"},
                                    "value": {"required": ["choices"], "properties": {"choices": {"type": "array"}}},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_label_studio_tasks_are_as_its_manual_says(tmp_path):
    from xml.etree import ElementTree

    import jsonschema

    path, config = export(TASKS, "label-studio", tmp_path / "t.json")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(tasks, LABEL_STUDIO_TASKS)
    view = ElementTree.fromstring(config.read_text(encoding="utf-8"))
    aliases = {tag.get("name"): {c.get("alias") for c in tag.iter("Choice")} for tag in view.iter("Choices")}
    for task in tasks:
        for result in task["predictions"][0]["result"]:
            assert set(result["value"]["choices"]) <= aliases[result["from_name"]]
    shown = {tag.get("value").removeprefix("$") for tag in view.iter() if (tag.get("value") or "").startswith("$")}
    assert all(shown <= set(task["data"]) for task in tasks)


def test_the_least_certain_comes_first(tmp_path):
    """.45 is accepted, so that the model is .45 sure of it; of the second it is .7 sure that few does not apply."""
    assert [task.certainty for task in TASKS.tasks] == [0.45, 0.7]


def test_what_apply_wrote_and_tags_are_exported(tmp_path):
    frame = pd.DataFrame(
        {"id": ["x", "y"], "text": ["公开形式单一。", "栏目更新慢，信息员多为兼职。"], "区": ["甲", "乙"]}
    )
    frame.to_csv(tmp_path / "a.csv", index=False)
    runner = CliRunner()
    for wide in ([], ["--wide"]):
        out = tmp_path / f"o{len(wide)}.parquet"
        runner.invoke(app, ["apply", "statements", str(tmp_path / "a.csv"), "--out", str(out), *wide])
        tasks = read_tasks(out)
        assert {task.id for task in tasks.tasks} == {"x", "y"}
        assert [t.certainty for t in tasks.tasks] == sorted(t.certainty for t in tasks.tasks)
        assert tasks.labels["channel_limited"] == "公开渠道形式单一"
        assert {task.data["区"] for task in tasks.tasks} == {"甲", "乙"}
    (tmp_path / "r.txt").write_text(
        "甲镇2022年政府信息公开工作年度报告\n五、存在的主要问题及改进情况\n一是栏目更新不及时。\n", encoding="utf-8"
    )
    runner.invoke(app, ["tag", str(tmp_path / "r.txt"), "--out", str(tmp_path / "tags")])
    result = runner.invoke(
        app, ["export", str(tmp_path / "tags"), "--to", "doccano", "--out", str(tmp_path / "t.jsonl")]
    )
    assert result.exit_code == 0, result.output
    line = json.loads((tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert line["label"] == ["role:problem", "timeliness_poor"] and line["report"].endswith("r.txt") and line["start"]
    labels = json.loads((tmp_path / "t.labels.json").read_text(encoding="utf-8"))
    assert {"role:problem", "timeliness_poor"} <= {label["text"] for label in labels}


def test_what_cannot_be_exported_is_said(tmp_path):
    (tmp_path / "a.csv").write_text("text\n甲\n", encoding="utf-8")
    run = lambda *a: CliRunner().invoke(app, ["export", *map(str, a)])  # noqa: E731
    result = run(tmp_path / "a.csv", "--to", "csv", "--out", tmp_path / "o.csv")
    assert result.exit_code == 2 and "no column predicted_labels with scores" in result.stderr
    assert "no such file" in run(tmp_path / "b.csv", "--to", "csv", "--out", tmp_path / "o.csv").stderr
    frame = pd.DataFrame({"text": ["甲"], "predicted_labels": ["x"], "predicted_scores": ['{"x": 0.5}']})
    frame.to_csv(tmp_path / "c.csv", index=False)
    wrong = run(tmp_path / "c.csv", "--to", "doccano", "--out", tmp_path / "o.csv")
    assert wrong.exit_code == 2 and "doccano is written to .jsonl files" in wrong.stderr
    assert run(tmp_path / "c.csv", "--to", "csv", "--out", tmp_path / "o.csv").exit_code == 0
    assert "is there already" in run(tmp_path / "c.csv", "--to", "csv", "--out", tmp_path / "o.csv").stderr


LONG = "慢,late\n少,few\n迟,late\n缺,few\n"


@pytest.mark.parametrize(
    "cell",
    ["late;few", "late；few", "late#few", "late、few", '"[""late"", ""few""]"', '"{""choices"": [""late"", ""few""]}"'],
)
def test_several_labels_in_a_cell_are_told_apart_and_said(cell, tmp_path):
    (tmp_path / "c.csv").write_text(f"text,label\n{LONG}又慢又少,{cell}\n", encoding="utf-8")
    corpus = read(tmp_path / "c.csv")
    assert corpus.examples[-1].labels == ("late", "few")
    assert sum("is read as 2 labels, late and few" in warning for warning in corpus.warnings) == 1


def test_a_name_that_holds_a_separator_is_one_label(tmp_path):
    (tmp_path / "c.csv").write_text(f"text,label\n{LONG}又慢又少,不规范、质量不高\n乱,甲;乙\n", encoding="utf-8")
    corpus = read(tmp_path / "c.csv")
    assert corpus.examples[-2].labels == ("不规范、质量不高",)
    assert corpus.examples[-1].labels == ("甲;乙",)
    assert any("'甲;乙' is taken for one label" in w and "--joined-by ';'" in w for w in corpus.warnings)
    apart = read(tmp_path / "c.csv", columns=Columns(joined=";"))
    assert apart.examples[-1].labels == ("甲", "乙")
