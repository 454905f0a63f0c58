"""The texts that people read: everything shown has its English, and the catalogue holds nothing else."""

import re
from pathlib import Path

import pytest

import nlp
from nlp.checking.rules.parts import PARTS
from nlp.desk.views import VIEWS
from nlp.output.evaluation_tables import COLUMNS as EVALUATION
from nlp.output.evaluation_tables import PARTS as PARTS_SHOWN
from nlp.output.evaluation_tables import STATES
from nlp.output.findings import COLUMNS, VERDICTS
from nlp.output.names import names
from nlp.vocabulary.texts import CatalogueWrong, catalogue, in_language, language_of, read_catalogue, translator

PACKAGE = Path(nlp.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")
TEMPLATE_TEXT = re.compile(r"""_\((["'])(.*?)\1\)""")
PYTHON_TEXT = re.compile(r"""(?:\bsay|translator\(language\))\(\s*(["'])(.*?)\1\s*\)""")
SCRIPT_TEXT = re.compile(r"""\bt\((["'])(.*?)\1""")
# Kinds of names that are put through the catalogue as they are shown.
SHOWN_NAMES = ("severities", "sections", "statuses", "roles", "levels", "editions", "scopes", "periods")


def texts_shown():
    for folder, suffix, pattern in (
        ("desk/pages", "*.html", TEMPLATE_TEXT), ("output/templates", "*.html", TEMPLATE_TEXT),
        ("desk/assets", "*.js", SCRIPT_TEXT), ("desk", "*.py", PYTHON_TEXT), ("output", "*.py", PYTHON_TEXT),
    ):  # fmt: skip
        for path in sorted((PACKAGE / folder).glob(suffix)):
            for found in pattern.finditer(path.read_text(encoding="utf-8")):
                yield found[2], path.name
    yield from ((heading, "findings.py") for heading, _ in COLUMNS)
    yield from ((title, "parts.py") for title, _ in PARTS.values())
    for view in VIEWS.values():
        yield from ((part.title, "views.py") for part in (view, *view.columns, *view.filters))
    yield from ((name, kind) for kind in SHOWN_NAMES for name in names(kind).values())
    # Titles that a template or module holds in a variable.
    yield from ((title, "findings.py") for title in VERDICTS.values())
    yield from ((words, "evaluation_tables.py") for columns in EVALUATION.values() for words in columns)
    yield from ((words, "evaluation_tables.py") for words in (*PARTS_SHOWN.values(), *STATES.values()))
    yield from (
        ("确认", "draft.html"),
        ("检查", "base.html"),
        ("浏览", "base.html"),
        ("复核", "base.html"),
        ("全文", "draft_view.py"),
    )


def test_everything_shown_has_its_english():
    missing = {text: where for text, where in texts_shown() if CHINESE.search(text) and not catalogue("en").get(text)}
    assert not missing


def test_the_catalogue_holds_nothing_else():
    shown = {text for text, _ in texts_shown()}
    assert not [text for text in catalogue("en") if text not in shown]


def test_places_in_braces_are_the_same_in_both():
    for text, english in catalogue("en").items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english)), text


def test_a_text_that_is_not_in_the_catalogue_stays_chinese():
    assert translator("en")("没有译文") == "没有译文" and translator("zh")("标题") == "标题"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('msgid "a"\nmsgstr "b', "quotation mark|neither"),
        ('"lost"', ":1: neither"),
        ("msgid a", ":1: neither"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"', ":5: .*translated twice"),
    ],
)
def test_a_wrong_catalogue_says_where(text, said):
    with pytest.raises(CatalogueWrong, match=said):
        read_catalogue(text, "en.po")


def test_a_text_over_several_lines():
    assert read_catalogue('# note\nmsgid "上"\n"下"\nmsgstr "up "\n"and down"\n', "en.po") == {"上下": "up and down"}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.GBK", "LANG": "en_US"}, "zh"),
        ({"LANG": "C"}, "zh"),
    ],
)
def test_language_of_the_locale(environment, language):
    assert language_of(environment) == language


def test_one_language_of_a_message():
    message = "“总计”列不符：2，而1。 In column 总计: it fails."
    assert (
        in_language(message, "zh") == "“总计”列不符：2，而1。"
        and in_language(message, "en") == "In column 总计: it fails."
    )
    assert in_language("a.txt: nothing is in the file.", "zh") == "a.txt: nothing is in the file."
