"""Bodies over the years: joined by what is known, asked where it is not; lists held against the reports."""

import csv
from datetime import date

import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.conclusions.bodies import NONE, bodies, put_bodies, read_decisions, successor_of, unsure
from nlp.conclusions.design import SampleUnusable
from nlp.conclusions.tags import Tags
from nlp.structure.bodies import body_of


def reports(*rows):
    """Rows of ``reports`` from (issuer, region, level, year) and, if told, the day of publication."""
    found = []
    for number, (issuer, region, level, year, *published) in enumerate(rows):
        body = body_of(issuer, region, year)
        found.append({
            "report_id": f"{number:016x}", "name": f"{number}.txt", "issuer": issuer, "region": region, "level": level,
            "year": year, "body_id": body.id if body else None, "published_on": published[0] if published else None,
        })  # fmt: skip
    return found


def table(folder, decisions=NONE):
    with Tags(folder) as tags:
        put_bodies(tags, decisions)
        return {row["body_id"]: row for row in bodies(tags)}, list(unsure(tags))


def test_names_reforms_and_districts_are_joined(make_tags):
    folder = make_tags(reports=reports(
        ("内黄县国土资源局", "410527", "county", 2016), ("县国土资源局", "410527", "county", 2017),
        ("内黄县自然资源局", "410527", "county", 2020),
        ("新津县人民政府", "510132", "county", 2015), ("成都市新津区人民政府", "510118", "county", 2021),
        ("内黄县工商行政管理局", "410527", "county", 2015),
    ))  # fmt: skip
    found, questions = table(folder)
    assert set(found) == {"410527/自然资源", "510118/政府", "410527/工商行政管理"}
    land = found["410527/自然资源"]
    assert land["names"] == "内黄县国土资源局 | 内黄县自然资源局 | 县国土资源局"
    assert (land["years"], land["missing_years"], land["reports"]) == ("2016,2017,2020", "2018,2019", 3)
    assert (land["first_year"], land["last_year"], land["successor"]) == (2016, 2020, None)
    gone = found["410527/工商行政管理"]
    assert (gone["successor"], gone["successor_kind"], gone["successor_from"]) == (
        "410527/市场监督管理",
        "merged",
        2020,
    )
    assert questions == []


def test_a_place_that_was_merged_tells_what_it_became():
    # 卢湾区 went into 黄浦区 in 2011.
    assert successor_of("310103", "财政", 2009) == ("310101/财政", "merged", 2011)
    assert successor_of("310101", "财政", 2020) == (None, None, None)


def test_what_is_not_sure_is_asked_with_its_reason(make_tags):
    folder = make_tags(reports=reports(
        ("县财政局", None, "county", 2020),
        ("檀渡县财政局", None, "county", 2021),
        ("内黄县教育局", "410527", "county", 2016), ("内黄县教育体育局", "410527", "county", 2020),
        ("朝阳区审计局", "110105", "county", 2019), ("朝阳区审计局", "ambiguous", "county", 2020),
        ("城关镇人民政府", None, "township", 2020), ("城关镇人民政府", None, "township", 2020),
    ))  # fmt: skip
    _, questions = table(folder)
    asked = {(row["body_id"], row["candidate_id"]): row["reason"] for row in questions}
    assert asked[("name:县财政局", "檀渡县/财政")].startswith("the name lacks its place")
    assert asked[("410527/教育", "410527/教育和体育")].startswith("one line of work lies within the other")
    assert any("the place of which is told in some years only" in reason for reason in asked.values())
    assert asked[("城关镇/政府", "")].startswith("a place without code has 2 reports for one year")
    assert len(asked) == 4 and all(row["same"] == "" for row in questions)


def test_bodies_with_a_year_in_common_are_two(make_tags):
    folder = make_tags(reports=reports(
        ("内黄县教育局", "410527", "county", 2016), ("内黄县教育体育局", "410527", "county", 2016)
    ))  # fmt: skip
    assert table(folder)[1] == []


