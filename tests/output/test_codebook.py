"""The codebook: everything that stands in a table is explained, in Chinese and in English."""

import re
from html.parser import HTMLParser

import pytest

from nlp.labelling.taxonomy import LabelName, taxonomy
from nlp.output.codebook import Both, chapters, codebook, english_names, markdown, page, tables
from nlp.output.names import names
from nlp.tables.forms import form
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

CHINESE = re.compile("[\u4e00-\u9fff]")
KINDS = (
    "sections",
    "roles",
    "statuses",
    "channels",
    "metrics",
    "contacts",
    "scopes",
    "levels",
    "editions",
    "severities",
)


@pytest.mark.parametrize("file", ["codebook", "conclusions"])
def test_every_table_and_column_is_explained_in_both_languages(file):
    for chapter in tables(file):
        assert chapter.note.zh and chapter.note.en, (
            f"{chapter.anchor}: say in codebook_zh.toml, [tables], what a row is"
        )
        for column, name, _, text in chapter.rows:
            assert name and text.en, f"{chapter.anchor}.{column}: no name or description in {file}.toml"
            assert text.zh, f"{chapter.anchor}.{column}: describe it in codebook_zh.toml, [{chapter.anchor}]"
            assert CHINESE.search(name) and not CHINESE.search(text.en.replace("一、…六、", "").split(" ")[0])


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_has_a_name_in_both_languages(kind):
    for key, zh in names(kind).items():
        assert zh and english_names(kind).get(key), (
            f"{kind}.{key}: name it in English (names_en.toml, or en beside its zh)"
        )


def test_every_cell_of_the_forms_is_explained():
    found = {chapter.anchor: chapter for chapter in chapters(())}
    for edition in forms():
        rows = {(row[0], row[1]): row for row in found[f"form_{edition}"].rows}
        assert set(rows) == {(table, row) for table, of in form(edition).cells.items() for row in of}
        for key, row in rows.items():
            assert CHINESE.search(row[2]) and row[3] and not CHINESE.search(row[3]), key


def test_labels_come_from_the_model_with_threshold_and_score():
    [labels] = [chapter for chapter in chapters(taxonomy()) if chapter.anchor == "labels_of_the_model"]
    assert len(labels.rows) == len(taxonomy())
    for key, _, zh, en, definition, threshold, f1, support in labels.rows:
        assert zh and en and definition.zh and definition.en, key
        assert 0 < float(threshold) < 1 and 0 < float(f1) <= 1 and int(support) > 0
    own = LabelName("own", "慢", definition="更新慢")
    assert "| 慢 | own |  |  | 更新慢 |" in markdown(list(chapters([own])), Both("", ""), "en")


def test_codebook_of_a_run_has_both_languages():
    text = codebook(taxonomy())
    assert text.startswith("# 数据字典 Codebook\n")
    for name in load("codebook"):
        assert f"\n## {name} " in text
    assert "| given | 原表数字 | printed for this cell |" in text
    assert "| requests | new_received | 一、本年新收政府信息公开申请数量 | " in text
    # Every row of a table has as many cells as its head.
    for block in text.split("\n\n"):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines() if line.startswith("|")}
        assert len(widths) <= 1, block[:200]


class Cells(HTMLParser):
    """Counts rows and looks that every tag is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.rows, self.ids, self.links = [], 0, set(), set()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.rows += tag == "tr"
        self.ids |= {attributes["id"]} if "id" in attributes else set()
        self.links |= {attributes["href"][1:]} if tag == "a" else set()
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_in_one_language(language):
    parts = [*tables("codebook"), *chapters([LabelName("own", "<b>", definition="a & b")])]
    text = page(parts, Both("数据字典", "Codebook"), language)
    seen = Cells()
    seen.feed(text)
    assert seen.open == [] and seen.links == seen.ids
    assert seen.rows == sum(1 + len(part.rows) for part in parts)
    assert "<b>" not in text and ("数据字典" in text) == (language == "zh")
