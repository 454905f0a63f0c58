"""Results go where nothing is, or over results of ours that nobody has changed: never over anything else."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import nlp
from nlp.output.seal import is_sealed


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder but the state of a run."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".gongkai" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def kept(before: dict[str, bytes], folder: Path) -> bool:
    """Whether every file of before is as it was."""
    now = everything(folder)
    return all(now.get(name) == data for name, data in before.items())


@pytest.fixture
def crawl(tmp_path: Path, folder: Path) -> Path:
    """A working folder with reports in a folder ``reports``, a table of texts, and files with the names of ours."""
    folder.rename(tmp_path / "reports")
    (tmp_path / "reports.csv").write_text("text\n青溪镇2022年政府信息公开工作年度报告。公开9条。\n", encoding="utf-8")
    (tmp_path / "labels.csv").write_text("mine", encoding="utf-8")
    return tmp_path


REFUSED = {
    "a folder of the name of a table": ("reports", "--out", ".", "--by-year"),
    "an input of the name of a table": ("reports.csv", "--text-column", "text", "--out", ".", "--format", "csv"),
    "a table of the user": ("reports", "--out", ".", "--format", "csv"),
    "the same with --force": ("reports", "--out", ".", "--format", "csv", "--force"),
    "the same with --resume": ("reports", "--out", ".", "--format", "csv", "--resume"),
}


@pytest.mark.parametrize("arguments", REFUSED.values(), ids=REFUSED)
def test_tag_refuses_before_it_begins(arguments, crawl, gongkai):
    before = everything(crawl)
    done = gongkai("tag", *arguments, cwd=crawl)
    assert done.returncode == 2 and "hoose another folder" in done.stderr.decode(), done.stderr.decode()
    assert everything(crawl) == before and not (crawl / ".gongkai").exists()


@pytest.mark.parametrize("name", ["codebook.md", "run.json", "datapackage.json", "contacts.parquet"])
def test_each_file_that_is_written_is_looked_at(name, crawl, gongkai):
    (crawl / "out").mkdir()
    (crawl / "out" / name).write_text("mine")
    done = gongkai("tag", "reports", "--out", "out", "--force", cwd=crawl)
    assert done.returncode == 2 and name in done.stderr.decode()
    assert everything(crawl / "out") == {name: b"mine"}


def test_a_folder_of_others_is_added_to(crawl, gongkai):
    before = everything(crawl)
    assert gongkai("tag", "reports", "--out", ".", cwd=crawl).returncode == 0
    assert kept(before, crawl) and (crawl / "reports.parquet").exists()
    again = gongkai("tag", ".", "--out", ".", "--force", cwd=crawl)  # neither results nor tables beside them are inputs
    assert again.returncode == 0 and b"3 files" in again.stderr, again.stderr


def test_results_of_another_run_are_replaced_only_when_told(crawl, gongkai):
    assert gongkai("tag", "reports", "--out", "out", "--format", "csv,jsonl", cwd=crawl).returncode == 0
    before = everything(crawl / "out")
    refused = gongkai("tag", "reports/2020.txt", "--out", "out", cwd=crawl)
    assert refused.returncode == 2 and "--force" in refused.stderr.decode() and everything(crawl / "out") == before
    assert gongkai("tag", "reports/2020.txt", "--out", "out", "--by-year", "--force", cwd=crawl).returncode == 0
    now = everything(crawl / "out")
    assert not any(name.endswith((".csv", ".jsonl")) for name in now), "formats of the earlier run disagree"
    assert set(json.loads(now["run.json"])["written"]) == set(now) - {"run.json"}


def test_a_run_that_goes_on_writes_the_formats_that_are_there_anew(crawl, gongkai):
    assert gongkai("tag", "reports", "--out", "out", "--format", "csv", cwd=crawl).returncode == 0
    (crawl / "reports" / "2023.txt").write_bytes((crawl / "reports" / "2022.txt").read_bytes() + "无。".encode())
    assert gongkai("tag", "reports", "--out", "out", "--format", "jsonl", "--resume", cwd=crawl).returncode == 0
    assert len((crawl / "out" / "reports.jsonl").read_text(encoding="utf-8").splitlines()) == 4
    assert len((crawl / "out" / "reports.csv").read_text(encoding="utf-8").splitlines()) == 5


@pytest.mark.parametrize("option", ["--force", "--resume"])
def test_a_result_that_was_worked_in_stays(crawl, gongkai, option):
    assert gongkai("tag", "reports", "--out", "out", "--format", "csv", cwd=crawl).returncode == 0
    with (crawl / "out" / "labels.csv").open("a", encoding="utf-8") as file:
        file.write("checked by hand\n")
    before = everything(crawl / "out")
    done = gongkai("tag", "reports", "--out", "out", option, cwd=crawl)
    assert done.returncode == 2 and "labels.csv: was changed since" in done.stderr.decode()
    assert everything(crawl / "out") == before


@pytest.mark.parametrize("options", [(), ("--force",), ("--resume",)])
@pytest.mark.parametrize("given", ["nowhere", "empty", "unreadable.txt"])
def test_a_run_that_reads_nothing_writes_nothing(given, options, crawl, gongkai):
    (crawl / "empty").mkdir()
    (crawl / "unreadable.txt").write_text("从前有座山。", encoding="utf-8")
    assert gongkai("tag", "reports", "--out", "out", cwd=crawl).returncode == 0
    before = everything(crawl / "out")
    done = gongkai("tag", given, "--out", "out" if options else "new", *options, cwd=crawl)
    assert done.returncode == (1 if given == "unreadable.txt" else 2) and b"Traceback" not in done.stderr
    assert "nothing was written" in done.stderr.decode() or "no report found" in done.stderr.decode()
    assert everything(crawl / "out") == before and not (crawl / "new").exists()
    assert not list((crawl / "out").glob("*.csv"))


def test_a_result_is_never_read_and_replaced(crawl, gongkai):
    assert gongkai("tag", "reports", "--out", "out", "--format", "csv", cwd=crawl).returncode == 0
    before = everything(crawl / "out")
    done = gongkai(
        "tag", "out/statements.csv", "--text-column", "text", "--out", "out", "--force", "--format", "csv", cwd=crawl
    )
    assert done.returncode == 2 and "would be replaced" in done.stderr.decode() and everything(crawl / "out") == before


@pytest.mark.parametrize("inner", [".gongkai", ".gongkai/shards", ".gongkai/new"])
def test_a_state_folder_that_leads_elsewhere_is_not_followed(inner, crawl, gongkai):
    (crawl / "documents").mkdir()
    (crawl / "documents" / "thesis.arrow").write_text("mine")
    (crawl / "out" / inner).parent.mkdir(parents=True)
    (crawl / "out" / inner).symlink_to(crawl / "documents")
    done = gongkai("tag", "reports", "--out", "out", "--force", cwd=crawl)
    assert done.returncode == 2 and everything(crawl / "documents") == {"thesis.arrow": b"mine"}


def test_a_run_killed_while_it_puts_its_files_in_place_knows_them(crawl, monkeypatch):
    """The list of what is being placed is on disk before the first file is."""
    from nlp.batch.local import tag_into
    from nlp.output import manifest

    tag_into([crawl / "reports" / "2020.txt"], crawl / "out", jobs=0)
    for stops_at in ("reports.parquet", "contacts.parquet"):
        place = Path.replace

        def stops(self, target, stops_at=stops_at, place=place):
            if self.name == stops_at and self.parent.name == "new":
                raise KeyboardInterrupt
            return place(self, target)

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(manifest.Path, "replace", stops)
            tag_into([crawl / "reports"], crawl / "out", start="resume", jobs=0)
    tag_into([crawl / "reports"], crawl / "out", start="resume", jobs=0)
    tag_into([crawl / "reports"], crawl / "whole", jobs=0)
    ours, whole = everything(crawl / "out"), everything(crawl / "whole")
    assert {n: d for n, d in ours.items() if n != "run.json"} == {n: d for n, d in whole.items() if n != "run.json"}


def test_the_function_writes_by_the_same_rules(crawl):
    nlp.tag(crawl / "reports", out=crawl / "out")
    with pytest.raises(nlp.OutputRefused, match="--force"):
        nlp.tag(crawl / "reports", out=crawl / "out")
    nlp.tag(crawl / "reports" / "2020.txt", out=crawl / "out", force=True)
    (crawl / "out" / "labels.parquet").write_text("mine")
    with pytest.raises(nlp.OutputRefused, match=r"labels\.parquet"):
        nlp.tag(crawl / "reports", out=crawl / "out", force=True)
    assert nlp.tag(crawl / "nowhere", out=crawl / "none")["failures"]["code"].to_list() == ["missing"]
    assert not (crawl / "none").exists()


PAGES = {
    "the report itself": ("show", "reports/2020.txt", "--html", "reports/2020.txt"),
    "the report by another name": ("show", "reports/2020.txt", "--html", "hard.txt"),
    "a page of the user": ("show", "reports/2020.txt", "--html", "mine.html"),
    "a link": ("show", "reports/2020.txt", "--html", "link.html"),
    "a device": ("show", "reports/2020.txt", "--html", "/dev/null"),
    "a pipe": ("show", "reports/2020.txt", "--html", "pipe"),
    "a report that is checked": ("check", "reports/2020.txt", "--xlsx", "reports/2020.txt"),
    "a workbook of the user": ("check", "reports", "--xlsx", "mine.html"),
    "a baseline over a report": ("check", "reports", "--write-baseline", "reports/2020.txt"),
    "one file for two": ("check", "reports", "--html", "a.html", "--xlsx", "./a.html"),
}


@pytest.mark.parametrize("arguments", PAGES.values(), ids=PAGES)
def test_a_page_takes_no_other_files_place(arguments, crawl, gongkai):
    (crawl / "mine.html").write_text("<html>mine</html>")
    os.link(crawl / "reports" / "2020.txt", crawl / "hard.txt")
    (crawl / "link.html").symlink_to(crawl / "mine.html")
    os.mkfifo(crawl / "pipe")
    before = everything(crawl)
    done = gongkai(*arguments, cwd=crawl)
    assert done.returncode == 2 and b"Name" in done.stderr and b"Traceback" not in done.stderr, done.stderr
    assert everything(crawl) == before and (crawl / "link.html").is_symlink() and not (crawl / "a.html").exists()


def test_our_own_pages_are_renewed_until_somebody_edits_them(crawl, gongkai):
    openpyxl = pytest.importorskip("openpyxl")
    options = ("--html", "a.html", "--xlsx", "a.xlsx", "--write-baseline", "a.json", "--baseline", "a.json")
    commands = (
        ("check", "reports", *options),
        ("check", "reports", *options),
        ("show", "reports/2020.txt", "--html", "b.html"),
    )
    (crawl / "a.json").write_text("")
    (crawl / "a.json").unlink()
    for command in (("check", "reports", *options[:6]), *commands, commands[-1]):
        assert gongkai(*command, cwd=crawl).returncode in (0, 1)
    for name in ("a.html", "a.xlsx", "a.json", "b.html"):
        assert is_sealed(crawl / name), name
    book = openpyxl.load_workbook(crawl / "a.xlsx")
    book.active["L2"] = "checked by hand"
    book.save(crawl / "a.xlsx")
    for name in ("a.html", "a.json"):
        (crawl / name).write_bytes((crawl / name).read_bytes().replace(b"2020", b"2O2O", 1) + b" ")
    before = everything(crawl)
    for option, name in (("--html", "a.html"), ("--xlsx", "a.xlsx"), ("--write-baseline", "a.json")):
        done = gongkai("check", "reports", option, name, cwd=crawl)
        assert done.returncode == 2 and "changed since" in done.stderr.decode(), name
    assert everything(crawl) == before


def test_an_evaluation_replaces_only_evaluations(crawl, gongkai):
    models = Path(__file__).parents[2] / "models" / "statements"
    rows = [f"栏目更新不及时，第{n}处。,problem,timeliness,{n}" for n in range(12)] + [
        f"专职人员不足，第{n}处。,measure,staff,{n}" for n in range(12)
    ]
    (crawl / "c.csv").write_text("text,role,label,group\n" + "\n".join(rows) + "\n", encoding="utf-8")
    shutil.copytree(models, crawl / "model")
    command = ("evaluate", "model", "c.csv", "--out", "e")
    for _ in range(2):
        done = gongkai(*command, cwd=crawl)
        assert done.returncode == 0, done.stderr.decode()
    (crawl / "e" / "evaluation.json").write_text("{}")
    before = everything(crawl / "e")
    done = gongkai(*command, cwd=crawl)
    assert done.returncode == 2 and "evaluation.json" in done.stderr.decode() and everything(crawl / "e") == before
