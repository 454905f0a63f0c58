"""Sheets as they are written, as spreadsheets save them, and as people spoil them."""

import csv
import io
import json

import openpyxl
import pytest

from nlp.conclusions.answers import read_answers
from nlp.conclusions.design import SampleUnusable, design_path, read_design
from nlp.conclusions.sample import Wanted, draw_sample
from nlp.conclusions.sheet import write_sample
from nlp.conclusions.tags import Tags

KINDS = (".xlsx", ".csv", ".json", ".jsonl")


@pytest.fixture
def written(tags_folder, tmp_path):
    """A function that draws ten statements and writes their sheet."""

    def write(suffix, **wishes):
        out = tmp_path / suffix[1:] / f"sample{suffix}"
        with Tags(tags_folder) as tags:
            design, _ = write_sample(tags, draw_sample(tags, Wanted(10, **wishes)), out)
        return out, design

    return write


def rows_of(path):
    """The rows of a CSV sheet by their columns."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def save(path, rows, *, encoding="utf-8-sig", delimiter=","):
    """What a spreadsheet saves."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(file.getvalue().encode(encoding))
    return path


def good(row, number):
    """Ten answers, some without label."""
    role, label = [
        ("problem", "timeliness_poor"),
        ("measure", "加强队伍与培训"),
        ("achievement", ""),
        ("套话 ", "none"),
    ][number % 4]
    return row | {"role": role, "label_1": label}


def test_sheet_shows_what_an_annotator_needs(written):
    path, design = written(".csv")
    row = rows_of(path)[0]
    assert row["id"] == "s0001" and row["text"] and row["report"].startswith("20")
    assert row["predicted_role"] in ("problem 问题", "measure 改进措施")
    assert not any(row[column] for column in ("role", "label_1", "label_2", "note"))
    assert read_design(design_path(path)) == design


def test_blind_sheet_shows_no_prediction(written):
    for suffix in KINDS:
        path, _ = written(suffix, blind=True)
        if suffix == ".csv":
            assert not any(row["predicted_role"] or row["predicted_labels"] for row in rows_of(path))
        elif suffix != ".xlsx":
            assert "predict" not in path.read_text(encoding="utf-8")


def test_workbook_has_drop_downs_of_all_roles_and_labels(written):
    path, design = written(".xlsx")
    book = openpyxl.load_workbook(path)
    sheet, lists = book.worksheets
    formulas = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert formulas == {"'labels 标签'!$A$2:$A$5", f"'labels 标签'!$B$2:$B${lists.max_row}"}
    offered = [cell.value for cell in lists["B"][1:]]
    assert "timeliness_poor 公开不及时" in offered and offered[-1] == "none 无标签"
    assert {label.key for label in design.taxonomy} == {text.split()[0] for text in offered[:-1]}
    covered = {str(area) for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges}
    assert covered == {f"{letter}2:{letter}11" for letter in "IJKLM"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_answers_survive_what_a_spreadsheet_saves(written, encoding, delimiter):
    path, design = written(".csv")
    rows = [good(row, number) for number, row in enumerate(rows_of(path))]
    shuffled = [dict(reversed(row.items())) for row in reversed(rows)]  # sorted anew, columns moved
    answers = read_answers([save(path, shuffled, encoding=encoding, delimiter=delimiter)], design)
    assert answers.open == () and len(answers.by_id) == 10
    assert [(a.role, sorted(a.labels)) for a in answers.by_id["s0001"]] == [
        ("problem", [("problem", "timeliness_poor")])
    ]
    assert [(a.role, sorted(a.labels)) for a in answers.by_id["s0002"]] == [
        ("measure", [("measure", "staff_training")])
    ]
    assert [(a.role, a.labels) for a in answers.by_id["s0004"]] == [("boilerplate", frozenset())]


def test_answers_of_a_workbook(written):
    path, design = written(".xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(2, 12):
        sheet.cell(row, 9).value, sheet.cell(row, 10).value = "problem 问题", "timeliness_poor 公开不及时"
        sheet.cell(row, 12).value = "content_incomplete"
    book.save(path)
    answers = read_answers([path], design)
    assert answers.by_id["s0007"][0].labels == {("problem", "timeliness_poor"), ("problem", "content_incomplete")}


def test_answers_of_label_studio_and_doccano(written):
    path, design = written(".json")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        result = [
            {"from_name": "role", "value": {"choices": ["measure"]}},
            {"from_name": "label", "value": {"choices": ["staff_training", "提高时效"]}},
        ]
        task["annotations"] = [{"was_cancelled": True, "result": []}, {"result": result}]
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    assert read_answers([path], design).by_id["s0003"][0].labels == {
        ("measure", "staff_training"),
        ("measure", "timeliness_improve"),
    }
    path, design = written(".jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(line["label"] == [] for line in lines)  # what nobody looked at does not come back as confirmed
    lines[0]["label"] = ["problem", "awareness_weak"]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    answers = read_answers([path], design)
    assert answers.by_id["s0001"][0].labels == {("problem", "awareness_weak")} and len(answers.open) == 9


def test_answers_of_two_annotators(written):
    path, design = written(".csv", annotators=2, overlap=4)
    paths = [path.with_name(f"sample.{number}.csv") for number in (1, 2)]
    for number, sheet in enumerate(paths):
        save(sheet, [good(row, number) for row in rows_of(sheet)])
    answers = read_answers(paths, design)
    assert answers.doubled == 4 and answers.open == ()
    assert design_path(paths[1]) == path.with_name("sample.design.json")
    with pytest.raises(SampleUnusable, match=r"3 of 10 drawn rows are in none of the sheets given"):
        read_answers(paths[:1], design)


def change(number, **cells):
    return lambda rows: rows[number].update(cells)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            change(2, label_1="内容太少"),
            "sample.csv, row 4, column J (label_1): '内容太少' is no label of this sample.",
        ),
        (
            change(2, role="problem", label_1="timelines_poor"),
            "'timelines_poor' is no label of this sample. Did you mean timeliness_poor?",
        ),
        (change(2, role="意见"), "sample.csv, row 4, column I (role): '意见' is no role. Choose from problem, measure"),
        (
            change(0, role="measure"),
            "row 2, column J (label_1): timeliness_poor is a label of the scheme problem, and the role is measure",
        ),
        (change(0, role=""), "row 2, column I (role): labels, but no role"),
        (change(0, label_2="none"), "row 2, column J (label_1): none beside other labels"),
        (change(3, id="s0001"), "row 5, column A (id): s0001 stands in row 2, too"),
        (change(3, id="s9"), "row 5, column A (id): id 's9' is not in this sample"),
        (change(3, id=""), "row 5, column A (id): something is filled in, but no id"),
        (
            lambda rows: rows.append(dict.fromkeys(rows[0], "") | {"note": "合计"}),
            "row 12, column A (id): something is filled in",
        ),
        (lambda rows: rows.pop(), "1 of 10 drawn rows are in none of the sheets given (s0010)"),
        (lambda rows: [row.pop("id") for row in rows], "row 1: no column id; there is report, heading"),
        (lambda rows: [row.update(x=row.pop("role")) for row in rows], "row 1: no column role"),
    ],
)
def test_what_people_do_to_sheets_is_told_with_its_place(written, spoil, told):
    path, design = written(".csv")
    rows = [good(row, number) for number, row in enumerate(rows_of(path))]
    spoil(rows)
    save(path, rows)
    before = path.read_bytes()
    with pytest.raises(SampleUnusable) as raised:
        read_answers([path], design)
    assert told in str(raised.value)
    assert path.read_bytes() == before