def save(path, rows, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_person_decides(make_tags, tmp_path, encoding):
    folder = make_tags(reports=reports(
        ("县财政局", None, "county", 2020), ("檀渡县财政局", None, "county", 2021),
        ("内黄县教育局", "410527", "county", 2016), ("内黄县教育体育局", "410527", "county", 2020),
    ))  # fmt: skip
    _, questions = table(folder)
    answered = [row | {"same": "是" if "教育" in row["names"] else "yes"} for row in questions]
    found, questions = table(folder, read_decisions(save(tmp_path / "decided.csv", answered, encoding)))
    assert {body: row["years"] for body, row in found.items()} == {
        "檀渡县/财政": "2020,2021", "410527/教育和体育": "2016,2020",
    }  # fmt: skip
    assert questions == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            {"body_id": "a/b", "candidate_id": "c/d", "same": "maybe"},
            "row 2, column C (same): 'maybe' is neither yes nor no",
        ),
        ({"body_id": "a/b", "candidate_id": "", "same": "yes"}, "row 2, column B (candidate_id): yes, but no body"),
    ],
)
def test_decisions_that_say_nothing_are_told(tmp_path, row, told):
    with pytest.raises(SampleUnusable) as raised:
        read_decisions(save(tmp_path / "decided.csv", [row]))
    assert told in str(raised.value)


def test_decisions_in_a_circle_come_to_an_end(tmp_path):
    rows = [{"body_id": a, "candidate_id": b, "same": "yes"} for a, b in (("a/x", "b/x"), ("b/x", "a/x"))]
    decisions = read_decisions(save(tmp_path / "decided.csv", rows))
    assert {decisions.final("a/x"), decisions.final("b/x")} <= {"a/x", "b/x"}


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": "140"})


def test_bodies_command(make_tags, tmp_path):
    folder = make_tags(reports=reports(("县财政局", None, "county", 2020), ("檀渡县财政局", None, "county", 2021)))
    result = run("bodies", folder, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "1 bodies, 1 pairs to decide, 1 reports whose body is not known" in result.stderr
    with (tmp_path / "out" / "bodies.csv").open(encoding="utf-8-sig") as file:
        assert [row["body_id"] for row in csv.DictReader(file)] == ["檀渡县/财政"]
    again = run("bodies", folder, "--out", tmp_path / "out")
    assert again.exit_code == 2 and "is there already" in again.stderr
    assert run("bodies", folder, "--out", tmp_path / "out", "--format", "pdf").exit_code == 2


def test_roster(make_tags, tmp_path):
    folder = make_tags(reports=reports(
        ("内黄县财政局", "410527", "county", 2021, date(2022, 1, 20)),
        ("内黄县审计局", "410527", "county", 2021, date(2022, 3, 20)),
        ("内黄县教育局", "410527", "county", 2021, date(2022, 1, 5)), ("内黄县教育局", "410527", "county", 2021),
        ("内黄县人民政府", "410527", "county", 2021, date(2022, 3, 20)),
    ))  # fmt: skip
    names = tmp_path / "list.csv"
    names.write_text(
        "单位名称,区划代码\n县财政局,410527\n内黄县审计局,\n内黄县教育局,410527\n内黄县民政局,410527\n内黄县人民政府,410527\n",
        encoding="gb18030",
    )
    out = tmp_path / "roster.csv"
    result = run("roster", folder, names, "--year", "2021", "--out", out)
    assert result.exit_code == 1, result.output
    assert "2 reported, 1 late, 1 several, 1 none" in result.stderr
    with out.open(encoding="utf-8-sig") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert {name: row["status"] for name, row in rows.items()} == {
        "县财政局": "reported", "内黄县审计局": "late", "内黄县教育局": "several", "内黄县民政局": "none", "内黄县人民政府": "reported",
    }  # fmt: skip
    # Departments by the end of January, governments by the end of March (条例 第五十条).
    assert (rows["内黄县审计局"]["deadline"], rows["内黄县人民政府"]["deadline"]) == ("2022-01-31", "2022-03-31")
    assert rows["内黄县教育局"]["reports"] == "2" and rows["内黄县民政局"]["report_ids"] == ""
    assert "内黄县民政局" in result.stdout and "县财政局" not in result.stdout
    assert run("roster", folder, names, "--year", "2022").exit_code == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("县\n", "row 1: no column name"),
        ("name\n", "no name in it"),
        ("name,year\n内黄县财政局,去年\n", "row 2, column B (year): '去年' is no year"),
        ("name,region\n内黄县财政局,4105\n", "row 2, column B (region): '4105' is no code of six digits"),
        ("name,year\n,2021\n", "row 2, column A (name): empty"),
    ],
)
def test_lists_that_cannot_be_used(make_tags, tmp_path, content, told):
    names = tmp_path / "list.csv"
    names.write_text(content, encoding="utf-8")
    result = run("roster", make_tags(reports=reports(("内黄县财政局", "410527", "county", 2021))), names)
    assert result.exit_code == 2 and told in result.stderr, result.output
