"""Releases: complete, valid for machines, without persons; and verified by strangers from the sources."""

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from nlp.cli.app import app
from nlp.conclusions.place import check_folder
from nlp.conclusions.release.about import About, Creator, check_about, read_creator
from nlp.conclusions.verify import check_sums
from nlp.records import OutputRefused
from nlp.vocabulary.load import load

SAMPLES = Path(__file__).parents[2] / "corpora" / "reports"

REPORT = """青溪镇人民政府2022年政府信息公开工作年度报告
本报告由青溪镇人民政府编制。联系人:张小明,手机:13900001111,电话:0998-6123456。
一、总体情况
本年度通过微信公众号发布信息49条,由张小明负责,有事请拨13900001111。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
一是栏目更新不及时。下一步将加强业务培训,由张小明牵头。
六、其他需要报告的事项
无。
"""


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": "120"})


def released(tags, out, *more):
    return run(
        "release",
        tags,
        "--out",
        out,
        "--title",
        "Sample reports 示例",
        "--creator",
        "李青 <0000-0002-1825-0097>",
        *more,
    )


@pytest.fixture(scope="module")
def release(tags_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("release") / "release"
    result = released(tags_folder, out, "--date", "2026-01-31", "--url", "https://doi.org/10.5281/zenodo.1")
    assert result.exit_code == 0, result.output
    assert (
        "李青 (2026). Sample reports 示例 (version 1.0.0) [data set]. https://doi.org/10.5281/zenodo.1" in result.stderr
    )
    return out


def test_a_release_has_everything(release):
    there = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    papers = {
        "CITATION.cff",
        "LICENSE",
        "README.md",
        "SHA256SUMS",
        "croissant.json",
        "datapackage.json",
        "inputs.csv",
        "provenance.json",
    }
    books = {f"codebook.{language}.{kind}" for language in ("zh", "en") for kind in ("md", "html")}
    assert there == papers | books | {f"data/{name}.{kind}" for name in load("codebook") for kind in ("csv", "parquet")}


def test_tables_are_those_of_the_run(release, tags_folder):
    for name in load("codebook"):
        then, now = (pd.read_parquet(folder / f"{name}.parquet") for folder in (tags_folder, release / "data"))
        if name not in ("contacts", "statements"):
            pd.testing.assert_frame_equal(then, now)
        assert len(then) == len(now)


def test_digests_are_read_by_the_usual_program(release):
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=release, check=False).returncode == 0
    assert check_sums(release) == []


def test_data_package_is_valid(release):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(release / "datapackage.json"))
    assert report.valid, report.flatten(["message"])[:5]
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0" and package["contributors"][0]["path"].endswith("0097")


def test_croissant_is_valid_and_its_records_are_read(release):
    croissant = pytest.importorskip("mlcroissant")
    dataset = croissant.Dataset(jsonld=str(release / "croissant.json"))
    assert dataset.metadata.ctx.issues.errors == set() and dataset.metadata.ctx.issues.warnings == set()
    first = next(iter(dataset.records("reports")))
    assert len(first["reports/report_id"]) == 16 and first["reports/year"] == 2009


def test_citation_is_valid_yaml_with_what_the_format_needs(release):
    yaml = pytest.importorskip("yaml")
    found = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert (
        found["cff-version"] == "1.2.0" and found["type"] == "dataset" and found["date-released"] == date(2026, 1, 31)
    )
    assert found["authors"] == [{"name": "李青", "orcid": "https://orcid.org/0000-0002-1825-0097"}]
    assert found["title"] == "Sample reports 示例" and found["version"] == "1.0.0" and found["license"] == "CC-BY-4.0"


