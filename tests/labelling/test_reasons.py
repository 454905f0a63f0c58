"""The reasons for a label add up to the decision of the model, and name words of the statement."""

import numpy as np
import pytest

from nlp.labelling.choice import choose_labeller
from nlp.labelling.features import cue_matrix
from nlp.labelling.label import clean_statement
from nlp.labelling.reasons import reasons

TEXTS = [
    "一是公开意识不强，更新不够及时，个别栏目长期没有更新。",
    "二是公开形式较为单一，主要依靠政府网站。",
    "下一步加强业务培训，举办培训3次，提高工作人员能力。",
    "公开公开公开",
    "Ω",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_all_reasons_add_up_to_the_decision(text):
    model = choose_labeller().model
    text = clean_statement(text)
    decision = model.ngrams.project([text], model.ngram_weights) + cue_matrix([text]) @ model.cue_weights
    at = 0
    for name, head in model.heads.items():
        for key in head.classes:
            told = sum(reason.weight for reason in reasons(model, text, name, key, limit=None))
            assert told == pytest.approx(float(decision[0, at]), abs=1e-4), (name, key)
            at += 1
    assert at == decision.shape[1] and np.isfinite(decision).all()


def test_the_weightiest_words_are_those_that_say_it():
    model = choose_labeller().model
    told = reasons(model, clean_statement("二是公开形式较为单一，主要依靠政府网站。"), "role", "problem")
    assert any("单一" in reason.words for reason in told) and told[0].weight > 0
    assert [abs(reason.weight) for reason in told] == sorted((abs(reason.weight) for reason in told), reverse=True)


def test_an_unknown_class_is_refused():
    model = choose_labeller().model
    with pytest.raises(KeyError):
        reasons(model, "公开", "nothing", "problem")
    with pytest.raises(ValueError):
        reasons(model, "公开", "role", "nothing")
