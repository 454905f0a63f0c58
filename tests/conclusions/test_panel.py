"""The panel: each number in its column, each kind of absence apart, and outcomes that a regression may use as they are."""

import csv
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.conclusions.panel import corrections
from nlp.conclusions.variables import short_name

A, B, C, D = "a" * 16, "b" * 16, "c" * 16, "d" * 16


def figure(report, row, column, value, status="given", table="requests"):
    return {"report_id": report, "table": table, "row": row, "column": column, "value": value, "status": status}


@pytest.fixture
def tags(make_tags):
    """檀渡县财政局 for 2021 (twice: A was published after B) and 2022 (C); D tells no body."""
    report = {
        "issuer": "檀渡县财政局",
        "level": "county",
        "edition": "tables_2021",
        "errors": 0,
        "warnings": 0,
        "body_id": "檀渡县/财政",
    }
    statement = {"start": 0, "end": 1, "role_score": 0.9, "text": "句"}
    label = {"scheme": "problem", "label": "timeliness_poor", "score": 0.9, "accepted": True, "origin": "model:m@1"}
    return make_tags(
        reports=[
            report | {"report_id": A, "name": "a.txt", "year": 2021, "published_on": date(2022, 1, 20), "errors": 2},
            report | {"report_id": B, "name": "b.txt", "year": 2021, "published_on": date(2022, 1, 5)},
            report | {"report_id": C, "name": "c.txt", "year": 2022},
            report | {"report_id": D, "name": "d.txt", "year": 2022, "issuer": None, "body_id": None},
        ],
        sections=[{"report_id": A, "key": "problems", "level": 1, "title": "五", "start": 0, "end": 1}],
        statements=[
            statement | {"report_id": A, "statement_id": 0, "role": "problem"},
            statement | {"report_id": A, "statement_id": 1, "role": "problem"},
            statement | {"report_id": C, "statement_id": 0, "role": "achievement"},
        ],
        labels=[
            label | {"report_id": A, "statement_id": 0},
            label | {"report_id": A, "statement_id": 1},
            label | {"report_id": A, "statement_id": 0, "label": "channel_limited", "accepted": False, "score": 0.2},
        ],
        figures=[
            figure(A, "new_received", "total", 12), figure(A, "new_received", "business", 0),
            figure(A, "granted", "total", None, "blank"), figure(A, "partial", "total", None, "not_applicable"),
            figure(A, "carried_out", "total", None, "ambiguous"), figure(A, "carried_in", "total", None, "text"),
            figure(B, "new_received", "total", 99), figure(C, "new_received", "total", None, "absent"),
            figure(C, "admin_fees", "amount", Decimal("1.5"), table="disclosure"), figure(A, "carried_in", "business", 0, "ambiguous_zero"),
            figure(C, "granted", "total", 3, "inferred"), figure(A, "unknown:新行", "total", 7),
        ],
        channel_counts=[
            {"report_id": A, "channel": "wechat", "value": 143, "scope": "year"},
            {"report_id": A, "channel": "weibo", "value": 1, "scope": "year"},
            {"report_id": A, "channel": "weibo", "value": 2, "scope": "year"},
            {"report_id": A, "channel": "wechat", "value": 5, "scope": "subset"},
            {"report_id": A, "channel": "wechat+weibo", "value": 9, "scope": "shared"},
        ],
        contacts=[{"report_id": A, "kind": "phone", "value": "1", "raw": "1", "personal": False}] * 2,
        issues=[{"report_id": A, "code": "requests.row_total", "severity": "error"}] * 2,
    )  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


# Column → 2021, 2022. Letters are kinds of missing values; None where the form has no such cell in the report.
EXPECTED = {
    "reports": (2, 1), "errors": (2, 0), "req_new_received_total": (12, "a"), "req_new_received_business": (0, None),
    "req_granted_total": ("b", 3), "req_partial_total": ("c", None), "req_carried_out_total": ("d", None),
    "req_carried_in_total": ("e", None), "req_carried_in_business": (0, None), "dis_admin_fees_amount": (None, 1.5),
    "n_problem": (2, 0), "n_timeliness_poor": (2, "a"), "n_channel_limited": (0, "a"), "ch_wechat": (143, "a"),
    "ch_weibo": ("d", "a"), "has_phone": (1, 0), "f_requests_row_total": (2, 0),
}  # fmt: skip
KINDS = {"a": "absent", "b": "blank", "c": "not_applicable", "d": "ambiguous", "e": "text"}


