"""The trained model at work: roles by text and by order, abstention, labels of one scheme or of a taxonomy of one's own."""

import numpy as np
import pytest

from nlp.labelling.choice import choose_labeller
from nlp.labelling.classifier import Order
from nlp.labelling.context import Context
from nlp.labelling.label import label_texts
from nlp.labelling.store import ModelUnusable
from nlp.labelling.trained import ROLES, accept, place_roles, weigh_roles


def decoded(chances, contexts, order, texts=None):
    weighed = weigh_roles(chances, texts or ["公开信息。"] * len(contexts), contexts, order)
    return [ROLES[role] for role in place_roles(weighed, contexts, order).argmax(axis=1)]


def judged(text, heading=None, **kwargs):
    [statement] = label_texts([text], [heading], **kwargs)
    return statement.role, {label.key for label in statement.labels if label.accepted}


@pytest.mark.parametrize(
    ("text", "role", "keys"),
    [
        ("一是公开内容不够全面。", "problem", {"content_incomplete"}),
        ("二是栏目更新不及时，工作人员多为兼职。", "problem", {"timeliness_poor", "staff_capacity"}),
        ("三是加强业务培训，提高工作人员能力。", "measure", {"staff_training"}),
        ("进一步拓宽政府信息公开渠道。", "measure", {"channel_expand"}),
        ("全年共举办政务公开培训班3期，培训120人次。", "achievement", set()),
        ("针对上述问题，我局将从以下几个方面加以改进：", "boilerplate", set()),
        ("", "boilerplate", set()),
        ("……", "boilerplate", set()),
    ],
)
def test_plain_statements(text, role, keys):
    assert judged(text) == (role, keys)


def test_every_problem_and_measure_has_scores_between_0_and_1():
    for statement in label_texts(["公开意识还需增强", "健全工作制度", "本年度无", "甲乙丙"]):
        assert 0 <= statement.role_score <= 1
        assert all(0 <= label.score <= 1 and label.origin.startswith("model:") for label in statement.labels)


def test_order_decides_what_the_text_leaves_open():
    # The second text alone is a toss-up between measure and achievement; after a measure it is one too.
    chances = np.array([[0.01, 0.97, 0.01, 0.01], [0.02, 0.47, 0.49, 0.02]], dtype=np.float32)
    follows = np.log(np.array([[1, 1, 1, 1], [0.2, 2.2, 0.4, 0.5], [1, 1, 1, 1], [1, 1, 1, 1]], dtype=np.float32))
    order = Order(follows, np.zeros((4, 4), np.float32))
    together = [Context("problems", "", None, at, 2) for at in range(2)]
    assert decoded(chances, together, order) == ["measure", "measure"]
    assert decoded(chances, [Context(), Context()], order) == ["measure", "achievement"]


def test_a_narrative_of_the_year_reports_what_was_done():
    # 实行先审后发 may be a plan or a practice: in a part on the year's work it is a practice.
    chances = np.array([[0.02, 0.86, 0.1, 0.02]], dtype=np.float32)
    assert decoded(chances, [Context("management")], None) == ["achievement"]
    assert decoded(chances, [Context("problems")], None) == ["measure"]
    assert decoded(np.array([[0.1, 0.2, 0.5, 0.2]], dtype=np.float32), [Context("preamble")], None) == ["boilerplate"]


def test_a_narrative_of_the_year_may_admit_a_fault():
    chances = np.array([[0.9, 0.02, 0.06, 0.02]], dtype=np.float32)
    plain, turning = "重点栏目公开有序。", "公开有序,但个别栏目更新不及时。"
    assert decoded(chances, [Context("overview")], None, [plain]) == ["achievement"]
    assert decoded(chances, [Context("overview")], None, [turning]) == ["problem"]


def test_one_scheme_only():
    labeller = choose_labeller(scheme="problem")
    assert judged("一是公开内容不够全面。", labeller=labeller)[1] == {"content_incomplete"}
    assert judged("三是加强业务培训。", labeller=labeller) == ("measure", set())


@pytest.mark.parametrize(
    ("chances", "accepted"),
    [
        ({"content": 0.9, "other": 0.8}, {"content"}),
        ({"content": 0.8, "other": 0.9}, {"content"}),
        ({"other": 0.9}, {"other"}),
    ],
)
def test_other_stands_alone(chances, accepted):
    labeller = choose_labeller()
    head = labeller.model.heads["aspect"]
    row = np.array([[chances.get(name, 0.01) for name in head.classes]], dtype=np.float32)
    [found] = accept(head, row, labeller.best_from)
    assert {name for name, yes in zip(head.classes, found, strict=True) if yes} == accepted


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelUnusable, match="no readable card"):
        choose_labeller(tmp_path)


def test_roles_in_order_are_probabilities_worked_out_by_hand():
    # Two statements, the first surely a problem; after a problem a measure is three times as usual, all else as usual.
    chances = np.array([[1, 0, 0, 0], [0.5, 0.5, 0, 0]], dtype=np.float32)
    follows = np.zeros((4, 4), dtype=np.float32)
    follows[0, 1] = np.log(9)  # its weight is a half: three times
    placed = place_roles(chances, [Context("problems", "", None, at, 2) for at in range(2)], Order(follows, follows))
    assert placed == pytest.approx(np.array([[1, 0, 0, 0], [0.25, 0.75, 0, 0]]), abs=1e-4)
    # The second statement bears on the first as well: a measure tells that a problem came before.
    chances = np.array([[0.5, 0.5, 0, 0], [0, 1, 0, 0]], dtype=np.float32)
    placed = place_roles(chances, [Context("problems", "", None, at, 2) for at in range(2)], Order(follows, follows))
    assert placed == pytest.approx(np.array([[0.75, 0.25, 0, 0], [0, 1, 0, 0]]), abs=1e-4)
