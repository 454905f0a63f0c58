"""A model from a small corpus: heads, files, repeatability, warnings, and the commands."""

import csv
import json
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner

from nlp.cli.evaluate import evaluate as evaluate_command
from nlp.cli.train import train as train_command
from nlp.labelling.store import load_model, note_files
from nlp.records import OutputRefused
from training.examples import read_corpus
from training.records import CorpusUnusable
from training.settings import DEFAULTS, RunSettings, SettingsUnusable, read_settings
from training.train import train


def run(command, *arguments):
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(command)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_passages_give_roles_and_aspects(ours):
    heads = ours.model.heads
    assert heads["role"].classes == ("problem", "measure", "achievement", "boilerplate") and heads["role"].exclusive
    assert set(heads["aspect"].classes) == {"timeliness", "staff", "channel"} and not heads["aspect"].exclusive
    assert ours.model.order is not None
    assert ours.card["scores"]["role"]["accuracy"] > 0.9
    # problems and measures alone bear on aspects: half of the statements
    statements = ours.card["corpus"]["examples"]
    assert ours.card["scores"]["aspect"]["examples"] < statements
    assert ours.card["scores"]["role"]["examples"] == statements


def test_a_model_can_be_loaded_and_its_card_says_what_it_is(ours, passages):
    model = load_model(ours.folder)
    chance = model.probabilities(["南浦县的信息员队伍还不够到位"])
    assert model.heads["aspect"].classes[int(chance["aspect"][0].argmax())] == "staff"
    card = json.loads((ours.folder / "card.json").read_text(encoding="utf-8"))
    assert card["corpus"]["fingerprint"] == read_corpus(passages).fingerprint
    assert card["settings"]["fit"]["folds"] == 3
    assert {"python", "numpy", "scikit-learn"} <= set(card["versions"])
    page = (ours.folder / "README.md").read_text(encoding="utf-8")
    assert "| staff | 人员力量与能力不足 / 加强队伍与培训 |" in page and "## Limits" in page


def test_the_same_training_gives_the_same_bytes(passages, ours, tmp_path, quick):
    again = train(read_corpus(passages), tmp_path / "ours", settings=quick)
    for name in ("weights.safetensors", "card.json", "README.md", "suspects.csv"):
        assert (again.folder / name).read_bytes() == (ours.folder / name).read_bytes(), name


def test_another_corpus_gives_one_head_of_its_labels(theirs):
    assert list(theirs.model.heads) == ["label"]
    # two texts bear two labels, so labels do not exclude each other
    assert not theirs.model.heads["label"].exclusive
    assert set(theirs.model.heads["label"].classes) == {"时效", "staff_capacity", "channel_limited"}
    assert theirs.model.order is None


def test_single_labels_exclude_each_other(rows, tmp_path, quick):
    lines = [f"{text},{labels[0]}" for text, labels, _, _ in rows if len(labels) == 1]
    (tmp_path / "c.csv").write_text("\n".join(["text,label", *lines]), encoding="utf-8")
    trained = train(read_corpus(tmp_path / "c.csv"), tmp_path / "m", settings=quick)
    assert trained.model.heads["label"].exclusive
    assert "confusion" in trained.card["scores"]["label"]
    assert any("--group" in warning for warning in trained.warnings)


def test_this_projects_labels_in_a_sheet_give_its_heads(passages, tmp_path, quick):
    examples = read_corpus(passages).examples
    lines = [f"{e.text},{'|'.join(e.labels)},{e.role},{e.group}" for e in examples]
    (tmp_path / "c.csv").write_text("\n".join(["text,label,role,group", *lines]), encoding="utf-8")
    trained = train(read_corpus(tmp_path / "c.csv"), tmp_path / "m", settings=quick)
    assert set(trained.model.heads) == {"role", "aspect"}


def test_wrong_labels_are_suspected(rows, tmp_path, quick):
    """Three texts on staff given to channels: they must be the first suspects."""
    wrong = {"channel_limited": "staff_capacity"}
    lines, turned = [], []
    for text, labels, group, _ in rows:
        if len(labels) == 1 and labels[0] in wrong and len(turned) < 3:
            turned.append(text)
            labels = [wrong[labels[0]]]
        lines.append(f"{text},{'|'.join(labels)},{group}")
    (tmp_path / "c.csv").write_text("\n".join(["text,label,group", *lines]), encoding="utf-8")
    trained = train(read_corpus(tmp_path / "c.csv"), tmp_path / "m", settings=quick)
    with (trained.folder / "suspects.csv").open(encoding="utf-8-sig", newline="") as file:
        suspects = list(csv.DictReader(file))
    assert {suspect["text"] for suspect in suspects[:3]} == set(turned)
    assert suspects[0]["suggested"] == "channel_limited"


def test_few_examples_and_copies_are_warned_of(rows, tmp_path, quick):
    # the second text is a copy in another document, so the scores would be flattered
    lines = [f"{text},{'|'.join(labels)},{group}" for text, labels, group, _ in rows]
    lines += [f"{text}了,{'|'.join(labels)},另一{group}" for text, labels, group, _ in rows[:20]]
    lines += ["群众不知道有信息公开这回事,publicity,青禾镇", "公开工作的知晓率还比较低,publicity,柳塘乡"]
    (tmp_path / "c.csv").write_text("\n".join(["text,label,group", *lines]), encoding="utf-8")
    trained = train(read_corpus(tmp_path / "c.csv"), tmp_path / "m", settings=quick)
    assert any(w.startswith("label publicity: 2 examples") for w in trained.warnings)
    assert any("near-duplicates fall into different folds" in w for w in trained.warnings)


