"""The spaCy pipeline: statements as spans, storable, showable, and the same in several processes."""

from itertools import pairwise

import pytest
from spacy import displacy
from spacy.tokens import DocBin

from nlp.language import language

TEXT = "五、存在的主要问题及改进情况\n(一)存在的主要问题\n一是公开内容不够全面。二是栏目更新不及时。\n(二)改进措施\n一是加强业务培训。\n"


@pytest.fixture(scope="module")
def pipeline():
    return language()


def found(doc):
    return [(span.text, span.label_, list(span._.labels)) for span in doc.spans["statements"]]


def test_statements_are_spans_with_role_and_labels(pipeline):
    doc = pipeline(TEXT)
    assert doc.text == TEXT
    texts = [text for text, _, _ in found(doc)]
    assert texts == ["一是公开内容不够全面。", "二是栏目更新不及时。", "一是加强业务培训。"]
    assert [role for _, role, _ in found(doc)] == ["problem", "problem", "measure"]
    assert "timeliness_poor" in found(doc)[1][2] and "staff_training" in found(doc)[2][2]
    assert "一是公开内容不够全面。" in [s.text.strip() for s in doc.sents]


def test_docbin_keeps_spans_and_labels(pipeline):
    docs = DocBin(store_user_data=True, docs=[pipeline(TEXT)]).to_bytes()
    (again,) = DocBin().from_bytes(docs).get_docs(pipeline.vocab)
    assert found(again) == found(pipeline(TEXT))


def test_displacy_shows_the_statements(pipeline):
    html = displacy.render(pipeline(TEXT), style="span", options={"spans_key": "statements"}, jupyter=False)
    assert "problem" in html and "measure" in html


def test_two_processes_give_the_same(pipeline):
    docs = list(pipeline.pipe([TEXT, "一是更新不及时。", ""], n_process=2))
    assert [found(doc) for doc in docs] == [found(pipeline(text)) for text in (TEXT, "一是更新不及时。", "")]


def test_a_pipeline_comes_back_from_disk(pipeline, tmp_path):
    import spacy

    pipeline.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert found(again(TEXT)) == found(pipeline(TEXT))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "a\r\nb", "无。", "\ufeff一是更新不及时。"])
def test_odd_texts_pass(pipeline, text):
    assert pipeline(text) is not None


REPORT = (
    "甲县民政局2021年政府信息公开工作年度报告\n一、总体情况\n本年度微信公众号发布信息49条,收到公开申请2件。\n"
    "如有疑问,请与甲县民政局办公室联系(地址:甲县文昌路1号;邮编:280356;电话:0506-4412208)。\n"
    "五、存在的主要问题及改进情况\n一是更新不及时,下一步将每周更新。\n"
)


def test_each_component_marks_its_own_spans(pipeline):
    doc = pipeline(REPORT)
    assert [span.label_ for span in doc.spans["sections"]] == ["preamble", "overview", "problems"]
    assert [(s.text, s.label_, s._.value, s._.unit) for s in doc.spans["channel_counts"]] == [
        ("49条", "wechat", "49", "条")
    ]
    assert [(s.label_, s._.value, s._.period) for s in doc.spans["counts"]] == [("applications_received", "2", "year")]
    assert ("phone", "0506-4412208") in [(s.label_, s._.value) for s in doc.spans["contacts"]]
    problem, measure = [s for s in doc.spans["statements"] if s._.section == "problems"]
    assert (problem.label_, measure.label_) == ("problem", "measure")
    assert list(problem._.answers) == [int(measure.id_)]


def test_the_whole_report_is_there_when_asked_for(pipeline):
    report = pipeline(REPORT)._.report
    assert report["identity"]["year"] == 2021 and "source" not in report


def test_components_can_be_left_out():
    doc = language(["gongkai_statements"])(REPORT)
    assert list(doc.spans) == ["statements"]
    assert {span.label_ for span in doc.spans["statements"]} == {""}


def test_statements_of_ones_own_are_labelled():
    from spacy.language import Language

    @Language.component("one_statement_a_line")
    def one_statement_a_line(doc):
        starts = [0, *(token.i + 1 for token in doc if token.text == "\n"), len(doc)]
        doc.spans["statements"] = [doc[a:b] for a, b in pairwise(starts) if a < b]
        return doc

    pipeline = language(["gongkai_labels"])
    pipeline.add_pipe("one_statement_a_line", first=True)
    doc = pipeline("栏目更新不及时\n加强业务培训")
    assert [span.label_ for span in doc.spans["statements"]] == ["problem", "measure"]
    assert "timeliness_poor" in doc.spans["statements"][0]._.labels
