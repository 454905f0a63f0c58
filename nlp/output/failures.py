"""Why a file was not read, as a person is told."""

from __future__ import annotations

from pathlib import PurePath

from nlp.records import Failure, Skipped
from nlp.vocabulary.load import load


def failure_told(failure: Failure, language: str) -> tuple[str, str]:
    """What is wrong with a file and what to do, without the file's name; English for a code that has no Chinese.

    >>> failure_told(Failure("a.txt", "open", "empty", "a.txt: nothing is in the file.", "Fetch it again."), "zh")
    ('文件里没有内容', '请重新获取报告。')
    """
    entry = load("failures").get(failure.code)
    if language == "zh" and entry:
        return entry["zh"], entry["hint"]
    message = failure.message
    for begin in (f"{failure.name}: ", f"{PurePath(failure.name).name}: "):
        message = message.removeprefix(begin)
    return message[:1].upper() + message[1:], failure.hint


def skipped_told(skipped: Skipped, language: str) -> tuple[str, str]:
    """Why a file was left out and what to do.

    >>> skipped_told(Skipped("a.rar", "format", "Unpack it."), "en")
    ('a format that is not read', 'Unpack it.')
    """
    entry = load("left_out")[skipped.reason]
    return (entry["zh"], entry["hint"]) if language == "zh" else (entry["en"], skipped.hint)
