"""Each thing that the linter forbids, in a passage that is right but for that; and the corpus itself."""

import time
from dataclasses import replace

import pytest

from training.corpus import CORPUS, Heading, Marked, Passage, read_passages
from training.lint import diversity, lint, main

TEXT = "五、存在的问题\n一是栏目更新较慢。下一步加强业务培训。"
GOOD = Passage(
    id="a-01",
    family="a",
    body="青禾镇",
    level="township",
    year=2020,
    type="annual_report",
    trade="乡镇",
    text=TEXT,
    headings=(Heading(0, 7),),
    statements=(
        Marked(8, 17, "problem", ("timeliness_poor",)),
        Marked(17, 27, "measure", ("staff_training",), answers=(0,)),
    ),
)
PROBLEM, MEASURE = GOOD.statements


def with_statements(*statements):
    return replace(GOOD, statements=statements)


BAD = [
    ("span", with_statements(PROBLEM, replace(MEASURE, end=99))),
    ("span", with_statements(PROBLEM, replace(MEASURE, start=27))),
    ("overlap", with_statements(PROBLEM, replace(MEASURE, start=16))),
    ("order", with_statements(replace(MEASURE, answers=(1,)), PROBLEM)),
    ("space", replace(GOOD, headings=(Heading(0, 8),))),
    ("uncovered", with_statements(replace(PROBLEM, start=10), MEASURE)),
    ("uncovered", with_statements(PROBLEM)),
    ("empty", with_statements()),
    ("label_on_role", with_statements(PROBLEM, replace(MEASURE, role="achievement", answers=()))),
    ("label_on_role", with_statements(PROBLEM, replace(MEASURE, role="boilerplate", answers=()))),
    ("no_label", with_statements(replace(PROBLEM, labels=()), MEASURE)),
    ("label_of_role", with_statements(PROBLEM, replace(MEASURE, labels=("staff_capacity",)))),
    ("label_of_role", with_statements(replace(PROBLEM, labels=("lateness",)), MEASURE)),
    ("other_combined", with_statements(replace(PROBLEM, labels=("other", "timeliness_poor")), MEASURE)),
    ("label_twice", with_statements(replace(PROBLEM, labels=("timeliness_poor",) * 2), MEASURE)),
    ("answer_to", with_statements(PROBLEM, replace(MEASURE, answers=(7,)))),
    ("answer_to", with_statements(PROBLEM, replace(MEASURE, answers=(1,)))),
    ("answer_by", with_statements(replace(PROBLEM, answers_weakly=(0,)), MEASURE)),
    ("answer_twice", with_statements(PROBLEM, replace(MEASURE, answers_weakly=(0,)))),
]


def test_a_good_passage_has_no_remarks():
    assert lint([GOOD]) == []


@pytest.mark.parametrize(("code", "passage"), BAD)
def test_errors(code, passage):
    found = lint([passage])
    assert [(remark.severity, remark.code) for remark in found] == [("error", code)], [str(r) for r in found]


def other_passage(statement, labels=("timeliness_poor",), family="b"):
    text = f"五、存在的不足\n{statement}"
    marked = Marked(8, len(text), "problem", labels)
    return replace(GOOD, id="b-01", family=family, text=text, headings=(Heading(0, 7),), statements=(marked,))


LONG = "一是对外发布的动态信息常常慢上半个月，群众有意见。"


@pytest.mark.parametrize(
    ("second", "severity", "code"),
    [
        (replace(other_passage(LONG), id="a-01"), "warning", "copy"),
        (other_passage("二、对外发布的动态信息常常慢上半个月，群众有意见。"), "warning", "copy"),
        (other_passage("一是对外发布的动态信息常常慢上半个月，企业有意见。"), "warning", "near_copy"),
        (other_passage(f"二、{LONG[2:]}", ("content_incomplete",)), "error", "labelled_twice"),
    ],
)  # fmt: skip
def test_copies(second, severity, code):
    first = replace(other_passage(LONG), id="c-01", family="c")
    remarks = lint([first, second])
    assert (severity, code) in [(remark.severity, remark.code) for remark in remarks]


def test_the_same_id_and_the_same_passage_twice():
    long = other_passage(LONG + "个别所站还没有明确由谁来报送这些信息。")
    assert {remark.code for remark in lint([long, long]) if remark.severity == "error"} == {"id_twice", "passage_twice"}


def test_diversity():
    figures = diversity([GOOD, replace(GOOD, id="a-02")])
    # every run of 4 characters stands there twice, and two openings are shared by four statements
    assert figures["distinct_4grams"] == 0.5 and figures["commonest_opening"] == 0.5


def test_a_file_that_cannot_be_read(tmp_path, capsys):
    (tmp_path / "c.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    assert main([str(tmp_path / "c.jsonl")]) == 2
    assert "c.jsonl:1: " in capsys.readouterr().err


@pytest.mark.skipif(not CORPUS.is_file(), reason="corpora/passages.jsonl is not there")
def test_the_corpus_of_the_project():
    began = time.process_time()
    errors = [str(remark) for remark in lint(read_passages()) if remark.severity == "error"]
    assert not errors, "\n".join(errors[:20])
    assert time.process_time() - began < 20
