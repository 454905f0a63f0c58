"""What to label next: unsure, various, never two alike, and a marked part at random."""

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.labelling.trained import Scores
from training.suggest import select, suggest, uncertainty

TEXTS = [
    "栏目更新不够及时，群众看不到新消息。", "栏目更新不够及时,群众看不到新消息。", "信息员都是兼职，业务不熟。", "村级公示栏位置偏僻。",
    "依申请公开的答复书格式不一。", "政策解读照抄原文。", "留言半年没有回复。", "网站链接打不开。", "部门之间不共享信息。", "审核流于形式。",
]  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(app, ["suggest", *map(str, arguments)])


def test_the_most_unsure_come_first_and_no_two_are_alike():
    doubt = np.array([1.0, 0.99, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    chosen = select(TEXTS, doubt, 3, random_share=0)
    assert [one.place for one in chosen][:2] == [0, 2]  # 1 says the same as 0
    assert 1 not in [one.place for one in select(TEXTS, doubt, 10, random_share=0)]
    assert {one.why for one in chosen} == {"unsure"}


def test_a_share_is_drawn_at_random_and_marked():
    doubt = np.zeros(len(TEXTS))
    chosen = select(TEXTS, doubt, 5, random_share=0.4, seed=3)
    assert [one.why for one in chosen] == ["unsure"] * 3 + ["random"] * 2
    assert len({one.place for one in chosen}) == 5
    assert select(TEXTS, doubt, 5, random_share=0.4, seed=3) == chosen


def test_variety_counts_beside_uncertainty():
    """.9 unlike what was chosen comes before .95 that is half the same."""
    texts = ["公开栏目更新不及时", "公开栏目更新很随意", "信访接待态度差"]
    chosen = select(texts, np.array([1.0, 0.95, 0.9]), 2, random_share=0)
    assert [one.place for one in chosen] == [0, 2]


@pytest.mark.parametrize(
    ("chances", "exclusive", "wanted"),
    [([[0.5, 0.4, 0.1]], True, 0.9), ([[0.9, 0.1, 0.5]], False, 1.0), ([[0.9, 0.1, 0.0]], False, 0.2)],
)
def test_uncertainty_by_hand(chances, exclusive, wanted):
    row = np.array(chances)
    scores = Scores(("a", "b", "c"), row, row > 0.5, np.ones(1, dtype=bool))
    assert uncertainty(scores, exclusive=exclusive) == pytest.approx([wanted])


def test_every_column_of_the_pool_comes_back(tmp_path):
    pd.DataFrame({"id": range(len(TEXTS)), "text": TEXTS, "区": "甲"}).to_csv(tmp_path / "p.csv", index=False)
    result = run("statements", tmp_path / "p.csv", "--n", 5, "--out", tmp_path / "o.csv")
    assert result.exit_code == 0, result.output
    assert "5 of 10 texts: 4 unsure ones, 1 at random" in result.stderr
    frame = pd.read_csv(tmp_path / "o.csv")
    assert list(frame) == ["id", "text", "区", "suggested", "uncertainty", "label"]
    assert frame["suggested"].tolist() == ["unsure"] * 4 + ["random"]
    assert suggest("statements", TEXTS, 5)[0].place == frame["id"][0]


def test_a_small_pool_and_bad_input_are_told(tmp_path):
    pd.DataFrame({"text": [*TEXTS[:2], ""]}).to_csv(tmp_path / "p.csv", index=False)
    result = run("statements", tmp_path / "p.csv", "--n", 9, "--random", 0, "--out", tmp_path / "o.csv")
    assert "1 of 2 texts: 1 unsure ones, 0 at random; the others are nearly the same as these" in result.stderr
    assert "is there already" in run("statements", tmp_path / "p.csv", "--out", tmp_path / "o.csv").stderr
    assert "no such model" in run("nothing", tmp_path / "p.csv", "--out", tmp_path / "q.csv").stderr
    assert "no such file" in run("statements", tmp_path / "x.csv", "--out", tmp_path / "q.csv").stderr
