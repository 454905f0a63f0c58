"""Everything in a folder is accounted for: bytes decide what is tried, and what is left out has its reason."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from nlp.batch.local import tag_files, tag_into
from nlp.inputs.inventory import Found, look_into
from nlp.inputs.kinds import kind_of
from nlp.records import Skipped

REPORT = "云岭县2023年政府信息公开工作年度报告\n一、总体情况\n全年公开信息{}条。\n"
PAGE = "<html><head><title>年报</title></head><body><p>{}</p></body></html>"
SAVED = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n\n{}\n--x--\n"
# Names under which reports were found, and what they hold.
TRIED = {
    "a.jsp": "<%@ page contentType='text/html' %>" + PAGE, "b.aspx": PAGE, "c.php": "<?php ?>" + PAGE, "d.mht": SAVED, "e.bak": "{}",
    "f": "{}", "readme.txt": "{}", "2023年度报告": PAGE, "某局2022.1.5": "{}", "g.asp": PAGE, "h.text": "{}", "i.xml": PAGE, "j.old": "{}",
}  # fmt: skip
LEFT_OUT = {
    "app.js": ("var 公开 = '年度报告 政府信息 公开 问题';", "no_report"), "style.css": ("p {}", "no_report"), "page.tmp": ("<html>", "no_report"),
    "README.md": ("# Reports\nAnnual reports (年度报告) on disclosure (公开), one file each.", "no_report"), "notes": ("milk, bread", "no_report"),
    "t.csv": ("text\n1\n", "table"), "t.json": ("[]", "table"), "photo.gif": ("GIF89a\0\xff", "format"), "b.rar": ("Rar!\x1a\x07\0\xff", "format"),
    "empty": ("", "empty"), ".hidden.txt": ("x", "hidden"), "~$a.docx": ("x", "lock"), "f.swp": (bytes(range(256)).decode("latin-1") * 9, "format"),
}  # fmt: skip


def listed(folder: Path, **options: bool) -> dict[str, str]:
    """What is found by its path in the folder: "" for what is read, "collection", or the reason why it is not."""
    result = {}
    for item in look_into(folder, tables=options.get("tables", False)):
        left_out = isinstance(item, Skipped)
        path = Path(item.name if left_out else item.path)
        result[str(path.relative_to(folder))] = item.reason if left_out else "collection" if item.collection else ""
    return result


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def test_bytes_decide_what_is_read(box):
    for number, (name, content) in enumerate(TRIED.items()):
        (box / name).write_text(content.format(REPORT.format(number)), encoding="utf-8")
    for name, (content, _) in LEFT_OUT.items():
        (box / name).write_text(content, encoding="latin-1" if "\xff" in content else "utf-8")
    assert listed(box) == {**dict.fromkeys(TRIED, ""), **{name: reason for name, (_, reason) in LEFT_OUT.items()}}
    tagged = tag_files([box])
    assert {Path(name).name for name in tagged.tables["reports"]["name"].to_pylist()} == set(TRIED)
    assert tagged.tables["failures"].num_rows == 0 and sum(tagged.run["skipped"].values()) == len(LEFT_OUT)
    assert all(row["hint"] for row in tagged.tables["skipped"].to_pylist())


def test_the_same_in_an_archive(box):
    with zipfile.ZipFile(box / "a.zip", "w") as archive:
        for number, (name, content) in enumerate(TRIED.items()):
            archive.writestr(f"市/{name}", content.format(REPORT.format(number)))
        for name, (content, _) in LEFT_OUT.items():
            archive.writestr(f"市/{name}", content.encode("latin-1" if "\xff" in content else "utf-8"))
        archive.writestr("__MACOSX/._a.txt", "x")
    tables = tag_files([box]).tables
    assert {name.rpartition("/")[2] for name in tables["reports"]["name"].to_pylist()} == set(TRIED)
    left_out = {row["name"].partition("a.zip/市/")[2]: row["reason"] for row in tables["skipped"].to_pylist()}
    assert left_out == {**{name: reason for name, (_, reason) in LEFT_OUT.items()}, "": "hidden"}


def test_a_file_that_should_be_a_report_is_a_failure_if_it_is_none(box):
    for name in ("novel.txt", "empty.html", "binary.pdf"):
        (box / name).write_bytes(
            {"novel.txt": "从前有座山。".encode(), "empty.html": b"", "binary.pdf": b"\0\1\2" * 99}[name]
        )
    assert listed(box) == {"novel.txt": "", "empty.html": "", "binary.pdf": ""}
    assert tag_files([box]).run["failures"] == {"no_report": 1, "empty": 1, "binary": 1}


def test_an_archive_is_one_whatever_its_name(box):
    with zipfile.ZipFile(box / "a.zip", "w") as archive:
        archive.writestr("年报.txt", REPORT)
    for name in ("b.txt", "c", "d.zip.bak"):
        (box / name).write_bytes((box / "a.zip").read_bytes())
    assert set(listed(box).values()) == {"collection"}


def test_links_loops_and_devices_are_left_out(box, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (box / "folder").symlink_to(tmp_path / "elsewhere")
    (box / "up").symlink_to(box)
    (box / "loop.txt").symlink_to(box / "loop.txt")
    (box / "gone.txt").symlink_to(box / "none")
    os.mkfifo(box / "pipe.txt")
    (box / "a.txt").write_text(REPORT, encoding="utf-8")
    (box / "b.txt").symlink_to(box / "a.txt")
    assert listed(box) == {
        "folder": "link", "up": "link", "loop.txt": "no_file", "gone.txt": "no_file", "pipe.txt": "no_file", "a.txt": "", "b.txt": "",
    }  # fmt: skip
    assert tag_files([box]).run["failures"] == {}


def test_folders_beside_pages_hidden_ones_and_results_are_one_row_each(box):
    (box / "page_files").mkdir()
    (box / ".git").mkdir()
    (box / "sub").mkdir()
    for name in ("page.html", "page_files/frame.html", ".git/a.txt", "sub/b.txt"):
        (box / name).write_text(PAGE.format(REPORT.format(name)), encoding="utf-8")
    tag_into([box / "sub"], box / "tags", formats=["csv"], jobs=0)
    assert listed(box, tables=True) == {
        "page.html": "", "page_files": "attached", ".git": "hidden", "sub/b.txt": "", "tags": "result",
    }  # fmt: skip
    tag_into([box / "sub"], box / "sub", formats=["csv"], jobs=0)
    assert "reports.csv" in listed(box / "sub", tables=True) and listed(box / "sub", tables=True)["b.txt"] == ""
    assert {reason for name, reason in listed(box / "sub", tables=True).items() if name != "b.txt"} == {"result"}


def test_a_page_of_ours_is_no_report(box):
    from nlp.analyse import analyse
    from nlp.output.page import page

    (box / "a.txt").write_text(REPORT, encoding="utf-8")
    (box / "a.html").write_text(page(analyse(box / "a.txt")), encoding="utf-8")
    assert listed(box) == {"a.txt": "", "a.html": "result"}


def test_a_folder_that_may_not_be_read_is_listed(box, monkeypatch):
    (box / "closed").mkdir()
    scan = os.scandir

    def refuses(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuses)
    assert list(look_into(box, tables=False)) == [Found(str(box / "closed"))]


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\xff\xfe" + "公开".encode("utf-16-le"), "a", "text"), ("第12条".encode("utf-16-be"), "a", "text"),
        ("公开".encode("gb18030"), "a.jsp", "text"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.txt", "document"),
        (b"x\n%PDF-1.4", "a.html", "document"), (b"\x1f\x8b\x08", "a.txt", "archive"), (b"PAR1", "a.txt", "table"),
        (b"<p>x</p>", "a.csv", "table"), (b"MIME-Version: 1.0\n", "a", "page"), (b"BM is how it begins", "a", "text"),
        (b"\x7fELF\x02\x01\x01\0", "a", "unread"), (b"\xef\xbb\xbf \r\n", "a.txt", "empty"),
    ],
)  # fmt: skip
def test_kinds(head, name, kind):
    assert kind_of(head, name) == kind