def test_stata_keeps_the_kinds_of_missing_values(tags, tmp_path):
    out = tmp_path / "panel.dta"
    result = run("panel", tags, "--out", out)
    assert result.exit_code == 0, result.output
    assert "2 rows" in result.stderr and "1 reports are earlier versions" in result.stderr
    assert "1 reports left out whose body or year is not known" in result.stderr
    frame, meta = pyreadstat.read_dta(out, user_missing=True)
    assert list(frame["year"]) == [2021, 2022] and list(frame["report_id"]) == [A, C]
    for name, expected in EXPECTED.items():
        assert [None if isinstance(v, float) and np.isnan(v) else v for v in frame[name]] == list(expected), name
    assert not [name for name in frame.columns if len(name) > 32 or "unknown" in name]
    assert meta.column_names_to_labels["req_new_received_total"] == "依申请公开:一、本年新收政府信息公开申请数量·总计"
    assert meta.variable_value_labels["has_phone"] == {0: "否", 1: "是"}
    assert str(frame["published_on"][0])[:10] == "2022-01-20"
    # Without the kinds all of them are missing, and numbers stay numbers.
    plain = pd.read_stata(out, convert_categoricals=False)
    assert plain["req_new_received_total"].tolist()[0] == 12 and plain["req_new_received_total"].isna().tolist() == [
        False,
        True,
    ]


def test_spss_keeps_them_too_and_labels_are_english_where_asked(tags, tmp_path):
    out = tmp_path / "panel.sav"
    assert run("panel", tags, "--out", out, "--lang", "en").exit_code == 0
    frame, meta = pyreadstat.read_sav(out)
    assert frame["req_new_received_total"].isna().tolist() == [False, True]
    kept, _ = pyreadstat.read_sav(out, user_missing=True)
    assert kept["req_granted_total"].tolist() == [-999999992, 3]
    assert meta.variable_value_labels["req_granted_total"] == {-999999992: "the cell is blank"}
    assert meta.column_names_to_labels["n_timeliness_poor"] == "statements: not timely"


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_tables_have_the_kinds_beside_them(tags, tmp_path, suffix):
    out = tmp_path / f"panel.{suffix}"
    assert run("panel", tags, "--out", out).exit_code == 0
    frame = {"csv": pd.read_csv, "parquet": pd.read_parquet, "xlsx": pd.read_excel}[suffix](out)
    kinds = pd.read_csv(tmp_path / "panel.missing.csv").set_index(["year", "column"])["kind"].to_dict()
    for name, expected in EXPECTED.items():
        for year, value, cell in zip((2021, 2022), expected, frame[name], strict=True):
            if isinstance(value, str):
                assert pd.isna(cell) and kinds[year, name] == KINDS[value]
            else:
                assert (value is None and pd.isna(cell)) or cell == value
                assert (year, name) not in kinds
    if suffix == "csv":
        assert frame["has_phone"].dtype == bool  # TRUE and FALSE, as R reads them
        assert frame["req_new_received_total"].dtype == float
    labels = pd.read_csv(tmp_path / "panel.variables.csv").set_index("column")
    assert list(labels.index) == list(frame.columns)


def test_nothing_is_overwritten_and_formats_are_known(tags, tmp_path):
    out = tmp_path / "panel.csv"
    (tmp_path / "panel.missing.csv").write_text("mine")
    result = run("panel", tags, "--out", out)
    assert result.exit_code == 2 and "panel.missing.csv: is there already" in result.stderr and not out.exists()
    assert run("panel", tags, "--out", tmp_path / "panel.rds").exit_code == 2


def test_long_names_stay_apart():
    taken = set()
    names = [
        short_name(["req", "op_no_correction", column], taken)
        for column in ("legal_service", "legal_services", "legal_service")
    ]
    assert len(set(names)) == 3 and max(map(len, names)) <= 32


