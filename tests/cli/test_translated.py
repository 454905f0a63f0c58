"""Help and answers to wrong usage in Chinese: nothing untranslated, nothing left over."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import typer
from typer.main import get_command

from nlp.cli.app import app
from nlp.cli.translated import PANELS, _texts, in_chinese, language_asked, usage_told
from nlp.vocabulary.load import load

CHINESE = re.compile("[\u4e00-\u9fff]")


def help_texts():
    """Every text of help: of the program, its commands, their arguments and options."""
    program = get_command(app)
    for command in (program, *program.commands.values()):
        yield from (holder.help for holder in (command, *command.params) if getattr(holder, "help", None))


def test_every_text_of_help_has_chinese():
    texts = set(help_texts())
    assert len(texts) > 160
    assert not [text for text in texts if in_chinese(text) == text]


def test_the_catalogue_holds_nothing_else():
    from typer import rich_utils

    known = {" ".join(text.split()) for text in help_texts()} | {"Show this message and exit."}
    known |= {" ".join(getattr(rich_utils, name).split()) for name in PANELS}
    assert set(_texts()) == known
    assert all(CHINESE.search(text) for text in _texts().values())


def test_what_is_named_in_the_help_is_named_in_its_chinese():
    for english, chinese in _texts().items():
        for option in re.findall(r"--[a-z][a-z-]+", english):
            assert option in chinese, english


WRONG = [
    (["sample"], "缺少TAGS。"),
    (["tag", "a.txt"], "缺少选项--out。"),
    (["check", "--jbos", "2"], "没有选项--jbos；是不是--"),
    (["check", "--zzzzqq"], "没有选项--zzzzqq"),
    (["chek"], "没有命令chek。"),
    (["check", "a.txt", "--out"], "选项--out后面要写一个值。"),
    (["show", "a.txt", "b.txt"], "多余的参数：b.txt。"),
    (["check", "a.txt", "--lang", "fr"], "--lang的值“fr”不对，应为"),
    (["check", "a.txt", "--jobs", "x"], "--jobs的值应为整数。"),
    (["check", "a.txt", "--jobs", "0"], "--jobs的值不能小于1。"),
    (["check"], "没有写要核对的文件或文件夹。"),
    (["check", ""], "有一个路径是空的"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_wrong_usage_is_told_in_chinese(arguments, told):
    with pytest.raises(Exception) as caught:
        get_command(app).main(arguments, prog_name="gongkai", standalone_mode=False)
    assert hasattr(caught.value, "format_message") and not isinstance(caught.value, typer.Exit)
    assert usage_told(caught.value.format_message()).startswith(told)


def test_a_message_that_is_not_known_stays():
    assert usage_told("Something else.") == "Something else."
    assert all(CHINESE.search(entry["zh"]) for entry in load("usage_zh").values())


@pytest.mark.parametrize(
    ("arguments", "locale", "language"),
    [
        ([], "en_GB.UTF-8", "en"),
        ([], "C.UTF-8", "zh"),
        (["--lang", "en"], "zh_CN", "en"),
        (["--lang=zh"], "en_GB", "zh"),
        (["--lang", "fr"], "en_GB", "en"),
        (["--lang"], "zh_CN", "zh"),
    ],
)
def test_the_language_is_asked_for_or_that_of_the_locale(arguments, locale, language, monkeypatch):
    monkeypatch.delenv("GONGKAI_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", locale)
    assert language_asked(["check", *arguments]) == language


def test_one_language_at_a_time():
    def shown(*arguments):
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100", "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, "-m", "nlp", *arguments], capture_output=True, text=True, encoding="utf-8", env=environment,
            check=False,
        )  # fmt: skip

    chinese = shown("--lang", "zh", "tag", "--help").stdout
    assert "处理报告" in chinese and "选项" in chinese and "显示这段说明" in chinese and "Tag reports" not in chinese
    english = shown("--lang", "en", "tag", "--help").stdout
    assert "Tag reports" in english and not CHINESE.search(english)
    wrong = shown("sample")
    assert wrong.returncode == 2 and wrong.stderr.strip() == "缺少TAGS。用法见 python -m nlp sample --help。"
