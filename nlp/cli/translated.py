"""The help of the commands and the answers to wrong usage in Chinese, out of ``help_zh.po`` and ``usage_zh.toml``.

The program is written in English; a text that has no Chinese is shown as it is, and a test finds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import Any

from nlp.vocabulary.load import load
from nlp.vocabulary.texts import LANGUAGES, language_of, read_catalogue

CATALOGUE = "help_zh.po"
LANGUAGE_OPTION = "--lang"
# The words of the library that frame the help; it has no other way to give them.
PANELS = (
    "ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "DEFAULT_STRING", "REQUIRED_LONG_STRING",
)  # fmt: skip


def language_asked(arguments: Sequence[str]) -> str:
    """The language that ``--lang`` among the arguments names, else that of the locale.

    >>> language_asked(["check", "a.txt", "--lang", "en"]), language_asked(["--lang=zh", "--help"])
    ('en', 'zh')
    """
    for at, argument in enumerate(arguments):
        value = argument.partition("=")[2]
        if argument == LANGUAGE_OPTION and at + 1 < len(arguments):
            value = arguments[at + 1]
        if argument.partition("=")[0] == LANGUAGE_OPTION and value in LANGUAGES:
            return value
    return language_of()


@cache
def _texts() -> dict[str, str]:
    return read_catalogue(resources.files("nlp.vocabulary").joinpath(CATALOGUE).read_text(encoding="utf-8"), CATALOGUE)


def in_chinese(text: str) -> str:
    """The Chinese of a text of the help, whatever white space is in it; the text itself where there is none.

    >>> in_chinese("Show this message\\n    and exit.")
    '显示这段说明。'
    """
    return _texts().get(" ".join(text.split()), text)


def translate_help(command: Any) -> None:
    """Put the Chinese of every text of help into a command of the library, its options and the commands below it."""
    from typer import rich_utils

    for name in PANELS:
        setattr(rich_utils, name, in_chinese(getattr(rich_utils, name)))
    _translate(command)
    classes: set[Any] = {type(command), *map(type, getattr(command, "commands", {}).values())}
    for each in classes:
        each.get_help_option = _with_chinese(each.get_help_option)


def _with_chinese(make_option: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The library makes --help anew for each command: the same, in Chinese."""

    def help_option(self: Any, context: Any) -> Any:
        option = make_option(self, context)
        if option is not None:
            option.help = in_chinese(option.help)
        return option

    return help_option


def _translate(command: Any) -> None:
    for holder in (command, *command.params):
        if getattr(holder, "help", None):
            holder.help = in_chinese(holder.help)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner)


def usage_told(message: str) -> str:
    """The Chinese of what the library says of wrong usage; the message itself where nothing fits.

    >>> usage_told("Missing argument 'TAGS'."), usage_told("No such option: --jbos Did you mean --jobs?")
    ('缺少TAGS。', '没有选项--jbos；是不是--jobs？')
    """
    for entry in load("usage_zh").values():
        found = re.fullmatch(entry["pattern"], message.strip(), re.DOTALL)
        if found:
            return str(entry["zh"]).format(*(group for group in found.groups() if group))
    return message


def translate_errors() -> None:
    """Have wrong usage told in Chinese: what is wrong, and which help tells more."""
    from typer import rich_utils

    from nlp.cli.messages import say

    def tell(error: Any) -> None:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "gongkai"
        say(f"{usage_told(error.format_message())}用法见 {path} --help。")

    library: Any = rich_utils
    library.rich_format_error = tell
