"""A model of any taxonomy works wherever the package's own does: in reports, in the page, in tags and alone."""

import csv

import pytest
from typer.testing import CliRunner

import nlp
from nlp.analyse import analyse_text
from nlp.cli.app import app
from nlp.labelling.choice import choose_labeller, find_model
from nlp.labelling.store import ModelUnusable
from nlp.labelling.taxonomy import taxonomy
from nlp.output.codebook import codebook
from nlp.output.page import page
from tests.training.conftest import statements
from training.examples import read_corpus
from training.taxonomy import TaxonomyUnusable, read_taxonomy
from training.train import train

REPORT = """青禾镇2022年政府信息公开工作年度报告
五、存在的主要问题及改进情况
存在的问题:
一是栏目更新还不够到位，与群众期待有差距。
二是公开渠道还不够到位，与群众期待有差距。
改进措施:
一是下一步将进一步抓好栏目更新这项工作。
二是下一步将进一步抓好公开渠道这项工作。
"""
ASPECTS = """
[news]
problem = "stale"
measure = "refresh"
zh = { problem = "更新慢", measure = "抓更新" }
[people]
problem = "few_people"
measure = "more_people"
zh = { problem = "人手少", measure = "增人手" }
answered_weakly_by = ["news"]
[ways]
problem = "few_ways"
measure = "more_ways"
zh = { problem = "渠道窄", measure = "拓渠道" }
"""
PLAIN = """
[roles.wish]
zh = "诉求"
[roles.praise]
zh = "表扬"
[news]
zh = "更新"
definition = "What is on the site is old."
[people]
zh = "人手"
answered_weakly_by = ["news"]
[ways]
zh = "渠道"
"""
SIDES = {"news": ("stale", "refresh"), "people": ("few_people", "more_people"), "ways": ("few_ways", "more_ways")}


def rows(kind):
    """Text, place, role and labels of each statement under a taxonomy of a kind."""
    old = {"timeliness": "news", "staff": "people", "channel": "ways"}
    for number, (role, labels, text, place) in enumerate(statements()):
        name = next((new for key, new in old.items() if labels and labels[0].startswith(key)), None)
        if kind == "aspects":
            side = {"problem": 0, "measure": 1}.get(role)
            yield text, place, role, [] if name is None or side is None else [SIDES[name][side]]
        elif kind == "problems only":
            if role == "problem":
                yield text, place, role, [SIDES[name][0]]
        elif kind == "own roles":
            if name:
                yield text, place, "praise" if number % 3 else "wish", [name]
        elif name:  # labels alone, the second also several for one text
            more = [] if kind == "single" or number % 5 else [next(n for n in SIDES if n != name)]
            yield text, place, "", [name, *more]


KINDS = {"aspects": ASPECTS, "problems only": ASPECTS, "own roles": PLAIN, "single": PLAIN, "several": PLAIN}


