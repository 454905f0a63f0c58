"""The spaCy pipeline: statements as spans, storable, showable, and the same in several processes."""

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
