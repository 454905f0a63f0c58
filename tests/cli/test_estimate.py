"""`gongkai sample` and `gongkai estimate`: what is printed, written and refused."""

import json
import re

import pandas as pd
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": "120"})


@pytest.fixture(scope="module")
def sample(tags_folder, tmp_path_factory, frame_units):
    """Forty drawn statements, not filled in."""
    out = tmp_path_factory.mktemp("sample") / "sample.csv"
    result = run("sample", tags_folder, "--n", 40, "--by", "edition", "--out", out)
    assert result.exit_code == 0, result.output
    assert f"40 of {frame_units} statements drawn in 4 strata by edition" in result.stderr
    return out


def test_estimates_with_intervals_beside_naive_shares(tags_folder, sample, fill, tmp_path, frame_units):
    filled = fill(sample, sample.with_name("sample.2.csv"))
    out = tmp_path / "estimates.csv"
    result = run(
        "estimate", tags_folder, filled, "--label", "timeliness_poor", "--label", "staff_training", "--out", out
    )
    assert result.exit_code == 0, result.output
    assert "timeliness_poor" in result.stdout and "公开不及时" in result.stdout and "–" in result.stdout
    table = pd.read_csv(out)
    assert list(table["label"]) == ["timeliness_poor", "staff_training"]
    assert (table["low"] <= table["estimate"]).all() and (table["estimate"] <= table["high"]).all()
    assert (
        (table["labelled"] == 40).all()
        and (table["units"] == frame_units).all()
        and (table["basis"] == "labels and scores").all()
    )
    # Every drawn statement is labelled as the model has it, so that the naive share of the accepted labels is near.
    assert ((table["estimate"] - table["naive"]).abs() < 0.03).all()
    again = run("estimate", tags_folder, filled, "--out", out)
    assert again.exit_code == 2 and "is there already" in again.stderr


def test_groups_and_their_differences(tags_folder, sample, fill, tmp_path):
    filled = fill(sample, sample.with_name("sample.3.csv"))
    out = tmp_path / "estimates.json"
    result = run(
        "estimate", tags_folder, filled, "--by", "edition", "--label", "timeliness_poor", "--differences", "--out", out
    )
    assert result.exit_code == 0, result.output
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [row["edition"] for row in found["estimates"]] == [
        "free_form",
        "indicators_2014",
        "tables_2019",
        "tables_2021",
    ]
    assert len(found["differences"]) == 6
    first = found["differences"][0]
    shares = {row["edition"]: row["estimate"] for row in found["estimates"]}
    assert first["estimate"] == pytest.approx(shares[first["edition_to"]] - shares[first["edition_from"]])


def test_a_page_with_plots(tags_folder, sample, fill, tmp_path):
    filled = fill(sample, sample.with_name("sample.7.csv"))
    out = tmp_path / "estimates.html"
    assert run("estimate", tags_folder, filled, "--by", "edition", "--out", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert page.count('<div class="chart"') == 2 and "公开不及时" in page and "vegaEmbed" in page
    assert page.count("<tr><td>") == 4 * 34 and not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_without_a_sample_only_the_model_speaks(tags_folder):
    result = run("estimate", tags_folder, "--unit", "report", "--by", "year")
    assert result.exit_code == 0, result.output
    assert "nothing but the model speaks" in result.stderr
    result = run("estimate", tags_folder, "--mean", "--label", "timeliness_poor")
    labels = pd.read_parquet(tags_folder / "labels.parquet").query("label == 'timeliness_poor'")
    assert (
        f" {labels['score'].sum() / 14:.2f} " in result.stdout
        and f" {labels['accepted'].sum() / 14:.2f} " in result.stdout
    )


def test_reports_that_admit_it(tags_folder, fill, tmp_path, frame_units):
    sheet = tmp_path / "reports.csv"
    result = run("sample", tags_folder, "--n", 14, "--unit", "report", "--out", sheet)
    assert f"14 of 14 reports drawn, {frame_units} rows" in result.stderr
    fill(sheet, sheet)
    out = tmp_path / "shares.csv"
    assert (
        run("estimate", tags_folder, sheet, "--unit", "report", "--label", "timeliness_poor", "--out", out).exit_code
        == 0
    )
    (row,) = pd.read_csv(out).to_dict("records")
    # All reports are labelled, as the model has them: nothing is uncertain.
    assert row["estimate"] == row["low"] == row["high"] == pytest.approx(row["naive"])
    assert (row["labelled"], row["units"]) == (14, 14)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--unit", "report"], "the sample holds single statements"),
        (["--by", "province"], "--by province: the table reports has no such column"),
        (
            ["--label", "timelines_poor"],
            "--label timelines_poor: no such label in these tags. Did you mean timeliness_poor?",
        ),
        (["--mean", "--differences", "--by", "edition"], "--differences: of shares only"),
        (["--out", "estimates.txt"], "unknown format"),
        (["--design", "other.design.json"], "other.design.json: missing"),
    ],
)
def test_wrong_questions_are_refused(tags_folder, sample, fill, options, told):
    filled = fill(sample, sample.with_name("sample.4.csv"))
    result = run("estimate", tags_folder, filled, *options)
    assert result.exit_code == 2 and told in result.stderr, result.output


def test_sample_of_other_tags_is_refused(tags_folder, sample, fill, tmp_path, frame_units):
    filled = fill(sample, sample.with_name("sample.5.csv"))
    for name in ("reports", "statements", "labels"):
        frame = pd.read_parquet(tags_folder / f"{name}.parquet")
        (tmp_path / "other").mkdir(exist_ok=True)
        frame[frame["report_id"] != frame["report_id"].iloc[0]].to_parquet(tmp_path / "other" / f"{name}.parquet")
    result = run("estimate", tmp_path / "other", filled)
    assert result.exit_code == 2
    assert f"not the tags that the sample was drawn from ({frame_units} units of 14 reports then, " in result.stderr


def test_open_rows_are_told_or_taken_as_a_random_part(tags_folder, sample, fill):
    result = run("estimate", tags_folder, sample)
    assert result.exit_code == 2 and "40 of 40 rows are not filled in" in result.stderr
    rows = json.loads(sample.with_name("sample.design.json").read_text(encoding="utf-8"))["rows"]
    ids = [row["id"] for row in rows]
    half = {row["id"] for at, row in enumerate(sorted(rows, key=lambda row: row["stratum"])) if at % 2}
    part = fill(
        sample,
        sample.with_name("sample.6.csv"),
        {key: ("problem", ["none"]) if key in half else ("", []) for key in ids},
    )
    result = run("estimate", tags_folder, part, "--partial", "--label", "timeliness_poor")
    assert result.exit_code == 0, result.output
    assert "20 of 40 drawn rows are open" in result.stderr and "0/20" in result.stdout
    part = fill(sample, part, {key: ("problem", ["none"]) if key <= "s0002" else ("", []) for key in ids})
    result = run("estimate", tags_folder, part, "--partial")
    assert result.exit_code == 2 and "drawn units is labelled, so that its" in result.stderr


@pytest.mark.parametrize("command", ["sample", "estimate"])
def test_folders_that_are_no_tags(command, tmp_path):
    out = ["--out", tmp_path / "sample.csv"] if command == "sample" else []
    for folder, told in ((tmp_path / "none", "no such folder"), (tmp_path, "has no table")):
        result = run(command, folder, *out)
        assert result.exit_code == 2 and told in result.stderr and result.stdout == ""
    assert not (tmp_path / "sample.csv").exists()