def test_provenance_names_model_corpus_and_inputs_but_no_place(release):
    text = (release / "provenance.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert found["run"]["versions"]["labels"] == f"model:{found['model']['name']}@{found['model']['version']}"
    assert found["model"]["corpus"]["fingerprint"] and found["personal_data_masked"] is True
    assert str(release.parent) not in text
    inputs = pd.read_csv(release / "inputs.csv")
    assert len(inputs) == 14 and inputs["sha256_16"].str.fullmatch("[0-9a-f]{16}").all()


def test_codebooks_count_values_and_describe_the_study(release):
    zh, en = ((release / f"codebook.{language}.md").read_text(encoding="utf-8") for language in ("zh", "en"))
    assert "| 所涉年度 | 2009–2025 |" in zh and "| years covered | 2009–2025 |" in en
    assert re.search(r"\| report_id \| 报告标识 \| string \| First 16 .* \| 14 / 14 \|", en)
    assert "timeliness_poor" in zh and "new_received" in en and "sections.requests_missing" in en


@pytest.fixture
def personal(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "青溪镇.txt").write_text(REPORT, encoding="utf-8")
    assert run("tag", tmp_path / "reports", "--out", tmp_path / "tags").exit_code == 0
    contacts = pd.read_parquet(tmp_path / "tags" / "contacts.parquet")
    assert contacts["personal"].sum() >= 2, "the example must hold a person's name and a mobile"
    return tmp_path


def test_persons_are_hidden_in_every_file(personal):
    assert released(personal / "tags", personal / "out").exit_code == 0
    for path in (personal / "out").rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            text = path.read_text(encoding="utf-8")
            assert "13900001111" not in text and "张小明" not in text, path.name
    statements = pd.read_parquet(personal / "out" / "data" / "statements.parquet")["text"]
    assert statements.str.contains("***", regex=False).any() and not statements.str.contains("张小明|13900001111").any()
    # The place of a landline is no person.
    assert "0998-6123456" in (personal / "out" / "data" / "contacts.csv").read_text(encoding="utf-8")
    assert run("verify", personal / "out", personal / "reports").exit_code == 0
    assert released(personal / "tags", personal / "kept", "--keep-personal").exit_code == 0
    assert "张小明" in (personal / "kept" / "data" / "contacts.csv").read_text(encoding="utf-8")


def test_a_stranger_recomputes_a_hundred_values(release, tmp_path):
    from nlp.conclusions.verify import verify  # counted, not only believed

    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for number, path in enumerate(sorted(SAMPLES.iterdir())):
        if path.is_file():
            shutil.copyfile(path, moved / f"{number}{path.suffix}")  # other names, another place
    found = verify(release, [moved], count=100)
    assert found.right and found.equal == 100
    result = run("verify", release, moved)
    assert (
        result.exit_code == 0
        and "100 of 100 values computed anew are equal, 0 files are not as listed" in result.stderr
    )


def test_a_value_that_was_changed_is_found(release, tmp_path):
    changed = tmp_path / "changed"
    shutil.copytree(release, changed)
    path = changed / "data" / "figures.parquet"
    frame = pd.read_parquet(path)
    frame["raw"] = frame["raw"].where(frame["raw"].isna(), "999")
    frame.to_parquet(path)
    result = run("verify", changed, SAMPLES, "--n", 200)
    assert result.exit_code == 1
    assert f"{changed}/data/figures.parquet: changed" in result.stdout
    assert re.search(r"figures\.\w+ \(report_id=.*: .*raw '999' in the release, '\d+' now", result.stdout)


def test_sources_that_are_missing_are_told(release, tmp_path):
    shutil.copyfile(sorted(SAMPLES.glob("*.txt"))[0], tmp_path / "one.txt")
    result = run("verify", release, tmp_path / "one.txt")
    assert result.exit_code == 1 and "values are of reports that are not among the sources" in result.stderr


def test_files_that_were_added_or_taken_out_are_told(release, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(release, other)
    (other / "LICENSE").unlink()
    (other / "note.txt").write_text("mine")
    assert check_sums(other) == ["LICENSE: missing", "note.txt: not in SHA256SUMS"]
    assert run("verify", tmp_path, SAMPLES).exit_code == 2


def test_a_sample_goes_along_and_gives_the_same_estimates(tags_folder, tmp_path, fill):
    sheet = tmp_path / "sample.csv"
    run("sample", tags_folder, "--n", 40, "--out", sheet)
    fill(sheet, sheet)
    out = tmp_path / "out"
    assert released(tags_folder, out, "--sample", sheet).exit_code == 0
    text = (out / "sample" / "sample.1.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "id,role,labels" and len(text.splitlines()) == 41
    here, there = (
        run("estimate", tags, sample, "--by", "edition").stdout
        for tags, sample in ((tags_folder, sheet), (out / "data", out / "sample" / "sample.1.csv"))
    )
    assert here == there and "timeliness_poor" in here


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--licence", "MIT"], "--licence MIT: not known. Choose from CC-BY-4.0"),
        (["--creator", "李 <0000-0002-1825-0098>"], "0000-0002-1825-0098 is no ORCID"),
        (["--release-version", "final"], "--release-version final: no version"),
        (["--date", "yesterday"], "--date yesterday: no day"),
        (["--title", " "], "--title: empty"),
        (["--sample", "none.csv"], "none.csv: no such file"),
    ],
)
def test_what_cannot_stand_in_a_release_is_said(tags_folder, tmp_path, options, told):
    result = released(tags_folder, tmp_path / "out", *options)
    assert result.exit_code == 2 and told in result.stderr, result.output
    assert not (tmp_path / "out").exists()


def test_releases_are_replaced_only_when_untouched(tags_folder, tmp_path):
    out = tmp_path / "out"
    assert released(tags_folder, out).exit_code == 0
    assert released(tags_folder, out).exit_code == 2
    assert released(tags_folder, out, "--force").exit_code == 0
    (out / "README.md").write_text("mine")
    result = released(tags_folder, out, "--force")
    assert result.exit_code == 2 and "README.md: is not what this program wrote there" in result.stderr
    assert (out / "README.md").read_text() == "mine"


def test_creators_and_about():
    assert read_creator("Gongkai group") == Creator("Gongkai group")
    with pytest.raises(OutputRefused, match="no name"):
        read_creator("<0000-0002-1825-0097>")
    with pytest.raises(OutputRefused, match="--creator: missing"):
        check_about(About("t", (), "CC0-1.0", "1.0", date(2026, 1, 1)))
    with pytest.raises(OutputRefused, match="is a file"):
        check_folder(SAMPLES / "README.md")