def test_merged_cells_are_told(written):
    path, design = written(".xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("I3:I5")
    book.save(path)
    with pytest.raises(SampleUnusable, match=r"sample.xlsx, cells I3:I5: merged, so that it cannot be told"):
        read_answers([path], design)


def test_empty_rows_and_columns_of_a_spreadsheet_do_no_harm(written):
    path, design = written(".csv")
    rows = [good(row, number) | {"": ""} for number, row in enumerate(rows_of(path))]
    save(path, [*rows, dict.fromkeys(rows[0], "")])
    assert read_answers([path], design).open == ()


@pytest.mark.parametrize(
    ("content", "suffix", "told"),
    [
        (b"", ".csv", "row 1: no column id, role, label_1; there is nothing"),
        (b'id,role,label_1\n"s1', ".csv", "row 2: cannot be read"),
        (b"PK\x03\x04", ".xlsx", "no readable workbook"),
        (b"{", ".json", "no readable JSON"),
        (b"{}", ".json", "not a list of tasks"),
        (b"[1]", ".json", "row 1: no task"),
        (b"{1}\n", ".jsonl", "row 1: no readable JSON"),
        (b"", ".ods", "unknown kind of sheet"),
    ],
)
def test_files_that_are_no_sheets(written, tmp_path, content, suffix, told):
    _, design = written(".csv")
    path = tmp_path / f"other{suffix}"
    path.write_bytes(content)
    with pytest.raises(SampleUnusable) as raised:
        read_answers([path], design)
    assert told in str(raised.value) and str(path.name) in str(raised.value)


def test_nobodys_sheet_is_overwritten(written, tags_folder):
    path, design = written(".csv")
    with Tags(tags_folder) as tags:
        with pytest.raises(SampleUnusable, match="is there already"):
            write_sample(tags, design, path)
        write_sample(tags, design, path, force=True)
        save(path, [good(row, number) for number, row in enumerate(rows_of(path))])
        before = path.read_bytes()
        with pytest.raises(SampleUnusable, match="has been changed since it was written"):
            write_sample(tags, design, path, force=True)
        with pytest.raises(SampleUnusable, match=r"sample.csv: has been changed"):  # its design would be lost
            write_sample(tags, design, path.with_suffix(".xlsx"), force=True)
    assert path.read_bytes() == before
    assert not [other for other in path.parent.iterdir() if other.name.startswith(".")]
