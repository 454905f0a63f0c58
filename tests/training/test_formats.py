"""The same examples come out of every form of corpus, whatever its encoding and the names of its columns."""

import csv
import io
import json

import pytest

from training.columns import Columns
from training.evaluate import evaluate, write_evaluation
from training.examples import read_corpus
from training.records import CorpusUnusable


def sheet(delimiter, head, rows):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows([head, *rows])
    return file.getvalue()


def long(rows):
    return [(text, "|".join(labels), group, year) for text, labels, group, year in rows]


def wide(rows):
    known = sorted({label for row in rows for label in row[1]})
    head = ("id", "text", "year", *known)
    return head, [(n, row[0], row[3], *(int(label in row[1]) for label in known)) for n, row in enumerate(rows)]


def write_excel(path, head, rows):
    from openpyxl import Workbook

    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    book.save(path)


def write_docbin(path, rows):
    import spacy
    from spacy.tokens import DocBin

    language, box = spacy.blank("zh"), DocBin(store_user_data=True)
    for text, labels, group, _ in rows:
        doc = language.make_doc(text)
        doc.cats = {label: float(label in labels) for label in ("时效", "staff_capacity", "channel_limited")}
        doc.user_data["group"] = group
        box.add(doc)
    box.to_disk(path)


def lines(objects):
    return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)


HEAD = ("text", "label", "group", "year")
KNOWN = ("时效", "staff_capacity", "channel_limited")
CHINESE_HEAD = ("文本", "标签", "分组", "year")
TEXT_FORMS = {
    # what Excel writes as "CSV UTF-8", and what it writes as "CSV" on a Chinese computer
    "bom.csv": ("utf-8-sig", lambda rows: sheet(",", HEAD, long(rows))),
    "gb18030.csv": ("gb18030", lambda rows: sheet(",", HEAD, long(rows))),
    "tabs.tsv": ("utf-8", lambda rows: sheet("\t", HEAD, long(rows))),
    # what Excel writes as "Unicode text"
    "unicode.txt": ("utf-16", lambda rows: sheet("\t", HEAD, long(rows))),
    "semicolons.csv": ("utf-8", lambda rows: sheet(";", CHINESE_HEAD, long(rows))),
    "marks.csv": ("utf-8", lambda rows: sheet(",", *wide(rows))),
    "doccano.jsonl": (
        "utf-8",
        lambda rows: lines({"id": n, "text": t, "label": ls, "group": g} for n, (t, ls, g, _) in enumerate(rows)),
    ),
    "label-studio.json": (
        "utf-8",
        lambda rows: json.dumps(
            [
                {
                    "id": n,
                    "data": {"text": text, "group": group},
                    "annotations": [
                        {"was_cancelled": True, "result": []},
                        {"result": [{"type": "choices", "from_name": "aspect", "value": {"choices": labels}}]},
                    ],
                }
                for n, (text, labels, group, _) in enumerate(rows)
            ],
            indent=1,
        ),
    ),
    # one choice is a plain string, several are an object
    "json-min.json": (
        "utf-8",
        lambda rows: json.dumps(
            [
                {"id": n, "text": t, "group": g, "aspect": {"choices": ls} if len(ls) > 1 else ls[0], "annotator": 1}
                for n, (t, ls, g, _) in enumerate(rows)
            ],
            ensure_ascii=False,
        ),
    ),
    "choices.jsonl": (
        "utf-8",
        lambda rows: lines({"text": t, "accept": ls, "answer": "accept", "group": g} for t, ls, g, _ in rows),
    ),
    "cats.jsonl": (
        "utf-8",
        lambda rows: lines({"text": t, "cats": {k: int(k in ls) for k in KNOWN}, "group": g} for t, ls, g, _ in rows),
    ),
    # one line judges one label
    "binary.jsonl": (
        "utf-8",
        lambda rows: lines(
            {"text": t, "label": k, "answer": "accept" if k in ls else "reject", "group": g}
            for t, ls, g, _ in rows
            for k in KNOWN
        ),
    ),
}


def comparable(corpus):
    return sorted((example.text, sorted(example.labels)) for example in corpus.examples)


def expected(rows):
    return sorted((text, sorted(labels)) for text, labels, _, _ in rows)