def test_nothing_is_written_when_something_is_wrong(sheet, tmp_path, quick):
    corpus = read_corpus(sheet)
    with pytest.raises(CorpusUnusable, match="10 groups for 11 folds"):
        train(corpus, tmp_path / "m", settings=replace(quick, fit=replace(quick.fit, folds=11)))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("x")
    with pytest.raises(OutputRefused, match="holds other things than a model"):
        train(corpus, tmp_path / "notes", settings=quick)
    assert (tmp_path / "notes" / "mine.txt").exists()


def test_an_earlier_model_is_replaced(theirs, sheet, tmp_path, quick):
    first = train(read_corpus(sheet), tmp_path / "m", settings=quick, version="1")
    with pytest.raises(OutputRefused, match="Replace it with --force"):
        train(read_corpus(sheet), tmp_path / "m", settings=quick, version="2")
    second = train(read_corpus(sheet), tmp_path / "m", settings=quick, version="2", force=True)
    assert (first.card["version"], second.card["version"]) == ("1", "2")
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize("name", ["README.md", "notes.txt", "weights.safetensors"])
def test_a_model_that_somebody_worked_in_is_not_replaced(sheet, tmp_path, quick, name):
    train(read_corpus(sheet), tmp_path / "m", settings=quick)
    (tmp_path / "m" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefused, match=name):
        train(read_corpus(sheet), tmp_path / "m", settings=quick, force=True)
    assert (tmp_path / "m" / name).read_text(encoding="utf-8") == "mine"


def test_a_new_training_leaves_the_comparison_on_the_page(passages, tmp_path, quick):
    out = tmp_path / "ours"
    train(read_corpus(passages), out, settings=quick, force=out.exists())
    page = (out / "README.md").read_text(encoding="utf-8")
    (out / "README.md").write_text(f"{page}\n## Comparison\n\n| a | b |\n", encoding="utf-8")
    note_files(out)
    train(read_corpus(passages), out, settings=quick, force=out.exists())
    assert (out / "README.md").read_text(encoding="utf-8") == f"{page}\n## Comparison\n\n| a | b |\n"


def test_known_limits_of_a_corpus_stand_on_the_card(passages, tmp_path, quick):
    corpus = tmp_path / "mine.jsonl"
    corpus.write_bytes(passages.read_bytes())
    (tmp_path / "mine.limits.txt").write_text("All from one county.\n\nNothing after 2015.\n", encoding="utf-8")
    card = train(read_corpus(corpus), tmp_path / "out", settings=quick).card
    assert card["limits"] == ["All from one county.", "Nothing after 2015."]
    assert "- All from one county.\n- Nothing after 2015." in (tmp_path / "out" / "README.md").read_text("utf-8")


def test_settings_file():
    """What the file says is what the classes say, so that a reader of either is not misled."""
    assert read_settings(DEFAULTS) == RunSettings()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[fit]\nfold = 3", "unknown setting fold"),
        ("[train]\nx = 1", r"unknown table \[train\]"),
        ("[fit]\nfolds = 2.5", "folds = 2.5 is no int"),
        ("[fit]\nfolds = true", "folds = True is no int"),
        ("fit = 3", r"\[fit\]"),
        ("[", "no readable TOML"),
    ],
)
def test_bad_settings(content, message, tmp_path):
    (tmp_path / "s.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsUnusable, match=message):
        read_settings(tmp_path / "s.toml")


def test_commands(sheet, tmp_path):
    result = run(train_command, sheet, "--out", tmp_path / "m", "--folds", "3")
    assert result.exit_code == 0, result.output
    assert "channel_limited" in result.stdout and "micro F1" in result.stdout
    assert f"{tmp_path / 'm'} written: m " in result.stderr
    result = run(evaluate_command, tmp_path / "m", sheet, "--slice", "year", "--out", tmp_path / "e")
    assert result.exit_code == 0, result.output
    assert "by year" in result.stdout and "2018" in result.stdout
    assert "this is the corpus that the model was trained on" in result.stderr
    figures = run(evaluate_command, tmp_path / "m", sheet, "--json")
    assert json.loads(figures.stdout)["heads"]["label"]["examples"] > 20


@pytest.mark.parametrize(
    "arguments",
    [("none.csv", "--out", "m"), ("{sheet}", "--out", "{sheet}"), ("{sheet}", "--out", "m", "--group", "单位"),
     ("{sheet}", "--out", "m", "--taxonomy", "none.toml"), ("{sheet}", "--out", "m", "--settings", "none.toml")],
)  # fmt: skip
def test_wrong_usage_exits_2_with_a_sentence(arguments, sheet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(train_command, *(a.format(sheet=sheet) for a in arguments))
    assert result.exit_code == 2 and result.stderr.count("\n") == 1 and "Traceback" not in result.output
    assert not (tmp_path / "m").exists()