@pytest.fixture(scope="module", params=list(KINDS))
def model(request, quick, tmp_path_factory):
    """A model of a taxonomy of each kind."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "t.toml").write_text(KINDS[request.param], encoding="utf-8")
    with (folder / "c.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "group", "role", "label"))
        seen = set()
        for text, place, role, labels in rows(request.param):
            if text not in seen:
                writer.writerow((text, place, role, "|".join(labels)))
            seen.add(text)
    corpus = read_corpus(folder / "c.csv", taxonomy=read_taxonomy(folder / "t.toml"))
    train(corpus, folder / "model", settings=quick)
    return request.param, folder / "model"


def test_a_report_is_read_with_any_taxonomy(model):
    kind, folder = model
    analysis = analyse_text(REPORT, labeller=choose_labeller(folder))
    keys = {label.key for s in analysis.statements for label in s.labels}
    schemes = {label.scheme for s in analysis.statements for label in s.labels}
    if kind in ("aspects", "problems only"):
        assert keys and keys <= {key for side in SIDES.values() for key in side}
        assert schemes <= {"problem", "measure"}
        assert all(label.scheme == s.role for s in analysis.statements for label in s.labels)
    else:
        assert keys and keys <= set(SIDES) and schemes == {"own"}
    assert nlp.Analysis.from_dict(analysis.to_dict()) == analysis
    if kind == "own roles":
        assert {s.role for s in analysis.statements} <= {"wish", "praise"}
    else:
        assert {"problem", "measure"} <= {s.role for s in analysis.statements}


def test_measures_answer_problems_by_the_models_own_labels(model):
    kind, folder = model
    analysis = analyse_text(REPORT, labeller=choose_labeller(folder))
    answers = {s.ordinal: [a.measure for a in s.answers] for s in analysis.statements if s.answers}
    if kind == "own roles":  # neither problems nor measures: nothing to pair
        assert answers == {}
        return
    problems = [s for s in analysis.statements if s.role == "problem"]
    known = choose_labeller(folder).labels
    for problem in problems:
        for measure in (analysis.statements[at] for at in answers.get(problem.ordinal, ())[:1]):
            assert known.topics(problem.labels) & known.topics(measure.labels)
    assert answers


def test_names_are_the_taxonomys(model, tmp_path):
    kind, folder = model
    analysis = analyse_text(REPORT, labeller=choose_labeller(folder))
    html = page(analysis, choose_labeller(folder).labels)
    accepted = {label.key for s in analysis.statements for label in s.labels if label.accepted}
    zh = {label.key: label.zh for label in taxonomy(folder)}
    assert accepted and all(zh[key] and zh[key] in html for key in accepted)
    assert all(f"| {key} | " in codebook(taxonomy(folder)) for key in accepted)
    if kind == "own roles":
        assert "诉求" in html or "表扬" in html
    report = tmp_path / "r.txt"
    report.write_text(REPORT, encoding="utf-8")
    runner = CliRunner()
    shown = runner.invoke(app, ["show", str(report), "--model", str(folder)])
    assert shown.exit_code == 0 and all(zh[key] in shown.stdout for key in accepted)
    tagged = runner.invoke(app, ["tag", str(report), "--model", str(folder), "--out", str(tmp_path / "tags")])
    assert tagged.exit_code == 0 and "0 not read" in tagged.stderr
    assert runner.invoke(app, ["check", str(report), "--model", str(folder)]).exit_code in (0, 1)


def test_label_takes_a_model(model):
    _, folder = model
    texts = ["存在的问题是栏目更新不够及时到位，与群众期待有差距", ""]
    first, empty = nlp.label(texts, model=folder)
    assert any(label.accepted and label.origin.startswith("model:model@") for label in first.labels)
    assert not any(label.accepted for label in empty.labels)


def test_a_model_has_a_name_or_a_folder():
    assert find_model("statements").name == "statements"
    with pytest.raises(ModelUnusable, match=r"nowhere: no such model.*statements"):
        find_model("nowhere")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[a]\nzh = "甲"\n\n[b]\nzn = "乙"\n', r"t\.toml:5: \[b\] zn says nothing here\. Did you mean zh\?"),
        ('[a]\nzh = "甲"\n[b]\nzh = "甲"\n', r"t\.toml:3: \[b\] 甲 is also a name of a\. Rename one"),
        ("[a]\nzh = 3\n", r't\.toml:2: \[a\] zh must be text\. Write zh = "…"'),
        ('[a]\nproblem = "x"\n', r't\.toml:1: \[a\] an aspect needs both its labels: add measure = "…"'),
        ('[a]\nzh = "甲"\nanswered_weakly_by = ["bb"]\n[b]\n', r"t\.toml:1: \[a\] answered_weakly_by names bb.*Did you mean b\?"),
        ('[a\nzh = "甲"\n', r"t\.toml:1: no readable TOML .*Write one \[label_id\]"),
        ("[a]\nzh = 甲\n", r"t\.toml:2: no readable TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_taxonomy_is_said_with_its_line(content, message, tmp_path):
    (tmp_path / "t.toml").write_text(content, encoding="utf-8")
    with pytest.raises(TaxonomyUnusable, match=message):
        read_taxonomy(tmp_path / "t.toml")