@pytest.mark.parametrize("name", TEXT_FORMS)
def test_text_forms(name, rows, tmp_path):
    encoding, make = TEXT_FORMS[name]
    (tmp_path / name).write_bytes(make(rows).encode(encoding))
    corpus = read_corpus(tmp_path / name)
    assert comparable(corpus) == expected(rows)
    assert corpus.grouped == (name != "marks.csv")
    assert set(corpus.labels) == set(KNOWN)


def test_excel_and_docbin(rows, tmp_path):
    write_excel(tmp_path / "long.xlsx", HEAD, long(rows))
    write_excel(tmp_path / "wide.xlsx", *wide(rows))
    write_docbin(tmp_path / "docs.spacy", rows)
    for name in ("long.xlsx", "wide.xlsx", "docs.spacy"):
        assert comparable(read_corpus(tmp_path / name)) == expected(rows), name
    # a year that Excel holds as a number is still the year
    assert read_corpus(tmp_path / "long.xlsx").examples[0].value("year") == str(rows[0][3])


def test_passages_become_examples_with_family_and_heading(passages):
    corpus = read_corpus(passages)
    example = next(e for e in corpus.examples if e.role == "problem")
    assert corpus.format == "passages" and corpus.grouped
    assert example.heading == "五、存在的主要问题及改进情况"
    assert example.group == "f0" and example.value("level") == "township" and example.row == 1


def test_a_folder_is_one_corpus(rows, tmp_path):
    half = len(rows) // 2
    (tmp_path / "a.csv").write_text(sheet(",", HEAD, long(rows[:half])), encoding="utf-8")
    (tmp_path / "b.csv").write_text(sheet(",", HEAD, long(rows[half:])), encoding="utf-8")
    (tmp_path / "notes.md").write_text("not a corpus")
    assert comparable(read_corpus(tmp_path)) == expected(rows)


def test_columns_may_be_named(rows, tmp_path):
    (tmp_path / "c.csv").write_text(sheet(",", ("问题", "类", "单位", "year"), long(rows)), encoding="utf-8")
    corpus = read_corpus(tmp_path / "c.csv", columns=Columns(text="问题", label="类", group="单位"))
    assert comparable(corpus) == expected(rows) and corpus.grouped
    # a column used as group can still be sliced by
    assert corpus.examples[0].value("单位") == rows[0][2]


def test_label_studio_annotators_must_agree(rows, tmp_path):
    def task(text, *answers, truth=None):
        result = [{"type": "choices", "from_name": "a", "value": {"choices": [answer]}} for answer in answers]
        return {
            "data": {"text": text},
            "annotations": [{"result": [r], "ground_truth": n == truth} for n, r in enumerate(result)],
        }

    tasks = [task(row[0], row[1][0]) for row in rows] + [task("更新忽快忽慢", "时效", "staff_capacity", truth=1)]
    path = tmp_path / "t.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert read_corpus(path).examples[-1].labels == ("staff_capacity",)
    path.write_text(json.dumps([*tasks, task("更新时快时慢", "时效", "staff_capacity")]), encoding="utf-8")
    with pytest.raises(CorpusUnusable, match=f"t.json:{len(tasks) + 1}.*disagree"):
        read_corpus(path)


def test_large_sheets_are_read_row_by_row(tmp_path):
    """20,000 rows: memory stays below a third of the file, so nothing holds the rows."""
    import tracemalloc

    from training.examples import stream_examples
    from training.records import Findings

    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("text,label\n")
        file.writelines(f"第{n}号栏目的更新还不够及时，需要补上,{'时效' if n % 2 else '内容'}\n" for n in range(20_000))
    tracemalloc.start()
    count = sum(1 for _ in stream_examples(path, Findings(path.name))[1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < path.stat().st_size / 3, f"{peak} bytes for a file of {path.stat().st_size}"


def test_half_a_character_does_not_reach_the_files(rows, theirs, tmp_path):
    """JSON can hold the half of a surrogate pair; a page or CSV could not be written with it."""
    tasks = [{"text": text, "label": labels[0], "source": "\ud800"} for text, labels, _, _ in rows]
    tasks.append({"text": "更新\ud83d不够及时", "label": "时效", "source": ""})
    (tmp_path / "c.json").write_text(json.dumps(tasks), encoding="utf-8")
    corpus = read_corpus(tmp_path / "c.json")
    assert corpus.examples[-1].text == "更新\ufffd不够及时"
    write_evaluation(evaluate(theirs.folder, tmp_path / "c.json", slices=["source"], bootstrap=20), tmp_path / "e")