def test_own_labels_in_other_letters_get_names_that_stata_takes(make_tags, tmp_path):
    label = {"scheme": "own", "score": 0.9, "accepted": True, "origin": "model:m@1", "report_id": A, "statement_id": 0}
    folder = make_tags(
        reports=[{"report_id": A, "name": "a.txt", "year": 2021, "body_id": "檀渡县/财政", "errors": 0, "warnings": 0}],
        statements=[{"report_id": A, "statement_id": 0, "role": "problem", "text": "句", "start": 0, "end": 1}],
        labels=[label | {"label": "更新慢"}, label | {"label": "no-staff"}],
    )
    out = tmp_path / "panel.dta"
    assert run("panel", folder, "--out", out).exit_code == 0
    _, meta = pyreadstat.read_dta(out)
    named = {text: name for name, text in meta.column_names_to_labels.items()}
    assert named["陈述数:更新慢"].isascii() and named["陈述数:no-staff"].replace("_", "").isalnum()


def test_adjusted_columns_add_up_to_the_corrected_scores(tags_folder, tmp_path, fill, frame_units):
    sheet = tmp_path / "sample.csv"
    run("sample", tags_folder, "--n", 40, "--out", sheet)
    fill(sheet, sheet, {f"s{n:04}": ("problem", ["timeliness_poor"]) for n in range(1, 41)})
    assert run("panel", tags_folder, "--sample", sheet, "--out", tmp_path / "panel.csv").exit_code == 0
    frame = pd.read_csv(tmp_path / "panel.csv")
    assert frame["labelled"].sum() == 40
    # 40 are labelled, all as untimely: each weighs as the frame is to 40. Scores of the labelled cancel in expectation only.
    statements = pd.read_parquet(tags_folder / "labels.parquet").query("label == 'timeliness_poor'")
    drawn = {row["text"] for row in csv.DictReader(sheet.open(encoding="utf-8-sig"))}
    texts = pd.read_parquet(tags_folder / "statements.parquet")
    scores = statements.merge(texts, on=["report_id", "statement_id"])
    labelled = scores[scores["text"].isin(drawn)]["score"].sum()
    assert frame["adj_timeliness_poor"].sum() == pytest.approx(
        scores["score"].sum() + (40 - labelled) * frame_units / 40
    )


def ols(outcome, regressor):
    """Slope of a regression with its standard error (HC1, one row a report)."""
    x = np.column_stack([np.ones(len(outcome)), regressor])
    bread = np.linalg.inv(x.T @ x)
    slope = bread @ x.T @ outcome
    left = outcome - x @ slope
    meat = (x * left[:, None] ** 2).T @ x * len(outcome) / (len(outcome) - 2)
    return slope[1], np.sqrt((bread @ meat @ bread)[1, 1])


def test_regression_on_adjusted_outcomes_is_right_where_the_models_errors_follow_the_regressor(population):
    """The model misses half of the labels in one level of reports: counts of accepted labels show a difference that is not there."""
    dice = np.random.default_rng(11)
    documents = population.document.max() + 1
    first = np.unique(population.document, return_index=True)[1]
    county = (population.level[first] == "county").astype(float)
    scores = population.scores.copy()
    scores[(population.level == "county") & (dice.random(len(scores)) < 0.5)] = 0
    label = int(population.truth.sum(axis=0).argmax())
    true = np.bincount(population.document, population.truth[:, label], documents)
    target, _ = ols(true, county)
    naive, naive_error = ols(np.bincount(population.document, scores[:, label] > 0.4, documents), county)
    assert abs(naive - target) > 4 * naive_error
    covered, slopes = [], []
    for _ in range(200):
        chance = np.full(len(scores), 800 / len(scores))
        drawn = dice.random(len(scores)) < chance
        adjusted = np.bincount(population.document, scores[:, label], documents)
        wrong = corrections(population.truth[drawn][:, [label]], scores[drawn][:, [label]], chance[drawn])[:, 0]
        adjusted += np.bincount(population.document[drawn], wrong, documents)
        slope, error = ols(adjusted, county)
        slopes.append(slope)
        covered.append(abs(slope - target) <= 1.96 * error)
    assert np.mean(covered) >= 0.93
    assert abs(np.mean(slopes) - target) < 0.25 * abs(naive - target)
