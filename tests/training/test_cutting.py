"""Learning to cut: the true beginnings of a passage, and weights that come out the same each time."""

from training.corpus import Heading, Marked, Passage
from training.cutting import Cut, learn_cutting, score_cutting

TEXT = "五、存在的问题\n一是渠道窄。只有网站。二是更新慢，今后将每周更新。"


def passage(number):
    return Passage(
        f"x-0{number}-01", f"x-0{number}", "青禾镇", "township", 2021, "annual_report", "", TEXT, (Heading(0, 7),),
        (Marked(8, 19, "problem"), Marked(19, 25, "problem"), Marked(25, 34, "measure")),
    )  # fmt: skip


def test_true_beginnings_count_in_the_clean_text():
    cut = Cut(passage(1))
    assert [cut.clean.text[at : at + 2] for at in cut.statements] == ["一是", "二是", "今后"]


def test_the_same_passages_give_the_same_weights_and_are_cut_right():
    passages = [passage(number) for number in range(1, 6)]
    assert learn_cutting(passages) == learn_cutting(passages)
    assert score_cutting(passages) == (1.0, 15)
