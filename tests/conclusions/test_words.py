"""Key words: what a group of statements says more often than the others, by log-odds worked out by hand."""

import csv

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.conclusions.tags import Tags
from nlp.conclusions.words import content_words, key_words, log_odds
from nlp.vocabulary.load import load

STATEMENTS = [  # year, labels, text
    (2021, ["timeliness_poor"], "栏目更新滞后，栏目内容陈旧。"),
    (2021, ["timeliness_poor"], "栏目更新滞后。"),
    (2021, ["timeliness_poor", "staff_weak"], "栏目更新滞后，人手、编制欠缺。"),
    (2022, ["staff_weak"], "人手变动频繁，经费不多。"),
    (2022, ["staff_weak"], "人手、经费少。"),
    (2022, [], "人手、经费都少。"),
]


@pytest.fixture
def tags(make_tags):
    reports = [{"report_id": f"{year:016x}", "name": f"{year}.txt", "year": year} for year in (2021, 2022)]
    statements, labels = [], []
    for number, (year, keys, text) in enumerate(STATEMENTS):
        where = {"report_id": f"{year:016x}", "statement_id": number}
        statements.append({**where, "role": "problem", "text": text, "start": 0, "end": len(text)})
        labels += [{**where, "scheme": "problem", "label": key, "score": 0.9, "accepted": True} for key in keys]
        labels.append({**where, "scheme": "problem", "label": "channel_limited", "score": 0.1, "accepted": False})
    return make_tags(reports=reports, statements=statements, labels=labels)


def test_years_have_their_words_with_the_first_passage(tags):
    with Tags(tags) as opened:
        found = list(key_words(opened, ["year"], least=2))
    assert [(row["group"], row["word"], row["count"], row["others"]) for row in found if row["word"] in ("栏目", "人手", "经费")] == [
        ("2021", "栏目", 4, 0), ("2022", "经费", 3, 0), ("2022", "人手", 3, 1),
    ]  # fmt: skip
    first = next(row for row in found if row["word"] == "栏目")
    assert (first["report_id"], first["statement_id"], first["text"]) == (f"{2021:016x}", 0, STATEMENTS[0][2])
    assert all(row["z"] > 0 and row["log_odds"] > 0 for row in found)


def test_the_prior_weighs_rare_words_down():
    # 40 of 1,500 against 20 of 1,500, the prior's 10 in each: ln(40/1460) - ln(20/1480)
    odds, z = log_odds(30, 1000, 10, 1000, 0.02)
    assert (round(odds, 4), round(z, 4)) == (0.7068, 2.5807)
    assert log_odds(3, 1000, 0, 1000, 0.0015)[1] < z
    assert log_odds(5, 100, 5, 100, 0.05) == (0.0, 0.0)


def test_a_statement_with_two_labels_stands_in_both_groups_and_counts_once_in_the_whole(tags):
    with Tags(tags) as opened:
        found = {(row["group"], row["word"]): row for row in key_words(opened, ["label"], least=1)}
    assert found["timeliness_poor", "栏目"]["count"] == 4
    staff = found["staff_weak", "人手"]
    assert (staff["count"], staff["others"]) == (3, 0)  # the statement without a label is left out
    assert not any(group == "channel_limited" for group, _ in found)  # none was accepted


def test_stop_words_numbers_and_single_characters_are_no_key_words():
    assert content_words("一是，我局2021年进行了3次培训。") == ["培训"]
    words = load("stop_words")["words"]
    assert len(words) == len(set(words))


def test_the_command_prints_and_writes(tags, tmp_path):
    shown = CliRunner().invoke(app, ["words", str(tags), "--by", "year,role", "--least", "2", "--top", "1"])
    assert shown.exit_code == 0, shown.output
    assert [line.split("\t")[:3] for line in shown.stdout.splitlines()] == [
        ["2021, problem", "栏目", "4/0"], ["2022, problem", "经费", "3/0"],
    ]  # fmt: skip
    out = tmp_path / "words.csv"
    assert CliRunner().invoke(app, ["words", str(tags), "--least", "2", "--out", str(out)]).exit_code == 0
    with out.open(encoding="utf-8-sig") as file:
        assert "栏目" in [row["word"] for row in csv.DictReader(file)]
    again = CliRunner().invoke(app, ["words", str(tags), "--out", str(out)])
    assert again.exit_code == 2 and "--force" in again.stderr


@pytest.mark.parametrize(
    ("given", "said"), [(["--by", "colour"], "unknown field colour"), (["--out", "x.doc"], ".csv")]
)
def test_what_cannot_be_is_refused(tags, given, said):
    ran = CliRunner().invoke(app, ["words", str(tags), *given])
    assert ran.exit_code == 2 and said in ran.stderr
