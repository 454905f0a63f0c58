"""What is wrong with a corpus is said with file, row and column, and what to do."""

import pytest

from training.columns import Columns
from training.examples import read_corpus
from training.records import CorpusUnusable
from training.taxonomy import TaxonomyUnusable, own_taxonomy, read_taxonomy

GOOD = "".join(f"第{n}个栏目更新不够及时,{'时效' if n % 2 else '内容'}\n" for n in range(30))

BAD = [
    # name, bytes of the file, what the message must say
    ("no text column", "句,类\n" + GOOD, "bad.csv:1, column text: no column text; there are 句, 类"),
    ("no label column", "text,类\n" + GOOD, "bad.csv:1, column label: no column label and no columns of 0 and 1"),
    ("only one class", "text,label\n" + "更新慢了,时效\n更新太慢,时效\n" * 15, "only the label 时效"),
    ("three rows", "text,label\n更新慢了,时效\n内容少了,内容\n渠道窄了,渠道\n", "3 usable examples; at least 20"),
    ("head only", "text,label\n", "0 usable examples"),
    ("conflict", f"text,label\n{GOOD}第3个栏目更新不够及时,内容\n", "bad.csv:32, column label: .* in row 5"),
    ("empty text", f"text,label\n{GOOD} ,时效\n", "bad.csv:32, column text: the text is empty"),
    ("too many cells", f"text,label\n{GOOD}渠道,窄了,时效\n", "bad.csv:32: 3 cells where the head has 2"),
    ("open quotation mark", f'text,label\n{GOOD}"渠道窄了,时效\n', "bad.csv:32: no readable row"),
    ("two columns of one name", "text,label,label\n" + GOOD, "label is the name of two columns"),
    (
        "not Chinese",
        "text,label\n" + "".join(f"late {n},{n % 2}x\n" for n in range(30)),
        "only 0 of 30 texts are Chinese",
    ),
    (
        "not 0 or 1",
        "text,a,b\n" + "".join(f"第{n}条,{n % 2},{1 - n % 2}\n" for n in range(30)) + "更新,2,0\n",
        "32, column a",
    ),
    (
        "mixed encodings",
        ("text,label\n" + GOOD).encode() + "信息公开,时效\n".encode("gb18030"),
        "bad.csv:32: .*GB18030",
    ),
    ("no encoding", ("text,label\n" + GOOD).encode("gb18030") + b"\xff\xff,x\n", "bad.csv:32: byte 1"),
    ("empty file", "", "the file is empty"),
    ("neither text nor sheet", b"\x00\x01\x02" * 20, "neither text"),
    ("no workbook", b"PK\x03\x04" + b"0" * 50, "no readable workbook"),
    ("old Excel", b"\xd0\xcf\x11\xe0" + b"0" * 50, "save it as .xlsx"),
]


