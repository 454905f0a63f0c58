"""What people read, in Chinese or English: the texts of pages and messages are written in Chinese, ``en.po`` holds the English.

A translator edits ``nlp/vocabulary/LANGUAGE.po`` with any editor of gettext catalogues; no program is needed to build it.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

SOURCE_LANGUAGE = "zh"
LANGUAGES = ("zh", "en")
LANGUAGE_VARIABLE = "GONGKAI_LANG"  # set by --lang before a command, above the locale
# A message of the checks is Chinese, then English.
BOTH = re.compile(r"(?<=[。？！”]) (?=[A-Z0-9“])")
ENTRY = re.compile(r'^(msgid|msgstr) (".*")$|^(".*")$')

Translate = Callable[[str], str]


class CatalogueWrong(ValueError):
    """A catalogue that cannot be used; the message names the line and what to change."""


def translator(language: str) -> Translate:
    """A function that gives a Chinese text in ``language``; a text that the catalogue lacks comes back as it is.

    >>> translator("en")("标题"), translator("zh")("标题")
    ('Title', '标题')
    """
    if language == SOURCE_LANGUAGE:
        return lambda text: text
    texts = catalogue(language)
    return lambda text: texts.get(text) or text


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The texts of ``LANGUAGE.po`` by their Chinese. Raises ``CatalogueWrong``, and ``KeyError`` for no such language."""
    if language not in LANGUAGES or language == SOURCE_LANGUAGE:
        raise KeyError(language)
    name = f"{language}.po"
    return read_catalogue(resources.files("nlp.vocabulary").joinpath(name).read_text(encoding="utf-8"), name)


def read_catalogue(text: str, name: str) -> dict[str, str]:
    """The texts of a gettext catalogue (msgid and msgstr, over several lines or one; no contexts, no plurals).

    >>> read_catalogue('msgid "年度"\\nmsgstr ""\\n"Year"\\n', "en.po")
    {'年度': 'Year'}
    """
    texts: dict[str, str] = {}
    key, kind = "", ""
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        found = ENTRY.match(line)
        if found is None or (found[3] and not kind):
            raise CatalogueWrong(f'{name}:{number}: neither msgid "…", msgstr "…" nor a comment. Correct the line.')
        try:
            words = str(ast.literal_eval(found[2] or found[3]))
        except (SyntaxError, ValueError):
            raise CatalogueWrong(
                f"{name}:{number}: a quotation mark is missing or too many. Correct the line."
            ) from None
        kind = found[1] or kind
        if found[1] == "msgid":
            key = words
        elif kind == "msgid":
            key += words
        else:
            if found[1] and key in texts:
                raise CatalogueWrong(f"{name}:{number}: “{key}” is translated twice. Delete one of the two.")
            texts[key] = texts.get(key, "") + words
    texts.pop("", None)  # the head of the catalogue
    return texts


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the environment: English where its locale says so, else Chinese.

    >>> language_of({"LANG": "en_GB.UTF-8"}), language_of({"LANG": "C.UTF-8"}), language_of({"LC_ALL": "zh_CN", "LANG": "en"})
    ('en', 'zh', 'zh')
    """
    locale = next(
        (environment[name] for name in (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)),
        "",
    )
    return "en" if locale.lower().startswith("en") else SOURCE_LANGUAGE


def in_language(message: str, language: str) -> str:
    """The part in one language of a message that is Chinese, then English; all of it when it is in one only.

    >>> in_language("缺少表格。 The table is missing.", "en"), in_language("缺少表格。 The table is missing.", "zh")
    ('The table is missing.', '缺少表格。')
    """
    parts = BOTH.split(message, maxsplit=1)
    return parts[0 if language == SOURCE_LANGUAGE else -1]
