"""From one year to the next: promises told as done, promised again or not told; problems that stand."""

import csv
from itertools import groupby

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.conclusions.likeness import describe, packaged_following, score
from training.following import KINDS, learn, measure, read_pairs, readme


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def tags(make_tags):
    """Three years of one body, and one that skips a year."""
    told = {
        ("檀渡县/财政", 2020): [
            ("problem", "timeliness_poor", "一是个别栏目更新不及时,数据还是上一年的。"),
            ("measure", "staff_training", "下一年每季度举办一次政务公开业务培训。"),
            ("measure", "platform_build", "拟升级网站检索功能,支持按文号查找。"),
            ("measure", "content_expand", "将把村级补助资金的分配结果逐项公布。"),
        ],
        ("檀渡县/财政", 2021): [
            ("achievement", None, "全年举办政务公开业务培训四期,参训二百人次。"),
            ("achievement", None, "收到申请十二件,均按期答复。"),
            ("problem", "timeliness_poor", "部分栏目更新仍不及时,个别数据还是上一年的。"),
            ("problem", "channel_limited", "公开渠道单一。"),
            ("measure", "platform_build", "升级网站检索功能,实现按文号查找文件。"),
        ],
        ("檀渡县/财政", 2022): [("problem", "timeliness_poor", "栏目更新不及时的情况仍然存在,有的数据还是上一年的。")],
        ("璞川县/审计", 2019): [("measure", "staff_training", "每季度举办一次政务公开业务培训。")],
        ("璞川县/审计", 2021): [("achievement", None, "全年举办政务公开业务培训四期。")],
    }  # fmt: skip
    reports, statements, labels = [], [], []
    for number, ((body, year), said) in enumerate(told.items()):
        report = f"{number:016x}"
        reports.append({"report_id": report, "name": f"{number}.txt", "year": year, "body_id": body, "issuer": body})
        for at, (role, label, text) in enumerate(said):
            statements.append(
                {"report_id": report, "statement_id": at, "role": role, "text": text, "start": 0, "end": 1}
            )
            if label:
                labels.append(
                    {
                        "report_id": report,
                        "statement_id": at,
                        "scheme": role,
                        "label": label,
                        "score": 0.9,
                        "accepted": True,
                    }
                )
    return make_tags(reports=reports, statements=statements, labels=labels)


def test_promises_and_standing_problems(tags, tmp_path):
    result = run("recurring", tags, "--out", tmp_path / "years")
    assert result.exit_code == 0, result.output
    with (tmp_path / "years" / "promises.csv").open(encoding="utf-8-sig") as file:
        promises = {(row["labels"], row["year"]): row for row in csv.DictReader(file)}
    assert {key: row["outcome"] for key, row in promises.items()} == {
        ("staff_training", "2020"): "done", ("platform_build", "2020"): "again", ("content_expand", "2020"): "not_told",
        ("platform_build", "2021"): "not_told",
    }  # fmt: skip
    done = promises["staff_training", "2020"]
    assert (done["next_year"], done["next_text"]) == ("2021", "全年举办政务公开业务培训四期,参训二百人次。")
    assert float(done["score"]) >= 0.5 > float(promises["content_expand", "2020"]["score"])
    assert promises["content_expand", "2020"]["next_text"] == ""
    with (tmp_path / "years" / "recurring.csv").open(encoding="utf-8-sig") as file:
        standing = [(row["labels"], row["year"], row["next_year"], row["standing"]) for row in csv.DictReader(file)]
    assert standing == [("timeliness_poor", "2020", "2021", "2"), ("timeliness_poor", "2021", "2022", "3")]
    assert "4 promises: 1 told as done, 1 promised again, 2 not told" in result.stderr
    assert "1 problems told 2 years in a row, 1 problems told 3 years in a row" in result.stderr
    assert run("recurring", tags, "--out", tmp_path / "years").exit_code == 2


def test_likeness_of_a_statement_with_itself_and_with_nothing():
    problem = describe("一是公开渠道单一,主要依靠网站。")
    assert score("recurring", problem, problem) > 0.9
    assert score("recurring", problem, describe("")) < 0.2
    assert score("promise", describe("。"), describe("。")) < 0.5


def test_pairs_are_of_their_family():
    pairs = read_pairs()
    for _, family in groupby(pairs, key=lambda pair: pair.family):
        family = list(family)
        assert len({pair.before for pair in family}) == 1 and sum(pair.same for pair in family) == 1
        assert len({pair.after for pair in family}) == len(family) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_packaged_weights_are_those_of_the_pairs_and_hold_their_scores(kind):
    pairs = read_pairs()
    learnt = learn(kind, pairs)
    assert packaged_following(kind).weights == pytest.approx(
        {k: round(v, 4) for k, v in learnt.weights.items()}, abs=2e-4
    )
    found = measure(kind, pairs)
    assert (
        found["auc"] >= 0.92
        and found["precision"] >= 0.8
        and found["recall"] >= 0.8
        and found["calibration_error"] <= 0.11
    )


def test_card_tells_the_scores():
    from nlp.conclusions.likeness import following_folder

    card = (following_folder() / "README.md").read_text(encoding="utf-8")
    assert card == readme({kind: measure(kind, read_pairs()) for kind in KINDS})