@pytest.mark.parametrize(("content", "message"), [pytest.param(c, m, id=name) for name, c, m in BAD])
def test_sheets(content, message, tmp_path):
    (tmp_path / "bad.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CorpusUnusable, match=message):
        read_corpus(tmp_path / "bad.csv")


BAD_JSON = [
    ("a.jsonl", '{"text":"更新慢","label":["时效"]}\n{"text":"更新', "a.jsonl:2: not JSON"),
    ("a.jsonl", '{"text":"更新慢","label":["时效"]}\n[1]\n', "a.jsonl:2: holds a list"),
    ("a.jsonl", '{"text":"更新慢"}\n', "a.jsonl:1, column label: no key label; there are text"),
    ("a.jsonl", '{"text":"更新慢","label":[[0,2,"时效"]]}\n', "labels are spans"),
    ("a.jsonl", '{"a":' * 100_000, "a.jsonl:1: not JSON"),
    ("a.json", '[{"data":{"text":"更新慢"},"annotations":[]},', "a.json:1: ends after item 1"),
    ("a.json", "[" * 100_000, "nested too deeply"),
    ("a.json", '[{"text":"更新慢","mood":"好"}]', "no choices; there are text, mood. Name the key of the labels"),
    ("a.jsonl", '{"text":"更新慢","statements":[]}\n', "a.jsonl:1: Object missing required field"),
    ("a.spacy", "abc", "no DocBin"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_JSON)
def test_other_forms(name, content, message, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(CorpusUnusable, match=message):
        read_corpus(tmp_path / name)


def test_a_file_or_column_that_is_not_there(tmp_path):
    with pytest.raises(CorpusUnusable, match="no such file"):
        read_corpus(tmp_path / "none.csv")
    with pytest.raises(CorpusUnusable, match="no corpus in this folder"):
        read_corpus(tmp_path)
    (tmp_path / "c.csv").write_text("text,label\n" + GOOD, encoding="utf-8")
    with pytest.raises(CorpusUnusable, match=r"c.csv:1, column 单位: no such column; there are text, label\."):
        read_corpus(tmp_path / "c.csv", columns=Columns(group="单位"))


def test_bad_rows_can_be_left_out(tmp_path):
    (tmp_path / "c.csv").write_text(f"text,label\n{GOOD},时效\n第3个栏目更新不够及时,内容\n", encoding="utf-8")
    corpus = read_corpus(tmp_path / "c.csv", skip_bad_rows=True)
    assert len(corpus.examples) == 30
    assert [w.partition(",")[0] for w in corpus.warnings] == ["c.csv:32", "c.csv:33"]
    assert all(w.endswith("Row left out.") for w in corpus.warnings)


def test_white_space_around_labels_is_stripped_with_a_warning(tmp_path):
    (tmp_path / "c.csv").write_text(f"text,label\n{GOOD}渠道窄了,时效 | 内容\n", encoding="utf-8")
    corpus = read_corpus(tmp_path / "c.csv")
    assert corpus.examples[-1].labels == ("时效", "内容")
    assert corpus.warnings == ("c.csv:32, column label: label '时效 ' has white space around it: stripped.",)


def test_a_single_text_that_is_not_chinese_is_a_warning(tmp_path):
    (tmp_path / "c.csv").write_text(f"text,label\n{GOOD}n/a,时效\n", encoding="utf-8")
    assert "no Chinese character in 'n/a'" in read_corpus(tmp_path / "c.csv").warnings[0]


def test_many_errors_are_counted_not_printed(tmp_path):
    (tmp_path / "c.csv").write_text(f"text,label\n{GOOD}" + ",时效\n" * 500, encoding="utf-8")
    with pytest.raises(CorpusUnusable, match="and 480 more") as caught:
        read_corpus(tmp_path / "c.csv")
    assert len(str(caught.value).splitlines()) == 21


TAXONOMY = """[time]
zh = "时效"
en = "timely"
[content]
zh = "内容"
[rare]
zh = "少见"
"""


def test_taxonomy_names_the_labels(tmp_path):
    (tmp_path / "t.toml").write_text(TAXONOMY, encoding="utf-8")
    (tmp_path / "c.csv").write_text("text,label\n" + GOOD, encoding="utf-8")
    taxonomy = read_taxonomy(tmp_path / "t.toml")
    corpus = read_corpus(tmp_path / "c.csv", taxonomy=taxonomy)
    # Chinese names mean the ids; the order is the taxonomy's, with labels that no text bears
    assert corpus.labels == ("time", "content", "rare")
    assert corpus.examples[0].labels == ("content",)
    (tmp_path / "c.csv").write_text(f"text,label\n{GOOD}渠道窄了,contnt\n", encoding="utf-8")
    with pytest.raises(CorpusUnusable, match=r"c\.csv:32, column label: .*Did you mean content\?"):
        read_corpus(tmp_path / "c.csv", taxonomy=taxonomy)
    (tmp_path / "w.csv").write_text("text,time,contnt\n更新慢,1,0\n内容少,0,1\n", encoding="utf-8")
    with pytest.raises(CorpusUnusable, match=r"w\.csv:1, column contnt: .*Did you mean content\?"):
        read_corpus(tmp_path / "w.csv", taxonomy=taxonomy)


@pytest.mark.parametrize("content", ["", "[", "x = 1", "\ufeff"])
def test_bad_taxonomies(content, tmp_path):
    (tmp_path / "t.toml").write_text(content, encoding="utf-8")
    with pytest.raises(TaxonomyUnusable, match=r"t\.toml: .*\[label_id\]|t\.toml:1: \[x\] x is no table"):
        read_taxonomy(tmp_path / "t.toml")


def test_own_taxonomy_has_both_keys_of_an_aspect():
    names = own_taxonomy().names
    assert names["staff_capacity"] == ("人员力量与能力不足", "staffing and skills gap")
    assert len(names) == 33  # 16 pairs, and other, which is one key
