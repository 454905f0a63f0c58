"""What a file is, and why it cannot be read."""

import hashlib
import time

import pytest

from nlp.analyse import analyse_text
from nlp.reading.clean import clean_text
from nlp.reading.files import MAX_FILE_BYTES, read_report, read_text
from nlp.records import ReportUnreadable
from nlp.structure.identity import read_identity
from nlp.structure.paragraphs import find_paragraphs
from nlp.structure.sections import find_sections

REPORT = "云岭县财政局2021年政府信息公开工作年度报告\r\n一、总体情况\r\n全年公开信息12条。\r\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),  # a mark and nothing else
        (b"PK\x03\x04\x14\x00", "unsupported_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "unsupported_format"),
        (bytes(range(256)) * 40, "binary"),
        ("今天天气很好,我们去爬山。".encode(), "no_report"),
        (
            "<html><body><h1>404 Not Found</h1><p>您访问的页面不存在，返回政务公开首页</p></body></html>".encode(),
            "no_report",
        ),
        (b"<!DOCTYPE html><html><body><div id=app></div><script>load()</script></body></html>", "no_text"),
    ],
)
def test_unreadable_files_say_why_and_what_to_do(tmp_path, data, code):
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(ReportUnreadable) as failure:
        read_report(path)
    assert failure.value.code == code
    assert failure.value.hint and failure.value.message


def test_missing_files_folders_and_large_files(tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    for path, code in ((tmp_path / "none.txt", "missing"), (tmp_path, "not_a_file"), (large, "too_large")):
        with pytest.raises(ReportUnreadable) as failure:
            read_report(path)
        assert failure.value.code == code


def test_report_id_is_of_the_bytes_and_line_ends_are_unified(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(b"\xef\xbb\xbf" + REPORT.encode())
    source = read_report(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.report_id, source.sha256, source.encoding) == (digest[:16], digest, "utf-8")
    assert source.text == REPORT.replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["", " ", "短", "\ud800", "今天天气很好。", "a\x00b", "\ufeff"])
def test_passages_are_never_refused(text):
    source = read_text(text, name="a.txt")
    clean = clean_text(source)
    sections = find_sections(source, clean)
    read_identity(source, clean, sections, "free_form")
    find_paragraphs(source, clean, sections)
    assert source.text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<html>", ""),
        ("<!DOCTYPE html><html><body><script>load()</script></body></html>", ""),
        ("<html><body><p>公开3条。</p>", "公开3条。"),
        ("<html>" + "<b>" * 50_000 + "公开3条。", "<html>" + "<b>" * 50_000 + "公开3条。"),  # no browser shows it
    ],
)
def test_pages_in_memory_are_never_refused(page, text):
    assert analyse_text(page).source.text == text


def test_a_passage_without_headings_loses_nothing():
    text = "全年公开信息120条。\n规章\t0\t0\n\n联系电话：0999-1234567\n0"
    source = read_text(text, name="a.txt")
    clean = clean_text(source)
    paragraphs = find_paragraphs(source, clean, find_sections(source, clean))
    assert [clean.text[p.start : p.end] for p in paragraphs] == [
        "全年公开信息120条。",
        "规章\t0\t0",
        "联系电话:0999-1234567",
        "0",
    ]
    assert {p.section_key for p in paragraphs} == {None}


@pytest.mark.parametrize("character", ["一", "。", " ", "\n", "|", "(", "开", "一、", "\t", "\r", "⼀"])
def test_megabytes_of_one_character_take_linear_time(character):
    def seconds(size):
        started = time.process_time()
        source = read_text(character * (size // len(character)), name="a.txt")
        clean = clean_text(source)
        sections = find_sections(source, clean)
        read_identity(source, clean, sections, "free_form")
        find_paragraphs(source, clean, sections)
        return time.process_time() - started

    # Ten times the text: something quadratic would take a hundred times as long.
    assert seconds(2_000_000) < 30 * max(seconds(200_000), 0.1)
