"""nlp.tag: what the command does, for those who stay in Python."""

import pytest

import nlp

REPORT = "{name}2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息{number}条。联系人：王小明，手机13800138000。\n"


def write(folder, name: str, number: int) -> None:
    (folder / f"{number}.txt").write_text(REPORT.format(name=name, number=number), encoding="utf-8")


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, name in enumerate(("临溪县档案局", "白石县财政局", "青溪县教育局"), start=11):
        write(folder, name, number)
    return folder


def test_jobs_change_nothing(reports):
    one, two = nlp.tag(reports), nlp.tag(reports, jobs=2)
    assert one["counts"]["value"].to_list() == [11, 12, 13]
    for name in ("reports", "counts", "contacts"):
        assert one[name].equals(two[name])


def test_persons_are_hidden_on_request(reports):
    told = nlp.tag(reports)["contacts"]
    hidden = nlp.tag(reports, mask_personal=True)["contacts"]
    assert "13800138000" in told["value"].to_list()
    assert "13800138000" not in hidden["value"].to_list()
    assert len(hidden) == len(told)


def test_a_column_of_a_table_holds_the_texts(tmp_path):
    rows = [REPORT.format(name="临溪县档案局", number=n).replace("\n", "\\n") for n in (5, 6)]
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(f'{{"正文": "{row}", "名": "r{n}"}}\n' for n, row in enumerate(rows)), encoding="utf-8")
    named = nlp.tag(path, columns=("正文", "名"))
    assert named["counts"]["value"].to_list() == [5, 6]
    assert all(name.endswith((":r0", ":r1", "r0", "r1")) for name in named["reports"]["name"])
    assert nlp.tag(path, columns="正文")["counts"]["value"].to_list() == [5, 6]


def test_formats_are_written(reports, tmp_path):
    nlp.tag(reports, tmp_path / "one", format="csv")
    nlp.tag(reports, tmp_path / "two", format=["jsonl", "parquet"])
    assert (tmp_path / "one" / "reports.csv").exists() and not (tmp_path / "one" / "reports.parquet").exists()
    assert (tmp_path / "two" / "reports.jsonl").exists() and (tmp_path / "two" / "reports.parquet").exists()
    with pytest.raises(ValueError, match="sas"):
        nlp.tag(reports, tmp_path / "three", format="sas")


def test_a_model_that_is_not_there_is_refused(reports):
    from nlp.labelling.store import ModelUnusable

    with pytest.raises(ModelUnusable):
        nlp.tag(reports, model="nowhere")


def test_versions_name_vocabulary_and_forms(monkeypatch, tmp_path):
    from nlp import version

    named = nlp.analyse_text("本年度公开信息9条。").versions
    assert named is not None
    assert named["gongkai"] == nlp.__version__ and named["labels"].startswith("model:statements@")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "2021.toml").write_text("first_year = 2021\n", encoding="utf-8")
    (tmp_path / "metrics.toml").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(version, "VOCABULARY", tmp_path)
    version._digest.cache_clear()
    before = version.versions()
    (tmp_path / "metrics.toml").write_text("a = 2\n", encoding="utf-8")
    version._digest.cache_clear()
    after = version.versions()
    version._digest.cache_clear()
    assert after["vocabulary"] != before["vocabulary"] and after["forms"] == before["forms"]
